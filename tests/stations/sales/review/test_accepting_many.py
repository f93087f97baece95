"""Many reports accepted at once: the trial says what the deed does, one conflict may stop all, statements stay few."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from stations.people.tables import AuditEvent
from stations.records.months import ReportStateChange, SalesReport
from stations.sales.review.accepting_many import AcceptSummary, AcceptWish, accept_many, as_plain
from stations.sales.review.deciding import accept_report
from tests.conftest import NOON
from tests.stations.sales.filing.building import OCTOBER
from tests.stations.sales.review.building import begun, county_return, file_month, many_stations, report_of
from tests.world import World

OWN_PROXY = {
    "station": "JY002", "code": "REPORT_OWN_PROXY", "zh": "代填的人不能自己采纳。",
    "en": "Who filed for the owner may not accept it.",
}  # fmt: skip


def many(session: Session, world: World, who: str = "jiang", **wish: Any) -> AcceptSummary:
    return accept_many(session, world.callers[who], AcceptWish(OCTOBER, **wish), now=NOON)


@pytest.fixture
def mixed(session: Session, world: World) -> Session:
    """Tang's own report, and one that Jiang filed for the owner of JY002."""
    file_month(begun(session), world)
    file_month(session, world, "jiang", "JY002")
    return session


def stored(session: Session) -> tuple[Any, ...]:
    states = session.execute(select(SalesReport.station_id, SalesReport.state).order_by(SalesReport.station_id)).all()
    changes = session.scalar(select(func.count(ReportStateChange.id)))
    return [tuple(row) for row in states], changes, session.scalar(select(func.count(AuditEvent.id)))


def test_a_trial_stores_nothing_and_says_what_the_deed_does(mixed: Session, world: World) -> None:
    before = stored(mixed)
    trial = as_plain(many(mixed, world, unit_code="431125", dry_run=True))
    assert stored(mixed) == before
    assert trial == {"imported": 1, "ignored": 0, "conflicts": [OWN_PROXY], "dry_run": True}
    done = as_plain(many(mixed, world, unit_code="431125"))
    assert done == trial | {"dry_run": False}
    assert (report_of(mixed, world).state, report_of(mixed, world, "JY002").state) == ("accepted", "submitted")
    assert as_plain(many(mixed, world, unit_code="431125")) == done | {"imported": 0, "ignored": 1}


def test_all_or_none_refuses_all_when_one_cannot_be_accepted(mixed: Session, world: World) -> None:
    before = stored(mixed)
    trial = as_plain(many(mixed, world, unit_code="431125", all_or_none=True, dry_run=True))
    assert (trial["imported"], trial["conflicts"]) == (0, [OWN_PROXY])
    with pytest.raises(Refusal) as caught:
        many(mixed, world, unit_code="431125", all_or_none=True)
    assert (caught.value.code, caught.value.details["summary"]) == ("REPORT_STATE", trial | {"dry_run": False})
    assert stored(mixed) == before
    assert many(mixed, world, codes=["JY001"], all_or_none=True).imported == 1


def test_named_stations_without_a_report_and_strangers_are_conflicts(mixed: Session, world: World) -> None:
    told = many(mixed, world, codes=["JY001", "TJ001", "NO", "JY001"])
    assert (told.imported, [(one.station, one.code) for one in told.conflicts]) == (
        1, [("NO", "STATION_UNKNOWN"), ("TJ001", "STATION_UNKNOWN")],
    )  # fmt: skip
    nothing = AcceptWish(202609, codes=["JY002"])
    unfiled = accept_many(mixed, world.callers["jiang"], nothing, now=NOON)
    assert [(one.station, one.code) for one in unfiled.conflicts] == [("JY002", "REPORT_UNKNOWN")]


def test_the_unit_must_be_ones_own(mixed: Session, world: World) -> None:
    for unit, code in (("430922", "OUT_OF_SCOPE"), ("999999", "UNIT_UNKNOWN")):
        with pytest.raises(Refusal) as caught:
            many(mixed, world, unit_code=unit)
        assert caught.value.code == code


def test_a_month_accepted_above_takes_no_more(mixed: Session, world: World) -> None:
    county_return(mixed, "accepted")
    told = many(mixed, world, unit_code="431125")
    assert (told.imported, [one.code for one in told.conflicts]) == (0, ["PERIOD_LOCKED", "REPORT_OWN_PROXY"])


def test_three_hundred_stations_take_few_statements_and_one_look_at_who_lives(session: Session, world: World) -> None:
    many_stations(begun(session), world, 300)
    accept_report(session, world.callers["jiang"], "M0007", OCTOBER, None, now=NOON)
    said: list[str] = []

    def hear(_c: object, _cursor: object, statement: str, *_rest: object) -> None:
        said.append(statement)

    engine = session.get_bind().engine
    event.listen(engine, "before_cursor_execute", hear)
    try:
        told = many(session, world, unit_code="431125")
    finally:
        event.remove(engine, "before_cursor_execute", hear)
    assert (told.imported, told.ignored, told.conflicts) == (299, 1, [])
    # On SQLite the appended answers of the alive rule, with their ids asked back, go in one by one.
    assert len([one for one in said if not one.startswith("INSERT INTO vitality_state")]) < 30, said
    assert session.scalar(select(func.count()).select_from(SalesReport).where(SalesReport.state == "accepted")) == 300
    changes = select(func.count(ReportStateChange.id)).where(ReportStateChange.to_state == "accepted")
    assert session.scalar(changes) == 300
