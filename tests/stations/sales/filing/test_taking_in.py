"""A month is filed once whatever the weather, corrected with a reason, and closed when the calendar says so."""

from __future__ import annotations

import datetime as dt
import uuid
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from field_app_schema.refusals import Refusal
from stations.people.tables import AuditEvent
from stations.policy.tables import PolicyRule
from stations.records.monthly_policy import MonthlyPolicy
from stations.records.months import CountyReturn, ReportStateChange, SalesReport, SalesReportVersion
from stations.records.obligations import end_obligation
from stations.sales.filing.reading import is_in_future
from stations.sales.filing.taking_in import take_in
from tests.conftest import NOON
from tests.stations.sales.filing.building import OCTOBER, SECOND, begin, leave, owner, station, told
from tests.world import World


@pytest.fixture
def begun(session: Session, world: World) -> Session:
    begin(session)
    return session


def refused(session: Session, world: World, *args: Any, who: str = "tang", code: str = "JY001",
            period: int = OCTOBER, now: dt.datetime = SECOND, **more: Any) -> Refusal:  # fmt: skip
    with pytest.raises(Refusal) as caught:
        take_in(session, world.callers[who], station(session, world, code), period, told(*args, **more), now=now)
    return caught.value


def test_an_owner_files_the_month(begun: Session, world: World) -> None:
    taken = take_in(begun, owner(world), station(begun, world), OCTOBER, told(parcels_in=35), now=SECOND)
    assert (taken.is_new, taken.version.version, taken.version.timeliness) == (True, 1, "on_time")
    report = begun.scalars(select(SalesReport)).one()
    shown = (report.period, report.version, report.state, report.timeliness, report.is_expected, report.has_activity)
    assert shown == (202610, 1, "submitted", "on_time", True, True)
    assert (report.source, report.parcels_in, report.online_sales_out_fen) == ("owner", 35, None)
    assert report.first_received_at == SECOND
    change = begun.scalars(select(ReportStateChange)).one()
    assert (change.from_state, change.to_state, change.version, change.by) == (
        None,
        "submitted",
        1,
        owner(world).account_id,
    )
    act = begun.scalars(select(AuditEvent).where(AuditEvent.action == "report.file")).one()
    assert (act.object_id, act.after) == ("JY001/202610", {"version": 1, "source": "owner", "is_nil": False})


def test_a_county_files_in_the_owners_place_and_is_marked(begun: Session, world: World) -> None:
    take_in(begun, world.callers["jiang"], station(begun, world), OCTOBER, told(is_nil=True), now=SECOND)
    report = begun.scalars(select(SalesReport)).one()
    assert (report.source, report.is_nil, report.has_activity) == ("proxy", True, False)
    assert report.entered_by == world.callers["jiang"].account_id


@pytest.mark.parametrize(
    ("figures", "code"),
    [
        ({"is_nil": False, "parcels_in": None}, "REPORT_EMPTY"),
        ({"online_sales_out_fen": 100, "upstream_sales_fen": 101}, "REPORT_UPSTREAM_EXCEEDS"),
        ({"upstream_sales_fen": 1}, "REPORT_UPSTREAM_EXCEEDS"),
    ],
)
def test_a_form_that_says_nothing_sensible_is_refused(
    begun: Session, world: World, figures: dict[str, Any], code: str
) -> None:
    assert refused(begun, world, **figures).code == code


def test_a_zero_is_a_figure_and_may_not_stand_beside_nil(begun: Session, world: World) -> None:
    both = told(online_sales_out_fen=0)
    nil = replace(both, is_nil=True)
    with pytest.raises(Refusal, match="REPORT_NIL_WITH_VALUES"):
        take_in(begun, owner(world), station(begun, world), OCTOBER, nil, now=SECOND)
    take_in(begun, owner(world), station(begun, world), OCTOBER, both, now=SECOND)
    assert begun.scalars(select(SalesReport)).one().has_activity is False


def test_upstream_may_be_all_of_online_sales(begun: Session, world: World) -> None:
    equal = told(online_sales_out_fen=100, upstream_sales_fen=100)
    assert take_in(begun, owner(world), station(begun, world), OCTOBER, equal, now=SECOND).is_new


def test_the_same_key_gets_the_first_answer_and_another_content_is_refused(begun: Session, world: World) -> None:
    first = told(note="节前")
    jy001 = station(begun, world)
    made = take_in(begun, owner(world), jy001, OCTOBER, first, now=SECOND)
    # Even after the month has locked: what was taken in once is not refused when the phone asks again.
    again = take_in(begun, owner(world), jy001, OCTOBER, first, now=NOON)
    assert (again.is_new, again.version.id, again.version.received_at) == (False, made.version.id, SECOND)
    assert refused(begun, world, first.client_uuid, note="节后").code == "REPORT_CONFLICT"
    assert refused(begun, world, first.client_uuid, note="节前", period=202609).code == "REPORT_CONFLICT"
    assert begun.scalar(select(func.count(SalesReportVersion.id))) == 1


def test_a_correction_names_what_it_saw_and_says_why(begun: Session, world: World) -> None:
    jy001 = station(begun, world)
    take_in(begun, owner(world), jy001, OCTOBER, told(), now=SECOND)
    blind = refused(begun, world, parcels_out=3)
    assert blind.code == "CONFLICT_VERSION"
    assert blind.details["current"]["version"] == 1
    assert blind.details["current"]["values"]["online_sales_out"] == "12000.00"
    assert blind.details["sent"]["values"]["parcels_out"] == 3
    assert refused(begun, world, seen_version=2, reason="漏记").code == "CONFLICT_VERSION"
    assert refused(begun, world, seen_version=1).code == "REPORT_REASON_REQUIRED"
    later = SECOND + dt.timedelta(days=5)
    made = take_in(begun, owner(world), jy001, OCTOBER, told(seen_version=1, reason="漏记", parcels_out=3), now=later)
    report = begun.scalars(select(SalesReport)).one()
    assert (made.version.version, made.version.reason, made.version.timeliness) == (2, "漏记", "late")
    # The first filing was in time, and the correction does not make it late.
    assert (report.version, report.timeliness, report.first_received_at) == (2, "on_time", SECOND)
    assert (report.parcels_out, report.online_sales_out_fen) == (3, None)
    first = begun.scalars(select(SalesReportVersion).order_by(SalesReportVersion.version)).first()
    assert first is not None
    assert first.online_sales_out_fen == 1_200_000


def test_what_the_county_returned_is_filed_again_without_typing_its_reason(begun: Session, world: World) -> None:
    jy001 = station(begun, world)
    take_in(begun, owner(world), jy001, OCTOBER, told(), now=SECOND)
    report = begun.scalars(select(SalesReport)).one()
    report.state = "returned"
    begun.add(ReportStateChange(report_id=report.id, version=1, from_state="submitted", to_state="returned",
                                reason_code="unit_slip", note="是否万元?", at=SECOND))  # fmt: skip
    again = told(seen_version=1, online_sales_out_fen=120)
    made = take_in(begun, owner(world), jy001, OCTOBER, again, now=SECOND)
    assert made.version.reason == "returned: unit_slip: 是否万元?"
    assert take_in(begun, owner(world), jy001, OCTOBER, again, now=SECOND).is_new is False
    states = begun.execute(
        select(ReportStateChange.from_state, ReportStateChange.to_state).order_by(ReportStateChange.id)
    )
    assert [tuple(one) for one in states] == [(None, "submitted"), ("submitted", "returned"), ("returned", "submitted")]


def test_accepted_figures_change_only_through_a_return(begun: Session, world: World) -> None:
    take_in(begun, owner(world), station(begun, world), OCTOBER, told(), now=SECOND)
    begun.scalars(select(SalesReport)).one().state = "accepted"
    assert refused(begun, world, seen_version=1, reason="漏记").code == "REPORT_ACCEPTED"


def test_a_month_by_feed_has_no_form_for_the_owner(begun: Session, world: World) -> None:
    take_in(begun, owner(world), station(begun, world), OCTOBER, told(), now=SECOND)
    begun.scalars(select(SalesReport)).one().source = "feed"
    assert refused(begun, world, seen_version=1, reason="漏记").code == "REPORT_BY_FEED"


def test_the_calendar_says_when_a_month_is_open(begun: Session, world: World) -> None:
    assert refused(begun, world, period=202611).code == "PERIOD_NOT_ENDED"
    assert refused(begun, world, period=202512).code == "REPORTING_NOT_BEGUN"
    assert refused(begun, world, code="TJ001", who="zhou").code == "REPORTING_NOT_BEGUN"
    assert refused(begun, world, now=NOON).code == "PERIOD_LOCKED"
    begun.add(CountyReturn(county_code="431125", county_path="/CN/43/4311/431125/", period=OCTOBER, version=1,
                           state="accepted", figures={}, coverage={}, timeliness="late", sent_at=SECOND))  # fmt: skip
    assert refused(begun, world).code == "PERIOD_LOCKED"
    leave(begun, OCTOBER, unit="4311", until=NOON + dt.timedelta(seconds=1))
    late = take_in(begun, owner(world), station(begun, world), OCTOBER, told(), now=NOON)
    assert late.version.timeliness == "late"
    expired = NOON + dt.timedelta(seconds=1)
    assert refused(begun, world, now=expired, seen_version=1, reason="漏记").code == "PERIOD_LOCKED"


def test_leave_for_one_station_opens_no_other(begun: Session, world: World) -> None:
    leave(begun, OCTOBER, station_id=world.stations["JY002"])
    assert refused(begun, world, now=NOON).code == "PERIOD_LOCKED"
    assert take_in(begun, world.callers["jiang"], station(begun, world, "JY002"), OCTOBER, told(), now=NOON).is_new


def test_nobody_files_for_a_station_that_is_not_theirs(begun: Session, world: World) -> None:
    assert refused(begun, world, code="JY002").code == "STATION_UNKNOWN"
    assert refused(begun, world, who="zhou").code == "OUT_OF_SCOPE"


def test_eight_at_once_with_one_key_make_one_version(sessions: sessionmaker[Session], world: World) -> None:
    with sessions.begin() as session:
        begin(session)
    same = told()

    def send(_number: int) -> tuple[bool, int]:
        with sessions.begin() as session:
            taken = take_in(session, owner(world), station(session, world), OCTOBER, same, now=SECOND)
            return taken.is_new, taken.version.version

    with ThreadPoolExecutor(8) as pool:
        answers = sorted(pool.map(send, range(16)))
    assert answers == [(False, 1)] * 15 + [(True, 1)]


def test_of_two_keys_at_once_one_wins_and_the_others_see_it(sessions: sessionmaker[Session], world: World) -> None:
    with sessions.begin() as session:
        begin(session)

    def send(number: int) -> str:
        try:
            with sessions.begin() as session:
                filing = told(str(uuid.UUID(int=number)), parcels_in=number)
                take_in(session, owner(world), station(session, world), OCTOBER, filing, now=SECOND)
                return "taken"
        except Refusal as refusal:
            return refusal.code

    with ThreadPoolExecutor(8) as pool:
        answers = sorted(pool.map(send, range(8)))
    assert answers == ["CONFLICT_VERSION"] * 7 + ["taken"]


def test_filled_in_without_network_and_sent_within_three_days_is_late_only_by_the_network(
    begun: Session, world: World
) -> None:
    due = dt.datetime(2026, 11, 5, 16, 0, tzinfo=dt.UTC)
    offline = told(captured_at=due - dt.timedelta(seconds=1), clock_offset_s=-300)
    arrived = due + dt.timedelta(hours=72)
    made = take_in(begun, owner(world), station(begun, world), OCTOBER, offline, now=arrived)
    assert made.version.timeliness == made.report.timeliness == "late_sync"
    assert (made.version.captured_at, made.version.received_at) == (due - dt.timedelta(seconds=1), arrived)
    second = told(captured_at=due - dt.timedelta(seconds=1), clock_offset_s=-300)
    late = take_in(begun, world.callers["jiang"], station(begun, world, "JY002"), OCTOBER, second,
                   now=arrived + dt.timedelta(seconds=1))  # fmt: skip
    assert late.version.timeliness == "late"


def test_a_clock_a_day_ahead_is_kept_as_sent_and_marked(begun: Session, world: World) -> None:
    ahead = told(captured_at=SECOND + dt.timedelta(days=1), clock_offset_s=86_400)
    made = take_in(begun, owner(world), station(begun, world), OCTOBER, ahead, now=SECOND).version
    tomorrow = SECOND + dt.timedelta(days=1)
    assert (made.timeliness, made.captured_at, made.clock_offset_s) == ("on_time", tomorrow, 86_400)
    assert is_in_future(made, MonthlyPolicy())
    assert not is_in_future(made, MonthlyPolicy(clock_tolerance_minutes=1440))


def test_a_month_that_is_not_owed_may_be_filed_and_stays_out_of_the_denominator(begun: Session, world: World) -> None:
    end_obligation(begun, world.stations["JY001"], dt.date(2026, 9, 30), now=SECOND)
    made = take_in(begun, owner(world), station(begun, world), OCTOBER, told(), now=SECOND)
    assert (made.report.is_expected, made.standing.expectation.is_owed) == (False, False)


def test_where_the_policy_says_so_a_correction_is_timed_anew(begun: Session, world: World) -> None:
    parameters = {"resubmission_keeps_first_received_at": False}
    begun.add(PolicyRule(code="monthly_report", kind="monthly_report", parameters=parameters, batch_years=[],
                         source_doc="proposal", quote="", is_proposal=True))  # fmt: skip
    jy001 = station(begun, world)
    take_in(begun, owner(world), jy001, OCTOBER, told(), now=SECOND)
    later = told(seen_version=1, reason="漏记")
    made = take_in(begun, owner(world), jy001, OCTOBER, later, now=SECOND + dt.timedelta(days=5))
    assert (made.report.timeliness, made.report.first_received_at) == ("late", SECOND)
