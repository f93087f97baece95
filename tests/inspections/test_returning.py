"""Whatever comes in whatever order, a return has one answer and a look at a station has one voice."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from field_app_schema.refusals import Refusal
from field_app_schema.visits import VISIT_QUESTIONS, read_visit
from inspections.arriving.arrivals import note_whole
from inspections.arriving.taking_in import take_in
from inspections.photos.pictures.looking import Picture
from inspections.photos.receiving import WholeFile
from inspections.quarantine.accepting import KeptReceipt
from inspections.quarantine.tables import KeptAside
from inspections.review.returning import ReturnWish, return_visit
from inspections.review.tables import VisitReturn
from inspections.visits.tables import Inspection, InspectionStep
from stations.records.tables import Observation
from tests.conftest import NOON
from tests.visit_making import claim, jpeg, sent, sha
from tests.world import World

PEOPLE, PLACES, ACTS = ("chen", "ping"), ("JY001", "JY002"), 60


@dataclass
class Model:
    """What must be so: the visits by id, what they wait for, who made them where, and what became of returns."""

    states: dict[str, str] = field(default_factory=dict)
    of: dict[str, tuple[str, str]] = field(default_factory=dict)
    photo: dict[str, str] = field(default_factory=dict)
    answered: dict[str, str | None] = field(default_factory=dict)
    bodies: dict[str, bytes] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    aside: int = 0

    def may_replace(self, old: str, person: str, place: str) -> bool:
        return self.states.get(old) == "returned" and self.of[old] == (person, place) and self.answered[old] is None


class Run:
    """One random run against the rooms themselves, each act in its own transaction, beside the model."""

    def __init__(self, seed: int, world: World, sessions: sessionmaker[Session]) -> None:
        self.world, self.sessions, self.model = world, sessions, Model()
        self.dice = random.Random(seed)

    def some_visit(self, in_state: str = "") -> str:
        """Give any visit, more often one in this state; now and then one that nobody knows."""
        among = [one for one, state in sorted(self.model.states.items()) if state == in_state]
        if among and self.dice.random() < 0.7:
            return self.dice.choice(among)
        return self.dice.choice([*sorted(self.model.states), "0b7c7a52-6c1e-4a53-9d3e-ffffffffffff"])

    def record(self) -> None:
        self._take_in(None)

    def replace(self) -> None:
        old = self.some_visit("returned")
        person, place = self.model.of.get(old, ("chen", "JY001"))
        if self.dice.random() < 0.2:
            person, place = self.dice.choice(PEOPLE), self.dice.choice(PLACES)
        self._take_in(old, person, place)

    def _take_in(self, replaces: str | None, person: str | None = None, place: str | None = None) -> None:
        m, number = self.model, len(self.model.states) + self.model.aside
        visit_id = f"0b7c7a52-6c1e-4a53-9d3e-{number:012d}"
        person, place = person or self.dice.choice(PEOPLE), place or self.dice.choice(PLACES)
        picture = jpeg(number + 1) if self.dice.random() < 0.5 else None
        more: dict[str, Any] = {"photos": [claim(picture)]} if picture else {}
        body = sent(station_code=place, replaces=replaces, **more)
        with self.sessions.begin() as session:
            told = take_in(session, self.world.callers[person], visit_id, body, read=read_visit, now=NOON)
        if replaces is not None and not m.may_replace(replaces, person, place):
            assert isinstance(told, KeptReceipt)
            assert told.reason.code == "REPLACES_REFUSED"
            m.refused.append(told.reason.details["reason"])
            m.aside += 1
            return
        assert not isinstance(told, KeptReceipt)
        m.states[visit_id], m.of[visit_id], m.bodies[visit_id] = told.state, (person, place), body
        assert told.state == ("submitted" if picture else "complete")
        if picture:
            m.photo[visit_id] = sha(picture)
        if replaces is not None:
            m.answered[replaces] = visit_id

    def say_again(self) -> None:
        visit_id = self.some_visit()
        if visit_id in self.model.states:
            sender = self.world.callers[self.model.of[visit_id][0]]
            with self.sessions.begin() as session:
                told = take_in(session, sender, visit_id, self.model.bodies[visit_id], read=read_visit, now=NOON)
            assert not isinstance(told, KeptReceipt)
            assert (told.is_new, told.state) == (False, self.model.states[visit_id])

    def photo(self) -> None:
        visit_id = self.some_visit("submitted")
        name = self.model.photo.get(visit_id)
        if name is not None:
            whole = WholeFile(name, 1, name, name, Picture("image/jpeg", 64, 48), None)
            with self.sessions.begin() as session:
                note_whole(session, self.world.callers["chen"], whole, now=NOON)
            if self.model.states[visit_id] == "submitted":
                self.model.states[visit_id] = "complete"

    def give_back(self) -> None:
        visit_id, m = self.some_visit("complete"), self.model
        wish = ReturnWish("请再看", [{"kind": "field", "name": "services", "note": ""}])
        refused = None
        try:
            with self.sessions.begin() as session:
                return_visit(session, self.world.callers["yong"], visit_id, wish, questions=VISIT_QUESTIONS, now=NOON)
        except Refusal as refusal:
            refused = refusal.code
        if m.states.get(visit_id) != "complete":
            assert refused == ("VISIT_STATE" if visit_id in m.states else "INSPECTION_UNKNOWN")
            return
        assert refused is None
        m.states[visit_id], m.answered[visit_id] = "returned", None


@pytest.mark.parametrize("seed", range(4))
def test_any_order_of_acts(seed: int, world: World, sessions: sessionmaker[Session]) -> None:
    run = Run(seed, world, sessions)
    acts: list[Callable[[], None]] = [
        run.record, run.replace, run.replace, run.say_again, run.photo, run.give_back, run.give_back,
    ]  # fmt: skip
    for _ in range(ACTS):
        run.dice.choice(acts)()
    m = run.model
    # A run that never came so far would say nothing.
    assert len([one for one in m.answered.values() if one]) >= 2
    assert len(set(m.refused)) >= 2
    with sessions() as session:
        assert dict(session.execute(select(Inspection.id, Inspection.state)).all()) == m.states
        told = session.execute(select(VisitReturn.inspection_id, VisitReturn.answered_by)).all()
        assert dict(told) == m.answered
        assert len(session.scalars(select(KeptAside.id)).all()) == m.aside
        replaced = {old for old, new in m.answered.items() if new is not None}
        seen = session.execute(select(Observation.inspection_id, Observation.withdrawn_at)).all()
        assert sorted(one for one, _ in seen) == sorted(m.states)
        assert {one for one, withdrawn in seen if withdrawn is not None} == replaced
        for visit_id in m.states:
            rows = session.scalars(select(InspectionStep).where(InspectionStep.inspection_id == visit_id)
                                   .order_by(InspectionStep.id)).all()  # fmt: skip
            assert rows[0].from_state == "draft"
            assert [row.to_state for row in rows[:-1]] == [row.from_state for row in rows[1:]]
            assert rows[-1].to_state == m.states[visit_id]
