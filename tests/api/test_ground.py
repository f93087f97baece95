"""The ground of a phone's map: the own counties' outlines, the own villages, and not a byte when nothing changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, sessionmaker

from api.app import create_app
from api.config import Config
from field_app_schema.phone_changes import GroundSchema
from stations.people.tables import Account
from stations.register.lookup import ground
from tests.conftest import Clock
from tests.world import World

SQUARE = [[111.0, 25.0], [111.5, 25.0], [111.5, 25.5], [111.0, 25.5], [111.0, 25.0]]
HOLE = [[111.2, 25.2], [111.2, 25.3], [111.3, 25.3], [111.3, 25.2], [111.2, 25.2]]


def feature(code: str, rings: list[Any]) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"code": code}, "geometry": {"type": "Polygon", "coordinates": rings}}


@pytest.fixture
def mapped(config: Config, clock: Clock, world: World, tmp_path: Path) -> Iterator[FlaskClient]:
    file = tmp_path / "outlines.geojson"
    features = [feature("431125", [SQUARE, HOLE]), feature("430922", [SQUARE])]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    app = create_app(replace(config, outlines_file=file, map_approval_no="GS(2024)0650号"), clock=clock)
    yield app.test_client()
    app.extensions["cunzhan_engine"].dispose()


def ask(client: FlaskClient, world: World, person: str, **headers: str) -> Any:
    answer = client.get("/api/v1/my/ground", headers=world.as_phone(person) | headers)
    assert answer.status_code in (200, 304), answer.json
    return answer


def test_an_inspector_gets_the_county_and_its_villages(mapped: FlaskClient, world: World) -> None:
    told = ask(mapped, world, "chen").json
    assert told["approval_no"] == "GS(2024)0650号"
    assert [(one["code"], one["name"], one["level"]) for one in told["outlines"]] == [("431125", "江永县", "county")]
    assert [len(ring) for ring in told["outlines"][0]["rings"]] == [5, 5]
    assert sorted(told["outlines"][0]["rings"][0])[0] == [111.0, 25.0]
    assert [village["name"] for village in told["villages"]] == ["何家湾村委会", "圳景村委会", "夏湾村委会"]
    assert told["villages"][0] == {
        "code": "431125100201", "name": "何家湾村委会", "township_name": "潇浦镇", "lon": None, "lat": None,
    }  # fmt: skip
    assert told["villages_left_out"] == 0
    assert GroundSchema().validate(told) == {}


def test_a_wider_area_has_more_counties_and_an_owner_only_the_own(mapped: FlaskClient, world: World) -> None:
    assert [one["code"] for one in ask(mapped, world, "xiang").json["outlines"]] == ["430922", "431125"]
    told = ask(mapped, world, "tang").json
    assert ([one["code"] for one in told["outlines"]], told["villages"]) == (["431125"], [])


def test_a_township_is_drawn_in_its_county(mapped: FlaskClient, world: World, sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        session.get_one(Account, world.accounts["chen"].id).unit_code = "431125101"
    told = ask(mapped, world, "chen").json
    assert [one["code"] for one in told["outlines"]] == ["431125"]
    assert [village["name"] for village in told["villages"]] == ["夏湾村委会"]


def test_what_the_phone_has_is_not_sent_again(mapped: FlaskClient, world: World) -> None:
    tag = ask(mapped, world, "chen").headers["ETag"]
    again = ask(mapped, world, "chen", **{"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert ask(mapped, world, "xiang", **{"If-None-Match": tag}).status_code == 200


def test_too_many_villages_are_left_out_whole_and_counted(
    mapped: FlaskClient, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ground, "MOST_VILLAGES", 3)
    assert len(ask(mapped, world, "chen").json["villages"]) == 3
    told = ask(mapped, world, "xiang").json
    assert (told["villages"], told["villages_left_out"]) == ([], 4)
