"""The months in a station's story: named as the rule names them, in the state they had, never with a figure."""

from __future__ import annotations

import datetime as dt

from flask.testing import FlaskClient
from sqlalchemy.orm import Session, sessionmaker

from stations.register.lookup.timeline import read_timeline
from stations.vitality.refreshing import refresh_vitality
from tests.conftest import NOON
from tests.stations.vitality.months import excuse, instant, report, step
from tests.world import World


def tell(session: Session, world: World) -> None:
    one = world.stations["JY001"]
    kept = report(session, one, 202610, "2026-11-04", changed="2026-11-09")
    for to, at, reason in (("submitted", "2026-11-04", None), ("returned", "2026-11-06", "unit_slip"),
                           ("submitted", "2026-11-08", None), ("accepted", "2026-11-09", None)):  # fmt: skip
        step(session, kept, to, at, reason)
    excuse(session, one, 202608, "disaster", recorded_at=instant("2026-09-01"), note="洪水")
    refresh_vitality(session, [one], now=NOON)


def test_reports_and_excuses_stand_in_the_story_by_the_names_the_rule_gives(session: Session, world: World) -> None:
    tell(session, world)
    told = read_timeline(session, world.callers["jiang"], "JY001", now=NOON)
    months = [(one.id, one.kind, one.what, one.on, one.reason, one.details["period"]) for one in told
              if one.kind in ("report", "excuse")]  # fmt: skip
    assert months == [
        ("report:1", "report", "accepted", dt.date(2026, 11, 4), None, "202610"),
        ("excuse:1", "excuse", "excused", dt.date(2026, 8, 1), "disaster", "202608"),
    ]
    answer = next(one for one in told if one.kind == "vitality")
    assert (answer.what, answer.evidence_ids) == ("alive", ["report:1"])
    then = read_timeline(session, world.callers["jiang"], "JY001", now=NOON, known_at=instant("2026-11-07"))
    returned = next(one for one in then if one.kind == "report")
    assert (returned.what, returned.reason) == ("returned", "unit_slip")
    assert [step["to"] for step in returned.details["steps"]] == ["submitted", "returned"]


def test_an_inspector_learns_the_month_and_its_state_only(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    with sessions.begin() as session:
        tell(session, world)
    told = {
        person: next(
            entry
            for entry in client.get("/api/v1/stations/JY001/timeline", headers=world.as_phone(person)).json["entries"]  # type: ignore[index]
            if entry["kind"] == "report"
        )
        for person in ("chen", "tang", "jiang", "ping")
    }
    assert told["chen"]["details"] == {"period": "202610"}
    for person in ("tang", "jiang", "ping"):
        assert sorted(told[person]["details"]) == ["period", "source", "steps", "timeliness"]
    assert "1200" not in str(told)
    whole = {who: str(client.get("/api/v1/stations/JY001/timeline", headers=world.as_phone(who)).json)
             for who in ("chen", "jiang")}  # fmt: skip
    assert ("洪水" in whole["jiang"], "洪水" in whole["chen"]) == (True, False)
