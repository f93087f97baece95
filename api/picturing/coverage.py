"""Draw a theme of coverage: every point by its class, as the map's page tells it."""

from __future__ import annotations

from typing import Any

import numpy as np

from api.boundary import caller, now, session
from api.charting import WORDS, say
from api.picturing.ground import Picture, counties_of, ground, is_township, name_of, notes_around
from api.picturing.headlines import headline_words
from field_app_schema.vocab_network import MapTheme
from stations.coverage.asking import CoverageQuestion
from stations.coverage.layers.asking import ToldLayer, told_layer
from stations.policy.definitions import find_definition
from web_map.charts.plot import percent
from web_map.pictures.scene import Entry, Layer, Strokes
from web_map.pictures.theme_looks import LOOKS, NAMED, PAIR_LINE


def coverage_picture(theme: MapTheme, question: CoverageQuestion, lang: str) -> Picture:
    """Draw a theme of coverage for a unit; refuses as `situation_of` does."""
    told = told_layer(session(), caller(), theme, question, now=now())
    layer = told.layer
    layers = [
        Layer(LOOKS[theme][name], points.lon[points.klass == number], points.lat[points.klass == number])
        for points in layer.points
        for number, name in enumerate(layer.classes)
        if (points.klass == number).any()
    ]
    lines = [np.array([[a, b], [c, d]]) for a, b, c, d in layer.lines]
    areas = ground(counties_of(question.ou))
    what = {MapTheme.ALIGNMENT: "both", MapTheme.SITING: "sites"}.get(theme, "villages")
    many = sum(layer.counts.values())
    notes = notes_around(
        say(f"picture.title.{theme}", lang, unit=name_of(question.ou)), what, many, told.frame["as_of"],
        _lines(told, lang), lang, unplaced=layer.unplaced, has_ground=bool(areas),
    )  # fmt: skip
    legend = [Entry(say("picture.legend", lang), say(f"picture.what.{what}", lang))]
    looks = LOOKS[theme]
    legend += [Entry(class_words(theme, name, lang), f"{layer.counts[name]:,}", look) for name, look in looks.items()]
    legend.append(Entry(say("picture.all", lang), f"{many:,}"))
    strokes = [Strokes(PAIR_LINE, lines)] if lines else []
    return Picture(areas, layers, legend, notes, strokes, is_close=is_township(question.ou))


def class_words(theme: MapTheme, name: str, lang: str) -> str:
    """Give the words of a class of the legend, the same as on the page."""
    return say(f"class.{NAMED.get((theme.value, name), name)}", lang)


def _lines(told: ToldLayer, lang: str) -> list[str]:
    definition = find_definition(session(), told.definition).definition
    unknown: Any = told.frame["unknown_share"]
    how: Any = told.frame.get("distance")
    said = [headline_words(told.layer.theme, told.headline, lang)]
    said.append(say("picture.definition", lang, text=definition.zh if lang == "zh" else definition.en))
    if unknown is not None:
        said.append(say("picture.unknown", lang, unknown=percent(unknown)))
    if f"distance.{how}" in WORDS:
        said.append(say("picture.distance", lang, how=say(f"distance.{how}", lang)))
    return said
