"""The map's shell and the pages: our own files only, nothing compiled that a person wrote."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.web_map.hostile import HOSTILE
from web_map.outlines import edition, outlines
from web_map.page import map_pieces
from web_map.pages import PageFrame, json_block, render_page

ADDRESS = re.compile(r"""(?:https?:)?//[\w.-]+""")
FRAME = PageFrame(nonce="N0nce", lang="zh", words={})


def test_folium_asks_nobody_but_us() -> None:
    pieces = map_pieces("N0nce")
    whole = pieces.header + pieces.body + pieces.script
    assert ADDRESS.findall(whole) == []
    assert re.findall(r'(?:src|href)="([^"]+)"', whole) == [
        "/static/shelf/leaflet/leaflet.js", "/static/shelf/leaflet/leaflet.css",
    ]  # fmt: skip


def test_every_script_and_style_carries_the_nonce() -> None:
    pieces = map_pieces("N0nce")
    tags = re.findall(r"<(?:script|style|link)\b[^>]*>", pieces.header + pieces.body + pieces.script)
    assert len(tags) >= 5
    assert [tag for tag in tags if 'nonce="N0nce"' not in tag] == []


def test_the_same_page_is_the_same_bytes() -> None:
    assert map_pieces("N0nce") == map_pieces("N0nce")


def test_the_shell_lets_people_enlarge_the_page() -> None:
    assert "user-scalable" not in map_pieces("N0nce").header


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_can_end_a_block_of_json(text: str) -> None:
    block = str(json_block("words", {"name": text}))
    inside = block.removeprefix('<script type="application/json" id="words">').removesuffix("</script>")
    assert "<" not in inside
    assert json.loads(inside) == {"name": text}


@pytest.mark.parametrize("text", HOSTILE)
def test_words_in_a_template_are_text(text: str) -> None:
    frame = PageFrame("N0nce", "zh", dict.fromkeys(_words_of_templates(), (text, text)), doors=[("staff.nav.map", "/")])
    page = render_page("login.html", frame)
    assert "49" not in re.sub(r"\{\{7\*7\}\}", "", page)
    for tag in ("<img src=x", "<svg onload", "</script><script>"):
        assert tag not in page


def test_an_unknown_word_is_an_error_and_not_an_empty_place() -> None:
    with pytest.raises(KeyError):
        render_page("login.html", FRAME)


def test_outlines_are_of_the_counties_asked_for_and_none_without_a_file(tmp_path: Path) -> None:
    square = {"type": "Polygon", "coordinates": [[[111, 25], [112, 25], [112, 26], [111, 26], [111, 25]]]}
    features = [
        {"type": "Feature", "properties": {"gb": "156431125"}, "geometry": square},
        {"type": "Feature", "properties": {"adcode": 430922}, "geometry": square},
        {"type": "Feature", "properties": {"gb": "", "name": "境界线"}, "geometry": square},
    ]
    source = tmp_path / "counties.geojson"
    source.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    drawn = json.loads(outlines(source, ["431125", "999999"]))
    assert [feature["properties"] for feature in drawn["features"]] == [{"code": "431125"}]
    assert sorted(drawn["features"][0]["geometry"]["coordinates"][0])[0] == [111.0, 25.0]
    assert json.loads(outlines(None, ["431125"])) == {"type": "FeatureCollection", "features": []}
    assert edition(source) != edition(None)
    provinces = json.loads(outlines(source, [], as_provinces=True))["features"]
    # The dashes of the borders belong to every map of the nation.
    assert [one["properties"]["code"] for one in provinces] == ["43", ""]
    assert provinces[0]["geometry"]["type"] == "Polygon"


def _words_of_templates() -> list[str]:
    folder = Path(render_page.__code__.co_filename).parent / "templates"
    text = "".join(page.read_text(encoding="utf-8") for page in folder.glob("*.html"))
    return [*re.findall(r"""t\(["']([\w.]+)["']\)""", text), "staff.nav.map"]
