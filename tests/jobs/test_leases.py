"""The lease table: claimed once, fenced, retried with growing pauses, buried, revived."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import true
from sqlalchemy.orm import Session

import jobs
from tests.conftest import NOON

KINDS = ("thumb",)
SECOND = dt.timedelta(seconds=1)


def test_the_most_urgent_job_is_claimed_first_and_only_once(session: Session) -> None:
    plain = jobs.ask(session, "thumb", {"n": 1}, now=NOON)
    urgent = jobs.ask(session, "thumb", {"n": 2}, now=NOON, priority=5)
    later = jobs.ask(session, "thumb", {"n": 3}, now=NOON, run_at=NOON + 60 * SECOND, priority=9)
    claimed = [jobs.claim(session, f"w{n}", KINDS, now=NOON) for n in range(3)]
    assert [held and held.id for held in claimed] == [urgent.id, plain.id, None]
    assert jobs.is_due(session, KINDS, now=NOON) is False
    assert jobs.is_due(session, KINDS, now=NOON + 60 * SECOND) is True
    assert later.id > urgent.id


def test_a_kind_the_worker_does_not_know_is_left_for_one_who_does(session: Session) -> None:
    jobs.ask(session, "sign_reading", {}, now=NOON)
    assert jobs.claim(session, "w", KINDS, now=NOON) is None


def test_an_open_unique_key_is_asked_once_and_free_again_after_the_end(session: Session) -> None:
    first = jobs.ask(session, "thumb", {"n": 1}, now=NOON, unique_key="thumb:a")
    assert jobs.ask(session, "thumb", {"n": 2}, now=NOON, unique_key="thumb:a") is first
    held = jobs.claim(session, "w", KINDS, now=NOON)
    assert held is not None
    assert jobs.ask(session, "thumb", {"n": 2}, now=NOON, unique_key="thumb:a").id == first.id
    assert jobs.finish(session, held, {"ok": 1}, now=NOON)
    assert jobs.ask(session, "thumb", {"n": 2}, now=NOON, unique_key="thumb:a").id != first.id


def test_a_lease_that_ran_out_is_taken_over_and_the_first_holder_can_do_nothing_more(session: Session) -> None:
    job = jobs.ask(session, "thumb", {}, now=NOON)
    first = jobs.claim(session, "w1", KINDS, now=NOON)
    assert first is not None
    assert jobs.claim(session, "w2", KINDS, now=NOON + 39 * SECOND) is None
    second = jobs.claim(session, "w2", KINDS, now=NOON + 40 * SECOND)
    assert second is not None
    assert (second.id, second.attempt) == (job.id, 2)
    assert not jobs.renew(session, first, now=NOON + 41 * SECOND)
    assert not jobs.report_progress(session, first, 1, 2)
    assert not jobs.finish(session, first, None, now=NOON + 41 * SECOND)
    assert not jobs.fail(session, first, "late", now=NOON + 41 * SECOND, seed=1)
    assert jobs.finish(session, second, None, now=NOON + 41 * SECOND)


def test_a_renewed_lease_is_not_taken_over(session: Session) -> None:
    jobs.ask(session, "thumb", {}, now=NOON)
    held = jobs.claim(session, "w1", KINDS, now=NOON)
    assert held is not None
    assert jobs.renew(session, held, now=NOON + 30 * SECOND)
    assert jobs.claim(session, "w2", KINDS, now=NOON + 69 * SECOND) is None
    assert jobs.claim(session, "w2", KINDS, now=NOON + 70 * SECOND) is not None


def test_failures_are_spread_and_grow_and_the_last_one_buries(session: Session) -> None:
    job = jobs.ask(session, "thumb", {}, now=NOON, max_attempts=2, unique_key="thumb:b")
    held = jobs.claim(session, "w", KINDS, now=NOON)
    assert held is not None
    assert jobs.fail(session, held, "disk", now=NOON, seed=7)
    session.refresh(job)
    assert (job.state, job.last_error, job.unique_key) == ("waiting", "disk", "thumb:b")
    assert NOON + 5 * SECOND <= job.run_at <= NOON + 10 * SECOND
    again = jobs.claim(session, "w", KINDS, now=NOON + 10 * SECOND)
    assert again is not None
    assert jobs.fail(session, again, "disk again", now=NOON + 11 * SECOND, seed=8)
    session.refresh(job)
    assert (job.state, job.last_error, job.unique_key) == ("dead", "disk again", None)
    assert jobs.count_by_state(session, true()) == {"waiting": 0, "running": 0, "done": 0, "dead": 1}


@pytest.mark.parametrize(("attempt", "low_s", "high_s"), [(1, 5, 10), (2, 10, 20), (3, 20, 40), (20, 1800, 3600)])
def test_pauses_double_up_to_an_hour(attempt: int, low_s: int, high_s: int) -> None:
    pauses = [jobs.pause_before_retry(attempt, seed).total_seconds() for seed in range(50)]
    assert low_s <= min(pauses) < max(pauses) <= high_s
    assert jobs.pause_before_retry(attempt, 3) == jobs.pause_before_retry(attempt, 3)


def test_a_job_that_takes_its_worker_down_every_time_is_buried(session: Session) -> None:
    job = jobs.ask(session, "thumb", {}, now=NOON, max_attempts=2)
    for round_ in range(2):
        assert jobs.claim(session, "w", KINDS, now=NOON + round_ * 40 * SECOND) is not None
    assert jobs.claim(session, "w", KINDS, now=NOON + 80 * SECOND) is None
    session.refresh(job)
    assert (job.state, job.last_error) == ("dead", "the worker vanished during the last permitted attempt")


def test_a_dead_job_is_revived_with_new_attempts_that_go_on_counting(session: Session) -> None:
    job = jobs.ask(session, "thumb", {}, now=NOON)
    held = jobs.claim(session, "w", KINDS, now=NOON)
    assert held is not None
    assert jobs.revive(session, job, now=NOON) is False
    jobs.bury(session, held, "hopeless", now=NOON)
    assert jobs.revive(session, job, now=NOON) is True
    assert (job.state, job.attempt, job.max_attempts, job.last_error) == ("waiting", 1, 6, "hopeless")
    again = jobs.claim(session, "w", KINDS, now=NOON)
    assert again is not None
    assert again.attempt == 2
