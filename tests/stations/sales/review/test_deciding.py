"""One report accepted or returned: the change is appended, audited and seen by the alive rule."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab_months import ReportField, ReturnReason
from stations.people.tables import AuditEvent
from stations.records.months import ReportStateChange
from stations.sales.filing.taking_in import take_in
from stations.sales.review.deciding import Decided, Returning, accept_report, permissions, return_report
from tests.conftest import NOON
from tests.stations.sales.filing.building import OCTOBER, leave, station, told
from tests.stations.sales.review.building import begun, county_return, file_month, later, report_of
from tests.world import World

WHY = Returning(ReturnReason.UNIT_SLIP, "像是万元", (ReportField.ONLINE_SALES_OUT,))


@pytest.fixture
def filed(session: Session, world: World) -> Session:
    """Jiangyong collects, and Tang has filed October."""
    file_month(begun(session), world)
    return session


def accept(session: Session, world: World, who: str = "jiang", code: str = "JY001", seen: int | None = 1) -> Decided:
    return accept_report(session, world.callers[who], code, OCTOBER, seen, now=NOON)


def send_back(session: Session, world: World, seen: int | None = 1) -> Decided:
    return return_report(session, world.callers["jiang"], "JY001", OCTOBER, seen, WHY, now=NOON)


def code_of(call: object, *args: object, **more: object) -> str:
    assert callable(call)
    with pytest.raises(Refusal) as caught:
        call(*args, **more)
    return caught.value.code


def test_a_county_accepts_after_the_lock_day(filed: Session, world: World) -> None:
    made = accept(filed, world)
    assert (made.is_new, made.report.state, made.report.changed_at) == (True, "accepted", NOON)
    change = filed.scalars(select(ReportStateChange).order_by(ReportStateChange.id.desc()).limit(1)).one()
    assert (change.from_state, change.to_state, change.version, change.by, change.fields) == (
        "submitted", "accepted", 1, world.accounts["jiang"].id, [],
    )  # fmt: skip
    act = filed.scalars(select(AuditEvent).where(AuditEvent.action == "report.accept")).one()
    assert (act.object_id, act.before, act.after) == (
        "JY001/202610", {"state": "submitted", "version": 1}, {"state": "accepted"},
    )  # fmt: skip


def test_accepting_twice_changes_nothing(filed: Session, world: World) -> None:
    accept(filed, world)
    assert accept(filed, world).is_new is False
    assert len(filed.scalars(select(AuditEvent).where(AuditEvent.action == "report.accept")).all()) == 1


def test_a_report_goes_back_with_the_fields_marked_and_is_filed_again(filed: Session, world: World) -> None:
    send_back(filed, world)
    change = filed.scalars(select(ReportStateChange).order_by(ReportStateChange.id.desc()).limit(1)).one()
    assert (change.to_state, change.reason_code, change.note, change.fields) == (
        "returned", "unit_slip", "像是万元", ["online_sales_out"],
    )  # fmt: skip
    assert code_of(send_back, filed, world) == "REPORT_STATE"
    assert code_of(accept, filed, world) == "REPORT_STATE"
    take_in(filed, world.callers["tang"], station(filed, world), OCTOBER, told(seen_version=1), now=later(days=3))
    assert accept(filed, world, seen=2).report.state == "accepted"


def test_the_version_read_must_be_the_version_decided(filed: Session, world: World) -> None:
    again = told(seen_version=1, reason="漏了一单")
    take_in(filed, world.callers["tang"], station(filed, world), OCTOBER, again, now=later(hours=1))
    assert code_of(accept, filed, world, seen=1) == "CONFLICT_VERSION"
    assert accept(filed, world, seen=2).report.state == "accepted"


def test_who_filed_for_the_owner_does_not_accept_it_and_a_colleague_does(session: Session, world: World) -> None:
    file_month(begun(session), world, "jiang", "JY002")
    assert code_of(accept, session, world, code="JY002") == "REPORT_OWN_PROXY"
    colleague = world.callers["jiang"].__class__(world.accounts["yong"].id, world.callers["jiang"].role, "431125",
                                                 world.callers["jiang"].unit_path)  # fmt: skip
    assert accept_report(session, colleague, "JY002", OCTOBER, None, now=NOON).report.state == "accepted"


def test_an_accepted_report_goes_back_only_before_the_county_has_answered(filed: Session, world: World) -> None:
    accept(filed, world)
    county_return(filed, "sent")
    assert code_of(send_back, filed, world) == "REPORT_RETURN_SENT"
    leave(filed, OCTOBER, station_id=world.stations["JY001"])
    assert send_back(filed, world).report.state == "returned"


def test_a_return_handed_back_by_the_province_opens_the_month(filed: Session, world: World) -> None:
    accept(filed, world)
    county_return(filed, "returned")
    assert send_back(filed, world).report.state == "returned"


def test_an_accepted_county_return_closes_the_month_for_review(filed: Session, world: World) -> None:
    county_return(filed, "accepted")
    assert code_of(accept, filed, world) == "PERIOD_LOCKED"
    assert code_of(send_back, filed, world) == "PERIOD_LOCKED"


def test_strangers_and_unfiled_months_are_not_known(filed: Session, world: World) -> None:
    assert code_of(accept, filed, world, who="zhou") == "STATION_UNKNOWN"
    assert code_of(accept, filed, world, code="JY002") == "REPORT_UNKNOWN"


def test_permissions_follow_the_verdicts(filed: Session, world: World) -> None:
    jiang = world.callers["jiang"]
    made = accept(filed, world)
    assert permissions(jiang, made.report, made.standing) == {"may_accept": False, "may_return": True}
    gone = send_back(filed, world)
    assert permissions(jiang, gone.report, gone.standing) == {"may_accept": False, "may_return": False}
    assert report_of(filed, world).state == "returned"
