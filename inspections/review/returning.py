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
from inspections.review.tables import VisitReturn
from inspections.visits.reading import find_visit
from inspections.visits.states import steps_to_return
from inspections.visits.tables import Inspection, InspectionStep, Photo
from stations.people.access import Caller
from stations.people.audit import note_act
from stations.records.revision import next_revision


@dataclass(frozen=True)
class ReturnWish:
    """Why a visit goes back; each mark is `kind` (field or photo), `name` (a question or a SHA-256) and `note`."""

    note: str
    marks: Sequence[dict[str, Any]] = field(default_factory=tuple)


def return_visit(
    session: Session, reviewer: Caller, visit_id: str, wish: ReturnWish, *, questions: Collection[str], now: dt.datetime
) -> VisitReturn:
    """Send a visit in the reviewer's scope back; looking at it and sending it back are one act, each step a row.

    `questions` are those of the visit's form. What the visit saw goes on counting until another visit stands in its
    place: a doubt about an answer is no answer. Refuses with INSPECTION_UNKNOWN, VISIT_STATE, and BAD_INPUT for a mark
    on what the visit does not have.
    """
    # Before the visit is read: of two reviewers at once the second sees what the first did.
    revision = next_revision(session)
    visit = find_visit(session, reviewer, visit_id)
    session.refresh(visit)
    steps = steps_to_return(InspectionState(visit.state))
    _check_marks(session, visit, wish.marks, questions)
    for before, after in steps:
        session.add(InspectionStep(inspection_id=visit.id, from_state=before.value, to_state=after.value, at=now,
                                   actor_id=reviewer.account_id, reason="returned_by_reviewer"))  # fmt: skip
        visit.state = after.value
    row = VisitReturn(inspection_id=visit.id, account_id=visit.account_id, marks=[dict(mark) for mark in wish.marks],
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
