"""Sixty payloads in every text field that reaches a map: pages hold none of them, answers hold them as they are."""

from __future__ import annotations

import json
import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, sessionmaker

from tests.web_map.hostile import EVALUATED, PAYLOADS
from tests.web_map.hostile_world import build_hostile
from tests.world import World
from web_map.page import built_themes

# What is compiled and what is not does not depend on the database.
sqlite_alone = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
DOORS = [
    "/maps/stations.json", "/maps/shares.json?level=township", "/maps/tiles/8/207/109.json", "/maps/days.json",
    "/maps/differences.json?a=2026-11-01&b=2026-11-20", "/maps/outlines.json", "/org-units?parent=431125100",
    *(f"/maps/layers/{theme}.json" for theme in built_themes() if theme != "vitality"),
]  # fmt: skip


def test_there_are_enough_of_them() -> None:
    assert len(set(PAYLOADS)) >= 60
    assert sum("1337*1337" in payload for payload in PAYLOADS) >= 4
    assert sum("window.ran" in payload for payload in PAYLOADS) >= 40


@sqlite_alone
def test_no_page_holds_a_word_of_them_and_none_is_evaluated(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    pages = [
        "/",
        *(f"/maps/{theme}" for theme in built_themes()),
        "/maps/compare?a=2026-01-01&b=2026-11-20",
        "/stations",
    ]
    before = {page: client.get(page, headers=world.as_phone("jiang")).get_data(as_text=True) for page in pages}
    with sessions.begin() as session:
        build_hostile(session)
    for page in pages:
        answer = client.get(page, headers=world.as_phone("jiang"))
        text = answer.get_data(as_text=True)
        assert answer.status_code == 200
        assert EVALUATED not in text
        assert [one for one in PAYLOADS if len(one) > 14 and one in text] == []
        # The very same page but for its nonce and token.
        assert nameless(text) == nameless(before[page]), page


def nameless(page: str) -> str:
    nonces = set(re.findall(r'nonce="([^"]+)"', page)) | set(re.findall(r'data-csrf="([^"]+)"', page))
    for one in nonces:
        page = page.replace(one, "")
    return page


@sqlite_alone
@pytest.mark.parametrize("text", ["?theme={{1337*1337}}", "?unit=<script>window.ran=1</script>", "?lang={{1337*1337}}"])
def test_an_address_is_not_evaluated_either(client: FlaskClient, world: World, text: str) -> None:
    for page in ("/", "/maps/compare"):
        answer = client.get(page + text, headers=world.as_phone("jiang")).get_data(as_text=True)
        assert EVALUATED not in answer
        assert "<script>window" not in answer
    assert client.get("/maps/{{1337*1337}}", headers=world.as_phone("jiang")).status_code == 404


@sqlite_alone
def test_every_answer_holds_them_as_they_are(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    with sessions.begin() as session:
        ids = build_hostile(session)
    headers = world.as_phone("jiang")
    for door in DOORS:
        answer = client.get(f"/api/v1{door}", headers=headers)
        assert (answer.status_code, answer.mimetype) == (200, "application/json"), (door, answer.get_json())
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "script-src" not in answer.headers["Content-Security-Policy"]
        text = answer.get_data(as_text=True)
        json.loads(text)
        assert EVALUATED not in text, door
    for station_id, payload in zip(ids, PAYLOADS, strict=True):
        card = client.get(f"/api/v1/maps/stations/{station_id}", headers=headers).get_json()
        assert (card["name"], card["villages_served"]) == (payload, [payload[:80]])
    names = client.get("/api/v1/maps/names.json", query_string={"id": ids}, headers=headers).get_json()["stations"]
    assert sorted(one["name"] for one in names) == sorted(PAYLOADS)
