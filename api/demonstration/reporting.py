"""Enter the demonstration's months: reporting begun, reports as they came, decided by the county, returns sent."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence

from sqlalchemy.orm import Session

from api.demonstration.months import MONTHS, SLIPPED, ToldMonth, months_of
from api.demonstration.people import OWNED
from api.demonstration.stories import BEIJING
from field_app_schema.vocab_months import ReportSource, ReportState, ReturnReason, ReturnState
from stations.people.access import Caller
from stations.records.monthly_policy import monthly_policy
from stations.records.periods import first_day, last_ended, shifted
from stations.records.tables import Station
from stations.register.entry.facts import StationFacts
from stations.sales.calendar.beginning import begin
from stations.sales.calendar.deadlines import due_at, locks_at
from stations.sales.calendar.unlocking import grant
from stations.sales.filing.history import Past, enter_history
from stations.sales.returns.sending import ReturnWish, decide_return, send_return

# The county's own month ends on the afternoon of the 5th; what comes later waits for it.
SENT_ON, SENT_AT = 5, 17
LEAVE = dt.timedelta(days=30)


def tell_months(
    session: Session, callers: Mapping[str, Caller], stations: Mapping[str, int],
    told: Sequence[tuple[StationFacts, str]], *, now: dt.datetime,
) -> None:  # fmt: skip
    """Let the county collect reports for eighteen months and send its return of the newest month that is due.

    `stations` gives ids by code, `told` facts and story of each station. Nothing is dated after `now`.
    """
    county, newest = callers["xian"], last_ended(now)
    begin(session, county, county.unit_code, shifted(newest, 1 - MONTHS), now=now)
    places: Counter[str] = Counter()
    months: list[ToldMonth] = []
    for facts, story in told:
        told_of = months_of(facts, story, places[story], newest)
        months += (month for month in told_of if month.received_at <= now and not _is_left(month, newest))
        places[story] += 1
    closed = newest if now >= due_at(newest, monthly_policy(session)) else shifted(newest, -1)
    past = [_decided(month, stations[month.code], county, closed) for month in months]
    sent = _sent_at(closed)
    enter_history(session, [one for one in past if one.period < closed or one.received_at <= sent])
    send_returns(session, callers, closed)
    # Those of the closed month that came too late, and those of a month that is not due yet.
    enter_history(session, [one for one in past if one.period >= closed and one.received_at > sent])
    if now >= locks_at(newest, monthly_policy(session)):
        shop = session.get_one(Station, stations[OWNED])
        grant(session, callers["sheng"], None, shop, newest, reason="演示:留给站长", expires_at=now + LEAVE, now=now)


def _is_left(month: ToldMonth, newest: int) -> bool:
    """Leave the newest month of one shop to whoever plays its owner."""
    return month.code == OWNED and month.period == newest


def send_returns(session: Session, callers: Mapping[str, Caller], closed: int) -> None:
    """Send the returns of the last two closed months; the province has accepted the older one."""
    before = shifted(closed, -1)
    older = send_return(session, callers["xian"], ReturnWish(callers["xian"].unit_code, before), now=_sent_at(before))
    accepted = _sent_at(before) + dt.timedelta(days=3)
    decide_return(session, callers["sheng"], older.id, ReturnState.ACCEPTED, None, now=accepted)
    send_return(session, callers["xian"], ReturnWish(callers["xian"].unit_code, closed), now=_sent_at(closed))


def _decided(month: ToldMonth, station_id: int, county: Caller, closed: int) -> Past:
    """Let the county accept what came in time, and of older months also what came late.

    What it entered itself was accepted by a colleague, who has no account here. Of the newest months the slip of the
    pen and what came late still wait; one report in sixty went back to its owner.
    """
    entered_by = county.account_id if month.source is ReportSource.PROXY else None
    past = Past(station_id, month.period, month.told, month.source, month.received_at, entered_by)
    waits = month.period > closed or (month.period == closed and month.received_at > _sent_at(closed))
    if waits or (month.period == closed and month.code == SLIPPED):
        return past
    at = max(_sent_at(month.period) - dt.timedelta(hours=1), month.received_at + dt.timedelta(hours=2))
    by = None if month.source is ReportSource.PROXY else county.account_id
    if month.period == closed and station_id % 60 == 7:
        return Past(station_id, month.period, month.told, month.source, month.received_at, entered_by,
                    ReportState.RETURNED, at, county.account_id, ReturnReason.INCOMPLETE)  # fmt: skip
    return Past(station_id, month.period, month.told, month.source, month.received_at, entered_by,
                ReportState.ACCEPTED, at, by)  # fmt: skip


def _sent_at(period: int) -> dt.datetime:
    day = first_day(shifted(period, 1)).replace(day=SENT_ON)
    return dt.datetime.combine(day, dt.time(SENT_AT), BEIJING)
