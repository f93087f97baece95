"""A county under the rules of 2020, visits that wait there, and reviewers at work: built by name."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from field_app_schema.visits import VISIT_QUESTIONS, read_visit
from inspections.arriving.taking_in import take_in
from inspections.quarantine.accepting import KeptReceipt
from inspections.review.deciding import Act, approve_visit, reopen_visit
from inspections.review.returning import ReturnWish, return_visit
from inspections.review.tables import Finding, VisitDecision
from inspections.visits.tables import InspectionStep
from stations.policy.loading import FACTS
from stations.policy.tables import CountyProgramme, PolicyRule
from tests.conftest import NOON
from tests.visit_making import ID_A, sent
from tests.world import World


def bind_2020(session: Session) -> None:
    """Let Jiangyong belong to the batch of 2020: wording B and the province's report channel on every sign."""
    shipped = json.loads((FACTS / "rules.json").read_text(encoding="utf-8"))
    told = next(one for one in shipped["rules"] if one["code"] == "signage.national-2020")
    session.add(PolicyRule(code=told["code"], kind=told["kind"], parameters=told["parameters"], batch_years=[2020],
                           effective_from=dt.date(2020, 5, 26), source_doc="财办建〔2020〕48号",
                           quote=told["quote"]))  # fmt: skip
    session.add(CountyProgramme(county_code="431125", batch_year=2020, group="2020", status="demonstration",
                                name_as_printed="江永县", source_doc="test"))  # fmt: skip


def arrive(session: Session, world: World, visit_id: str = ID_A, person: str = "chen", **changes: Any) -> str:
    """Let a complete visit arrive."""
    told = take_in(session, world.callers[person], visit_id, sent(**changes), read=read_visit, now=NOON)
    assert not isinstance(told, KeptReceipt), told.reason
    return told.id


class Desk:
    """What one reviewer does, each act in its own transaction."""

    def __init__(self, sessions: sessionmaker[Session], world: World, person: str = "yong") -> None:
        self.sessions, self.caller = sessions, world.callers[person]

    def act(self, seen: int | None = None) -> Act:
        return Act(self.caller, NOON, seen)

    def approve(self, visit_id: str = ID_A, seen: int | None = None) -> None:
        with self.sessions.begin() as session:
            approve_visit(session, self.act(seen), visit_id)

    def reopen(self, visit_id: str = ID_A, seen: int | None = None, why: str = "看错了") -> None:
        with self.sessions.begin() as session:
            reopen_visit(session, self.act(seen), visit_id, why)

    def give_back(self, visit_id: str = ID_A, seen: int | None = None) -> None:
        with self.sessions.begin() as session:
            return_visit(session, self.caller, visit_id, ReturnWish("请再看"), questions=VISIT_QUESTIONS, now=NOON,
                         seen=seen)  # fmt: skip


def decisions(session: Session, visit_id: str = ID_A) -> list[tuple[str, int]]:
    """Give kind and version of every decision, the oldest first."""
    mine = select(VisitDecision.kind, VisitDecision.version).where(VisitDecision.inspection_id == visit_id)
    return [(kind, version) for kind, version in session.execute(mine.order_by(VisitDecision.id))]


def steps(session: Session, visit_id: str = ID_A) -> list[str]:
    """Give the states a visit went through after it was complete."""
    mine = select(InspectionStep.to_state).where(InspectionStep.inspection_id == visit_id).order_by(InspectionStep.id)
    return list(session.scalars(mine))[2:]


def findings(session: Session, *, standing: bool = True) -> list[tuple[str, str | None]]:
    """Give kind and rule of the findings that stand, or of those withdrawn."""
    which = Finding.withdrawn_at.is_(None) if standing else Finding.withdrawn_at.is_not(None)
    return [(one.kind, one.rule_code) for one in session.scalars(select(Finding).where(which).order_by(Finding.id))]
