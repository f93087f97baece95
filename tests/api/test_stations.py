"""The doors of the stations: who sees what, in which shape, and what bad questions get."""

from __future__ import annotations

import datetime as dt

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event
from sqlalchemy.orm import Session, sessionmaker

from stations.records.tables import Station
from stations.register.entry.revising import revise_station
from tests.conftest import NOON
from tests.stations.register.building import look
from tests.world import World


@pytest.fixture
def visited(sessions: sessionmaker[Session], world: World) -> World:
    """The world after Chen saw JY001 open, two days ago, and Jiang wrote down its phone."""
    with sessions.begin() as session:
        one = session.get_one(Station, world.stations["JY001"])
        look(session, one, world.callers["chen"], "open_operating", 2)
        revise_station(session, world.callers["jiang"], one, {"phone": "13800000000"}, now=NOON)
    return world


def test_a_page_of_stations_says_how_many_and_of_which_day(client: FlaskClient, visited: World) -> None:
    answer = client.get("/api/v1/stations?page_size=1&page=2&ou=431125", headers=visited.as_phone("xiang"))
    assert answer.status_code == 200
    assert [one["code"] for one in answer.json["stations"]] == ["JY002"]
    assert (answer.json["total"], answer.json["as_of"]) == (2, "2026-11-20")
    assert '"total": 2' in answer.headers["X-Pagination"]
    alive = client.get("/api/v1/stations?vitality=alive&vitality=weak", headers=visited.as_phone("xiang"))
    assert [one["code"] for one in alive.json["stations"]] == ["JY001"]
    then = client.get("/api/v1/stations?vitality=alive&as_of=2026-11-10", headers=visited.as_phone("xiang"))
    assert (then.json["total"], then.json["as_of"]) == (0, "2026-11-10")


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("stations?as_of=1970-01-01", "as_of"), ("stations?as_of=9999-12-31", "as_of"), ("stations?as_of=x", "query"),
        ("stations?known_at=2026-01-01T00:00:00", "query"), ("stations?vitality=lively", "query"),
        ("stations?page_size=501", "query"), ("stations?page=0", "query"), ("stations?q=%00", "query"),
        ("stations?ou=999999", "ou"), ("stations?ou=" + "9" * 50, "query"), ("stations?ou_mode=ALL", "query"),
        ("stations.geojson?bbox=1,2,3", "query"), ("stations.geojson?bbox=112,25,111,26", "query"),
        ("stations.geojson?bbox=nan,25,111,26", "query"), ("stations.geojson?limit=0", "query"),
        ("stations/near?lon=25.2&lat=111.3", "lon"), ("stations/near?lon=0&lat=0", "lon"),
        ("stations/near?lon=nan&lat=25", "query"), ("stations/near?lat=25", "query"),
        ("stations/JY001?as_of=1989-12-31", "as_of"), ("my/stations?after=99999999999", "query"),
    ],
)  # fmt: skip
def test_a_bad_question_is_refused_by_field(client: FlaskClient, world: World, question: str, field: str) -> None:
    answer = client.get(f"/api/v1/{question}", headers=world.as_phone("xiang"))
    assert answer.status_code == 422
    assert field in answer.json["errors"]


def test_turning_very_many_pages_finds_nothing_and_breaks_nothing(client: FlaskClient, world: World) -> None:
    answer = client.get(f"/api/v1/stations?page={10**6}&page_size=500", headers=world.as_phone("xiang"))
    assert (answer.status_code, answer.json["stations"]) == (200, [])
    answer = client.get(f"/api/v1/stations?page={10**18}&page_size=500", headers=world.as_phone("xiang"))
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["page"])


def test_a_stranger_gets_404_everywhere(client: FlaskClient, visited: World) -> None:
    for path in ("JY001", "JY001/timeline", "JY001/observations"):
        answer = client.get(f"/api/v1/stations/{path}", headers=visited.as_phone("zhou"))
        assert (answer.status_code, answer.json["code"]) == (404, "STATION_UNKNOWN")
    assert client.get("/api/v1/stations/JY001").status_code == 401
    features = client.get("/api/v1/stations.geojson?ou=431125", headers=visited.as_phone("zhou"))
    assert features.json["numberMatched"] == 0


def test_one_station_with_what_i_may_do_and_an_etag(client: FlaskClient, visited: World) -> None:
    answer = client.get("/api/v1/stations/JY001", headers=visited.as_phone("jiang"))
    assert answer.json["phone"] == "13800000000"
    assert answer.json["permissions"] == {
        "may_accept": False, "may_reject": False, "may_suspend": True, "may_delist": True, "may_merge": True,
        "may_edit": True, "may_record_visit": True,
    }  # fmt: skip
    assert (answer.json["vitality"], answer.json["as_of"]) == ("alive", "2026-11-20")
    tag = answer.headers["ETag"]
    again = client.get("/api/v1/stations/JY001", headers=visited.as_phone("jiang") | {"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    for who, phone in (("chen", None), ("ping", None), ("tang", "13800000000")):
        seen = client.get("/api/v1/stations/JY001", headers=visited.as_phone(who)).json
        assert (seen["phone"], seen["permissions"]["may_edit"]) == (phone, False)


def test_the_story_and_what_was_seen_are_paged(client: FlaskClient, visited: World) -> None:
    story = client.get("/api/v1/stations/JY001/timeline?page_size=2", headers=visited.as_phone("chen")).json
    assert (story["total"], len(story["entries"])) == (5, 2)
    assert {one["kind"] for one in story["entries"]} <= {"transition", "version", "observation", "vitality"}
    seen = client.get("/api/v1/stations/JY001/observations", headers=visited.as_phone("chen")).json
    assert [(one["observed_state"], one["method"]) for one in seen["observations"]] == [
        ("open_operating", "site_visit")
    ]


def test_features_come_in_pieces_with_a_link_to_the_next(client: FlaskClient, visited: World) -> None:
    headers = visited.as_phone("xiang")
    answer = client.get("/api/v1/stations.geojson?bbox=111,25,112,26&limit=1", headers=headers)
    assert answer.mimetype == "application/geo+json"
    first = answer.json
    assert (first["type"], first["numberMatched"], first["numberReturned"]) == ("FeatureCollection", 2, 1)
    assert first["features"][0]["geometry"] == {"type": "Point", "coordinates": [111.342, 25.271]}
    assert first["features"][0]["properties"]["vitality"] == "alive"
    following = next(link["href"] for link in first["links"] if link["rel"] == "next")
    second = client.get(following, headers=headers).json
    assert [feature["id"] for feature in second["features"]] == ["JY002"]
    assert [link["rel"] for link in second["links"]] == ["self"]


def test_near_is_for_those_who_visit(client: FlaskClient, world: World) -> None:
    asked = "/api/v1/stations/near?lon=111.342&lat=25.272&accuracy=20"
    near = client.get(asked, headers=world.as_phone("chen")).json["stations"]
    assert [(one["code"], one["distance_m"]) for one in near] == [("JY001", 111.2)]
    assert client.get(asked, headers=world.as_phone("tang")).status_code == 403


def test_a_phone_fetches_its_stations_in_pieces_and_asks_cheaply(
    client: FlaskClient, sessions: sessionmaker[Session], visited: World
) -> None:
    headers = visited.as_phone("chen")
    first = client.get("/api/v1/my/stations?limit=1", headers=headers)
    assert sorted(first.json["stations"][0]) == [
        "code", "kind", "last_observed_at", "last_observed_state", "lat", "listing_status", "lon", "name", "services",
        "township_name", "village_code", "village_name", "vitality", "vitality_since",
    ]  # fmt: skip
    rest = client.get(f"/api/v1/my/stations?limit=5&after={first.json['next']}", headers=headers)
    assert ([one["code"] for one in rest.json["stations"]], rest.json["next"]) == (["JY002"], None)
    held = headers | {"If-None-Match": rest.headers["ETag"]}
    said: list[str] = []
    engine = client.application.extensions["cunzhan_engine"]
    event.listen(engine, "before_cursor_execute", lambda *a: said.append(a[2]))
    asked = f"/api/v1/my/stations?limit=5&after={first.json['next']}"
    assert client.get(asked, headers=held).status_code == 304
    # One finds who is asking, one whether anything is new.
    assert len([sql for sql in said if sql.lstrip().upper().startswith("SELECT")]) == 2
    with sessions.begin() as session:
        look(session, session.get_one(Station, visited.stations["JY002"]), visited.callers["chen"], "gone", 0)
    changed = client.get(asked, headers=held)
    assert (changed.status_code, changed.json["stations"][0]["vitality"]) == (200, "dead")


def test_anybody_finds_listed_stations_without_persons_or_states(
    client: FlaskClient, sessions: sessionmaker[Session], visited: World
) -> None:
    with sessions.begin() as session:
        session.get_one(Station, visited.stations["JY002"]).listing_status = "delisted"
    answer = client.get("/api/v1/public/stations?unit=431125")
    assert answer.json == {"total": 1, "stations": [{
        "name": "何家湾服务站", "kind": "village_point", "village_code": "431125100201", "village_name": "何家湾村委会",
        "township_name": "潇浦镇", "services": ["parcel", "purchase_agency"],
    }]}  # fmt: skip
    assert client.get("/api/v1/public/stations").json["total"] == 2
    assert client.get("/api/v1/public/stations?unit=nowhere").status_code == 422


def test_as_known_then_through_the_door(client: FlaskClient, visited: World) -> None:
    early = (NOON - dt.timedelta(days=3)).strftime("%Y-%m-%dT%H:%M:%SZ")
    seen = client.get(f"/api/v1/stations/JY001?known_at={early}", headers=visited.as_phone("jiang")).json
    assert (seen["vitality"], seen["phone"], seen["last_observed_state"]) == ("unknown", None, None)


def test_stations_that_nobody_has_seen_since_a_day(client: FlaskClient, visited: World) -> None:
    def codes(query: str) -> list[str]:
        answer = client.get(f"/api/v1/stations?{query}", headers=visited.as_phone("jiang"))
        return [row["code"] for row in answer.json["stations"]]

    assert codes("unseen_since=1990-01-01") == ["JY002"]
    assert codes("unseen_since=2026-11-18") == ["JY002"]
    assert codes("unseen_since=2026-11-19") == ["JY001", "JY002"]
    # The same of another day, where it is recomputed and not read.
    assert codes("unseen_since=1990-01-01&as_of=2026-11-21") == ["JY002"]
