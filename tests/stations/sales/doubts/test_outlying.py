"""The modified Z, worked by hand, and the slips that have a name."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stations.sales.doubts.outlying import judge, slip_of

NAN = float("nan")
BANDS = {"unit_slip": 0.5, "x100": 0.25, "x10": 0.15}


def of_one(value: float, others: list[float]) -> tuple[float, int, float]:
    told = judge(np.array([value]), np.array([others]))
    return float(told.median[0]), int(told.n[0]), float(told.z[0])


def test_worked_by_hand() -> None:
    # ln 1001 6.908755 (twice), ln 901 6.803505, ln 1101 7.003974, ln 1201 7.090910, ln 1301 7.170888: median 6.956365;
    # deviations 0.047609, 0.047610, 0.047610, 0.134545, 0.152860, 0.214523: MAD 0.091078;
    # ln 12001 9.392745: 0.6745 x 2.436380 / 0.091078 = 18.043.
    median, n, z = of_one(12_000, [1000, 1200, 900, 1100, NAN, 1000, 1300])
    assert (median, n) == (1050.0, 6)
    assert z == pytest.approx(18.043, abs=0.002)


def test_more_than_half_alike_falls_back_on_the_mean_deviation() -> None:
    # ln 101 4.615121, ln 201 5.303305, ln 51 3.931826: MAD 0, mean deviation (0.688184 + 0.683295) / 6 = 0.228580;
    # ln 1001 6.908755: 2.293634 / (1.253314 x 0.228580) = 8.006.
    assert of_one(1000, [100, 100, 100, 100, 200, 50])[2] == pytest.approx(8.006, abs=0.002)


def test_all_alike_or_nothing_at_all_has_no_z() -> None:
    assert np.isnan(of_one(110, [100] * 6)[2])
    median, n, z = of_one(110, [NAN, NAN])
    assert n == 0
    assert np.isnan([median, z]).all()
    assert np.isnan(of_one(110, [])[2])


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(st.floats(0.01, 1e7), min_size=1, max_size=12), st.floats(0.01, 1e7), st.randoms(use_true_random=False))
def test_order_and_gaps_of_the_past_mean_nothing(past: list[float], value: float, chance: object) -> None:
    shuffled = [*past, NAN, NAN]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert np.array_equal(of_one(value, past), of_one(value, shuffled), equal_nan=True)
    z = of_one(value, past)[2]
    assert np.isnan(z) or (z > 0) == (np.log1p(value) > np.median(np.log1p(past)))


@pytest.mark.parametrize(
    ("value", "median", "is_money", "is_far", "slip"),
    [
        (1.2, 12_000, True, True, "unit_slip"), (120_000_000, 12_000, True, False, "unit_slip"),
        (40_000_000, 12_000, True, False, "unit_slip"), (3_000_000, 12_000, True, True, None),
        (350_000, 35, False, True, None), (3500, 35, False, True, "x100"), (350, 35, False, True, "x10"),
        (350, 35, False, False, None), (0.35, 35, False, True, "x100"), (50, 35, False, True, None),
        (1200, 12_000, True, True, "x10"), (1_200_000, 12_000, True, True, "x100"),
    ],
)  # fmt: skip
def test_slips_by_name(value: float, median: float, is_money: bool, is_far: bool, slip: str | None) -> None:
    assert slip_of(value, median, is_money=is_money, is_far=is_far, bands=BANDS) == slip
