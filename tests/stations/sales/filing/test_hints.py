"""A slip of unit or key is asked about at once; life is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stations.sales.filing.figures import Figures
from stations.sales.filing.hints import hints

CALM = settings(max_examples=200, deadline=None, derandomize=True, database=None)
# 9,000 to 13,000 元 and 20 to 40 parcels.
BEFORE = [
    Figures(online_sales_out_fen=fen, parcels_in=parcels)
    for fen, parcels in ((900_000, 20), (1_100_000, 30), (1_300_000, 40))
]
FEN = st.integers(1, 10_000_000_000)


def told(earlier: list[Figures], **figures: int) -> list[tuple[str, str, bool, int]]:
    return [(hint.field, hint.code, hint.is_too_large, hint.perhaps) for hint in hints(Figures(**figures), earlier)]


@pytest.mark.parametrize(
    ("fen", "found"),
    [
        (1_200_000, []),
        # Three times the best month and a third of the worst are life.
        (3_900_000, []),
        (300_000, []),
        (12_000_000_000, [("unit_slip", True, 1_200_000)]),
        (120, [("unit_slip", False, 1_200_000)]),
        (120_000_000, [("x100", True, 1_200_000)]),
        (12_000, [("x100", False, 1_200_000)]),
        (12_000_000, [("x10", True, 1_200_000)]),
        (120_000, [("x10", False, 1_200_000)]),
        # A thousand times is no slip that is known.
        (1_200_000_000, []),
        (0, []),
    ],
)
def test_a_slip_is_named_by_its_factor(fen: int, found: list[tuple[str, bool, int]]) -> None:
    assert told(BEFORE, online_sales_out_fen=fen) == [("online_sales_out", *one) for one in found]


def test_parcels_have_no_wan_yuan() -> None:
    assert told(BEFORE, parcels_in=300_000) == []
    assert told(BEFORE, parcels_in=3_000) == [("parcels_in", "x100", True, 30)]


def test_the_unit_is_tried_first() -> None:
    # From 10 to 100,000 元 in the months before: this figure fits divided by ten, a hundred and ten thousand alike.
    wide = [Figures(online_sales_out_fen=fen) for fen in (1_000, 100_000, 10_000_000)]
    assert told(wide, online_sales_out_fen=100_000_000) == [("online_sales_out", "unit_slip", True, 10_000)]


def test_two_months_say_nothing_and_zeros_are_no_months() -> None:
    assert told(BEFORE[:2], online_sales_out_fen=120) == []
    assert told([*BEFORE[:2], Figures(online_sales_out_fen=0), Figures()], online_sales_out_fen=120) == []


def test_money_is_told_as_decimal_strings_and_pieces_as_pieces() -> None:
    found = hints(Figures(online_sales_out_fen=120, parcels_in=3_000), BEFORE)
    assert [hint.on_the_wire() for hint in found] == [
        {"field": "online_sales_out", "code": "unit_slip", "factor": 10000, "direction": "too_small",
         "usual": "11000.00", "perhaps": "12000.00"},
        {"field": "parcels_in", "code": "x100", "factor": 100, "direction": "too_large", "usual": "30",
         "perhaps": "30"},
    ]  # fmt: skip


@CALM
@given(st.lists(FEN, min_size=3, max_size=12), FEN)
def test_no_figure_within_the_range_of_the_months_before_is_asked_about(before: list[int], fen: int) -> None:
    earlier = [Figures(online_sales_out_fen=one) for one in before]
    found = hints(Figures(online_sales_out_fen=fen), earlier)
    assert hints(Figures(online_sales_out_fen=fen), earlier[::-1]) == found
    if min(before) <= fen <= max(before):
        assert found == []
    for hint in found:
        assert hint.is_too_large == (fen > max(before))


@CALM
@given(st.lists(st.integers(1_000_000, 2_000_000), min_size=3, max_size=12), st.sampled_from([10, 100, 10_000]))
def test_a_steady_station_that_slips_is_always_asked(before: list[int], factor: int) -> None:
    earlier = [Figures(online_sales_out_fen=one) for one in before]
    (found,) = hints(Figures(online_sales_out_fen=before[0] * factor), earlier)
    assert (found.factor, found.is_too_large, found.perhaps) == (factor, True, before[0])
