"""Two reviewers at once: one decision stands, and the other one is told."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy.orm import Session, sessionmaker

from field_app_schema.refusals import Refusal
from tests.inspections.review.reviewing import Desk, arrive, decisions, findings
from tests.world import World


def test_of_many_decisions_at_once_one_stands(sessions: sessionmaker[Session], world: World) -> None:
    with sessions.begin() as session:
        arrive(session, world)
    desks = [Desk(sessions, world, "yong"), Desk(sessions, world, "xiang")]

    def decide(number: int) -> str:
        desk = desks[number % 2]
        try:
            (desk.approve if number % 3 else desk.give_back)(seen=1)
        except Refusal as refusal:
            return refusal.code
        return "decided"

    with ThreadPoolExecutor(6) as pool:
        told = Counter(pool.map(decide, range(6)))
    assert told == {"decided": 1, "CONFLICT_VERSION": 5}
    with sessions() as session:
        [(kind, version)] = decisions(session)
        assert version == 1
        assert findings(session) == ([("service_missing", None)] if kind == "approved" else [])
