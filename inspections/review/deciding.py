"""What a reviewer decides about a visit: it is approved, or its approval is taken back; each decision is a row."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab import InspectionState
from field_app_schema.vocab_evidence import DecisionKind
from inspections.review.findings.keeping import make_findings, withdraw_findings
from inspections.review.reading import revisions_of
from inspections.review.signs.holding import hold_sign
from inspections.review.tables import VisitDecision
from inspections.visits.reading import find_visit
from inspections.visits.states import steps_to_approve, steps_to_look_again
from inspections.visits.tables import Inspection, InspectionStep
from stations.people.access import Caller
from stations.people.audit import note_act
from stations.records.revision import next_revision

Steps = Sequence[tuple[InspectionState, InspectionState]]


@dataclass(frozen=True)
class Act:
    """Who does something to a visit, when, and which revision of it was read (None: whatever it is now)."""

    reviewer: Caller
    now: dt.datetime
    seen: int | None = None


@dataclass(frozen=True)
class Decision:
    """What was decided and why; `details` are plain values."""

    kind: DecisionKind
    why: str | None = None
    details: dict[str, Any] = field(default_factory=dict)


def approve_visit(session: Session, act: Act, visit_id: str, *, why: str | None = None) -> Inspection:
    """Approve a visit that is complete: the sign is held as its inspector saw it unless a reviewer said otherwise.

    What the approved visit found wrong becomes findings. Refuses with INSPECTION_UNKNOWN, OWN_VISIT, CONFLICT_VERSION,
    and VISIT_STATE while photos are awaited and where it is decided already.
    """
    visit = take_up(session, act, visit_id)
    steps = steps_to_approve(InspectionState(visit.state))
    push(session, act, visit, steps, "approved_by_reviewer")
    note_decision(session, act, visit, Decision(DecisionKind.APPROVED, why))
    sign = hold_sign(session, visit, now=act.now)
    made = make_findings(session, visit, sign, by=act.reviewer, now=act.now)
    after = {"state": visit.state, "version": visit.version, "findings": [one.kind for one in made]}
    note_act(session, act.reviewer, "visit.approve", "inspection", visit.id, now=act.now, reason=why,
             before={"state": steps[0][0].value}, after=after)  # fmt: skip
    session.flush()
    return visit


def reopen_visit(session: Session, act: Act, visit_id: str, why: str) -> Inspection:
    """Take an approval back; what it found is withdrawn. Refuses as `approve_visit` does."""
    visit = take_up(session, act, visit_id)
    look_again(session, act, visit, why)
    note_act(session, act.reviewer, "visit.reopen", "inspection", visit.id, now=act.now, reason=why,
             before={"state": InspectionState.APPROVED.value}, after={"state": visit.state})  # fmt: skip
    session.flush()
    return visit


def take_up(session: Session, act: Act, visit_id: str) -> Inspection:
    """Give a visit in the reviewer's scope as it is at this very moment, nobody else deciding meanwhile.

    Refuses with INSPECTION_UNKNOWN, with OWN_VISIT where the reviewer made it, and with CONFLICT_VERSION where somebody
    did something to it since it was read.
    """
    # Before the visit is read: of two reviewers at once the second sees what the first did.
    next_revision(session)
    return taken_up(session, act, visit_id)


def taken_up(session: Session, act: Act, visit_id: str) -> Inspection:
    """Give the same where the register's revision was taken before."""
    visit = find_visit(session, act.reviewer, visit_id)
    session.refresh(visit)
    if visit.account_id == act.reviewer.account_id:
        raise Refusal("OWN_VISIT")
    check_seen(session, act, visit)
    return visit


def check_seen(session: Session, act: Act, visit: Inspection) -> None:
    """Refuse with CONFLICT_VERSION unless the visit is as the asker read it."""
    if act.seen is not None and act.seen != (current := revisions_of(session, {visit.id: visit.version})[visit.id]):
        raise Refusal("CONFLICT_VERSION", seen=act.seen, current=current)


def push(session: Session, act: Act, visit: Inspection, steps: Steps, reason: str) -> None:
    """Take a visit through these states, each step a row."""
    for before, after in steps:
        session.add(InspectionStep(inspection_id=visit.id, from_state=before.value, to_state=after.value, at=act.now,
                                   actor_id=act.reviewer.account_id, reason=reason))  # fmt: skip
        visit.state = after.value


def note_decision(session: Session, act: Act, visit: Inspection, decision: Decision) -> None:
    """Append what was decided, on which version."""
    session.add(VisitDecision(inspection_id=visit.id, version=visit.version, kind=decision.kind.value,
                              decided_by=act.reviewer.account_id, decided_at=act.now, why=decision.why,
                              details=dict(decision.details)))  # fmt: skip


def look_again(session: Session, act: Act, visit: Inspection, why: str) -> None:
    """Put an approved visit back under review; its findings no longer stand. Refuses with VISIT_STATE else."""
    push(session, act, visit, steps_to_look_again(InspectionState(visit.state)), "looked_at_again")
    note_decision(session, act, visit, Decision(DecisionKind.REOPENED, why))
    withdraw_findings(session, visit, now=act.now)
