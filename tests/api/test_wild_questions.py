"""What no honest client asks is refused in words, on both databases: never a fault of the server's own."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, sessionmaker

from tests.api.access_samples import SAMPLES, build_things
from tests.api.test_access import rules_of
from tests.visit_making import ID_A, visit
from tests.world import World

CHANNEL = {"office": "商务局", "phone": "0746-1234567", "valid_from": "2026-11-01"}
ANY = {"If-Match": "*"}


@pytest.mark.parametrize("url", ["http://[x", "http://℀.com", "http://[::1", "https://a b.cn/x"])
def test_an_address_that_is_none(client: FlaskClient, world: World, url: str) -> None:
    told = client.put("/api/v1/report-channels/431125", json=CHANNEL | {"url": url}, headers=world.as_phone("jiang"))
    assert (told.status_code, told.json["code"], list(told.json["errors"])) == (422, "BAD_INPUT", ["url"])


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("review/queue?after=1~0001-01-01T00:00:00%2B23:59~x", "after"),
        ("review/queue?after=1~9999-12-31T23:59:59-23:59~x", "after"),
        ("findings?since=0001-01-01", "query"), ("tables/findings?since=0001-01-01", "query"),
    ],
)  # fmt: skip
def test_a_day_before_all_days(client: FlaskClient, world: World, question: str, field: str) -> None:
    told = client.get(f"/api/v1/{question}", headers=world.as_phone("xiang"))
    assert (told.status_code, told.json["code"], list(told.json["errors"])) == (422, "BAD_INPUT", [field])


@pytest.mark.parametrize("page", ["99999999999999999999", "1000001"])
def test_a_page_behind_all_pages(client: FlaskClient, world: World, page: str) -> None:
    xiang = world.as_phone("xiang")
    for path in ("findings", "policy-rules", "stations", "stations/JY001/observations", "devices", "jobs",
                 "inspections"):  # fmt: skip
        told = client.get(f"/api/v1/{path}?page={page}", headers=xiang)
        assert (told.status_code, told.json["code"], path) == (422, "BAD_INPUT", path)
    for path in ("findings", "policy-rules", "stations", "inspections"):
        assert client.get(f"/api/v1/{path}?page=1000000", headers=xiang).status_code == 200, path


def test_a_visits_name_that_is_none(client: FlaskClient, world: World) -> None:
    yong = world.as_phone("yong")
    for deed, told in (("approve", {}), ("reopen", {"why": "x"}), ("return", {"note": "x"}),
                       ("edits", {"note": "x", "why": "x"}), ("sign", {"sign_class": "national", "why": "x"}),
                       ):  # fmt: skip
        answer = client.post(f"/api/v1/inspections/%00/{deed}", json=told, headers=yong | ANY)
        assert (answer.status_code, answer.json["code"], deed) == (404, "INSPECTION_UNKNOWN", deed)
    for path in ("review/visits/%00", "inspections/%00", "review/visits/x", "inspections/%F0%9F%90%89"):
        assert client.get(f"/api/v1/{path}", headers=yong).json["code"] == "INSPECTION_UNKNOWN", path


@pytest.mark.parametrize("size", ["thumb", "screen", "full", "marked", "sign"])
def test_a_photos_name_that_is_none(client: FlaskClient, world: World, size: str) -> None:
    client.put(f"/api/v1/inspections/{ID_A}", json=visit(), headers=world.as_phone("chen"))
    for name, code in ((f"{ID_A}/photos/%00", "PHOTO_UNKNOWN"), (f"%00/photos/{'0' * 64}", "INSPECTION_UNKNOWN")):
        answer = client.get(f"/api/v1/inspections/{name}?size={size}", headers=world.as_phone("yong"))
        assert (answer.status_code, answer.json["code"]) == (404, code)


def test_a_units_name_that_is_none(client: FlaskClient, world: World) -> None:
    told = client.put("/api/v1/report-channels/%00", json=CHANNEL, headers=world.as_phone("jiang"))
    assert (told.status_code, told.json["code"]) == (422, "UNIT_UNKNOWN")


def test_no_path_with_a_nul_in_it_is_a_fault(
    app: Flask, client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    """Every route that takes a word in its path, asked by the province with its own sample."""
    build_things(app.test_client(), world, sessions)
    wrong = []
    for rule, method in rules_of(app):
        words = {name: "\0" for name, of in rule._converters.items() if type(of).__name__ == "UnicodeConverter"}
        if not words or set(words) != rule.arguments:
            continue
        sample = SAMPLES[rule.endpoint]
        with app.test_request_context():
            path = rule.build(words)[1]
        told = client.open(path, method=method, json=sample.json, headers=world.as_phone("xiang") | sample.headers)
        if told.status_code >= 500:
            wrong.append((method, rule.rule))
    assert wrong == [], wrong
