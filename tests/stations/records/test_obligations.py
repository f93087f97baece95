"""What stations owe follows their lives and the month the county began; what was owed as known then stays readable."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from stations.records.expected import expectations
from stations.records.months import PeriodExcuse, SalesReport
from stations.records.obligations import begin_reporting, standing
from stations.records.periods import months_between
from stations.records.tables import ReportingObligation, Station, StationTransition
from stations.register.listing.moves import MoveRequest
from stations.register.listing.transitions import change_status
from stations.units.tables import OrgUnit
from tests.conftest import NOON
from tests.stations.register.building import ACCEPTED, look
from tests.world import World

JANUARY = dt.datetime(2026, 1, 5, tzinfo=dt.UTC)


def county(session: Session, code: str = "431125") -> OrgUnit:
    return session.get_one(OrgUnit, code)


def lived(session: Session, world: World, *moves: tuple[str, str]) -> int:
    """Give JY001 a past: (status, day) after its acceptance on 10 May 2024."""
    for status, day in moves:
        made = StationTransition(station_id=world.stations["JY001"], to_status=status, reason_code="ledger",
                                 effective_on=dt.date.fromisoformat(day), evidence_ids=[], details={},
                                 recorded_at=JANUARY)  # fmt: skip
        session.add(made)
        session.flush()
    return world.stations["JY001"]


def intervals(session: Session, station_id: int, known_at: dt.datetime | None = None) -> list[tuple[str, str | None]]:
    row = ReportingObligation
    asked = select(row.starts_on, row.ends_on).where(row.station_id == station_id, standing(known_at))
    return [
        (start.isoformat(), end and end.isoformat())
        for start, end in session.execute(asked.order_by(row.starts_on, row.id))
    ]


def test_active_stations_owe_from_the_month_the_county_begins(session: Session, world: World) -> None:
    changed = begin_reporting(session, county(session), 202601, by=None, now=JANUARY)
    assert changed == [world.stations["JY001"], world.stations["JY002"]]
    assert intervals(session, world.stations["JY001"]) == [("2026-01-01", None)]
    assert intervals(session, world.stations["TJ001"]) == []


def test_a_broken_life_is_owed_in_its_pieces(session: Session, world: World) -> None:
    jy001 = lived(session, world, ("suspended", "2025-06-12"), ("active", "2025-09-25"), ("suspended", "2025-12-31"),
                  ("active", "2026-04-01"), ("delisted", "2026-06-10"))  # fmt: skip
    begin_reporting(session, county(session), 202504, by=None, now=JANUARY)
    assert intervals(session, jy001) == [
        ("2025-04-01", "2025-06-30"), ("2025-09-25", "2025-12-31"), ("2026-04-01", "2026-06-10"),
    ]  # fmt: skip
    due = expectations(session, [jy001], months_between(202503, 202607))
    assert {period: one.excuse for (_, period), one in due.items()} == {
        202504: None, 202505: None, 202506: None, 202509: "opened_late", 202510: None, 202511: None, 202512: None,
        202604: None, 202605: None, 202606: None,
    }  # fmt: skip


def test_stretches_before_the_beginning_are_not_owed(session: Session, world: World) -> None:
    jy001 = lived(session, world, ("suspended", "2025-03-12"), ("active", "2025-09-25"))
    begin_reporting(session, county(session), 202601, by=None, now=JANUARY)
    assert intervals(session, jy001) == [("2026-01-01", None)]


def test_beginning_earlier_supersedes_and_what_was_known_stays(session: Session, world: World) -> None:
    jy001, later = world.stations["JY001"], JANUARY + dt.timedelta(days=30)
    begin_reporting(session, county(session), 202601, by=None, now=JANUARY)
    assert begin_reporting(session, county(session), 202601, by=None, now=later) == []
    with pytest.raises(Refusal, match="REPORTING_BEGUN"):
        begin_reporting(session, county(session), 202602, by=None, now=later)
    assert len(begin_reporting(session, county(session), 202509, by=None, now=later)) == 2
    assert intervals(session, jy001) == [("2025-09-01", None)]
    assert intervals(session, jy001, known_at=later - dt.timedelta(seconds=1)) == [("2026-01-01", None)]
    assert intervals(session, jy001, known_at=JANUARY - dt.timedelta(seconds=1)) == []


def test_a_suspension_pauses_from_the_next_month_and_a_return_owes_again(session: Session, world: World) -> None:
    begin_reporting(session, county(session), 202601, by=None, now=JANUARY)
    jy001 = session.get_one(Station, world.stations["JY001"])
    pause = MoveRequest("suspended", dt.date(2026, 11, 18), "repair", declared={"expected_end": dt.date(2027, 1, 20)})
    change_status(session, world.callers["jiang"], jy001, pause, now=NOON)
    assert intervals(session, jy001.id) == [("2026-01-01", "2026-11-30")]
    look(session, jy001, world.callers["chen"], "open_operating", 1)
    back = MoveRequest("active", dt.date(2026, 11, 20), "accepted", declared=ACCEPTED)
    change_status(session, world.callers["jiang"], jy001, back, now=NOON)
    assert intervals(session, jy001.id) == [("2026-01-01", "2026-11-30"), ("2026-11-20", None)]
    owed = {period for (_, period) in expectations(session, [jy001.id], months_between(202510, 202702))}
    assert owed == set(months_between(202601, 202702))


def test_the_cache_follows_obligations_and_excuses(session: Session, world: World) -> None:
    jy001 = world.stations["JY001"]
    report = SalesReport(station_id=jy001, period=202510, version=1, state="submitted", timeliness="late", is_nil=True,
                         is_expected=False, has_activity=False, source="owner", first_received_at=NOON,
                         changed_at=NOON)  # fmt: skip
    session.add(report)
    begin_reporting(session, county(session), 202601, by=None, now=JANUARY)
    assert refreshed(session, report) is False
    begin_reporting(session, county(session), 202510, by=None, now=NOON)
    assert refreshed(session, report) is True
    session.add(PeriodExcuse(station_id=jy001, period=202510, reason_code="disaster", recorded_at=NOON))
    assert expectations(session, [jy001], [202510])[jy001, 202510].excuse == "disaster"


def refreshed(session: Session, report: SalesReport) -> bool:
    session.refresh(report)
    return report.is_expected
