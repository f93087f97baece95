"""No phone watches anybody (国办函〔2026〕12号, domain §5): read off the document, the forms and the tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api.document import openapi_document
from db import Base
from field_app_schema.drawing import draw_forms
from migrations import rooms

CLIENT = Path(__file__).parents[2] / "field_app" / "src" / "api" / "client.ts"
DOCUMENT = openapi_document()

# What a name may not begin with, at its beginning or after an underscore: tracks, clock-in, ranking, time spent,
# screen time, installs and log-ins, and what a phone could tell of its owner's life.
FORBIDDEN = (
    "track", "trace", "trajector", "route", "steps?$", "step_count", "waypoint", "geofence", "breadcrumb",
    "clock_in", "clock_out", "checkin", "check_in", "checkout", "check_out", "attendance", "punch", "duty", "shift",
    "rank", "score", "scoring", "streak", "points$", "badge", "leaderboard", "medal", "credit", "kpi",
    "duration", "dwell", "time_spent", "spent", "seconds_on", "minutes", "screen_time", "usage", "active_time", "idle",
    "online_time", "last_active", "install", "login", "log_in", "sign_in_count", "session_count", "opened_count",
    "heartbeat", "battery", "contacts", "call_log", "sms", "imei", "imsi", "android_id", "advertis", "mac_address",
    "wifi", "ssid", "bssid", "cell_id", "fingerprint", "face", "biometric", "altitude", "speed", "heading",
)  # fmt: skip
WATCHES = re.compile("|".join(f"(?:^|_)(?:{stem})" for stem in FORBIDDEN))
# The score of a county's evaluation stands in the notices, the heading is a table's; neither is a person's.
ALLOWED_COLUMNS = {("evaluation", "score"), ("return_column", "heading")}


def phone_doors() -> dict[str, Any]:
    """Give the documented paths that the phone's client names, by path."""
    named = {
        re.sub(r"\$\{[^}]*\}", "{}", path.partition("?")[0])
        for path in re.findall(r"""[`'"](/[a-z][^`'"]*)[`'"]""", CLIENT.read_text())
    }
    documented = {re.sub(r"\{\w+\}", "{}", path.removeprefix("/api/v1")): path for path in DOCUMENT["paths"]}
    return {documented[name]: DOCUMENT["paths"][documented[name]] for name in named if name in documented}


def names_in(node: Any, seen: frozenset[str] = frozenset()) -> Iterator[str]:
    """Walk everything a schema, a body, an answer or a parameter calls a field, through references."""
    if isinstance(node, list):
        for inner in node:
            yield from names_in(inner, seen)
    elif isinstance(node, dict):
        target = node.get("$ref")
        if isinstance(target, str) and target not in seen:
            yield from names_in(resolved(target), seen | {target})
        yield from node.get("properties", {})
        if node.get("in") in ("query", "path", "header"):
            yield node["name"]
        for inner in node.values():
            yield from names_in(inner, seen)


def resolved(target: str) -> Any:
    node: Any = DOCUMENT
    for part in target.removeprefix("#/").split("/"):
        node = node[part]
    return node


def test_the_phone_uses_these_doors() -> None:
    assert set(phone_doors()) >= {
        "/api/v1/devices", "/api/v1/forms", "/api/v1/my/changes", "/api/v1/my/ground", "/api/v1/my/months",
        "/api/v1/sync/plan", "/api/v1/sync/records", "/api/v1/inspections/{inspection_id}", "/api/v1/media/{sha256}",
        "/api/v1/media/{sha256}/preview", "/api/v1/found-stations/{found_id}",
        "/api/v1/sales-reports/{station}/{period}",
    }  # fmt: skip


def test_nothing_a_phone_sends_or_gets_watches_anybody() -> None:
    names = {name for door in phone_doors().values() for name in names_in(door)}
    assert {"observed_state", "online_sales_out", "accuracy_m", "monotonic_ms_since_sync", "sharpness"} <= names
    assert sorted(name for name in names if WATCHES.search(name)) == []


def test_no_form_asks_it() -> None:
    asked = [
        name
        for form in draw_forms()["forms"]
        for field in form["fields"]
        for name in (field["name"], *(one["value"] for one in [*field.get("choices", []), *field.get("items", [])]))
    ]
    assert len(asked) > 40
    # Micro-credit is a service that a station offers to villagers.
    assert {name for name in asked if WATCHES.search(name)} == {"micro_credit"}


def test_no_table_keeps_it() -> None:
    assert rooms
    kept = [(table.name, column.name) for table in Base.metadata.sorted_tables for column in table.columns]
    assert len(kept) > 300
    assert {one for one in kept if WATCHES.search(one[1])} == ALLOWED_COLUMNS


def positions_in(
    node: Any, path: tuple[str, ...] = (), seen: frozenset[str] = frozenset()
) -> Iterator[tuple[str, ...]]:
    """Walk the places of a payload where a longitude stands; `[]` marks a list on the way."""
    if isinstance(node, list):
        for inner in node:
            yield from positions_in(inner, path, seen)
        return
    if not isinstance(node, dict):
        return
    target = node.get("$ref")
    if isinstance(target, str) and target not in seen:
        yield from positions_in(resolved(target), path, seen | {target})
    for name, inner in node.get("properties", {}).items():
        if re.search(r"(?:^|_)(?:lon|lng|longitude|coordinates|point|position|geometry|gps|fixes)(?:_|$)", name):
            yield (*path, name)
        yield from positions_in(inner, (*path, name), seen)
    yield from positions_in(node.get("items"), (*path, "[]"), seen)
    for word in ("anyOf", "oneOf", "allOf"):
        yield from positions_in(node.get(word), path, seen)


@pytest.mark.parametrize(
    ("door", "where"),
    [("/api/v1/inspections/{inspection_id}", {("fix", "lon")}),
     ("/api/v1/found-stations/{found_id}", {("fix", "lon")}),
     ("/api/v1/sales-reports/{station}/{period}", set()), ("/api/v1/sync/plan", set())],
)  # fmt: skip
def test_a_record_says_once_where_it_was_made_and_no_more(door: str, where: set[tuple[str, ...]]) -> None:
    operation = DOCUMENT["paths"][door].get("put") or DOCUMENT["paths"][door]["post"]
    body = operation["requestBody"]["content"]["application/json"]["schema"]
    assert set(positions_in(body)) == where
    assert all("[]" not in path for path in where)


@pytest.mark.parametrize(
    "name", ["track", "gps_track", "clock_in_at", "visit_duration_s", "score", "rank", "points", "login_count",
             "wifi_ssid", "battery_level", "route", "steps", "last_active_at"],
)  # fmt: skip
def test_it_would_be_found(name: str) -> None:
    assert WATCHES.search(name)


@pytest.mark.parametrize("name", ["checks", "clock", "taken_at", "is_nil", "source", "monotonic_ms_since_sync"])
def test_what_the_work_needs_is_left_alone(name: str) -> None:
    assert not WATCHES.search(name)


def test_nobody_is_told_how_long_a_visit_took() -> None:
    """A phone says when a visit began, for it bounds the true time of its photos; no answer says it to anybody."""
    told = {
        name
        for path, methods in DOCUMENT["paths"].items()
        for method in methods.values()
        if isinstance(method, dict) and "inspections" in path
        for name in names_in(method.get("responses", {}))
    }
    assert "captured_at" in told
    assert told.isdisjoint({"started_at", "ended_at"})
