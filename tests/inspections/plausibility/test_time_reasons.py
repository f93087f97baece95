"""Times that cannot be, and days filled in at one sitting; phones that are only slow, or long without signal, are not
meant.
"""

from __future__ import annotations

import datetime as dt

import pytest

from inspections.plausibility.grounds.facts import Clock, Neighbour
from inspections.plausibility.grounds.thresholds import POLICY
from inspections.plausibility.reasons import times_of
from tests.inspections.plausibility.facts_making import NOON, A, ago, clock, codes, figures, near, photo, visit


@pytest.mark.parametrize(
    ("claimed", "said"),
    [
        (ago(minutes=70), []),
        (ago(minutes=71), ["clock_wrong"]),
        (ago(hours=11), ["clock_wrong"]),
        # Half a day earlier is yesterday in China.
        (ago(hours=13), ["backdated"]),
        (ago(days=30), ["backdated"]),
        (NOON + dt.timedelta(minutes=15), []),
        (NOON + dt.timedelta(minutes=16), ["ahead_of_receipt"]),
    ],
)
def test_a_claim_is_laid_beside_what_is_proved(claimed: dt.datetime, said: list[str]) -> None:
    # Signed an hour before noon, received five minutes after it.
    assert codes(visit(clock=clock(claimed), photos=())) == said


def test_its_figures() -> None:
    assert figures(visit(clock=clock(ago(days=9, hours=2)), photos=()), "backdated") == {
        "claimed_at": "2026-11-11T02:00:00+00:00", "not_before_at": "2026-11-20T03:00:00+00:00",
        "minutes": 9 * 1440 + 60, "days": 9,
    }  # fmt: skip


def test_a_phone_that_proved_nothing_is_not_doubted_for_it() -> None:
    assert codes(visit(clock=clock(ago(days=30), signed_at=None), photos=())) == []


def test_the_wall_is_looked_at_where_the_claim_agrees() -> None:
    assert codes(visit(clock=clock(wall=ago(days=400)))) == ["backdated"]


def test_a_seal_tells_of_its_photo_alone() -> None:
    sealed = Clock(ago(days=3), NOON, signed_at=ago(hours=2))
    told = visit(photos=(photo(taken_at=None, seal_clock=sealed),))
    assert codes(told) == ["backdated"]
    assert figures(told, "backdated")["days"] == 3


@pytest.mark.parametrize(
    ("taken", "said"),
    [
        (ago(hours=11), []),
        (ago(hours=13), ["photo_before_day"]),
        (ago(days=300), ["photo_before_day"]),
        (NOON + dt.timedelta(hours=24), []),
        (NOON + dt.timedelta(hours=25), ["photo_time_away"]),
    ],
)
@pytest.mark.parametrize("source", ["exif_at", "taken_at"])
def test_a_photo_is_of_the_visits_day(taken: dt.datetime, said: list[str], source: str) -> None:
    told = photo(**({"taken_at": None} | {source: taken}))
    assert codes(visit(photos=(told,))) == said


def test_two_ends_of_one_night_are_one() -> None:
    midnight = dt.datetime(2026, 11, 20, 0, 2, tzinfo=dt.timezone(dt.timedelta(hours=8)))
    told = clock(midnight, signed_at=None)
    taken = photo(taken_at=midnight - dt.timedelta(minutes=8))
    assert codes(visit(clock=told, photos=(taken,))) == []


def test_a_photo_that_came_along_from_a_returned_visit_is_of_another_day() -> None:
    assert codes(visit(photos=(photo(taken_at=ago(days=5), is_carried=True),))) == []


EVENING = dt.datetime(2026, 11, 30, 12, 0, tzinfo=dt.UTC)


def filled(day: int, minute: int, *, signed: dt.datetime = EVENING) -> Neighbour:
    """Give a visit claimed for a day of November, truly made on the evening of the 30th."""
    claimed = dt.datetime(2026, 11, day, 2, 0, tzinfo=dt.UTC)
    done = EVENING + dt.timedelta(minutes=minute)
    told = Clock(claimed, done + dt.timedelta(minutes=2), claimed, signed, None)
    return near(visit=f"day{day}", clock=told, fix=None)


def test_a_month_filled_in_on_its_last_evening() -> None:
    told = visit(clock=filled(3, 10).clock, photos=(), neighbours=(filled(10, 20), filled(17, 30), filled(24, 40)))
    assert codes(told) == ["filled_together", "backdated"]
    assert figures(told, "filled_together") == {
        "visits": 4, "days": 4, "first": "2026-11-03", "last": "2026-11-24",
        "not_before_at": "2026-11-30T12:00:00+00:00", "not_after_at": "2026-11-30T12:42:00+00:00", "hours": 0.7,
    }  # fmt: skip


def test_two_are_not_a_month_and_two_days_are_not_three() -> None:
    assert codes(visit(clock=filled(3, 10).clock, photos=(), neighbours=(filled(10, 20),))) == ["backdated"]
    same_day = (filled(10, 20), near(visit="again", clock=filled(10, 25).clock, fix=None))
    assert codes(visit(clock=filled(3, 10).clock, photos=(), neighbours=same_day)) == ["backdated"]


def test_who_really_worked_on_the_30th_is_not_meant() -> None:
    honest = Clock(EVENING, EVENING + dt.timedelta(minutes=1), EVENING, EVENING, None)
    others = (filled(3, 10), filled(10, 20), filled(17, 30))
    assert codes(visit(clock=honest, photos=(), neighbours=others)) == []


def test_days_without_signal_arrive_together_and_prove_nothing() -> None:
    signed = dt.datetime(2026, 11, 1, 0, 0, tzinfo=dt.UTC)
    others = tuple(filled(day, day, signed=signed) for day in (10, 17, 24))
    assert codes(visit(clock=filled(3, 10, signed=signed).clock, photos=(), neighbours=others)) == []


def test_a_calendar_that_is_wrong_all_along_is_no_sitting() -> None:
    """Ten days behind, day after day: each visit is claimed too early, but they were made as far apart as claimed."""
    days = []
    for day in range(4):
        done = dt.datetime(2026, 11, 20 + day, 3, 0, tzinfo=dt.UTC)
        told = Clock(done - dt.timedelta(days=10), done + dt.timedelta(hours=1), None, done - dt.timedelta(hours=1))
        days.append(near(visit=f"d{day}", clock=told, fix=None))
    assert codes(visit(clock=days[0].clock, photos=(), neighbours=tuple(days[1:]))) == ["backdated"]


def test_a_late_sending_does_not_hide_a_sitting() -> None:
    """Claimed over three weeks, made after the 29th, sent on the 5th: six days at most for three weeks."""
    sent = dt.datetime(2026, 12, 5, 4, 0, tzinfo=dt.UTC)
    signed = dt.datetime(2026, 11, 29, 4, 0, tzinfo=dt.UTC)
    told = [Clock(dt.datetime(2026, 11, day, tzinfo=dt.UTC), sent, None, signed) for day in (2, 9, 16, 23)]
    others = tuple(near(visit=f"n{place}", clock=one, fix=None) for place, one in enumerate(told[1:]))
    assert "filled_together" in codes(visit(clock=told[0], photos=(), neighbours=others))


def test_each_photo_has_its_own_line_of_times() -> None:
    known = visit(photos=(photo(known_by=NOON + dt.timedelta(minutes=2)),))
    assert times_of(known, POLICY) == [
        {"photo": None, "not_before": "2026-11-20T03:00:00+00:00", "not_after": "2026-11-20T04:05:00+00:00"},
        {"photo": A, "not_before": None, "not_after": "2026-11-20T04:02:00+00:00"},
    ]
