"""A history entered at once leaves the same rows as filing month by month, and counts alike."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from field_app_schema.refusals import Refusal
from field_app_schema.vocab_months import ReportSource, ReportState, ReturnReason
from stations.records.months import ReportStateChange, SalesReport, SalesReportVersion
from stations.records.obligations import begin_reporting
from stations.records.tables import Station
from stations.sales.filing.figures import Figures, Filed
from stations.sales.filing.history import Past, enter_history
from stations.sales.filing.taking_in import take_in
from stations.units.tables import OrgUnit
from tests.world import World

AT = dt.datetime(2026, 11, 3, 2, 0, tzinfo=dt.UTC)
KEY = "00000000-0000-4000-8000-00000000000{}"
TOLD = Filed(KEY.format(1), Figures(1_200_000, 30_050, None, 40, 0), captured_at=AT - dt.timedelta(hours=1))
OWN = ("id", "station_id", "report_id", "entered_by", "client_uuid")


def plain(row: SalesReport | SalesReportVersion | ReportStateChange) -> dict[str, object]:
    """Give the columns that do not name the station, the person or the row itself."""
    return {c.key: getattr(row, c.key) for c in row.__table__.columns if c.key not in (*OWN, "by", "content_sha256")}


@pytest.fixture
def reporting(world: World, sessions: sessionmaker[Session]) -> World:
    with sessions.begin() as session:
        begin_reporting(session, session.get_one(OrgUnit, "431125"), 202609, by=None, now=AT)
    return world


def test_history_leaves_the_rows_that_filing_leaves(session: Session, reporting: World) -> None:
    first, second = reporting.stations["JY001"], reporting.stations["JY002"]
    take_in(session, reporting.callers["tang"], session.get_one(Station, first), 202610, TOLD, now=AT)
    again = Filed(KEY.format(2), TOLD.figures, captured_at=TOLD.captured_at)
    enter_history(session, [Past(second, 202610, again, ReportSource.OWNER, AT, entered_by=None)])
    for table in (SalesReport, SalesReportVersion, ReportStateChange):
        filed, entered = session.scalars(select(table).order_by(table.id)).all()
        assert plain(filed) == plain(entered)


def test_what_was_decided_of_the_past_is_kept_with_who_and_why(session: Session, reporting: World) -> None:
    jiang, later = reporting.accounts["jiang"].id, AT + dt.timedelta(days=1)
    nil = Filed(KEY.format(3), Figures(), is_nil=True)
    enter_history(session, [
        Past(reporting.stations["JY001"], 202609, TOLD, ReportSource.OWNER, AT, None, ReportState.ACCEPTED, later,
             jiang),
        Past(reporting.stations["JY002"], 202609, nil, ReportSource.PROXY, AT, jiang, ReportState.RETURNED, later,
             jiang, ReturnReason.INCOMPLETE),
    ])  # fmt: skip
    reports = session.scalars(select(SalesReport).order_by(SalesReport.id)).all()
    assert [(one.state, one.timeliness, one.is_expected, one.is_nil, one.changed_at) for one in reports] == [
        ("accepted", "late", True, False, later), ("returned", "late", True, True, later),
    ]  # fmt: skip
    changes = session.scalars(select(ReportStateChange).order_by(ReportStateChange.id)).all()
    assert [(one.from_state, one.to_state, one.reason_code, one.by) for one in changes] == [
        (None, "submitted", None, None), ("submitted", "accepted", None, jiang),
        (None, "submitted", None, jiang), ("submitted", "returned", "incomplete", jiang),
    ]  # fmt: skip


def test_a_form_that_nobody_may_send_is_no_history_either(session: Session, reporting: World) -> None:
    empty = Past(reporting.stations["JY001"], 202610, Filed(KEY.format(4), Figures()), ReportSource.OWNER, AT)
    with pytest.raises(Refusal) as refused:
        enter_history(session, [empty])
    assert refused.value.code == "REPORT_EMPTY"
    enter_history(session, [])
    assert session.scalars(select(SalesReport)).all() == []
