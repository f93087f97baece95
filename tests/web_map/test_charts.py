"""Charts as files: right places, gaps stay gaps, texture beside colour, text stays text, words for the ear."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from web_map.charts.bars import draw_vitality
from web_map.charts.drawing import Drawing, clean, rows_of, width_of
from web_map.charts.lines import Line, draw_rates
from web_map.charts.plot import NARROW, WIDE, Words, month_name, percent
from web_map.charts.rows import Ground, Mark, Row, Surface, draw_rows
from web_map.charts.steps import CurveNames, Curves, draw_survival, stairs
from web_map.charts.texture import COLOURS, STATES, TEXTURES, surface_of
from web_map.pages import STATIC

SVG = "{http://www.w3.org/2000/svg}"
MONTHS = [202511, 202512, 202601]
WORDS = Words("江永县报送率", "三个月,最低 50%", "zh", "没有应报的月份")
NAMES = {state: f"状态{number}" for number, state in enumerate(STATES)}
CURVES = Curves([(0, 1.0), (12.5, 0.5)], [(0, 1.0), (20, 0.75)], [(0, 1.0, 1.0), (12.5, 0.5, 0.8)])
CURVE_NAMES = CurveNames("最早", "最晚", "估计", "月数")

SERVICE = Surface("service", "#0b5d4b")
SHARES = [
    Row("建成过站点", 0.9, "9 / 10 · 90%", Surface("built", "#55625e", "stripes"), second=0.75, second_said="3 / 4"),
    Row("有所要求的服务" * 4, 0.3, "3 / 10 · 30%", SERVICE, upto=0.5, second=0.0, second_said="0"),
    Row("没有可算的", None, "—", SERVICE),
]
MARKS = [Mark(0.0, "从零起的一条很长的说明文字"), Mark(1.0, "要求 100%")]
GROUND = Ground(marks=MARKS, legend=["全部", "贫困", "最多"])


def read(content: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(content)  # noqa: S314  # written a line above


def texts(content: bytes) -> list[str]:
    return [one.text or "" for one in read(content).iter(f"{SVG}text")]


def every_chart(words: Words, width: int) -> list[bytes]:
    return [
        draw_rates(MONTHS, [Line("报送率", [0.5, None, 1.0]), Line("按时", [0.5, None, 0.9])], words, width=width),
        draw_survival(CURVES, CURVE_NAMES, words, width=width),
        draw_vitality(MONTHS, [{"alive": 3, "unknown": 2}] * 3, NAMES, words, width=width),
        draw_rows(SHARES, words, GROUND, width=width),
    ]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_chart_says_what_it_shows_and_holds_no_style_or_script(width: int) -> None:
    for content in every_chart(WORDS, width):
        root = read(content)
        assert (root.get("role"), root.get("aria-labelledby")) == ("img", "title description")
        assert (root.findtext(f"{SVG}title"), root.findtext(f"{SVG}desc")) == ("江永县报送率", "三个月,最低 50%")
        assert root.get("viewBox", "").startswith(f"0 0 {width} ")
        assert {one.tag.removeprefix(SVG) for one in root.iter()} <= {
            "svg", "title", "desc", "rect", "line", "path", "text", "circle", "pattern",
        }  # fmt: skip
        assert not [name for one in root.iter() for name in one.keys() if name in ("style", "href", "onload")]  # noqa: SIM118
        sizes = [float(one.get("font-size", "0")) for one in root.iter(f"{SVG}text")]
        assert min(sizes) >= 11


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_nothing_is_written_past_the_edge(width: int) -> None:
    long = Words("湘西土家族苗族自治州永顺县各乡镇电商服务站点按月报送情况" * 3, "长", "zh", "没有")
    for content in every_chart(long, width):
        for one in read(content).iter(f"{SVG}text"):
            x, wide = float(one.get("x", "0")), width_of(one.text or "", float(one.get("font-size", "0")))
            left = {"end": x - wide, "middle": x - wide / 2}.get(one.get("text-anchor", ""), x)
            assert left >= -1, one.text
            assert left + wide <= width + 1, one.text


def test_what_a_person_typed_stays_text() -> None:
    hostile = Words("<script>alert(1)</script>&\x00\x0b\ufffe", '"><b>', "zh", "没有")
    for content in every_chart(hostile, WIDE):
        root = read(content)
        assert root.findtext(f"{SVG}title") == "<script>alert(1)</script>&"
        assert root.find(f".//{SVG}script") is None
        assert b"<script" not in content


def test_a_month_without_a_rate_breaks_the_line() -> None:
    whole = read(draw_rates(MONTHS, [Line("报送率", [0.5, 0.75, 1.0])], WORDS))
    broken = read(draw_rates(MONTHS, [Line("报送率", [0.5, None, 1.0])], WORDS))
    assert len([one for one in whole.iter(f"{SVG}path") if one.get("stroke-width") == "2.5"]) == 1
    assert not [one for one in broken.iter(f"{SVG}path") if one.get("stroke-width") == "2.5"]
    # One mark in the legend, one for each month that has a rate.
    assert len(list(broken.iter(f"{SVG}circle"))) == 3


def test_heights_follow_the_shares() -> None:
    root = read(draw_rates(MONTHS, [Line("报送率", [0.0, 0.5, 1.0])], WORDS))
    low, middle, high = (float(one.get("cy", "0")) for one in list(root.iter(f"{SVG}circle"))[1:])
    levels = [float(one.get("y1", "0")) for one in root.iter(f"{SVG}line") if one.get("x1") == "46"]
    assert (low, high) == (max(levels), min(levels))
    assert middle == pytest.approx((low + high) / 2, abs=0.1)


def test_no_month_owed_is_said_and_not_drawn_as_nought() -> None:
    assert "没有应报的月份" in texts(draw_rates(MONTHS, [Line("报送率", [None, None, None])], WORDS))
    assert "没有应报的月份" in texts(draw_rates([], [Line("报送率", [])], WORDS))
    assert "没有应报的月份" in texts(draw_survival(Curves([], [], []), CURVE_NAMES, WORDS))
    assert "没有应报的月份" in texts(draw_vitality([], [], NAMES, WORDS))
    assert "没有应报的月份" in texts(draw_rows([], WORDS, GROUND))


def test_a_step_curve_is_level_until_it_falls() -> None:
    assert stairs([(0, 1.0), (12.5, 0.5)], 20) == [(0, 1.0), (12.5, 1.0), (12.5, 0.5), (20, 0.5)]
    assert stairs([], 20) == []
    dashes = {one.get("stroke-dasharray") for one in read(draw_survival(CURVES, CURVE_NAMES, WORDS)).iter(f"{SVG}path")}
    # Solid, dashed and dotted: told apart on paper without colour.
    assert dashes == {None, "7 4", "2 3"}


def test_unknown_is_always_in_the_legend_and_each_state_has_its_own_texture() -> None:
    assert "状态5 0" in texts(draw_vitality(MONTHS, [{"alive": 3}] * 3, NAMES, WORDS))
    all_of_them = read(draw_vitality([202511], [dict.fromkeys(STATES, 1)], NAMES, WORDS))
    fills = [one.get("fill") for one in all_of_them.iter(f"{SVG}rect") if one.get("stroke") in COLOURS.values()]
    assert len(fills) == 14
    assert len(set(fills)) == len(STATES) == len(set(TEXTURES.values()))


def test_a_bar_is_as_high_as_its_stations() -> None:
    root = read(draw_vitality([202511], [{"alive": 30, "unknown": 10}], NAMES, WORDS))
    bars = [one for one in root.iter(f"{SVG}rect") if one.get("stroke") in COLOURS.values()][2:]
    alive, unknown = (float(one.get("height", "0")) for one in bars)
    assert alive == pytest.approx(3 * unknown, abs=0.2)
    assert "40" in texts(draw_vitality([202511], [{"alive": 30, "unknown": 10}], NAMES, WORDS))


def test_a_lying_bar_is_as_long_as_its_share_and_its_bounds_as_far_as_they_reach() -> None:
    drawn = read(draw_rows(SHARES, WORDS, Ground(has_scale=False)))
    bars = [one for one in drawn.iter(f"{SVG}rect") if one.get("stroke")]
    first, thin, upto, second, nothing = (float(one.get("width", "0")) for one in bars)
    assert first == pytest.approx(3 * second, abs=0.3)
    assert thin == pytest.approx(first * 0.75 / 0.9, abs=0.3)
    assert second + upto == pytest.approx(first * 0.5 / 0.9, abs=0.3)
    # A share of nothing has no bar; one of none has a hairline.
    assert nothing == 1


def test_the_charts_have_the_maps_colours() -> None:
    map_shapes = (Path(STATIC) / "map/shapes.js").read_text(encoding="utf-8")
    of_map = dict(re.findall(r"(\w+): '(#[0-9a-f]{6})'", map_shapes))
    assert of_map == COLOURS
    assert re.search(r"STATES = \[([^\]]+)\]", map_shapes)[1].replace("'", "").split(", ") == list(STATES)  # type: ignore[index]


def test_small_pieces() -> None:
    assert (percent(1.0), percent(0.625), percent(0.3333), percent(0.0625)) == ("100%", "62.5%", "33.3%", "6.3%")
    assert (month_name(202606, "zh"), month_name(202606, "en")) == ("2026年6月", "Jun 2026")
    assert (clean("a\x00b\tc"), rows_of([50, 60, 10], 100), width_of("县a", 50)) == ("ab\tc", [0, 1, 1], 78)
    drawing = Drawing(10, 10, title="t", description="d", lang="en")
    assert (surface_of(drawing, "alive"), surface_of(drawing, "weak")) == ("#009e73", "url(#state-weak)")
