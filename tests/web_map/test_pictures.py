"""Static pictures: what is drawn is what was given, the rarer on top, in three forms that say the same."""

from __future__ import annotations

import datetime as dt
import io
import re
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from geo.distance import haversine_m
from tests.web_map.hostile import HOSTILE
from web_map.charts.drawing import width_of
from web_map.pictures.drawing import draw_map
from web_map.pictures.ground import NOTHING, SHADES, areas_of, shade_of
from web_map.pictures.layout import HEIGHT, WIDTH, radius_for, rarest_last, wrapped
from web_map.pictures.projection import Frame, fitted, round_length
from web_map.pictures.scene import Area, Entry, Layer, Look, Notes
from web_map.pictures.symbols import look_of
from web_map.pictures.theme_looks import LOOKS, NAMED

AT = dt.datetime(2026, 11, 20, 4, tzinfo=dt.UTC)
STATIC = Path(__file__).resolve().parents[2] / "web_map/static/map"
SQUARE = Area("431125", [np.array([[111.0, 25.0], [111.5, 25.0], [111.5, 25.5], [111.0, 25.5], [111.0, 25.0]])])
NOTES = Notes(
    "江永县站点状态图", "截至 2026-11-20", ["存活占比 62.5%;不明或存疑 12.5%。"], "内部工作用图", "没有可画的内容",
    "另有 {n} 个点在图外",
)  # fmt: skip
SIMPLE = settings(max_examples=50, deadline=None, derandomize=True)


def layer(state: str, *places: tuple[float, float]) -> Layer:
    return Layer(look_of(state), *np.array(places, dtype=float).reshape(-1, 2).T)


def png(*layers: Layer, areas: tuple[Area, ...] = (SQUARE,), notes: Notes = NOTES) -> Image.Image:
    content = draw_map(areas, layers, [Entry("在营", "1", look_of("alive"))], notes, form="png", at=AT)
    return Image.open(io.BytesIO(content))


def colours(picture: Image.Image, box: tuple[int, int, int, int]) -> set[str]:
    found = picture.crop(box).getcolors(1_000_000)
    assert found is not None
    return {"#" + "".join(f"{part:02x}" for part in colour) for _, colour in found}


def test_looks_are_those_of_the_page() -> None:
    text = (STATIC / "shapes.js").read_text()
    told = dict(re.findall(r"(\w+): '(#[0-9a-f]{6})'", text))
    shapes = dict(re.findall(r"(\w+): '(\w+)'", text.split("const SHAPES")[1].split("}")[0]))
    hollow = re.findall(r"'(\w+)'", text.split("const HOLLOW")[1].split("]")[0])
    for state, colour in told.items():
        assert look_of(state) == Look(shapes[state], colour, state in hollow)
    assert look_of("dead", delisted=True).colour in text
    row = re.compile(r"\['(\w+)', \{ shape: '(\w+)', colour: '(#\w+)'(, hollow: true)? \}(?:, '(\w+)')?\]")
    for theme, looks in LOOKS.items():
        rows = row.findall((STATIC / f"themes/{theme}.js").read_text())
        assert [(name, Look(shape, colour, bool(ring))) for name, shape, colour, ring, _ in rows] == list(looks.items())
        assert {(theme, name): word for name, *_, word in rows if word} == {
            key: word for key, word in NAMED.items() if key[0] == theme
        }  # fmt: skip


def test_the_many_do_not_hide_the_few() -> None:
    here = (111.25, 25.25)
    common, rare = layer("alive", *[here] * 10), layer("dead", here)
    for layers in ((common, rare), (rare, common)):
        assert rarest_last(layers) == [common, rare]
        assert look_of("dead").colour in colours(png(*layers), (0, 110, 1200, 1000))


def test_the_cone_keeps_areas_and_the_scale_is_true() -> None:
    frame = Frame(100, 200, 800, 600)
    lon, lat = np.array([108.0, 114.5, 114.5, 108.0]), np.array([24.5, 24.5, 30.2, 30.2])
    laid = fitted([(lon, lat)], frame)
    assert laid is not None
    x, y = laid(lon, lat)
    assert 99.9 <= x.min() <= x.max() <= 900.1
    assert 199.9 <= y.min() <= y.max() <= 800.1
    # A degree by a degree, south and north: their sizes stand as on the sphere.
    sizes = []
    for south in (24.5, 29.0):
        east, north = laid(*(np.array(side) for side in ([110.0, 111.0, 110.0], [south, south, south + 1.0])))
        wide, high = np.hypot(*(axis[1] - axis[0] for axis in (east, north))), np.hypot(
            *(axis[2] - axis[0] for axis in (east, north)))  # fmt: skip
        sizes.append(wide * high)
    on_sphere = (np.sin(np.radians(25.5)) - np.sin(np.radians(24.5))) / (
        np.sin(np.radians(30.0)) - np.sin(np.radians(29.0))
    )  # fmt: skip
    assert sizes[0] / sizes[1] == pytest.approx(on_sphere, rel=2e-3)
    east, north = laid(np.array([111.0, 111.0]), np.array([27.0, 27.9]))
    paper_m = float(np.hypot(*np.diff([east, north], axis=1)[:, 0])) * laid.metres_per_px
    assert paper_m == pytest.approx(float(haversine_m(111.0, 27.0, 111.0, 27.9)), rel=0.01)
    assert [round_length(metres) for metres in (1.0, 1_999.0, 2_000.0, 87_000.0)] == [1.0, 1_000.0, 2_000.0, 50_000.0]


def test_what_is_not_drawn_is_said() -> None:
    nowhere, far = layer("alive", (np.nan, np.nan)), layer("alive", (0.0, 0.0), (111.25, 25.25))
    svg = draw_map([SQUARE], [nowhere, far], [], NOTES, form="svg", at=AT).decode()
    assert "另有 1 个点在图外" in svg
    assert svg.count("<use ") == 1
    assert "没有可画的内容" in draw_map([], [], [], NOTES, form="svg", at=AT).decode()
    # Without outlines the points themselves are the map; one alone has a hundredth of a degree around it.
    alone = draw_map([], [layer("alive", (111.25, 25.25))], [], NOTES, form="svg", at=AT).decode()
    assert alone.count("<use ") == 1
    assert "200 m" in alone


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
def test_the_same_map_is_the_same_file(form: str) -> None:
    made = [draw_map([SQUARE], [layer("dead", (111.2, 25.2))], [], NOTES, form=form, at=AT) for _ in range(2)]
    assert made[0] == made[1]


def test_the_three_forms_say_the_same() -> None:
    legend = [Entry("图例", "站点"), Entry("在营", "1,234", look_of("alive")), Entry("0% 至 20%", "7", shade=SHADES[0])]
    layers = [layer("alive", (111.2, 25.2), (111.3, 25.3))]
    svg = ElementTree.fromstring(draw_map([SQUARE], layers, legend, NOTES, form="svg", at=AT))  # noqa: S314
    said = [text.text for text in svg.iter("{http://www.w3.org/2000/svg}text")]
    for words in ("江永县站点状态图", "截至 2026-11-20", "图例", "1,234", "7", "10 km", "内部工作用图"):
        assert words in said
    pdf = pypdfium2.PdfDocument(draw_map([SQUARE], layers, legend, NOTES, form="pdf", at=AT))
    assert len(pdf) == 1
    assert pdf[0].get_width() > pdf[0].get_height()
    text = pdf[0].get_textpage().get_text_range()
    assert all(words in text for words in ("江永县站点状态图", "1,234", "内部工作用图"))
    pdf.close()
    picture = png(*layers)
    assert picture.size == (WIDTH, HEIGHT)
    # The title is written: where it stands there is ink.
    assert "#1d2724" in colours(picture, (36, 30, 400, 80))


def test_texts_are_never_markup() -> None:
    for name in HOSTILE:
        notes = Notes(name, name, [name], name, name)
        content = draw_map([SQUARE], [], [Entry(name, name)], notes, form="svg", at=AT)
        svg = ElementTree.fromstring(content)  # noqa: S314
        assert {element.tag.rpartition("}")[2] for element in svg.iter()} <= {
            "svg", "title", "desc", "rect", "clipPath", "g", "path", "text"
        }  # fmt: skip
        assert name in "".join(svg.itertext())
        draw_map([SQUARE], [], [Entry(name, name)], notes, form="pdf", at=AT)


def test_shares_fall_into_fifths() -> None:
    shares = (None, 0.0, 0.199, 0.2, 0.5, 0.8, 1.0)
    assert [shade_of(share) for share in shares] == [NOTHING, *(SHADES[number] for number in (0, 0, 1, 2, 4, 4))]
    assert [radius_for(many) for many in (0, 300, 301, 15_000)] == [8.0, 8.0, 6.5, 2.8]
    assert areas_of(None, ["431125"]) == []


@SIMPLE
@given(st.text(alphabet="站点 abcDEF,。1-", max_size=120))
def test_wrapping_loses_nothing_and_keeps_to_the_width(text: str) -> None:
    lines = wrapped(text, 15, 200)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width_of(line, 15) <= 200 or len(line.split()) == 1 for line in lines)
