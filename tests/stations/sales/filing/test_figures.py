"""Money is whole fen inside and decimal strings outside; a filing is remembered by all it says."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from field_app_schema.money import MOST_YUAN, fen_of, yuan_of
from stations.sales.filing.figures import Figures, content_sha256
from tests.stations.sales.filing.building import told

CALM = settings(max_examples=200, deadline=None, derandomize=True, database=None)


@pytest.mark.parametrize(
    ("text", "fen"),
    [("0", 0), ("12000", 1_200_000), ("12000.5", 1_200_050), ("0.01", 1), ("007", 700), ("100000000", 10_000_000_000),
     ("100000000.01", None), ("", None), (".5", None), ("5.", None), ("-1", None), ("+1", None), ("1,000", None),
     ("1e3", None), ("1.005", None), ("１", None), ("1\n", None), (" 1", None), ("NaN", None)],
)  # fmt: skip
def test_money_is_read_exactly_or_not_at_all(text: str, fen: int | None) -> None:
    assert fen_of(text) == fen


@CALM
@given(st.integers(0, MOST_YUAN * 100))
def test_what_is_written_is_read_back(fen: int) -> None:
    assert fen_of(yuan_of(fen)) == fen


def test_goods_returned_can_be_written() -> None:
    assert [yuan_of(fen) for fen in (-1, -100, -12_345)] == ["-0.01", "-1.00", "-123.45"]


def test_figures_have_the_names_of_the_form() -> None:
    figures = Figures.named({"online_sales_out": 1_200_000, "parcels_in": 0})
    assert figures == Figures(online_sales_out_fen=1_200_000, parcels_in=0)
    assert figures.on_the_wire() == {"online_sales_out": "12000.00", "purchase_agency_amount": None,
                                     "upstream_sales": None, "parcels_in": 0, "parcels_out": None}  # fmt: skip
    assert (figures.is_blank, figures.has_activity) == (False, True)
    assert (Figures(parcels_out=0).is_blank, Figures(parcels_out=0).has_activity) == (False, False)
    assert Figures().is_blank


def test_two_filings_are_the_same_when_they_say_the_same() -> None:
    noon = dt.datetime(2026, 11, 2, 4, tzinfo=dt.UTC)
    first = told("a", note="节前", captured_at=noon)
    digest = content_sha256(1, 202610, first)
    elsewhere = noon.astimezone(dt.timezone(dt.timedelta(hours=8)))
    same = replace(first, captured_at=elsewhere, clock_offset_s=90, seen_version=4, client_uuid="b")
    assert content_sha256(1, 202610, same) == digest
    others = [
        content_sha256(2, 202610, first),
        content_sha256(1, 202609, first),
        content_sha256(1, 202610, replace(first, note=None)),
        content_sha256(1, 202610, replace(first, reason="漏记")),
        content_sha256(1, 202610, replace(first, is_nil=True)),
        content_sha256(1, 202610, replace(first, captured_at=None)),
        content_sha256(1, 202610, replace(first, figures=Figures(purchase_agency_fen=1_200_000))),
    ]
    assert len({digest, *others}) == 8
