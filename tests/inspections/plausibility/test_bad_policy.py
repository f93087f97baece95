"""A policy row that says nonsense breaks no judgement: value by value the proposed one holds, and the log says so."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy.orm import Session, sessionmaker

from inspections.plausibility.grounds.thresholds import POLICY
from inspections.plausibility.plausibility_policy import plausibility_policy
from stations.policy.tables import PolicyRule
from tests.inspections.plausibility.telling import Story

WILD: list[Any] = [None, "text", [1], {}, True, -1, 1e300]


def put(sessions: sessionmaker[Session], code: str, parameters: Any) -> None:
    with sessions.begin() as session:
        session.merge(PolicyRule(code=code, kind=code, parameters=parameters, batch_years=[], source_doc="湘",
                                 quote="省里定的"))  # fmt: skip


@pytest.mark.parametrize("place", range(len(WILD)))
def test_a_wild_value_leaves_its_neighbours_alone(
    sessions: sessionmaker[Session], caplog: pytest.LogCaptureFixture, place: int
) -> None:
    wild = WILD[place]
    put(sessions, "plausibility", {"fix_vague_m": wild, "exif_away_m": 700, "like_most_bits": wild,
                                   "weights": {"too_fast": wild, "no_fix": 6}})  # fmt: skip
    put(sessions, "visit_limits", {"on_site_radius_m": wild, "oldest_days": 40})
    with sessions() as session:
        told = plausibility_policy(session)
    assert (told.fix_vague_m, told.like_most_bits, told.on_site_radius_m) == (500.0, 60, 100.0)
    assert (told.exif_away_m, told.weights["too_fast"], told.weights["no_fix"]) == (700.0, 40, 6)
    warned = [one.getMessage() for one in caplog.records if one.name == "cunzhan.visits"]
    assert [line.split(" is ")[0] for line in warned] == [
        "policy plausibility: like_most_bits", "policy plausibility: fix_vague_m",
        "policy plausibility: on_site_radius_m", "policy plausibility: too_fast",
    ]  # fmt: skip


@pytest.mark.parametrize("parameters", [[], "x", {"weights": None}, {"like_of_bits": 0, "weights": [1]}],
                         ids=["a list", "a word", "no weights", "a list of weights"])  # fmt: skip
def test_a_wild_row_is_as_none(sessions: sessionmaker[Session], parameters: Any) -> None:
    put(sessions, "plausibility", parameters)
    with sessions() as session:
        assert plausibility_policy(session) == POLICY


def test_a_visit_is_judged_all_the_same(story: Story) -> None:
    visit_id = story.visit(fix={"lon": 111.36})
    put(story.sessions, "plausibility", {"travel_slack_minutes": 1e300, "fix_old_minutes": None, "weights": "x"})
    assert list(story.reasons(visit_id)) == ["place_away"]
