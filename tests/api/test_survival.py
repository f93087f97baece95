"""Survival and vitality over time through the door: figures with their frame, as of a day and as known then."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import insert
from sqlalchemy.orm import Session, sessionmaker

from stations.records.tables import ReportingObligation, Station, StationTransition, VitalityState
from stations.survival import history
from stations.vitality.refreshing import refresh_vitality
from tests.conftest import NOON, Clock
from tests.stations.register.building import look
from tests.world import World, add_station


def ask(client: FlaskClient, world: World, query: str = "", person: str = "jiang", door: str = "survival") -> Any:
    answer = client.get(f"/api/v1/{door}{query}", headers=world.as_phone(person))
    assert answer.status_code == 200, answer.json
    return answer.json


@pytest.fixture
def lived(sessions: sessionmaker[Session], world: World) -> World:
    """JY001 seen open a month ago and gone ten days ago, which came in only four days ago; JY002 never looked at."""
    with sessions.begin() as session:
        one, chen = session.get_one(Station, world.stations["JY001"]), world.callers["chen"]
        look(session, one, chen, "open_operating", 30)
        look(session, one, chen, "gone", 10, known=NOON - dt.timedelta(days=4))
        refresh_vitality(session, list(world.stations.values()), now=NOON)
    return world


def test_today_with_its_frame(client: FlaskClient, lived: World) -> None:
    told = ask(client, lived)
    frame = told["frame"]
    assert frame["unit"] == {"code": "431125", "name": "江永县", "level": "county"}
    assert (frame["as_of"], frame["rule_version"], frame["unknown_share"]) == ("2026-11-20", "v1", 0.5)
    assert frame["sources"] == {"none": 1, "visit": 1}
    assert "survival_share_built" in frame["definitions"]
    head = told["headline"]
    assert (head["built"], head["alive"], head["known_dead"], head["unsure"]) == (2, 0, 1, 1)
    assert (head["low"], head["high"], head["unknown_share"]) == (0.0, 0.5, 0.5)
    assert told["delisting_effect"]["percentage_points"] == 0.0
    # Accepted on 2024-05-10: seen open after 894 days, gone after 914; JY002 is censored on day 0.
    assert told["curve"]["earliest"] == [[0.0, 1.0], [29.372, 0.0]]
    assert told["curve"]["latest"] == [[0.0, 1.0], [30.029, 0.0]]
    assert told["curve"]["turnbull"] == [[0.0, 1.0, 1.0], [29.372, 0.0, 1.0], [30.029, 0.0, 0.0]]
    assert [(row["months"], row["eligible"], row["alive"], row["unsure"]) for row in told["milestones"]] == [
        (12, 2, 1, 1), (24, 2, 1, 1), (36, 0, 0, 0),
    ]  # fmt: skip
    assert told["median_months_to_last_alive"] == 14.7


def test_the_worked_case_of_the_domain_in_the_register(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    """F3: ten accepted; two delisted, five seen alive, one seen closed once, one silent for half a year, one unseen."""
    village, path = "431125100202", "/CN/43/4311/431125/431125100/431125100202/"
    chen = world.callers["chen"]
    with sessions.begin() as session:
        ids = [world.stations["JY001"], world.stations["JY002"]]
        ids += [add_station(session, f"JY1{n:02d}", f"第{n}站", village, path, 111.3, 25.2, NOON) for n in range(8)]
        for station_id in ids[:5]:
            look(session, session.get_one(Station, station_id), chen, "open_operating", 20)
        look(session, session.get_one(Station, ids[5]), chen, "closed_at_visit", 20)
        session.add(ReportingObligation(station_id=ids[6], starts_on=dt.date(2026, 1, 1), recorded_at=NOON))
        session.execute(insert(StationTransition), [move(one, "delisted", dt.date(2026, 11, 1)) for one in ids[7:9]])
        for station_id in ids[7:9]:
            session.get_one(Station, station_id).listing_status = "delisted"
        session.flush()
        refresh_vitality(session, ids, now=NOON)
    for query in ("", "?known_at=2026-11-20T04:00:00Z"):
        head = ask(client, world, query)["headline"]
        assert (head["share_built"], head["share_listed"]) == (0.5, 0.625)
        assert (head["low"], head["high"], head["unknown_share"]) == (0.5, 0.8, 0.3)
        assert head["by_vitality"] == {
            "alive": 5, "weak": 0, "dormant": 1, "presumed_dead": 1, "dead": 2, "unknown": 1,
        }  # fmt: skip
    assert ask(client, world)["delisting_effect"] == {
        "share_built": 0.5, "share_listed": 0.625, "percentage_points": 12.5, "delisted": 2,
        "stations": ["JY105", "JY106"],
    }  # fmt: skip


def test_as_of_another_day_and_as_known_then(client: FlaskClient, lived: World) -> None:
    def head(query: str) -> tuple[int, int, int]:
        found = ask(client, lived, query)["headline"]
        return found["alive"], found["known_dead"], found["unsure"]

    assert head("") == (0, 1, 1)
    assert head("?as_of=2026-11-09") == (1, 0, 1)
    assert head("?as_of=2026-11-10") == (0, 1, 1)
    # The visit of the 10th came in on the 16th: on the 15th nobody knew.
    assert head("?as_of=2026-11-15&known_at=2026-11-15T00:00:00Z") == (1, 0, 1)
    assert head("?as_of=2026-11-15&known_at=2026-11-16T04:00:00Z") == (0, 1, 1)
    assert ask(client, lived, "?as_of=2024-05-09")["headline"]["built"] == 0


def test_the_same_day_recomputed_is_what_the_columns_say(client: FlaskClient, lived: World) -> None:
    cached, recomputed = (ask(client, lived, query) for query in ("", "?known_at=2026-11-20T04:00:00Z"))
    assert cached == recomputed


def test_a_revival_is_one_life_and_a_merger_counts_once(
    client: FlaskClient, lived: World, sessions: sessionmaker[Session]
) -> None:
    one, two = lived.stations["JY001"], lived.stations["JY002"]
    moves = [
        move(one, "delisted", dt.date(2026, 11, 11)), move(one, "active", dt.date(2026, 11, 14)),
        move(two, "merged", dt.date(2026, 11, 14), successor=one),
    ]  # fmt: skip
    with sessions.begin() as session:
        session.execute(insert(StationTransition), moves)
        one_row = session.get_one(Station, one)
        look(session, one_row, lived.callers["chen"], "open_operating", 1)
        for station_id, status in ((one, "active"), (two, "merged")):
            session.get_one(Station, station_id).listing_status = status
        session.flush()
        refresh_vitality(session, [one, two], now=NOON)
    told = ask(client, lived)
    head = told["headline"]
    assert (head["built"], head["listed"], head["alive"], head["known_dead"]) == (1, 1, 1, 0)
    assert told["curve"]["latest"] == [[0.0, 1.0]]
    assert told["median_months_to_last_alive"] == 30.3
    before = ask(client, lived, "?as_of=2026-11-12")["headline"]
    assert (before["built"], before["listed"], before["known_dead"]) == (2, 1, 1)


def move(station_id: int, to: str, on: dt.date, successor: int | None = None) -> dict[str, Any]:
    return {"station_id": station_id, "from_status": "active", "to_status": to, "effective_on": on,
            "reason_code": "told", "evidence_ids": [], "details": {}, "successor_id": successor,
            "recorded_at": NOON - dt.timedelta(hours=1)}  # fmt: skip


def test_cohorts_and_groups(client: FlaskClient, lived: World, sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        session.get_one(Station, lived.stations["JY002"]).is_subsidised = None
        session.get_one(Station, lived.stations["JY001"]).operator = "供销社"
    told = ask(client, lived, "?by=subsidy&by=operator&by=sunset&by=cohort")["groups"]
    assert {name: [(row["key"], row["built"]) for row in rows] for name, rows in told.items()} == {
        "subsidy": [("subsidised", 1), ("unknown", 1)], "operator": [("供销社", 1), ("unknown", 1)],
        "sunset": [("unknown", 2)], "cohort": [("2024", 2)],
    }  # fmt: skip
    built = {cohort: ask(client, lived, f"?cohort={cohort}")["headline"]["built"]
             for cohort in ("2024", "2024Q2", "202405", "2024-06", "2023")}  # fmt: skip
    assert built == {"2024": 2, "2024Q2": 2, "202405": 2, "2024-06": 0, "2023": 0}


@pytest.mark.parametrize(
    ("query", "code"),
    [("?cohort=2024Q9", "PERIOD_UNKNOWN"), ("?ou=430922", "OUT_OF_SCOPE"), ("?ou=nowhere", "UNIT_UNKNOWN"),
     ("?as_of=1989-01-01", "BAD_INPUT"), ("?by=colour", "BAD_INPUT")],
)  # fmt: skip
def test_what_cannot_be_answered_is_refused(client: FlaskClient, world: World, query: str, code: str) -> None:
    answer = client.get(f"/api/v1/survival{query}", headers=world.as_phone("jiang"))
    assert answer.json is not None
    assert answer.json["code"] == code


def test_columns_never_filled_are_decided_from_the_facts(client: FlaskClient, world: World) -> None:
    """The world's stations come with empty columns, as those of an older database do."""
    told = ask(client, world)
    assert (told["headline"]["built"], told["headline"]["unsure"]) == (2, 2)


def test_vitality_by_month_as_known_today_and_as_said_then(client: FlaskClient, lived: World, clock: Clock) -> None:
    clock.forward(days=20)
    today = ask(client, lived, "?pe=202604;202610;202611", door="vitality-history")
    assert today["frame"]["known"] == "now"
    assert [(row["period"], row["as_of"], row["counts"]["alive"], row["counts"]["dead"], row["counts"]["unknown"])
            for row in today["months"]] == [
        ("202604", "2026-04-30", 0, 0, 2), ("202610", "2026-10-31", 1, 0, 1), ("202611", "2026-11-30", 0, 1, 1),
    ]  # fmt: skip
    # Of JY002 the rule's answer never changed from what the world began with: nothing was ever written down.
    then = ask(client, lived, "?pe=202609;202610;202611&known=then", door="vitality-history")
    assert then["frame"]["known"] == "then"
    assert [(row["counts"]["alive"], row["counts"]["dead"], row["counts"]["unknown"], row["without_answer"])
            for row in then["months"]] == [(0, 0, 0, 2), (1, 0, 0, 1), (0, 1, 0, 1)]  # fmt: skip


def test_a_month_that_runs_has_no_end_to_tell_of(client: FlaskClient, world: World) -> None:
    for period, code in (("202611", "PERIOD_NOT_ENDED"), ("202613", "PERIOD_UNKNOWN")):
        answer = client.get(f"/api/v1/vitality-history?pe={period}", headers=world.as_phone("jiang"))
        assert (answer.json or {})["code"] == code


def test_large_units_are_told_what_was_said_then(
    client: FlaskClient, lived: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def known(query: str = "") -> str:
        told: str = ask(client, lived, f"?pe=202610{query}", door="vitality-history")["frame"]["known"]
        return told

    assert (known(), known("&known=then")) == ("now", "then")
    monkeypatch.setattr(history, "READILY", 1)
    assert (known(), known("&known=now")) == ("then", "now")
    monkeypatch.setattr(history, "AT_MOST", 1)
    assert known("&known=now") == "then"


def test_answers_of_then_leave_out_who_had_merged(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    first, later = NOON - dt.timedelta(days=60), NOON - dt.timedelta(days=40)
    rows = [("JY001", "alive", "seen_open", first), ("JY002", "alive", "seen_open", first),
            ("JY002", "alive", "merged", later), ("JY001", "unknown", "evidence_stale", later)]  # fmt: skip
    with sessions.begin() as session:
        session.execute(insert(VitalityState), [
            {"station_id": world.stations[code], "as_of": at.date(), "value": value, "reason": reason,
             "rule_version": "v1", "evidence_ids": [], "recorded_at": at}
            for code, value, reason, at in rows
        ])  # fmt: skip
    told = ask(client, world, "?pe=202609;202610&known=then", door="vitality-history")
    assert [(row["counts"]["alive"], row["counts"]["unknown"], row["built"]) for row in told["months"]] == [
        (2, 0, 2), (0, 1, 1),
    ]  # fmt: skip
