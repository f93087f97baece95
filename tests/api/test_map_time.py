"""The map in tiles and through time: only the caller's scope, each station once, days and differences as counted."""

from __future__ import annotations

import datetime as dt
from itertools import accumulate
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, sessionmaker

from stations.records.revision import next_revision
from stations.records.tables import Station, VitalityState
from tests.conftest import NOON
from tests.world import World

# Jiangyong's two stations lie in this tile, Taojiang's in the other.
TILE, OTHER = "/api/v1/maps/tiles/8/207/109.json", "/api/v1/maps/tiles/8/207/106.json"
DAYS, DIFFERENCES = "/api/v1/maps/days.json", "/api/v1/maps/differences.json"


def asked(client: FlaskClient, path: str, person: str, world: World, **query: str) -> Any:
    answer = client.get(path, query_string=query, headers=world.as_phone(person))
    assert answer.status_code == 200, answer.get_json()
    return answer.get_json()


def test_a_tile_holds_the_stations_of_the_scope_that_lie_in_it(client: FlaskClient, world: World) -> None:
    here = {world.stations["JY001"], world.stations["JY002"]}
    assert set(accumulate(asked(client, TILE, "xiang", world)["id"])) == here
    assert set(accumulate(asked(client, OTHER, "xiang", world)["id"])) == {world.stations["TJ001"]}
    assert asked(client, TILE, "zhou", world)["n"] == 0
    assert asked(client, TILE, "xiang", world, unit="430922")["n"] == 0
    assert asked(client, TILE, "xiang", world, vitality="dead")["n"] == 0
    assert asked(client, TILE, "jiang", world, as_of="2026-11-19")["n"] == 2
    assert asked(client, TILE, "jiang", world, as_of="2024-05-09")["n"] == 0


def test_tiles_are_kept_by_the_browser_and_some_are_no_address(client: FlaskClient, world: World) -> None:
    headers = world.as_phone("jiang")
    tag = client.get(TILE, headers=headers).headers["ETag"]
    assert client.get(TILE, headers=headers | {"If-None-Match": tag}).status_code == 304
    for none in ("5/3/3", "17/0/0", "8/256/0", "8/0/-1"):
        assert client.get(f"/api/v1/maps/tiles/{none}.json", headers=headers).status_code == 404
    assert client.get(TILE, query_string={"unit": "430922"}, headers=headers).status_code == 403


def test_places_and_ids_come_apart_in_one_order(client: FlaskClient, world: World) -> None:
    path = "/api/v1/maps/stations.json"
    whole, places, ids = (asked(client, path, "xiang", world, parts=parts) for parts in ("all", "places", "ids"))
    assert "id" not in places
    assert places | {"id": ids["id"]} == whole
    assert ids == {"id": whole["id"], "revision": whole["revision"]}


def test_shares_say_where_all_their_stations_lie(client: FlaskClient, world: World) -> None:
    answer = asked(client, "/api/v1/maps/shares.json", "xiang", world)
    assert (answer["box"], answer["unplaced"]) == ([111.342, 25.271, 112.15, 28.52], 0)
    assert asked(client, "/api/v1/maps/shares.json", "xiang", world, listing_status="merged")["box"] is None


def test_days_are_those_on_which_something_changed(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    with sessions.begin() as session:
        for code, day, value in (
            ("JY001", 1, "alive"),
            ("JY002", 1, "dead"),
            ("JY001", 3, "weak"),
            ("TJ001", 2, "alive"),
        ):
            session.add(VitalityState(
                station_id=world.stations[code], as_of=dt.date(2026, 11, day), value=value, confidence="verified",
                reason="seen", rule_version="v1", evidence_ids=[], recorded_at=NOON,
            ))  # fmt: skip
    answer = asked(client, DAYS, "jiang", world)
    assert answer["days"] == [
        {"day": "2024-05-10", "counts": {}, "listings": 2, "changes": 2},
        {"day": "2026-11-01", "counts": {"alive": 1, "dead": 1}, "listings": 0, "changes": 2},
        {"day": "2026-11-03", "counts": {"weak": 1}, "listings": 0, "changes": 1},
    ]
    assert answer["frame"]["sources"] == {"vitality_states": 3, "listing_decisions": 2}
    assert [one["day"] for one in asked(client, DAYS, "zhou", world)["days"]] == ["2024-05-10", "2026-11-02"]


def test_differences_are_counted_and_named(client: FlaskClient, world: World, sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        # A death that the cache knows of today; the days before are decided from the evidence.
        station = session.get_one(Station, world.stations["JY002"])
        station.vitality, station.revision = "dead", next_revision(session)
    answer = asked(client, DIFFERENCES, "jiang", world, a="2026-11-19", b="2026-11-20")
    assert (answer["died"], answer["revived"], answer["came"], answer["left"]) == (1, 0, 0, 0)
    assert answer["moves"] == [{"before": "unknown", "after": "dead", "n": 1}]
    assert answer["stations"] == [
        {"id": world.stations["JY002"], "lon": 111.39, "lat": 25.36, "before": "unknown", "after": "dead"}
    ]
    assert (answer["a"]["survival"]["unknown_share"], answer["b"]["survival"]["unknown_share"]) == (1.0, 0.5)
    assert (answer["frame"]["as_of"], answer["frame"]["unit"]["name"]) == ("2026-11-20", "江永县")
    came = asked(client, DIFFERENCES, "jiang", world, a="2024-05-09", b="2026-11-19")
    assert (came["came"], came["died"], came["became_unknown"]) == (2, 0, 0)


@pytest.mark.parametrize("path", [DAYS, f"{DIFFERENCES}?a=2026-01-01&b=2026-02-01"])
def test_foreign_units_are_refused(client: FlaskClient, world: World, path: str) -> None:
    sign = "&" if "?" in path else "?"
    assert client.get(f"{path}{sign}unit=430922", headers=world.as_phone("jiang")).status_code == 403
    assert client.get(path, headers=world.as_phone("tang")).status_code == 403


def test_a_comparison_needs_both_days_and_possible_ones(client: FlaskClient, world: World) -> None:
    for query in ("a=2026-01-01", "b=2026-01-01", "a=2026-01-01&b=2031-01-01"):
        answer = client.get(f"{DIFFERENCES}?{query}", headers=world.as_phone("jiang"))
        assert (answer.status_code, answer.get_json()["code"]) == (422, "BAD_INPUT")
