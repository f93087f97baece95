"""Send a visit back to its inspector, with what is to be looked at again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab import InspectionState
from field_app_schema.vocab_evidence import DecisionKind
from inspections.review.deciding import Act, Decision, note_decision, push, taken_up
from inspections.review.findings.keeping import withdraw_findings
from inspections.review.refused_photos import is_stuck
from inspections.review.tables import VisitReturn
from inspections.visits.states import steps_to_return
from inspections.visits.tables import Inspection, Photo
from stations.people.access import Caller
from stations.people.audit import note_act
from stations.records.revision import next_revision


@dataclass(frozen=True)
class ReturnWish:
    """Why a visit goes back; each mark is `kind` (field or photo), `name` (a question or a SHA-256) and `note`."""

    note: str
    marks: Sequence[dict[str, Any]] = field(default_factory=tuple)


def return_visit(
    session: Session, reviewer: Caller, visit_id: str, wish: ReturnWish, *, questions: Collection[str],
    now: dt.datetime, seen: int | None = None,
) -> VisitReturn:  # fmt: skip
    """Send a visit in the reviewer's scope back; looking at it and sending it back are one act, each step a row.

    `questions` are those of the visit's form. What the visit saw goes on counting until another visit stands in its
    place: a doubt about an answer is no answer. One that waits only for photos that were refused can go back too.
    Refuses with INSPECTION_UNKNOWN, OWN_VISIT, VISIT_STATE, BAD_INPUT for a mark on what the visit does not have, and
    CONFLICT_VERSION where `seen`, the revision read, is no longer so.
    """
    # Before the visit is read: of two reviewers at once the second sees what the first did.
    revision = next_revision(session)
    act = Act(reviewer, now, seen)
    visit = taken_up(session, act, visit_id)
    steps = steps_to_return(InspectionState(visit.state), is_stuck=is_stuck(session, visit))
    _check_marks(session, visit, wish.marks, questions)
    push(session, act, visit, steps, "returned_by_reviewer")
    # Nothing stands that was found on the visit that goes back.
    withdraw_findings(session, visit, now=now)
    marks = [dict(mark) for mark in wish.marks]
    note_decision(session, act, visit, Decision(DecisionKind.RETURNED, wish.note, {"marks": marks}))
    row = VisitReturn(inspection_id=visit.id, account_id=visit.account_id, marks=marks,
                      note=wish.note, returned_by=reviewer.account_id, returned_at=now, revision=revision)  # fmt: skip
    session.add(row)
    note_act(session, reviewer, "visit.return", "inspection", visit.id, now=now, reason=wish.note,
             before={"state": steps[0][0].value}, after={"state": visit.state, "marks": row.marks})  # fmt: skip
    session.flush()
    return row


def _check_marks(
    session: Session, visit: Inspection, marks: Sequence[dict[str, Any]], questions: Collection[str]
) -> None:
    photos = set(session.scalars(select(Photo.sha256).where(Photo.inspection_id == visit.id)))
    known = {"field": set(questions), "photo": photos}
    wrong = {
        number: {"name": ["这次检查没有这一项 / the visit has no such question or photo"]}
        for number, mark in enumerate(marks)
        if mark["name"] not in known.get(mark["kind"], ())
    }
    if wrong:
        raise Refusal("BAD_INPUT", errors={"marks": wrong})
