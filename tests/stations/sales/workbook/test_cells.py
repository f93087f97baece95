"""A cell is a figure, a yes or a text, or it is refused by name; nothing is guessed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from field_app_schema.money import yuan_of
from stations.sales.workbook.cells import CellWrong, figure_of, nil_of, note_of


@pytest.mark.parametrize(
    ("cell", "fen"),
    [
        ("", None), (None, None), ("  ", None), (0, 0), ("0", 0), (12000.0, 1_200_000), ("12000", 1_200_000),
        ("\uff11\uff12\uff10\uff10\uff10", 1_200_000), ("12,000.5", 1_200_050), ("12\uff0c000", 1_200_000),
        ("12000元", 1_200_000),
        ("12000.00", 1_200_000), ("0012", 1_200), (0.1 + 0.2, 30), (19.99, 1_999), ("12000.500", 1_200_050),
        (100_000_000, 10_000_000_000),
    ],
)  # fmt: skip
def test_money_in_yuan_becomes_fen(cell: Any, fen: int | None) -> None:
    assert figure_of(cell, is_money=True) == fen


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("-5", "NUMBER_NEGATIVE"), (-5, "NUMBER_NEGATIVE"), ("\u22125", "NUMBER_NEGATIVE"),
        ("\uff0d5", "NUMBER_NEGATIVE"),
        ("-0.01", "NUMBER_NEGATIVE"), ("1.2万", "UNIT_WAN"), ("3万元", "UNIT_WAN"), ("12.345", "NUMBER_DECIMALS"),
        (12.345, "NUMBER_DECIMALS"), ("=1+1", "NUMBER_WRONG"), ("+5", "NUMBER_WRONG"), ("-", "NUMBER_WRONG"),
        ("无", "NUMBER_WRONG"), ("1,2", "NUMBER_WRONG"), ("1e5", "NUMBER_WRONG"), ("约500", "NUMBER_WRONG"),
        ("五百", "NUMBER_WRONG"), ("٣", "NUMBER_WRONG"), (True, "NUMBER_WRONG"), (float("nan"), "NUMBER_WRONG"),
        (float("inf"), "NUMBER_WRONG"), (dt.date(2026, 10, 1), "NUMBER_WRONG"), ("100000000.01", "NUMBER_TOO_LARGE"),
        (1e12, "NUMBER_TOO_LARGE"), ("9" * 400, "NUMBER_TOO_LARGE"), ("--5", "NUMBER_WRONG"),
    ],
)  # fmt: skip
def test_what_is_no_amount(cell: Any, code: str) -> None:
    with pytest.raises(CellWrong) as caught:
        figure_of(cell, is_money=True)
    assert caught.value.code == code


def test_parcels_are_whole() -> None:
    assert [figure_of(cell, is_money=False) for cell in ("35", 35.0, "35件", "1,000", "35.0")] == [35, 35, 35, 1000, 35]
    for cell, code in (("3.5", "NUMBER_DECIMALS"), (3.5, "NUMBER_DECIMALS"), (1_000_001, "NUMBER_TOO_LARGE"),
                       ("1000001", "NUMBER_TOO_LARGE"), ("35元", "NUMBER_WRONG")):  # fmt: skip
        with pytest.raises(CellWrong) as caught:
            figure_of(cell, is_money=False)
        assert caught.value.code == code


@settings(derandomize=True, deadline=None)
@given(st.integers(0, 10_000_000_000))
def test_every_amount_is_read_back_as_it_was_written(fen: int) -> None:
    assert figure_of(yuan_of(fen), is_money=True) == fen
    assert figure_of(float(Decimal(fen) / 100), is_money=True) == fen


def test_nil_is_said_in_few_words() -> None:
    assert [nil_of(cell) for cell in ("是", "√", True, 1, "Yes", "", None, "否", 0)] == [True] * 5 + [False] * 4
    with pytest.raises(CellWrong):
        nil_of("也许")


@pytest.mark.parametrize("text", ["=1+1", "+86", "-", "@SUM(A1)", " =1", "\uff1dcmd|' /C calc'!A0", "\t=1"])
def test_a_text_that_could_run_is_refused(text: str) -> None:
    with pytest.raises(CellWrong) as caught:
        note_of(text)
    assert caught.value.code == "TEXT_COULD_RUN"


def test_other_texts_are_kept() -> None:
    assert [note_of(cell) for cell in ("停电三天", "", None, "a=b", "'x")] == ["停电三天", None, None, "a=b", "'x"]
    with pytest.raises(CellWrong):
        note_of("长" * 501)
