"""A published quarter stays as it was; what it would say today is explained station by station, and adds up."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import insert, update
from sqlalchemy.orm import Session, sessionmaker

from stations.policy.tables import PolicyRule
from stations.records.tables import Observation, Station, StationTransition
from tests.conftest import NOON, Clock
from tests.stations.register.building import look
from tests.world import World

DOOR = "/api/v1/snapshots"


def take(client: FlaskClient, world: World, person: str = "jiang", **more: Any) -> Any:
    return client.post(DOOR, json={"quarter": "2026Q3"} | more, headers=world.as_phone(person))


def see(client: FlaskClient, world: World, path: str, person: str = "jiang") -> Any:
    answer = client.get(f"{DOOR}{path}", headers=world.as_phone(person))
    assert answer.status_code == 200, answer.json
    return answer.json


@pytest.fixture
def published(client: FlaskClient, world: World, sessions: sessionmaker[Session]) -> dict[str, Any]:
    """JY001 was seen open in September, nobody looked at JY002."""
    with sessions.begin() as session:
        look(session, session.get_one(Station, world.stations["JY001"]), world.callers["chen"], "open_operating", 60)
    made = take(client, world)
    assert made.status_code == 201, made.json
    body: dict[str, Any] = made.json
    return body


def test_the_quarter_as_published(client: FlaskClient, world: World, published: dict[str, Any]) -> None:
    assert (published["quarter"], published["as_of"], published["taken_by"]) == ("2026Q3", "2026-09-30", "蒋联络")
    head = published["published"]["headline"]
    assert (head["built"], head["alive"], head["unsure"], head["share_built"]) == (2, 1, 1, 0.5)
    assert published["published"]["frame"]["known_at"] == "2026-11-20T04:00:00+00:00"
    listed = see(client, world, "?ou=431125")
    assert [(one["quarter"], one["headline"]["share_built"]) for one in listed["snapshots"]] == [("2026Q3", 0.5)]
    assert listed["permissions"] == {"may_take": True}
    unchanged = see(client, world, f"/{published['id']}/differences")
    assert (unchanged["stations"], unchanged["sums"]["alive"]) == ([], {"published": 1, "difference": 0, "now": 1})


def test_facts_that_come_later_change_the_answer_but_not_what_was_published(
    client: FlaskClient, world: World, published: dict[str, Any], sessions: sessionmaker[Session], clock: Clock
) -> None:
    clock.forward(days=2)
    with sessions.begin() as session:
        seen = look(session, session.get_one(Station, world.stations["JY001"]), world.callers["chen"], "gone", 55,
                    known=clock())  # fmt: skip
        # A visit after the quarter's end does not touch it.
        two = session.get_one(Station, world.stations["JY002"])
        look(session, two, world.callers["chen"], "gone", 5, known=clock())
        number = seen.id
    kept = see(client, world, f"/{published['id']}")
    assert kept == published
    told = see(client, world, f"/{published['id']}/differences")
    assert told["published"] == published["published"]["headline"]
    assert told["stations"] == [{
        "station": "JY001",
        "before": {"listing_status": "active", "vitality": "alive", "confidence": "verified", "reason": "seen_open"},
        "after": {"listing_status": "active", "vitality": "dead", "confidence": "verified", "reason": "gone_seen"},
        "adds": {"built": 0, "listed": 0, "alive": -1, "known_dead": 1, "unsure": 0},
        "why": [{"code": "recorded_since", "facts": [f"observation:{number}"], "zh": "存档之后才录入的事实",
                 "en": "Facts recorded since it was published"}],
    }]  # fmt: skip
    adds_up(told)


def adds_up(told: Any) -> None:
    for name, line in told["sums"].items():
        assert line["published"] + line["difference"] == line["now"] == told["now"][name]
        assert line["published"] == told["published"][name]


def test_withdrawn_evidence_late_acceptances_and_mergers(
    client: FlaskClient, world: World, published: dict[str, Any], sessions: sessionmaker[Session], clock: Clock
) -> None:
    clock.forward(hours=1)
    one, two, other = (world.stations[code] for code in ("JY001", "JY002", "TJ001"))
    with sessions.begin() as session:
        session.execute(update(Observation).values(withdrawn_at=clock()))
        session.execute(insert(StationTransition), [
            {"station_id": two, "from_status": "active", "to_status": "merged", "effective_on": dt.date(2026, 9, 1),
             "reason_code": "merged", "evidence_ids": [], "details": {}, "successor_id": one, "recorded_at": clock()},
        ])  # fmt: skip
        # A boundary moved: a station of the other county lies in this one now.
        session.get_one(Station, other).unit_path = session.get_one(Station, one).unit_path
    told = see(client, world, f"/{published['id']}/differences")
    assert [(row["station"], [(why["code"], len(why["facts"])) for why in row["why"]], row["adds"]["built"])
            for row in told["stations"]] == [
        ("JY001", [("withdrawn_since", 1)], 0), ("JY002", [("recorded_since", 1)], -1),
        ("TJ001", [("unit_changed", 0)], 1),
    ]  # fmt: skip
    assert (told["now"]["built"], told["now"]["alive"]) == (2, 0)
    adds_up(told)


def test_another_rule_is_named_as_the_cause(
    client: FlaskClient, world: World, published: dict[str, Any], sessions: sessionmaker[Session]
) -> None:
    with sessions.begin() as session:
        session.add(PolicyRule(code="alive_rule", kind="threshold", batch_years=[], source_doc="[proposal]", quote="",
                               parameters={"site_visit_days": 5, "rule_version": "v2"}, is_proposal=True))  # fmt: skip
    told = see(client, world, f"/{published['id']}/differences")
    assert [(row["station"], row["after"]["vitality"], [(why["code"], why["facts"]) for why in row["why"]])
            for row in told["stations"]] == [("JY001", "unknown", [("rule_changed", [])])]  # fmt: skip
    assert (told["rule_version_published"], told["frame"]["rule_version"]) == ("v1", "v2")
    adds_up(told)


def test_a_quarter_is_taken_once_and_only_when_it_is_over(
    client: FlaskClient, world: World, published: dict[str, Any], clock: Clock
) -> None:
    def code(person: str = "jiang", **more: Any) -> str:
        answer = take(client, world, person, **more)
        return "" if answer.status_code == 201 else answer.json["code"]

    assert published["id"]
    assert code() == "SNAPSHOT_EXISTS"
    assert code(quarter="2026Q4") == "QUARTER_NOT_ENDED"
    assert code(quarter="2026Q5") == "PERIOD_UNKNOWN"
    assert code(quarter="202６Q3") == "PERIOD_UNKNOWN"
    assert code(ou="430922") == "OUT_OF_SCOPE"
    assert code("chen") == "NOT_ALLOWED"
    clock.at = dt.datetime(2026, 12, 31, 15, 59, 59, tzinfo=dt.UTC)
    assert code(quarter="2026Q4") == "QUARTER_NOT_ENDED"
    clock.forward(seconds=1)
    assert code(quarter="2026Q4") == ""


def test_of_many_who_publish_at_once_one_does(client: FlaskClient, world: World) -> None:
    def publish(_number: int) -> int:
        phone = world.as_phone("jiang")
        status: int = client.application.test_client().post(DOOR, json={"quarter": "2026Q2"}, headers=phone).status_code
        return status

    with ThreadPoolExecutor(4) as pool:
        assert Counter(pool.map(publish, range(6))) == {201: 1, 409: 5}
    assert len(see(client, world, "")["snapshots"]) == 1


def test_who_covers_the_unit_sees_it_and_nobody_else(
    client: FlaskClient, world: World, published: dict[str, Any]
) -> None:
    for person in ("yong", "xiang", "ping"):
        assert see(client, world, f"/{published['id']}", person) == published
    assert client.get(f"{DOOR}/{2**31}", headers=world.as_phone("jiang")).status_code == 404
    stranger = client.get(f"{DOOR}/{published['id']}", headers=world.as_phone("zhou"))
    assert (stranger.status_code, stranger.json and stranger.json["code"]) == (404, "SNAPSHOT_UNKNOWN")
    assert see(client, world, "", "xiang")["snapshots"] == []
    assert [one["unit"]["code"] for one in see(client, world, "?below=true", "xiang")["snapshots"]] == ["431125"]
    # The province's own quarter is another one, out of the county's sight.
    made = take(client, world, "xiang")
    assert made.json["published"]["headline"]["built"] == 3
    assert client.get(f"{DOOR}/{made.json['id']}", headers=world.as_phone("jiang")).status_code == 404


def test_a_snapshot_counts_by_what_was_known_when_it_was_taken(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    with sessions.begin() as session:
        look(session, session.get_one(Station, world.stations["JY001"]), world.callers["chen"], "gone", 60,
             known=NOON + dt.timedelta(hours=2))  # fmt: skip
    assert take(client, world).json["published"]["headline"]["known_dead"] == 0
