"""No judgement is lost: of two at once the one that knew more stays, and a visit that nobody judged is found again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session, sessionmaker

import jobs
from api.job_loop import Worker
from api.worker import functions_of
from inspections.plausibility.judging import judge_visit
from inspections.plausibility.reading import judgement_of
from inspections.plausibility.tables import VisitJudgement
from stations.policy.tables import PolicyRule
from tests.inspections.plausibility.telling import Story, jpeg, scene


class Meanwhile:
    """The database of a slow worker: whatever `happens` does is done between its reading and its writing."""

    def __init__(self, sessions: sessionmaker[Session], happens: Callable[[], None]) -> None:
        self.sessions = sessions
        self.happens = happens

    def __call__(self) -> Session:
        return self.sessions()

    def begin(self) -> Any:
        self.happens()
        return self.sessions.begin()


def judge(story: Story, visit_id: str, sessions: Any = None) -> dict[str, Any]:
    story.clock.forward(seconds=1)
    return judge_visit(sessions or story.sessions, {"inspection_id": visit_id}, now=story.clock.at)


def weigh(story: Story, place_away: int) -> None:
    with story.sessions.begin() as session:
        session.merge(PolicyRule(code="plausibility", kind="plausibility", batch_years=[], source_doc="湘", quote="定",
                                 parameters={"weights": {"place_away": place_away}}))  # fmt: skip


def weight_of(story: Story, visit_id: str) -> int | None:
    with story.sessions() as session:
        found = judgement_of(session, visit_id)
        return None if found is None else found.weight


@pytest.mark.parametrize("is_judged_before", [True, False], ids=["judged before", "judged by nobody before"])
def test_the_slower_of_two_does_not_bring_back_what_was(story: Story, is_judged_before: bool) -> None:
    visit_id = story.visit(fix={"lon": 111.36})
    if is_judged_before:
        judge(story, visit_id)
        assert weight_of(story, visit_id) == 30
    left = [7]

    def another_learns_and_judges() -> None:
        for place_away in left:
            left.clear()
            weigh(story, place_away)
            judge(story, visit_id)
            assert weight_of(story, visit_id) == 7

    answer = judge(story, visit_id, Meanwhile(story.sessions, another_learns_and_judges))
    assert answer == {"judged": True, "reasons": 1, "asked_again": 0}
    assert weight_of(story, visit_id) == 7


def test_who_is_overtaken_each_time_tries_again_later(story: Story) -> None:
    visit_id = story.visit(fix={"lon": 111.36})
    overtaken: list[int] = []

    def another_judges() -> None:
        overtaken.append(1)
        judge(story, visit_id)

    with pytest.raises(RuntimeError, match="judged by others 5 times"):
        judge(story, visit_id, Meanwhile(story.sessions, another_judges))
    assert len(overtaken) == 5


def catch_up(story: Story) -> dict[str, Any] | None:
    with story.sessions.begin() as session:
        asked = jobs.ask(session, "derivative_catch_up", {}, now=story.clock.at)
        session.flush()
        asked_id = asked.id
    functions = {"derivative_catch_up": functions_of(story.app)["derivative_catch_up"]}
    Worker(story.sessions, functions, story.clock, daily=()).serve(threads=1, until_empty=True)
    with story.sessions() as session:
        return session.scalars(select(jobs.Job.result).where(jobs.Job.id == asked_id)).one()


def test_visits_that_nobody_judged_are_asked_for_daily(story: Story) -> None:
    call = story.visit(method="phone_callback")
    story.record(jpeg(scene(1)))  # its photo is awaited
    judged = story.visit(fix={"lon": 111.36})
    judge(story, judged)
    with story.sessions.begin() as session:
        # As an older version left it, or after a burial.
        session.execute(delete(jobs.Job))
    story.clock.forward(minutes=59)
    assert catch_up(story) == {"photos": 0, "visits": 0, "judgements": 0}
    story.clock.forward(minutes=2)
    assert catch_up(story) == {"photos": 0, "visits": 0, "judgements": 1}
    with story.sessions() as session:
        asked = session.scalars(select(jobs.Job).where(jobs.Job.kind == "visit_judgement")).one()
        assert (asked.payload, asked.priority) == ({"inspection_id": call}, -1)
    assert story.reasons(call) == {}
    assert catch_up(story) == {"photos": 0, "visits": 0, "judgements": 0}
    with story.sessions() as session:
        assert set(session.scalars(select(VisitJudgement.inspection_id))) == {call, judged}
