"""A phone that is a day slow for weeks is no backdating; a clock that was set back for a sitting is."""

from __future__ import annotations

import datetime as dt

import pytest

from inspections.plausibility.grounds.facts import Clock, Neighbour, VisitFacts
from inspections.plausibility.grounds.thresholds import POLICY
from inspections.plausibility.reasons import reasons_for
from tests.inspections.plausibility.facts_making import codes, figures, near, photo, visit
from tests.inspections.plausibility.telling import Story

FIRST = dt.datetime(2026, 11, 20, 3, 0, tzinfo=dt.UTC)


def made(day: int, hour: int = 0, *, slow: float, device: int | None = 1, wall: float | None = None) -> Clock:
    """Give the clock of a visit made on a day from the 20th: signed an hour before, received a quarter of one after.

    `slow` is by how many hours the claim is early, `wall` the phone's clock if that differs.
    """
    done = FIRST + dt.timedelta(days=day, hours=hour)
    claimed, shown = (done - dt.timedelta(hours=slow if off is None else off) for off in (None, wall))
    return Clock(claimed, done + dt.timedelta(minutes=15), shown, done - dt.timedelta(hours=1), None, device)


def other(name: str, told: Clock) -> Neighbour:
    return near(visit=name, clock=told, fix=None)


def facts(told: Clock, *others: Clock) -> VisitFacts:
    return visit(clock=told, photos=(), neighbours=tuple(other(f"n{at}", one) for at, one in enumerate(others)))


def test_a_day_slow_day_after_day() -> None:
    told = facts(made(1, slow=24), made(0, slow=24), made(2, slow=24.1))
    assert codes(told) == ["clock_wrong"]
    assert figures(told, "clock_wrong") == {
        "claimed_at": "2026-11-20T03:00:00+00:00", "not_before_at": "2026-11-21T02:00:00+00:00", "minutes": 1380,
        "days": 1,
    }  # fmt: skip
    (reason,) = reasons_for(told, POLICY)
    # Of the first day's visit it could not be known until now.
    assert (reason.weight, reason.partners) == (10, ("n0",))


@pytest.mark.parametrize(
    "others",
    [
        [],
        # The same sitting, and the same day.
        [made(1, 1, slow=24), made(1, 3, slow=24)],
        # By another amount.
        [made(0, slow=72), made(2, slow=72)],
        # Between the two the clock was right.
        [made(0, slow=24), made(0, 2, slow=0)],
        [made(0, slow=24, device=2)],
        [made(0, slow=24, device=None)],
        # What was claimed there is not what the phone's clock said.
        [made(0, slow=24, wall=0)],
    ],
    ids=["alone", "one sitting", "another amount", "right between", "another phone", "no phone", "by hand"],
)
def test_what_is_no_slow_clock(others: list[Clock]) -> None:
    assert codes(facts(made(1, slow=24), *others)) == ["backdated"]


def test_the_claim_must_be_what_the_phone_showed() -> None:
    assert codes(facts(made(1, slow=24, wall=0), made(0, slow=24))) == ["backdated"]
    assert codes(facts(made(1, slow=24, device=None), made(0, slow=24, device=None))) == ["backdated"]


def test_a_clock_put_right_later_was_slow_before() -> None:
    assert codes(facts(made(1, slow=24), made(0, slow=24), made(2, slow=0))) == ["clock_wrong"]


def test_its_seals_are_as_slow_and_others_are_not() -> None:
    def sealed(slow: float) -> VisitFacts:
        told = made(1, slow=24)
        seal = made(1, slow=slow)
        return visit(clock=told, photos=(photo(taken_at=None, seal_clock=seal),),
                     neighbours=(other("n0", made(0, slow=24)),))  # fmt: skip

    assert codes(sealed(24)) == ["clock_wrong"]
    assert codes(sealed(96)) == ["backdated", "clock_wrong"]


def test_the_first_visit_is_cleared_by_the_next_days(story: Story) -> None:
    made_so = []
    for _ in range(2):
        signed = story.signed(story.clock.at)
        made_so.append(story.visit(at=story.clock.at - dt.timedelta(days=1), signed_time=signed))
        story.work()
        story.clock.forward(days=1)
    assert [list(story.reasons(one)) for one in made_so] == [["clock_wrong"], ["clock_wrong"]]
