"""A map's page names every module it loads and carries every word they can say, and not all the others."""

from __future__ import annotations

import re

import pytest

from field_app_schema.words import collect_words
from web_map.modules import modules_of, words_said
from web_map.page import built_themes
from web_map.pages import STATIC

WORDS = collect_words()
PAGES = [("map/map.js", f"map/themes/{theme}.js") for theme in built_themes()] + [("map/compare.js",)]


@pytest.mark.parametrize("roots", PAGES, ids=lambda roots: roots[-1])
def test_every_word_that_is_said_is_carried(roots: tuple[str, ...]) -> None:
    modules = modules_of(*roots)
    said = words_said(modules, WORDS)
    for address in modules:
        text = (STATIC / address.removeprefix("/static/")).read_text(encoding="utf-8")
        assert {key for key in re.findall(r"\bt\('([\w.]+)'", text) if key in WORDS} <= said, address
        for name in re.findall(r"\bword\('(\w+)'", text):
            listed = {key for key in WORDS if key.startswith(f"{name}.") and key.count(".") == 1}
            assert listed, name
            assert listed <= said, address
    assert {"staff.no_answer", "role.county", "map.approval", "vitality.unknown"} <= said
    assert len(said) < len(WORDS) / 3


def test_modules_are_found_by_their_imports_nearest_first() -> None:
    found = modules_of("map/map.js", "map/themes/vitality.js")
    assert found[:2] == ["/static/map/map.js", "/static/map/themes/vitality.js"]
    assert {"/static/api.js", "/static/map/layer.js", "/static/map/shell/stage.js"} <= set(found)
    assert len(found) == len(set(found))
