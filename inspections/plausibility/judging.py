"""Judge a visit later and elsewhere: done twice it gives the same answer, and failing it blocks nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
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


def judge_visit(sessions: sessionmaker[Session], payload: dict[str, Any], *, now: dt.datetime) -> dict[str, Any]:
    """Store what speaks against the visit `payload["inspection_id"]`, in place of what was stored before.

    Visits whose own answer may change by it are asked for again, once: with `"spread": false` nobody else is.
    """
    visit_id = str(payload["inspection_id"])
    with reading(sessions) as session:
        visit = session.get(Inspection, visit_id)
        if visit is None or visit.state not in JUDGED:
            return {"judged": False}
        policy = plausibility_policy(session)
        facts = facts_of(session, visit, policy)
        reasons = reasons_for(facts, policy)
        row = VisitJudgement(
            inspection_id=visit_id, judged_at=now, rule_version=rule_version(policy),
            weight=sum(one.weight for one in reasons), reasons=[_told(one) for one in reasons],
            times=times_of(facts, policy),
        )  # fmt: skip
    with writing(sessions) as session:
        session.merge(row)
        touched = _touched(facts, reasons) if payload.get("spread", True) else set()
        again = judge_again(session, touched, because=visit_id, now=now)
    return {"judged": True, "reasons": len(reasons), "asked_again": again}


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
