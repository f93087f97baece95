"""The station map as pieces for our own template: Folium builds the shell, our layer takes its data by URL."""

from __future__ import annotations

import re
from dataclasses import dataclass

from branca.element import Figure, MacroElement
from jinja2 import Template

from field_app_schema.vocab_network import MapTheme
from web_map.assets import HouseMap
from web_map.pages import STATIC

# All of China until the data say where to look.
CENTRE_LAT_LON = (34.0, 106.0)
FIRST_ZOOM, LEAST_ZOOM, GREATEST_ZOOM = 4, 3, 18


def built_themes() -> list[MapTheme]:
    """Give the themes that can be shown, in their order: those that have a module."""
    return [theme for theme in MapTheme if (STATIC / "map/themes" / f"{theme}.js").is_file()]


class StationLayer(MacroElement):
    """Hands Folium's map to our own module, which draws the stations; it carries no data and no text."""

    _template = Template(
        "{% macro script(this, kwargs) %}window.cunzhanMap = {{ this._parent.get_name() }};{% endmacro %}"
    )


@dataclass(frozen=True)
class MapPieces:
    """Markup for the head and the body and one script, every script and style tag with the page's nonce."""

    header: str
    body: str
    script: str


def map_pieces(nonce: str) -> MapPieces:
    """Build the map's shell; `nonce` is the one of the page's Content-Security-Policy."""
    shell = HouseMap(
        location=CENTRE_LAT_LON, zoom_start=FIRST_ZOOM, min_zoom=LEAST_ZOOM, max_zoom=GREATEST_ZOOM, tiles=None,
        zoom_control=False, attribution_control=False, prefer_canvas=True, control_scale=False,
    )  # fmt: skip
    # A name that never changes, so that the same page is the same bytes.
    shell._id = "stations"
    # `Map()` does not pass these on when there are no tiles.
    shell.options |= {"min_zoom": LEAST_ZOOM, "max_zoom": GREATEST_ZOOM}
    shell.add_child(StationLayer())  # type: ignore[no-untyped-call]  # branca's own constructor has no types
    figure = shell.get_root()
    assert isinstance(figure, Figure)  # noqa: S101  # Folium puts every map into one
    for child in list(figure._children.values()):
        child.render()
    return MapPieces(
        header=_with_nonce(figure.header.render(), nonce),
        body=figure.html.render(),
        script=f'<script nonce="{nonce}">{figure.script.render()}</script>',
    )


def _with_nonce(markup: str, nonce: str) -> str:
    # Folium's own viewport forbids enlarging the page, which people with weak sight need; ours stands in the base.
    ours = re.sub(r"<meta\b[^>]*>", "", markup)
    return re.sub(r"<(script|style|link)\b", rf'<\1 nonce="{nonce}"', ours)
