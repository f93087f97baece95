"""Answers set right after a visit has arrived: a new version beside what the phone sent, which nobody touches."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab import InspectionState
from inspections.plausibility.judging import judge_again
from inspections.review.deciding import Act, check_seen, look_again
from inspections.review.tables import VisitEdit
from inspections.visits.loaded import plain
from inspections.visits.reading import find_visit
from inspections.visits.tables import Inspection
from stations.people.audit import note_act
from stations.records.revision import next_revision

# What was seen of the station is not among them: seen otherwise, it is another visit.
EDITABLE = ("answers", "checks", "note", "not_answered")
_CLOSED = (InspectionState.DRAFT, InspectionState.RETURNED)


def edit_visit(
    session: Session, act: Act, visit_id: str, wish: Mapping[str, Any], why: str, *,
    check: Callable[[Mapping[str, Any], Mapping[str, Any], Mapping[str, str]], None],
) -> Inspection:  # fmt: skip
    """Lay `wish` (values of `EDITABLE` as the schema loads them) over a visit; an approval is taken back by it.

    `check` is asked whether answers, checks and what was left open go together as they will then stand.
    Staff edit what is in their scope, others what they made. Refuses with INSPECTION_UNKNOWN, CONFLICT_VERSION,
    VISIT_STATE where it was returned (the correction is a new visit), and BAD_INPUT where nothing changes.
    """
    next_revision(session)
    visit = find_visit(session, act.reviewer, visit_id)
    session.refresh(visit)
    check_seen(session, act, visit)
    if visit.state in _CLOSED:
        raise Refusal("VISIT_STATE", state=visit.state)
    asked = {name: plain(wish[name]) for name in EDITABLE if name in wish}
    before = {name: getattr(visit, name) for name in asked if getattr(visit, name) != asked[name]}
    if not before:
        raise Refusal("BAD_INPUT", errors={"answers": ["没有改动 / nothing is changed"]})
    after = {name: asked[name] for name in before}
    check(*(after.get(name, getattr(visit, name)) for name in ("answers", "checks", "not_answered")))
    if visit.state == InspectionState.APPROVED:
        look_again(session, act, visit, why)
    for name, value in after.items():
        setattr(visit, name, value)
    visit.version += 1
    _note(session, act, visit, before, after, why, now=act.now)
    # What the machine read may agree with the sign as it is called now.
    judge_again(session, [visit.id], because=f"version-{visit.version}", now=act.now)
    return visit


def _note(
    session: Session, act: Act, visit: Inspection, before: dict[str, Any], after: dict[str, Any], why: str, *,
    now: dt.datetime,
) -> None:  # fmt: skip
    session.add(VisitEdit(inspection_id=visit.id, version=visit.version, before=before, after=after,
                          edited_by=act.reviewer.account_id, edited_at=now, why=why))  # fmt: skip
    note_act(session, act.reviewer, "visit.edit", "inspection", visit.id, now=now, reason=why, before=before,
             after=after | {"version": visit.version})  # fmt: skip
    session.flush()
