"""How many stations were alive, weak, dormant … at the end of each month: by what is known today, or as said then."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab import Vitality
from stations.people.access import Caller
from stations.records.days import end_of_day
from stations.records.frames import frame_of, unit_asked
from stations.records.periods import last_day, last_ended, parse_periods, written
from stations.records.tables import Station, VitalityState
from stations.survival.fetching import within
from stations.survival.figures.headline import COUNTED, share
from stations.survival.figures.report import sources_of
from stations.vitality.arrivals import Arrivals
from stations.vitality.evidence import Reason
from stations.vitality.fetching import facts_of
from stations.vitality.known import known_on
from stations.vitality.rule import answer_on
from stations.vitality.thresholds import alive_policy

# Up to so many stations a year of answers is decided anew (some seconds); above, what was said then is read.
READILY, AT_MOST = 3_000, 20_000
NOW, THEN = "now", "then"
Where = Sequence[ColumnElement[bool]]
# Counts for each month, and the sources of the newest.
Counted = tuple[list[Counter[str]], dict[str, int]]


def vitality_history(
    session: Session, caller: Caller, *, ou: str | None, pe: str, known: str | None, now: dt.datetime
) -> dict[str, Any]:
    """Answer `GET /vitality-history`: counts by state on the last day of each ended month.

    `known` «now»: by what is known today; «then»: as was answered by the end of that day. Without it units of up to
    3,000 stations get «now» and larger ones «then», as do units of more than 20,000 in any case; the frame says which.
    Merged stations are counted at their successor; those not accepted yet are not counted. `without_answer`: accepted
    by then, and nobody had asked the rule yet. Refuses UNIT_UNKNOWN, OUT_OF_SCOPE, PERIOD_UNKNOWN, PERIOD_NOT_ENDED.
    """
    unit = unit_asked(session, caller, ou)
    periods = parse_periods(pe, now)
    if periods[-1] > last_ended(now):
        raise Refusal("PERIOD_NOT_ENDED", period=written(periods[-1]))
    where = within(caller, unit.path)
    many = session.scalar(select(func.count(Station.id)).where(*where)) or 0
    how = THEN if many > AT_MOST else known or (NOW if many <= READILY else THEN)
    days = [last_day(period) for period in periods]
    counted, sources = (_said_then if how == THEN else _decided_now)(session, where, days)
    months = [_month(period, day, counts) for period, day, counts in zip(periods, days, counted, strict=True)]
    frame = frame_of(
        unit, now=now, definitions=["vitality", "unknown_share"], sources=sources, as_of=days[-1], periods=periods,
        unknown_share=months[-1]["unknown_share"], rule_version=alive_policy(session).rule_version,
    )  # fmt: skip
    return {"frame": frame | {"known": how}, "months": months}


def _month(period: int, day: dt.date, counted: Counter[str]) -> dict[str, Any]:
    counts = {state.value: counted[state] for state in COUNTED}
    whole = sum(counts.values())
    unsure = whole - sum(counts[state] for state in (Vitality.ALIVE, Vitality.WEAK, Vitality.DEAD))
    return {
        "period": written(period), "as_of": day, "counts": counts, "built": whole,
        "unknown_share": share(unsure, whole), "without_answer": counted["without_answer"],
    }  # fmt: skip


def _decided_now(session: Session, where: Where, days: Sequence[dt.date]) -> Counted:
    """Fetch the facts once, place them in time once, and decide for each day; merged ones follow nobody here."""
    policy = alive_policy(session)
    facts = facts_of(session, select(Station.id).where(*where), arrivals=Arrivals.BY_MONTH).values()
    found, reasons = [Counter[str]() for _ in days], Counter[str]()
    for known in (known_on(one, days[-1], None, policy) for one in facts):
        verdict = None
        for day, counted in zip(days, found, strict=True):
            by_then = known._replace(dated=[d for d in known.dated if d.counts_from <= day])
            verdict = answer_on(by_then, day, policy, None)
            if verdict.reason is not Reason.MERGED:
                counted[verdict.vitality.value] += 1
        if verdict and verdict.reason is not Reason.MERGED and verdict.vitality is not Vitality.NOT_STARTED:
            reasons[verdict.reason] += 1
    return found, sources_of(reasons.elements())


def _said_then(session: Session, where: Where, days: Sequence[dt.date]) -> Counted:
    """Read the appended answers once: each takes its station out of the state before it and puts it into its own."""
    v, ends = VitalityState, [end_of_day(day) for day in days]
    said = case((v.reason == Reason.MERGED.value, Reason.MERGED.value), else_=v.value)
    before = func.lag(said).over(partition_by=v.station_id, order_by=v.id)
    month = case(*((v.recorded_at < end, number) for number, end in enumerate(ends)), else_=len(ends))
    # A name of its own for each column, or the two databases group by different things.
    answers = (
        select(month.label("month"), said.label("said"), before.label("before"))
        .join(Station, Station.id == v.station_id)
        .where(*where, v.recorded_at < ends[-1])
        .subquery()
    )
    columns = (answers.c.month, answers.c.said, answers.c.before)
    moves = [Counter[str]() for _ in days]
    for number, said_now, said_before, many in session.execute(select(*columns, func.count()).group_by(*columns)):
        moves[number][said_now] += many
        if said_before is not None:
            moves[number][said_before] -= many
    found: list[Counter[str]] = []
    standing = Counter[str]()
    for moved, silent in zip(moves, _without_answer(session, where, days), strict=True):
        standing.update(moved)
        found.append(Counter({**standing, "without_answer": silent}))
    return found, {"answers": sum(found[-1][state.value] for state in COUNTED)}


def _without_answer(session: Session, where: Where, days: Sequence[dt.date]) -> list[int]:
    """Count for each day the stations accepted by then of which nothing had been said by its end."""
    v = VitalityState
    first = select(v.station_id, func.min(v.recorded_at).label("at")).group_by(v.station_id).subquery()
    silent = [
        func.sum(case((and_(Station.accepted_on <= day, or_(first.c.at.is_(None), first.c.at >= end_of_day(day))), 1),
                      else_=0))
        for day in days
    ]  # fmt: skip
    asked = select(*silent).select_from(Station).outerjoin(first, first.c.station_id == Station.id).where(*where)
    return [number or 0 for number in session.execute(asked).one()]
