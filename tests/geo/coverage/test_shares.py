"""Shares, bounds and ratios: worked cases, and what must hold of any."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.coverage.shares import Share, hollow_rate, interval, paper, roll_up, share, tilt, units_of, wilson
from geo.coverage.situation import DEAD, UNKNOWN
from geo.coverage.stages import stages_of
from geo.measure import GreatCircle
from tests.geo.coverage.making import RULES, laid


def bools(*values):
    return np.array(values, dtype=bool)


def test_a_share_counts_villages_or_people_and_nothing_of_nothing_is_none():
    covered = bools(1, 1, 0, 0)
    assert share(covered) == Share(2, 4, 0.5)
    assert share(covered, among=bools(0, 1, 1, 1)) == Share(1, 3, pytest.approx(1 / 3))
    assert share(covered, weights=np.array([100.0, np.nan, 300.0, 0.0])) == Share(100.0, 400.0, 0.25)
    assert share(covered, among=bools(0, 0, 0, 0)) == Share(0, 0, None)
    assert share(covered, weights=np.full(4, np.nan)) == Share(0.0, 0.0, None)


def test_units_are_numbered_in_order_and_an_empty_code_is_none():
    units = units_of(["431124101", "430922100", "", "430922200"], digits=6)
    assert units.codes == ("430922", "431124")
    assert units.row.tolist() == [1, 0, -1, 0]
    assert units_of([]).codes == ()


def test_a_roll_up_leaves_out_what_belongs_to_no_unit():
    rolled = roll_up(bools(1, 0, 1, 1), units_of(["A", "A", "", "B"]))
    assert (rolled.covered.tolist(), rolled.of.tolist(), rolled.share.tolist()) == ([1, 1], [2, 1], [0.5, 1.0])
    empty = roll_up(bools(1, 0), units_of(["A", "B"]), among=bools(1, 0))
    assert empty.share.tolist() == [1.0, pytest.approx(np.nan, nan_ok=True)]


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(rows=st.lists(st.tuples(st.booleans(), st.booleans(), st.sampled_from("ABC"), st.floats(0, 9)), max_size=30))
def test_units_add_up_to_the_whole(rows):
    covered, among = (np.array([row[at] for row in rows], dtype=bool) for at in (0, 1))
    weights = np.array([row[3] for row in rows])
    units = units_of([row[2] for row in rows])
    for weighed in (None, weights):
        whole, parts = share(covered, among, weighed), roll_up(covered, units, among, weighed)
        assert parts.covered.sum() == pytest.approx(whole.covered)
        assert parts.of.sum() == pytest.approx(whole.of)


def test_hollow_is_what_was_built_and_serves_nobody():
    assert hollow_rate(bools(1, 0, 0, 0), bools(1, 1, 1, 1)) == 0.75
    assert hollow_rate(bools(0, 0), bools(0, 0)) is None


def test_tilt_above_one_favours_the_poor():
    assert tilt(bools(1, 1, 1, 0), bools(1, 1, 0, 0)) == 2.0
    assert tilt(bools(1, 1), bools(1, 1)) is None
    assert tilt(bools(1, 0), bools(1, 0)) is None
    assert tilt(bools(1, 0), bools(0, 0)) is None


def test_paper_and_interval_of_four_villages():
    four = laid(at=(0, 9, 18, 27), stations=(
        {"village": 0}, {"village": 1, "life": DEAD}, {"village": 2, "life": UNKNOWN},
    ))  # fmt: skip
    stages = stages_of(four, RULES, GreatCircle())
    written = paper(stages)
    assert (written.listed_share, written.live_share, written.paper_only) == (0.75, 0.25, 0.5)
    low, high = interval(stages)
    assert (low.share, high.share) == (0.25, 0.5)


def test_wilson_bounds_of_published_cases():
    # Newcombe 1998, table I: 81/263, 15/148, 0/20, 1/29.
    for k, n, low, high in ((81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611),
                            (1, 29, 0.0061, 0.1718)):  # fmt: skip
        assert wilson(k, n) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


def test_wilson_without_a_sample_knows_nothing_and_refuses_nonsense():
    assert wilson(0, 0) == (0.0, 1.0)
    with pytest.raises(ValueError, match="between"):
        wilson(3, 2)


@settings(max_examples=60, deadline=None, derandomize=True, database=None)
@given(n=st.integers(1, 500), part=st.floats(0, 1))
def test_wilson_bounds_solve_their_equation_and_hold_the_share(n, part):
    k = round(part * n)
    low, high = wilson(k, n)
    assert 0 <= low <= k / n <= high <= 1
    for bound in (low, high):
        # |p - bound| = z sqrt(bound (1 - bound) / n) is what the bounds are the roots of.
        assert (k / n - bound) ** 2 == pytest.approx(1.959963984540054**2 * bound * (1 - bound) / n, abs=1e-9)
