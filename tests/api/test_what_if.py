"""What delisting costs: the villages that lose their only station, poor ones first; nothing is stored."""

from __future__ import annotations

import datetime as dt

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, sessionmaker

from stations.records.tables import ServiceLink
from stations.units.tables import PovertyVillage, VillagePopulation
from stations.vitality.refreshing import refresh_vitality
from tests.conftest import NOON
from tests.coverage_seed import seen_open
from tests.world import World


@pytest.fixture
def alive(world: World, sessions: sessionmaker[Session]) -> World:
    """Both stations of Jiangyong were seen open; JY001 serves a poor neighbour besides."""
    with sessions.begin() as session:
        for code in ("JY001", "JY002"):
            seen_open(session, world.stations[code])
        session.add(ServiceLink(station_id=world.stations["JY001"], village_code="431125100202", declared_by="ledger",
                                services=["parcel", "purchase_agency"], starts_on=dt.date(2024, 5, 10),
                                recorded_at=NOON - dt.timedelta(days=400)))  # fmt: skip
        session.add(PovertyVillage(list_year=2014, village_code="431125100202", source="t", recorded_at=NOON))
        session.add(VillagePopulation(village_code="431125100201", year=2020, people=800, source="t", recorded_at=NOON))
        refresh_vitality(session, list(world.stations.values()), now=NOON)
    return world


def test_villages_that_lose_their_only_station_are_named_poor_first(client: FlaskClient, alive: World) -> None:
    asked = client.post("/api/v1/coverage/what-if", json={"ou": "431125", "remove": ["JY001"]},
                        headers=alive.as_phone("jiang"))  # fmt: skip
    assert asked.status_code == 200, asked.json
    told = asked.json
    assert (told["lost"], told["lost_poor"], told["lost_people"]) == (2, 1, 800)
    assert [(one["code"], one["is_poor"], one["people"]) for one in told["villages"]] == [
        ("431125100202", True, None), ("431125100201", False, 800),
    ]  # fmt: skip
    service = next(one for one in told["all"] if one["stage"] == "service")
    assert (service["before"]["covered"], service["after"]["covered"], service["after"]["of"]) == (3, 1, 3)
    poor = next(one for one in told["poor"] if one["stage"] == "service")
    assert (poor["before"]["share"], poor["after"]["share"]) == (1.0, 0.0)
    assert told["removed"] == [{"code": "JY001", "name": "何家湾服务站", "village": "431125100201", "is_listed": True,
                                "vitality": "alive", "counts": True}]  # fmt: skip
    assert told["villages"][0]["nearest_station"] is None
    assert told["target"]["value"] == 0.5
    assert (told["unit"], told["frame"]["distance"], told["frame"]["base_year"]) == ("m", "great_circle", 2023)


def test_codes_that_are_no_station_here_are_named_one_by_one(client: FlaskClient, alive: World) -> None:
    body = {"ou": "431125", "remove": ["JY001", "TJ001", "NONE"]}
    refused = client.post("/api/v1/coverage/what-if", json=body, headers=alive.as_phone("jiang"))
    assert (refused.status_code, refused.json["code"]) == (422, "BAD_INPUT")
    assert set(refused.json["errors"]["remove"]) == {"1", "2"}
