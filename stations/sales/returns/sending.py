"""Send a county's month to the province, and accept it or send it back there (F4). What was sent is frozen.

The sums hold accepted reports and months from feeds; what came and was not accepted is named beside them; what is
missing is in no sum.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab import UnitLevel
from field_app_schema.vocab_months import ReturnState, Timeliness
from stations.people.access import Caller, require_inside
from stations.people.audit import note_act
from stations.records.frames import unit_asked
from stations.records.monthly_policy import MonthlyPolicy, monthly_policy
from stations.records.months import CountyReturn, ReportingStart
from stations.records.periods import written
from stations.records.tables import Station
from stations.sales.calendar.deadlines import due_at, opens_at
from stations.sales.returns.coverage import StationMonth, coverage_of
from stations.sales.returns.fetching import month_of_unit
from stations.sales.returns.standing import STANDING, newest_returns
from stations.sales.returns.sums import month_sums
from stations.units.tables import OrgUnit


@dataclass(frozen=True)
class ReturnWish:
    """Which county's month to send, with a word to the province; `is_trial` sends nothing."""

    county: str
    period: int
    note: str | None = None
    is_trial: bool = False


def send_return(session: Session, caller: Caller, wish: ReturnWish, *, now: dt.datetime) -> CountyReturn:
    """Freeze a county's month and send it; a new version after the province sent the last one back.

    A trial gives the row that would be sent, without an id. On time before the due instant of the month (6th 00:00 in
    China, exclusive); a new version keeps the timeliness of the first. Refuses with UNIT_UNKNOWN, OUT_OF_SCOPE,
    BAD_INPUT (no county), PERIOD_NOT_ENDED, REPORTING_NOT_BEGUN, and RETURN_STATE where a return stands.
    """
    county = unit_asked(session, caller, wish.county)
    if county.level != UnitLevel.COUNTY:
        raise Refusal("BAD_INPUT", errors={"county": ["应为县级单位 / must be a county"]})
    policy = monthly_policy(session)
    _require_begun(session, county, wish.period)
    if now < opens_at(wish.period, policy):
        raise Refusal("PERIOD_NOT_ENDED", period=written(wish.period))
    if not wish.is_trial:
        _hold_the_stations(session, county)
    last = newest_returns(session, [county.code], wish.period).get(county.code)
    if last is not None and last.state in STANDING:
        raise Refusal("RETURN_STATE", state=last.state)
    sent = _frozen(session, caller, county, wish, last, policy, now)
    if wish.is_trial:
        return sent
    try:
        with session.begin_nested():
            session.add(sent)
    except IntegrityError as error:
        # A colleague sent it between our look and our word.
        raise Refusal("RETURN_STATE", state=ReturnState.SENT.value) from error
    note_act(session, caller, "return.send", "county_return", _name(sent), now=now, reason=wish.note,
             after={"state": sent.state, "timeliness": sent.timeliness})  # fmt: skip
    return sent


def decide_return(
    session: Session, caller: Caller, return_id: int, decision: ReturnState, note: str | None, *, now: dt.datetime
) -> CountyReturn:
    """Accept a return, which locks the month, or send it back with a word why.

    Refuses with RETURN_UNKNOWN, OUT_OF_SCOPE, RETURN_STATE unless it is the newest version and waits, and BAD_INPUT
    for one sent back without a word.
    """
    wanted = select(CountyReturn).where(CountyReturn.id == return_id).with_for_update(key_share=True)
    sent = session.scalars(wanted, execution_options={"populate_existing": True}).one_or_none()
    if sent is None:
        raise Refusal("RETURN_UNKNOWN")
    require_inside(caller, sent.county_path)
    if sent.state != ReturnState.SENT:
        raise Refusal("RETURN_STATE", state=sent.state)
    if decision is ReturnState.RETURNED and not (note or "").strip():
        raise Refusal("BAD_INPUT", errors={"note": ["请写明退回原因 / say why it goes back"]})
    before = sent.state
    sent.state, sent.decided_by, sent.decided_at, sent.decided_note = decision.value, caller.account_id, now, note
    act = "return.accept" if decision is ReturnState.ACCEPTED else "return.return"
    note_act(session, caller, act, "county_return", _name(sent), now=now, before={"state": before},
             after={"state": sent.state}, reason=note)  # fmt: skip
    return sent


def _require_begun(session: Session, county: OrgUnit, period: int) -> None:
    start = session.get(ReportingStart, county.code)
    if start is None or period < start.first_period:
        raise Refusal("REPORTING_NOT_BEGUN", county=county.code)


def _hold_the_stations(session: Session, county: OrgUnit) -> None:
    """Hold the county's stations until the transaction ends, in the order in which filing and review hold them.

    So no report is accepted or sent back between the sum and its commit.
    """
    inside = select(Station.id).where(Station.unit_path.like(f"{county.path}%")).order_by(Station.id)
    session.execute(inside.with_for_update(key_share=True)).all()


def _frozen(
    session: Session, caller: Caller, county: OrgUnit, wish: ReturnWish, last: CountyReturn | None,
    policy: MonthlyPolicy, now: dt.datetime,
) -> CountyReturn:  # fmt: skip
    months = month_of_unit(session, caller, county.path, wish.period)
    is_past_due = now >= due_at(wish.period, policy)
    timely = Timeliness.LATE if is_past_due else Timeliness.ON_TIME
    if last is not None and policy.resubmission_keeps_first_received_at:
        timely = Timeliness(last.timeliness)
    return CountyReturn(
        county_code=county.code, county_path=county.path, period=wish.period,
        version=1 if last is None else last.version + 1, state=ReturnState.SENT.value, figures=month_sums(months),
        coverage=_frozen_coverage(months, is_past_due=is_past_due), note=wish.note, timeliness=timely.value,
        sent_by=caller.account_id, sent_at=now,
    )  # fmt: skip


def _frozen_coverage(months: Sequence[StationMonth], *, is_past_due: bool) -> dict[str, Any]:
    """Give counts and line, and the codes of the stations that are in no sum: nothing came, or not accepted."""
    return coverage_of(months, is_past_due=is_past_due).told() | {
        "missing_stations": [month.code for month in months if month.is_missing],
        "unaccepted_stations": [month.code for month in months if month.is_unaccepted],
    }


def _name(sent: CountyReturn) -> str:
    return f"{sent.county_code}/{written(sent.period)}/{sent.version}"
