"""Turnbull's estimate: published examples as printed, and what must hold of any data."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stations.survival.figures.curves import kaplan_meier
from stations.survival.figures.turnbull import TOLERANCE, estimate, innermost, survival_at

INF = math.inf
# Months to breast retraction: Finkelstein and Wolfe (1985), Biometrics 41, 731-740, table 4; here in the order of the
# data set `bcos` of the R package interval. 46 treated with radiation only, 48 with radiation and chemotherapy.
RADIATION = [
    (45, INF), (6, 10), (0, 7), (46, INF), (46, INF), (7, 16), (17, INF), (7, 14), (37, 44), (0, 8), (4, 11), (15, INF),
    (11, 15), (22, INF), (46, INF), (46, INF), (25, 37), (46, INF), (26, 40), (46, INF), (27, 34), (36, 44), (46, INF),
    (36, 48), (37, INF), (40, INF), (17, 25), (46, INF), (11, 18), (38, INF), (5, 12), (37, INF), (0, 5), (18, INF),
    (24, INF), (36, INF), (5, 11), (19, 35), (17, 25), (24, INF), (32, INF), (33, INF), (19, 26), (37, INF), (34, INF),
    (36, INF),
]  # fmt: skip
WITH_CHEMOTHERAPY = [
    (8, 12), (0, 22), (24, 31), (17, 27), (17, 23), (24, 30), (16, 24), (13, INF), (11, 13), (16, 20), (18, 25),
    (17, 26), (32, INF), (23, INF), (44, 48), (14, 17), (0, 5), (5, 8), (12, 20), (11, INF), (33, 40), (31, INF),
    (13, 39), (19, 32), (34, INF), (13, INF), (16, 24), (35, INF), (15, 22), (11, 17), (22, 32), (10, 35), (30, 34),
    (13, INF), (10, 17), (8, 21), (4, 9), (11, INF), (14, 19), (4, 8), (34, INF), (30, 36), (18, 24), (16, 60),
    (35, 39), (21, INF), (11, 20), (48, INF),
]  # fmt: skip
# Printed by Fay and Shaw (2010), Journal of Statistical Software 36(2), section 4.1.
MASSES_RADIATION = {
    (4, 5): 0.0463, (6, 7): 0.0334, (7, 8): 0.0887, (11, 12): 0.0708, (24, 25): 0.0926, (33, 34): 0.0818,
    (38, 40): 0.1209, (46, 48): 0.4656,
}  # fmt: skip
MASSES_WITH_CHEMOTHERAPY = {
    (4, 5): 0.0433, (5, 8): 0.0433, (11, 12): 0.0692, (16, 17): 0.1454, (18, 19): 0.1411, (19, 20): 0.1157,
    (24, 25): 0.0999, (30, 31): 0.0709, (35, 36): 0.1608, (44, 48): 0.0552, (48, 60): 0.0552,
}  # fmt: skip


@pytest.mark.parametrize(
    ("data", "many", "masses"),
    [(RADIATION, 46, MASSES_RADIATION), (WITH_CHEMOTHERAPY, 48, MASSES_WITH_CHEMOTHERAPY)],
)
def test_breast_cosmesis_as_published(
    data: list[tuple[float, float]], many: int, masses: dict[tuple[float, float], float]
) -> None:
    assert len(data) == many
    found = estimate(*zip(*data, strict=True), tolerance=1e-12)
    held = {
        (start, end): round(mass, 4)
        for start, end, mass in zip(found.start, found.end, found.mass.tolist(), strict=True)
        if mass > 5e-5
    }
    assert held == pytest.approx(masses, abs=1e-9)
    assert found.gap < 1e-9


def test_breast_cosmesis_as_shares_still_well() -> None:
    """Fay and Shaw say S(4) = 1 and S(5) = 0.9537; the others are what the printed masses leave."""
    low, high = survival_at(estimate(*zip(*RADIATION, strict=True)), [4, 5, 7, 8, 12, 25, 34, 40, 48])
    assert low.round(4).tolist()[:2] == [1.0, 0.9537]
    assert low.tolist() == pytest.approx([1, 0.9537, 0.9203, 0.8316, 0.7608, 0.6682, 0.5864, 0.4655, 0], abs=2e-4)
    assert low.tolist() == high.tolist()


def test_the_shipped_tolerance_is_right_to_six_places() -> None:
    exact, quick = (estimate(*zip(*WITH_CHEMOTHERAPY, strict=True), tolerance=t) for t in (1e-13, TOLERANCE))
    months = np.arange(61)
    assert np.abs(survival_at(exact, months)[0] - survival_at(quick, months)[0]).max() < 1e-6


# lifelines 0.30.3, KaplanMeierFitter().fit_interval_censoring(lo + 1e-6, hi, tol=1e-9), its lower estimate; it reads
# [lo, hi] as closed, hence the shift. It pins pandas < 3 and so was run in an environment of its own, once.
PAIRS = [((7 * i) % 23, (7 * i) % 23 + 1 + (5 * i) % 11) if i % 3 else ((11 * i) % 29, INF) for i in range(60)]
LIFELINES = {
    2: 1.0, 4: 0.936074, 5: 0.876096, 8: 0.847779, 9: 0.768432, 10: 0.709336, 12: 0.628289, 15: 0.628289,
    16: 0.538901, 17: 0.459340, 18: 0.394177, 20: 0.394177, 22: 0.295632, 24: 0.141046, 25: 0.130074, 31: 0.0,
}  # fmt: skip


def test_another_program_finds_the_same() -> None:
    low, _ = survival_at(estimate(*zip(*PAIRS, strict=True), tolerance=1e-9), list(LIFELINES))
    assert low.tolist() == pytest.approx(list(LIFELINES.values()), abs=1e-4)


def test_inside_an_interval_both_ends_are_told() -> None:
    found = estimate([0, 4], [2, INF])
    low, high = survival_at(found, [0, 1, 2, 4, 5])
    assert low.tolist() == [1.0, 0.5, 0.5, 0.5, 0.0]
    assert high.tolist() == [1.0, 1.0, 0.5, 0.5, 0.5]


def test_neighbours_do_not_overlap() -> None:
    start, end = innermost(np.array([1.0, 2.0, 1.0]), np.array([2.0, 3.0, 3.0]))
    assert (start.tolist(), end.tolist()) == ([1.0, 2.0], [2.0, 3.0])


def test_an_empty_interval_is_refused_and_no_data_give_no_mass() -> None:
    with pytest.raises(ValueError, match="lo < hi"):
        estimate([3], [3])
    with pytest.raises(ValueError, match="above 0"):
        estimate([3], [4], [0])
    assert estimate([], []).mass.tolist() == []


span = st.tuples(st.integers(0, 30), st.integers(1, 12) | st.just(INF)).map(lambda pair: (pair[0], pair[0] + pair[1]))
spans = st.lists(span, min_size=1, max_size=30)
DAYS = np.arange(45)


@settings(derandomize=True, deadline=None)
@given(spans)
def test_shares_fall_from_one_and_stay_shares(given_spans: list[tuple[float, float]]) -> None:
    found = estimate(*zip(*given_spans, strict=True))
    low, high = survival_at(found, DAYS)
    for curve in (low, high):
        assert curve.min() >= 0
        assert curve.max() <= 1
        assert (np.diff(curve) <= 0).all()
    assert (low <= high).all()
    assert found.mass.sum() == pytest.approx(1)
    assert found.gap <= TOLERANCE


@settings(derandomize=True, deadline=None)
@given(spans, st.randoms(use_true_random=False))
def test_the_order_of_the_stations_does_not_matter(
    given_spans: list[tuple[float, float]], dice: np.random.Generator
) -> None:
    shuffled = list(given_spans)
    dice.shuffle(shuffled)  # type: ignore[arg-type]
    one, other = (estimate(*zip(*some, strict=True)) for some in (given_spans, shuffled))
    assert one.mass == pytest.approx(other.mass, abs=1e-9)


@settings(derandomize=True, deadline=None)
@given(st.lists(st.tuples(span, st.integers(1, 4)), min_size=1, max_size=15))
def test_a_weight_is_so_many_stations_alike(weighted: list[tuple[tuple[float, float], int]]) -> None:
    lo, hi = zip(*(pair for pair, _ in weighted), strict=True)
    many = [pair for pair, times in weighted for _ in range(times)]
    one, other = estimate(lo, hi, [times for _, times in weighted]), estimate(*zip(*many, strict=True))
    assert one.mass == pytest.approx(other.mass, abs=1e-9)


@settings(derandomize=True, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 25), st.booleans()), min_size=1, max_size=30))
def test_days_known_exactly_give_kaplan_meier(told: list[tuple[int, bool]]) -> None:
    day = np.array([day for day, _ in told], dtype=float)
    died = np.array([dead for _, dead in told])
    found = estimate(np.where(died, day - 1, day), np.where(died, day, INF), tolerance=1e-9)
    # Past the last death of all, where somebody is still alive, the estimate says nothing: its mass lies at infinity.
    low, high = survival_at(found, DAYS)
    curve = kaplan_meier(day, died).at(DAYS)
    assert high == pytest.approx(curve, abs=1e-4)
    before = day.max() if not died[day == day.max()].all() else DAYS.max()
    assert low[before >= DAYS] == pytest.approx(curve[before >= DAYS], abs=1e-4)
