"""A line says a month or it says nothing: what is understood, and what is never guessed."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from field_app_schema.money import yuan_of
from field_app_schema.refusals import Refusal
from stations.sales.filing.figures import Figures
from stations.sales.lines.reading import ReadLine, read_line


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("202006 销12000 件35", ReadLine("", 202006, Figures(1_200_000, parcels_in=35), False, None)),
        ("202006 零", ReadLine("", 202006, Figures(), True, None)),
        ("２０２００６　零报告。", ReadLine("", 202006, Figures(), True, None)),
        ("202006销12000件35", ReadLine("", 202006, Figures(1_200_000, parcels_in=35), False, None)),
        ("JY001 2020年6月 销售额:1.2万元,农产品 300.5元;收35件 发4", ReadLine(
            "JY001", 202006, Figures(1_200_000, None, 30_050, 35, 4), False, None)),
        ("13800001234 2020-06 代购500", ReadLine("13800001234", 202006, Figures(None, 50_000), False, None)),
        ("202006 销12 更正 漏记一单", ReadLine("", 202006, Figures(1_200), False, "漏记一单")),
        ("202006 零 更正", ReadLine("", 202006, Figures(), True, "短信更正")),
        # Amounts that look like months, and a name that ends like a figure's word.
        ("202006 销2020.01 收202001", ReadLine("", 202006, Figures(202_001, parcels_in=202_001), False, None)),
        ("江永供销 202006 销:202007", ReadLine("江永供销", 202006, Figures(20_200_700), False, None)),
        ("202006 收0", ReadLine("", 202006, Figures(parcels_in=0), False, None)),
    ],
)  # fmt: skip
def test_a_line_is_read(text: str, read: ReadLine) -> None:
    assert read_line(text) == read


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("销12000 件35", "PERIOD_UNKNOWN"),
        ("202013 销1", "PERIOD_UNKNOWN"),
        ("202006 202007 销1", "PERIOD_UNKNOWN"),
        ("202006 销1 202007", "PERIOD_UNKNOWN"),
        ("销202001 202006", "PERIOD_UNKNOWN"),
        ("202006", "LINE_UNREAD"),
        ("202006 12000", "LINE_UNREAD"),
        ("202006 销12000 谢谢", "LINE_UNREAD"),
        ("202006 销1万2", "LINE_UNREAD"),
        ("202006 销12,000", "LINE_UNREAD"),
        ("202006 销12 卖13", "LINE_UNREAD"),
        ("202006 销12件", "LINE_UNREAD"),
        ("202006 收35元", "LINE_UNREAD"),
        ("202006 收3.5", "LINE_UNREAD"),
        ("202006 销0.001", "LINE_UNREAD"),
        ("202006 销-5", "LINE_UNREAD"),
        ("202006 销999999999999", "LINE_UNREAD"),
        ("202006 零 销5", "LINE_UNREAD"),
        ("202006 销" + "1" * 300, "LINE_UNREAD"),
    ],
)
def test_a_line_that_cannot_be_read_whole_is_refused(text: str, code: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_line(text)
    assert caught.value.code == code


@given(st.integers(0, 10**10), st.integers(0, 10**6), st.integers(0, 10**6))
def test_whatever_is_written_is_read_back(fen: int, parcels_in: int, parcels_out: int) -> None:
    read = read_line(f"202006 销{yuan_of(fen)} 收{parcels_in} 发{parcels_out}")
    assert read.figures == Figures(fen, parcels_in=parcels_in, parcels_out=parcels_out)


@given(st.text(max_size=60))
def test_nothing_but_a_refusal_comes_of_any_text(text: str) -> None:
    with suppress(Refusal):
        read = read_line(text)
        assert read.is_nil == read.figures.is_blank
