"""Greedy and exact siting against trying every choice; bounds that hold; worked cases."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.measure import GreatCircle
from geo.siting.covers import cover_of, covered_by, weights_of
from geo.siting.exact import best_sites
from geo.siting.greedy import next_sites
from geo.siting.reducing import reduced
from tests.geo.siting.making import best_by_trying, cover, problems, value
from tests.geo.small_situation import places

NONE = np.zeros(4, dtype=bool)


def _plain_greedy(made, weights, already, k):
    rows = []
    for _ in range(k):
        gains = [value(made, weights, already, [*rows, row]) for row in range(made.sites)]
        best = int(np.argmax(gains))
        if gains[best] <= value(made, weights, already, rows):
            break
        rows.append(best)
    return rows


@settings(max_examples=80, deadline=None, derandomize=True)
@given(problem=problems(), k=st.integers(1, 4))
def test_lazy_greedy_is_plain_greedy_and_no_choice_passes_its_bound(problem, k):
    made, weights, already = problem
    found = next_sites(made, weights, already, k, exchanges=0)
    assert found.rows.tolist() == _plain_greedy(made, weights, already, k)
    best = best_by_trying(made, weights, already, k)
    assert found.value == value(made, weights, already, found.rows)
    assert found.bound >= best - 1e-9
    assert found.value >= (1 - 1 / np.e) * best - 1e-9
    better = next_sites(made, weights, already, k)
    assert best + 1e-9 >= better.value >= found.value
    assert len(better.rows) <= k


@settings(max_examples=40, deadline=None, derandomize=True)
@given(problem=problems(), k=st.integers(1, 4))
def test_exact_is_the_best_of_all_choices_and_says_so(problem, k):
    made, weights, already = problem
    found = best_sites(made, weights, already, k)
    assert found.value == pytest.approx(best_by_trying(made, weights, already, k))
    assert (found.bound, found.gap, found.is_proven) == (pytest.approx(found.value), pytest.approx(0), True)
    assert (np.diff(found.gains) <= 1e-9).all()
    assert len(found.rows) <= k


@settings(max_examples=60, deadline=None, derandomize=True)
@given(problem=problems(), k=st.integers(1, 3))
def test_the_reduced_problem_has_the_same_best_value(problem, k):
    made, weights, already = problem
    less = reduced(made, weights, already)
    small = cover([less.matrix.indices[a:b] for a, b in zip(less.matrix.indptr, less.matrix.indptr[1:], strict=False)],
                  max(less.matrix.shape[1], 1))  # fmt: skip
    told = best_by_trying(small, [*less.weights, 0.0], [False] * (len(less.weights) + 1), k) if small.sites else 0.0
    assert told == pytest.approx(best_by_trying(made, weights, already, k))


def test_what_each_site_adds_is_counted_once():
    made = cover([[0, 1, 2], [2, 3], [0, 1]], 4)
    found = next_sites(made, np.array([1.0, 1, 1, 5]), NONE, 3)
    assert found.rows.tolist() == [1, 0]
    assert found.gains.tolist() == [6, 2]
    assert [villages.tolist() for villages in found.villages] == [[2, 3], [0, 1]]
    # Nothing is left to gain: two sites are the whole answer, and proven.
    assert (found.value, found.bound, found.gap, found.is_proven) == (8, 8, 0, True)


def test_existing_stations_stand_and_only_what_is_new_counts():
    made = cover([[0, 1, 2], [2, 3]], 4)
    found = next_sites(made, np.ones(4), covered_by(made, [0]), 1)
    assert (found.rows.tolist(), found.gains.tolist()) == ([1], [1])
    assert next_sites(made, np.ones(4), np.ones(4, bool), 2).rows.tolist() == []


def test_exact_beats_greedy_where_greed_is_wrong():
    # The middle site looks best and leaves two ends that no single site holds.
    made = cover([[1, 2, 3, 4], [0, 1, 2], [3, 4, 5]], 6)
    none = np.zeros(6, bool)
    greedy = next_sites(made, np.ones(6), none, 2, exchanges=0)
    assert (greedy.rows.tolist(), greedy.value, greedy.method, greedy.is_proven) == ([0, 1], 5, "greedy", False)
    assert next_sites(made, np.ones(6), none, 2).rows.tolist() == [1, 2]
    exact = best_sites(made, np.ones(6), none, 2)
    assert (exact.rows.tolist(), exact.value, exact.method, exact.is_proven) == ([1, 2], 6, "exact", True)


def test_a_time_that_is_too_short_gives_an_answer_with_its_gap():
    rng = np.random.default_rng(3)
    lon, lat = places(rng.uniform(0, 40_000, (400, 2)))
    made = cover_of(GreatCircle(), lon, lat, lon, lat, 3000)
    weights, none = rng.lognormal(7, 0.6, 400), np.zeros(400, bool)
    hurried = best_sites(made, weights, none, 40, time_limit_s=1e-6)
    assert hurried.bound >= hurried.value > 0
    assert hurried.gap == pytest.approx((hurried.bound - hurried.value) / hurried.bound)
    proven = best_sites(made, weights, none, 40)
    assert proven.is_proven
    assert hurried.value <= proven.value + 1e-6 <= hurried.bound + 2e-6
    # The same question has the same answer.
    again = next_sites(made, weights, none, 40)
    assert again.rows.tolist() == next_sites(made, weights, none, 40).rows.tolist()
    assert again.value >= 0.98 * proven.value


def test_a_cover_is_who_lies_within_the_radius_itself():
    lon, lat = places([(0, 0), (0, 3000), (0, 3001), None])
    made = cover_of(GreatCircle(), lon, lat, lon, lat, 3000)
    assert made.matrix.toarray().astype(int).tolist() == [[1, 1, 0, 0], [1, 1, 1, 0], [0, 1, 1, 0], [0, 0, 0, 0]]
    assert (made.unit, made.reached().tolist()) == ("m", [True, True, True, False])


def test_poor_villages_weigh_more_and_unknown_people_are_like_the_others():
    is_poor = np.array([True, False, True])
    assert weights_of(is_poor, 2.0).tolist() == [2, 1, 2]
    assert weights_of(is_poor, 2.0, np.array([100.0, 300.0, np.nan])).tolist() == [200, 300, 400]
    assert weights_of(is_poor, 2.0, np.full(3, np.nan)).tolist() == [2, 1, 2]
    with pytest.raises(ValueError, match="negative"):
        weights_of(is_poor, -1.0)


def test_nothing_to_choose_is_an_answer():
    made = cover([], 2)
    for answer in (
        next_sites(made, np.ones(2), np.zeros(2, bool), 3),
        best_sites(made, np.ones(2), np.zeros(2, bool), 3),
    ):
        assert (answer.rows.tolist(), answer.value, answer.bound, answer.gap) == ([], 0, 0, 0)
