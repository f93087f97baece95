"""The month at a glance: who reported, whom to ring, what the county may send. Ordered by place, never by figures."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab import UnitLevel
from field_app_schema.vocab_months import ReportState, Timeliness
from stations.people.access import Caller
from stations.records.days import day_in_china
from stations.records.frames import frame_of, unit_asked
from stations.records.monthly_policy import MonthlyPolicy, monthly_policy
from stations.records.months import CountyReturn
from stations.records.periods import period_of, written
from stations.sales.calendar.deadlines import asked_by, due_at, locks_at, opens_at
from stations.sales.returns.coverage import Coverage, StationMonth, coverage_of
from stations.sales.returns.fetching import listed, month_of_unit
from stations.sales.returns.standing import county_in, newest_returns, permissions
from stations.sales.returns.sums import month_sums, on_the_wire
from stations.units.tables import OrgUnit

# Above a county, lists of more stations than this are nobody's to ring through: counts by county stand instead.
MOST_LISTED = 500
DEFINITIONS = ("coverage_line", "month_total", "reporting_rate", "nil_count", "excused_count", "proxy_share")
LISTS = ("missing", "late", "returned", "awaiting", "excused")
ABOVE_COUNTY = (UnitLevel.NATION, UnitLevel.PROVINCE, UnitLevel.PREFECTURE)


def month_at_a_glance(
    session: Session, caller: Caller, unit_code: str | None, period: int, *, now: dt.datetime
) -> dict[str, Any]:
    """Give a unit's month: coverage, lists of stations by township and code, sums, the county's return.

    Above a county the counties stand one by one, and beyond MOST_LISTED stations they stand instead of the lists
    (which are None). Refuses with UNIT_UNKNOWN, OUT_OF_SCOPE, and PERIOD_NOT_ENDED for a month not yet begun.
    """
    unit = unit_asked(session, caller, unit_code)
    if period > period_of(day_in_china(now)):
        raise Refusal("PERIOD_NOT_ENDED", period=written(period))
    policy = monthly_policy(session)
    is_past_due = now >= due_at(period, policy)
    months = month_of_unit(session, caller, unit.path, period)
    counts = coverage_of(months, is_past_due=is_past_due)
    is_above = unit.level in ABOVE_COUNTY
    parts = county_parts(months)
    returns = newest_returns(session, parts, period)
    own = None if is_above else returns.get(county_in(unit.path) or "")
    sums = {name: on_the_wire(part) for name, part in month_sums(months).items()}
    with_lists = not is_above or len(months) <= MOST_LISTED
    return _instants(period, policy) | {
        "frame": month_frame(unit, counts, months, period, now),
        "is_past_due": is_past_due,
        "coverage": counts.told(),
        "totals": sums["total"], "totals_by_form": sums["accepted"], "totals_by_feed": sums["feed"],
        "totals_unaccepted": sums["unaccepted"],
        **(_lists(session, caller, months) if with_lists else dict.fromkeys(LISTS)),
        "counties": _counties(session, parts, returns, is_past_due) if is_above else None,
        "county_return": None if own is None else return_in_brief(own),
        "permissions": permissions(caller, own) | {"may_send": _may_send(caller, unit, own, period, policy, now)},
    }  # fmt: skip


def month_frame(
    unit: OrgUnit, counts: Coverage, months: Sequence[StationMonth], period: int, now: dt.datetime
) -> dict[str, Any]:
    """Give the frame of a month's figures; unknown is the share of the expected stations from which nothing came."""
    nothing = counts.missing + counts.outstanding
    return frame_of(
        unit, now=now, definitions=DEFINITIONS, periods=[period],
        sources=Counter(month.report.source for month in months if month.report is not None),
        unknown_share=round(nothing / counts.expected, 4) if counts.expected else None,
    )  # fmt: skip


def county_parts(months: Sequence[StationMonth]) -> dict[str, list[StationMonth]]:
    """Part months by county."""
    parts: dict[str, list[StationMonth]] = defaultdict(list)
    for month in months:
        parts[county_in(month.unit_path) or ""].append(month)
    return parts


def return_in_brief(sent: CountyReturn) -> dict[str, Any]:
    """Give where a return stands, without its figures."""
    names = ("id", "version", "state", "timeliness", "sent_at", "decided_at", "decided_note")
    return {name: getattr(sent, name) for name in names}


def _instants(period: int, policy: MonthlyPolicy) -> dict[str, Any]:
    return {
        "period": written(period), "opens_at": opens_at(period, policy), "asked_by": asked_by(period, policy),
        "due_at": due_at(period, policy), "locks_at": locks_at(period, policy),
    }  # fmt: skip


def _lists(session: Session, caller: Caller, months: Sequence[StationMonth]) -> dict[str, Any]:
    reported = [(month, month.report) for month in months if month.report is not None]
    lists = {
        "missing": [month for month in months if month.is_missing],
        "late": [month for month, report in reported if report.timeliness == Timeliness.LATE],
        "returned": [month for month, report in reported if report.state == ReportState.RETURNED],
        "awaiting": [month for month in months if month.awaits_the_county],
        "excused": [month for month in months if month.due.excuse is not None],
    }
    return {name: listed(session, caller, some) for name, some in lists.items()}


def _counties(
    session: Session, parts: Mapping[str, Sequence[StationMonth]], returns: Mapping[str, CountyReturn],
    is_past_due: bool,
) -> list[dict[str, Any]]:  # fmt: skip
    asked = select(OrgUnit.code, OrgUnit.name).where(OrgUnit.code.in_(sorted(parts)))
    names = dict(session.execute(asked).all())
    return [
        {
            "county": code, "name": names.get(code, code),
            "coverage": coverage_of(parts[code], is_past_due=is_past_due).told(),
            "county_return": return_in_brief(returns[code]) if code in returns else None,
        }
        for code in sorted(parts)
    ]  # fmt: skip


def _may_send(
    caller: Caller, unit: OrgUnit, own: CountyReturn | None, period: int, policy: MonthlyPolicy, now: dt.datetime
) -> bool:
    return (
        unit.level == UnitLevel.COUNTY and caller.covers(unit.path) and now >= opens_at(period, policy)
        and permissions(caller, own)["may_send"]
    )  # fmt: skip
