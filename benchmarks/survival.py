"""Survival of a province, 15,000 stations: headline, groups and curves; Turnbull alone; another day; a year's history.

The limit of issue 3 is one second for headline and curves of today, on both databases.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable

import numpy as np
from sqlalchemy.orm import Session

from benchmarks.months_seed import NOW, XIANG, seeded
from db import make_engine
from stations.survival.asking import SurvivalQuestion, survival_of
from stations.survival.fetching import fetch_lives
from stations.survival.figures.curves import times_of
from stations.survival.figures.lives import built_by, span_of
from stations.survival.figures.turnbull import estimate
from stations.survival.history import vitality_history
from stations.survival.quarters.differences import differences
from stations.survival.quarters.freezing import take_snapshot

ROUNDS = 3
TODAY = dt.date(2026, 11, 20)


def main() -> None:
    invented()
    for backend in ("sqlite", "postgis"):
        engine = make_engine(seeded(backend, "province"))
        with Session(engine) as session:
            measure(backend, session)
        engine.dispose()


def invented() -> None:
    """Time Turnbull's estimate where hardly two stations agree: a death by some 300 days, visits on any day."""
    dice = np.random.default_rng(1)
    for many in (500, 2_000, 15_000):
        life, age = dice.exponential(300, many), dice.integers(1, 3000, many)
        visits = np.sort(dice.integers(1, age[:, None] + 1, (many, 6)), axis=1)
        lo = np.where(visits < life[:, None], visits, 0).max(axis=1).astype(float)
        hi = np.where(visits >= life[:, None], visits, np.inf).min(axis=1)
        low = np.where(hi <= lo, hi - 1, lo)
        found = estimate(low, hi)
        took = best(lambda low=low, hi=hi: estimate(low, hi))
        tell(f"Turnbull, {many:,} invented", took, f"{found.start.size} intervals, {found.rounds} rounds")


def measure(backend: str, session: Session) -> None:
    asked = SurvivalQuestion(ou="43")
    tell(f"{backend}: survival of today", best(lambda: survival_of(session, XIANG, asked, now=NOW)), "limit 1 s")
    lives = fetch_lives(session, XIANG, XIANG.unit_path, now=NOW)
    times = times_of([span_of(life, TODAY) for life in built_by(lives, TODAY)])
    tell(f"{backend}: of which Turnbull", best(lambda: estimate(times.lo, times.dead)), f"{len(lives):,} stations")
    other = SurvivalQuestion(ou="43", as_of=dt.date(2026, 6, 30))
    tell(f"{backend}: survival of another day", once(lambda: survival_of(session, XIANG, other, now=NOW)))
    for known in ("now", "then"):
        year = once(lambda known=known: vitality_history(
            session, XIANG, ou="43", pe="LAST_12_MONTHS", known=known, now=NOW))  # fmt: skip
        tell(f"{backend}: vitality of 12 months, {known}", year)
    begun = time.perf_counter()
    taken = take_snapshot(session, XIANG, ou="43", quarter="2026Q3", now=NOW)
    tell(f"{backend}: a quarter frozen", time.perf_counter() - begun)
    tell(f"{backend}: its differences", once(lambda: differences(session, XIANG, taken["id"], now=NOW)))
    session.rollback()


def once(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def best(work: Callable[[], object]) -> float:
    return min(once(work) for _ in range(ROUNDS))


def tell(what: str, took: float, also: str = "") -> None:
    print(f"{what:40} {took:7.2f} s   {also}", flush=True)


if __name__ == "__main__":
    main()
