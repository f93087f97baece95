"""Judge a visit later and elsewhere: done twice it gives the same answer, and failing it blocks nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, sessionmaker

import jobs
from db import reading, writing
from field_app_schema.vocab import InspectionState
from inspections.plausibility.fetching import facts_of
from inspections.plausibility.grounds.facts import Reason, VisitFacts
from inspections.plausibility.plausibility_policy import plausibility_policy, rule_version
from inspections.plausibility.reasons import reasons_for, times_of
from inspections.plausibility.tables import VisitJudgement
from inspections.visits.tables import Inspection
from stations.records.tables import Station

KIND = "visit_judgement"
# While photos are awaited, nothing can be said of them.
JUDGED = (InspectionState.COMPLETE, InspectionState.UNDER_REVIEW, InspectionState.APPROVED, InspectionState.RETURNED)
_AT_ONCE = 500
# Two or three may judge one visit at once; so many never do for long.
_MOST_TIMES = 5
# Asked for anew each day, of visits that nobody judged.
MOST_A_DAY = 5_000
# So long a visit's own job may still be waiting.
_LATE = dt.timedelta(hours=1)


def judge_visit(sessions: sessionmaker[Session], payload: dict[str, Any], *, now: dt.datetime) -> dict[str, Any]:
    """Store what speaks against the visit `payload["inspection_id"]`, in place of what was stored before.

    Visits whose own answer may change by it are asked for again, once: with `"spread": false` nobody else is. Raises
    RuntimeError where others judged it each time between reading and writing, so that the job is tried again.
    """
    visit_id, spread = str(payload["inspection_id"]), bool(payload.get("spread", True))
    for _ in range(_MOST_TIMES):
        known = _judge(sessions, visit_id, now)
        if known is None:
            return {"judged": False}
        with writing(sessions) as session:
            if not _is_newest(session, visit_id, known.stood):
                continue
            session.merge(known.row)
            touched = _touched(known.facts, known.reasons) if spread else set()
            again = judge_again(session, touched, because=visit_id, now=now)
        return {"judged": True, "reasons": len(known.reasons), "asked_again": again}
    raise RuntimeError(f"visit {visit_id} was judged by others {_MOST_TIMES} times meanwhile")


@dataclass(frozen=True)
class _Judged:
    facts: VisitFacts
    reasons: list[Reason]
    row: VisitJudgement
    # What stood before anything was read.
    stood: str


def _judge(sessions: sessionmaker[Session], visit_id: str, now: dt.datetime) -> _Judged | None:
    with reading(sessions) as session:
        # First: what another writes from here on, he may have read more for.
        stood = _standing(session, visit_id)
        visit = session.get(Inspection, visit_id)
        if visit is None or visit.state not in JUDGED:
            return None
        policy = plausibility_policy(session)
        facts = facts_of(session, visit, policy)
        reasons = reasons_for(facts, policy)
        row = VisitJudgement(
            inspection_id=visit_id, judged_at=now, rule_version=rule_version(policy),
            weight=sum(one.weight for one in reasons), reasons=[_told(one) for one in reasons],
            times=times_of(facts, policy),
        )  # fmt: skip
        return _Judged(facts, reasons, row, stood)


def _standing(session: Session, visit_id: str) -> str:
    j = VisitJudgement
    stored = select(j.judged_at, j.rule_version, j.weight, j.reasons, j.times).where(j.inspection_id == visit_id)
    return repr(session.execute(stored).one_or_none())


def _is_newest(session: Session, visit_id: str, stood: str) -> bool:
    """Say whether nobody judged the visit since; from here on nobody does, until this transaction ends."""
    session.execute(select(Inspection.id).where(Inspection.id == visit_id).with_for_update(key_share=True))
    return _standing(session, visit_id) == stood


def ask_for_missing(sessions: sessionmaker[Session], *, now: dt.datetime) -> int:
    """Ask for visits that nobody judged long after they were complete, and say of how many.

    An older version judged none, and a job may have been buried.
    """
    asked, last = 0, ""
    while asked < MOST_A_DAY and (some := _ask_for_some_missing(sessions, last, now)):
        asked, last = asked + len(some), some[-1]
    return asked


def _ask_for_some_missing(sessions: sessionmaker[Session], after: str, now: dt.datetime) -> Sequence[str]:
    judged = exists().where(VisitJudgement.inspection_id == Inspection.id)
    complete_at = func.coalesce(Inspection.completed_at, Inspection.received_at)
    late = (
        select(Inspection.id, Station.unit_path).join(Station, Station.id == Inspection.station_id)
        .where(Inspection.id > after, Inspection.state.in_(JUDGED), complete_at < now - _LATE, ~judged)
        .order_by(Inspection.id).limit(_AT_ONCE)
    )  # fmt: skip
    with writing(sessions) as session:
        found = session.execute(late).all()
        for visit_id, unit_path in found:
            # The arrival's own question, neighbours and all; behind the day's own visits.
            jobs.ask(session, KIND, {"inspection_id": visit_id}, now=now, unique_key=f"{KIND}:{visit_id}",
                     unit_path=unit_path, priority=-1)  # fmt: skip
        return [visit_id for visit_id, _ in found]


def ask_for_all(sessions: sessionmaker[Session], *, unit_path: str, now: dt.datetime) -> int:
    """Ask for the judgement of every visit whose photos are here, in a unit; gives how many, some hundreds at a time.

    For when the thresholds have changed.
    """
    asked, after = 0, ""
    while True:
        with writing(sessions) as session:
            visits = session.scalars(
                select(Inspection.id).join(Station, Station.id == Inspection.station_id)
                .where(Inspection.state.in_(JUDGED), Inspection.id > after, Station.unit_path.like(f"{unit_path}%"))
                .order_by(Inspection.id).limit(_AT_ONCE)
            ).all()  # fmt: skip
            asked += judge_again(session, visits, because="all", now=now)
        if not visits:
            return asked
        after = visits[-1]


def _told(reason: Reason) -> dict[str, Any]:
    return {"code": reason.code, "weight": reason.weight, "photo": reason.photo, "figures": reason.figures}


def _touched(facts: VisitFacts, reasons: Iterable[Reason]) -> set[str]:
    """Give the visits that share a reason with this one, and later ones that used its pictures."""
    later = {use.visit for photo in facts.photos for use in photo.uses if not use.is_earlier}
    return later | {visit for reason in reasons for visit in reason.partners}


def judge_again(session: Session, visits: Iterable[str], *, because: str, now: dt.datetime) -> int:
    """Ask for visits whose photos are here, and not for their neighbours in turn, so that this comes to an end.

    `because` names in a few letters what is new. Gives how many.
    """
    rows = session.execute(
        select(Inspection.id, Station.unit_path).join(Station, Station.id == Inspection.station_id)
        .where(Inspection.id.in_(list(visits)), Inspection.state.in_(JUDGED)).order_by(Inspection.id)
    ).all()  # fmt: skip
    for visit_id, unit_path in rows:
        # Another key than the arrival's: that one's wider question must not be lost in this one.
        key = f"{KIND}:{visit_id}:again"
        if _ask(session, visit_id, key, unit_path, now).state == jobs.RUNNING:
            # It may have read before there was anything new.
            _ask(session, visit_id, f"{key}:{because}", unit_path, now)
    return len(rows)


def _ask(session: Session, visit_id: str, key: str, unit_path: str, now: dt.datetime) -> jobs.Job:
    payload = {"inspection_id": visit_id, "spread": False}
    return jobs.ask(session, KIND, payload, now=now, unique_key=key, unit_path=unit_path)
