"""Transactions of a feed: each once, collected while the month runs, a report when it has ended, nothing lost."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from field_app_schema.refusals import Refusal
from field_app_schema.vocab_months import ReturnReason, TransactionKind
from stations.records.months import PeriodExcuse, SalesReport, SalesReportVersion
from stations.records.tables import Station
from stations.sales.feeds.batch import FeedTaken, take_transactions
from stations.sales.feeds.figures import Transaction, figures_of
from stations.sales.feeds.modes import turn_modes
from stations.sales.feeds.months import close_months
from stations.sales.feeds.registering import add_feed, list_feeds, list_rejections, live_feed, revoke_feed
from stations.sales.feeds.tables import Feed, FeedRejection, FeedTransaction
from stations.sales.filing.figures import Figures
from stations.sales.filing.taking_in import take_in
from stations.sales.review.deciding import Returning, accept_report, return_report
from tests.conftest import NOON
from tests.stations.sales.filing.building import OCTOBER, SECOND, begin, leave, station, told
from tests.stations.sales.review.building import begun, county_return, file_month, report_of
from tests.world import World

MID_OCTOBER = dt.datetime(2026, 10, 15, 4, 0, tzinfo=dt.UTC)
SALE = Transaction("a-1", "JY001", MID_OCTOBER, TransactionKind.SALE_OUT, 12_000_00, 3)
PARCELS = Transaction("a-2", "JY001", MID_OCTOBER, TransactionKind.PARCEL_IN, 0, 35)


@pytest.fixture
def open_month(session: Session, world: World) -> Session:
    return begun(session)


def feed_of(session: Session, world: World, unit: str = "431125", who: str = "jiang") -> Feed:
    return add_feed(session, world.callers[who], "收银系统", unit, now=NOON)


def send(session: Session, feed: Feed, *sent: Transaction, now: dt.datetime = SECOND) -> FeedTaken:
    return take_transactions(session, feed, sent, now=now)


def months(taken: FeedTaken) -> list[tuple[Any, ...]]:
    return [(one.station, one.period, one.outcome.value, one.code) for one in taken.months]


def conflicts(taken: FeedTaken) -> list[tuple[str, str]]:
    return [(one.id, one.code) for one in taken.conflicts]


def count(session: Session, table: type) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_transactions_of_an_ended_month_become_a_report_and_excuse_the_form(open_month: Session, world: World) -> None:
    taken = send(open_month, feed_of(open_month, world), SALE, PARCELS)
    assert (taken.accepted, taken.repeated, taken.conflicts) == (2, 0, [])
    assert months(taken) == [("JY001", 202610, "reported", None)]
    report = report_of(open_month, world)
    assert (report.source, report.state, report.entered_by, report.is_expected) == ("feed", "submitted", None, False)
    assert (report.online_sales_out_fen, report.parcels_in, report.is_nil, report.has_activity) == (
        1_200_000, 35, False, True,
    )  # fmt: skip
    excuse = open_month.scalars(select(PeriodExcuse)).one()
    assert (excuse.reason_code, excuse.granted_by, excuse.period) == ("feed", None, 202610)
    assert open_month.get_one(Station, world.stations["JY001"]).vitality == "alive"


def test_a_repeat_changes_nothing_and_another_content_is_kept_aside(open_month: Session, world: World) -> None:
    feed = feed_of(open_month, world)
    send(open_month, feed, SALE)
    taken = send(open_month, feed, SALE, replace(SALE, amount_fen=1), PARCELS)
    assert (taken.accepted, taken.repeated, conflicts(taken)) == (1, 1, [("a-1", "FEED_CONFLICT")])
    assert report_of(open_month, world).online_sales_out_fen == 1_200_000
    kept = open_month.scalars(select(FeedRejection)).one()
    assert (kept.code, kept.item["amount"], kept.settled_at) == ("FEED_CONFLICT", "0.01", None)
    send(open_month, feed, replace(SALE, amount_fen=1))
    assert count(open_month, FeedRejection) == 1


def test_one_id_twice_in_a_batch_is_a_repeat_or_a_conflict(open_month: Session, world: World) -> None:
    taken = send(open_month, feed_of(open_month, world), SALE, SALE, replace(SALE, amount_fen=5))
    assert (taken.accepted, taken.repeated, conflicts(taken)) == (1, 1, [("a-1", "FEED_CONFLICT")])


def test_unknown_and_foreign_stations_are_told_and_kept_and_settled_when_they_come_right(
    open_month: Session, world: World
) -> None:
    feed = feed_of(open_month, world)
    foreign, later_known = replace(SALE, id="b", station="TJ001"), replace(SALE, id="c", station="NEW1")
    ahead = replace(SALE, id="d", occurred_at=SECOND + dt.timedelta(minutes=6))
    taken = send(open_month, feed, SALE, foreign, later_known, ahead)
    assert taken.accepted == 1
    assert conflicts(taken) == [("b", "STATION_UNKNOWN"), ("c", "STATION_UNKNOWN"), ("d", "TIME_IN_FUTURE")]
    open_month.get_one(Station, world.stations["JY002"]).code = "NEW1"
    open_month.flush()
    assert send(open_month, feed, later_known).accepted == 1
    rows, total = list_rejections(open_month, world.callers["jiang"], feed.id, offset=0, limit=10)
    assert (total, sorted((row.external_id, row.settled_at) for row in rows if row.settled_at)) == (3, [("c", SECOND)])


def test_returned_goods_come_off(open_month: Session, world: World) -> None:
    feed = feed_of(open_month, world)
    send(open_month, feed, SALE, replace(SALE, id="back", amount_fen=-2_000_00))
    assert report_of(open_month, world).online_sales_out_fen == 1_000_000


def test_later_transactions_make_a_new_version_and_two_feeds_are_one_sum(open_month: Session, world: World) -> None:
    send(open_month, feed_of(open_month, world), SALE)
    send(open_month, feed_of(open_month, world), replace(SALE, amount_fen=500_00), now=SECOND + dt.timedelta(hours=1))
    report = report_of(open_month, world)
    assert (report.version, report.online_sales_out_fen) == (2, 1_250_000)
    reasons = open_month.scalars(select(SalesReportVersion.reason).order_by(SalesReportVersion.id)).all()
    assert reasons == [None, "自动报送:数字有增减 / sent by feed: the sums changed"]
    assert count(open_month, PeriodExcuse) == 1


def test_a_locked_month_keeps_late_transactions_out_of_its_report(open_month: Session, world: World) -> None:
    feed = feed_of(open_month, world)
    taken = send(open_month, feed, SALE, now=NOON)
    assert (taken.accepted, months(taken)) == (1, [("JY001", 202610, "held_back", "PERIOD_LOCKED")])
    assert (count(open_month, SalesReport), count(open_month, PeriodExcuse)) == (0, 0)
    leave(open_month, OCTOBER)
    assert months(send(open_month, feed, PARCELS, now=NOON)) == [("JY001", 202610, "reported", None)]
    assert report_of(open_month, world).online_sales_out_fen == 1_200_000


def test_an_accepted_report_and_a_county_that_has_not_begun_hold_the_sum_back(session: Session, world: World) -> None:
    feed = feed_of(session, world)
    assert months(send(session, feed, SALE)) == [("JY001", 202610, "held_back", "REPORTING_NOT_BEGUN")]
    begin(session)
    send(session, feed, PARCELS)
    accept_report(session, world.callers["jiang"], "JY001", OCTOBER, None, now=SECOND)
    taken = send(session, feed, replace(SALE, id="late"))
    assert months(taken) == [("JY001", 202610, "held_back", "REPORT_ACCEPTED")]
    assert report_of(session, world).version == 1


def test_the_feed_takes_over_from_the_form_and_the_owner_is_told(open_month: Session, world: World) -> None:
    file_month(open_month, world)
    send(open_month, feed_of(open_month, world), replace(SALE, amount_fen=9_00))
    report = report_of(open_month, world)
    assert (report.version, report.source, report.is_expected) == (2, "feed", False)
    with pytest.raises(Refusal) as caught:
        take_in(open_month, world.callers["tang"], station(open_month, world), OCTOBER, told(seen_version=2),
                now=SECOND)  # fmt: skip
    assert caught.value.code == "REPORT_BY_FEED"


def test_what_the_county_has_sent_upwards_no_late_transaction_changes(open_month: Session, world: World) -> None:
    feed = feed_of(open_month, world)
    send(open_month, feed, SALE)
    county_return(open_month, "sent")
    assert months(send(open_month, feed, PARCELS)) == [("JY001", 202610, "held_back", "REPORT_RETURN_SENT")]
    # A station that was missing from the sum is reported all the same, for the next version of the return.
    assert months(send(open_month, feed, replace(SALE, id="n", station="JY002"))) == [
        ("JY002", 202610, "reported", None)
    ]
    county_return(open_month, "returned", version=2)
    assert months(send(open_month, feed, replace(PARCELS, id="p"))) == [("JY001", 202610, "reported", None)]


def test_what_the_county_corrected_in_a_feeds_month_stands(open_month: Session, world: World) -> None:
    feed = feed_of(open_month, world)
    send(open_month, feed, SALE)
    why = Returning(ReturnReason.LOOKS_WRONG)
    return_report(open_month, world.callers["jiang"], "JY001", OCTOBER, 1, why, now=SECOND)
    assert months(send(open_month, feed, SALE)) == []
    take_in(open_month, world.callers["jiang"], station(open_month, world), OCTOBER, told(seen_version=1), now=SECOND)
    taken = send(open_month, feed, PARCELS)
    assert months(taken) == [("JY001", 202610, "held_back", "CONFLICT_VERSION")]
    assert (report_of(open_month, world).version, report_of(open_month, world).source) == (2, "proxy")


def test_a_month_under_way_is_collected_and_becomes_a_report_when_it_has_ended(
    sessions: sessionmaker[Session], world: World
) -> None:
    during, after = dt.datetime(2026, 10, 31, 15, 59, tzinfo=dt.UTC), dt.datetime(2026, 10, 31, 16, 0, tzinfo=dt.UTC)
    with sessions.begin() as session:
        begin(session)
        taken = send(session, feed_of(session, world), SALE, PARCELS, now=during)
    assert months(taken) == [("JY001", 202610, "collecting", None)]
    nothing = {"collecting": 0, "reported": 0, "unchanged": 0, "held_back": 0}
    assert close_months(sessions, during) == nothing
    assert close_months(sessions, after) == nothing | {"reported": 1}
    assert close_months(sessions, after) == nothing | {"unchanged": 1}
    with sessions() as session:
        assert (count(session, SalesReportVersion), report_of(session, world).parcels_in) == (1, 35)
    # The sixteenth: locked, and nothing more to look for.
    assert close_months(sessions, dt.datetime(2026, 11, 15, 16, 0, tzinfo=dt.UTC)) == nothing


def test_a_feed_belongs_to_a_county_and_can_be_turned_away(open_month: Session, world: World) -> None:
    jiang, feed = world.callers["jiang"], feed_of(open_month, world, "431125101")
    assert conflicts(send(open_month, feed, SALE)) == [("a-1", "STATION_UNKNOWN")]
    assert send(open_month, feed, replace(SALE, station="JY002")).accepted == 1
    (line,) = list_feeds(open_month, jiang)
    assert (line.unit_code, line.transactions, line.rejected, line.last_received_at) == ("431125101", 1, 1, SECOND)
    for call in (lambda: revoke_feed(open_month, world.callers["zhou"], feed.id, now=NOON),
                 lambda: feed_of(open_month, world, "430922"), lambda: live_feed(open_month, "nobody")):  # fmt: skip
        with pytest.raises(Refusal):
            call()
    revoke_feed(open_month, jiang, feed.id, now=NOON)
    with pytest.raises(Refusal) as caught:
        live_feed(open_month, feed.id)
    assert caught.value.code == "FEED_UNKNOWN"
    assert (list_feeds(open_month, world.callers["zhou"]), count(open_month, FeedTransaction)) == ([], 1)


def test_a_station_reports_by_feed_while_one_has_sent_in_the_last_two_closed_months(
    sessions: sessionmaker[Session], world: World
) -> None:
    def modes() -> list[str]:
        with sessions() as session:
            return list(session.scalars(select(Station.reporting_mode).order_by(Station.id)))

    with sessions.begin() as session:
        feed = feed_of(session, world)
        send(session, feed, SALE)
    assert turn_modes(sessions, dt.datetime(2026, 10, 31, 15, 59, tzinfo=dt.UTC)) == 0
    assert (turn_modes(sessions, SECOND), turn_modes(sessions, SECOND)) == (1, 0)
    assert modes() == ["feed", "form", "form"]
    assert turn_modes(sessions, SECOND + dt.timedelta(days=30)) == 0
    assert turn_modes(sessions, SECOND + dt.timedelta(days=61)) == 1
    assert modes() == ["form"] * 3
    turn_modes(sessions, SECOND)
    with sessions.begin() as session:
        revoke_feed(session, world.callers["jiang"], feed.id, now=NOON)
    assert (turn_modes(sessions, SECOND), modes()) == (1, ["form"] * 3)


@settings(derandomize=True, deadline=None, max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.tuples(st.sampled_from(list(TransactionKind)[:3]), st.integers(-500, 900).filter(bool)), min_size=1,
             max_size=8),
    st.lists(st.lists(st.integers(0, 7), min_size=1, max_size=10), max_size=5),
)  # fmt: skip
def test_however_a_feed_cuts_and_repeats_its_batches_the_month_is_the_same(
    open_month: Session, world: World, sales: list[tuple[TransactionKind, int]], cuts: list[list[int]]
) -> None:
    every = [replace(SALE, id=f"t{n}", kind=kind, amount_fen=fen) for n, (kind, fen) in enumerate(sales)]
    batches = [[every[n % len(every)] for n in cut] for cut in cuts] + [every]
    with open_month.begin_nested() as undone:
        feed = feed_of(open_month, world)
        taken = [send(open_month, feed, *batch) for batch in batches]
        assert sum(one.accepted for one in taken) == len(every)
        assert sum(one.repeated for one in taken) == sum(len(batch) for batch in batches) - len(every)
        expected = figures_of([(one.kind.value, one.amount_fen, 0) for one in every])
        assert Figures.of(report_of(open_month, world)) == expected
        undone.rollback()
