"""Maps as pictures for reports: PNG, SVG or PDF, drawn without a browser."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_smorest import Blueprint

from api.boundary import caller, may, now, session
from api.compact import answer_compactly
from api.map_asking import answer_names, config
from api.picturing.coverage import coverage_picture
from api.picturing.vitality import vitality_picture
from field_app_schema.pictures import PictureQuerySchema
from field_app_schema.vocab_network import MapTheme
from stations.coverage.asking import CoverageQuestion
from stations.coverage.layers.asking import network_revision
from stations.people.access import require
from stations.register.lookup.map_rows import MapQuestion
from web_map.outlines import edition, outlines_source
from web_map.pictures.drawing import KINDS, draw_map

blp = Blueprint("map_pictures", __name__, description="静态地图 / maps as pictures")
PICTURE = {"type": "string", "format": "binary"}
EDITION = 1


@blp.route("/maps/picture.<any(png, svg, pdf):form>")
@may("map.read")
@blp.arguments(PictureQuerySchema, location="query")
@blp.response(200, PICTURE, content_type="image/png")
def picture(asked: dict[str, Any], form: str) -> Response:
    """A map of a theme with legend, day, definition and share not known, as PNG, SVG or PDF; ETag. 静态地图。"""
    theme, lang = MapTheme(asked.pop("theme")), asked.pop("lang")
    if theme is not MapTheme.VITALITY:
        require(caller(), "coverage.read")
    ground = (config().map_approval_no, edition(outlines_source(config().outlines_file)))
    names = answer_names("picture", EDITION, form, theme, lang, *sorted(asked.items()), *ground,
                         *network_revision(session()))  # fmt: skip
    return answer_compactly(names, lambda: _draw(theme, asked, lang, form), kind=KINDS[form], is_packed=form != "svg")


def _draw(theme: MapTheme, asked: dict[str, Any], lang: str, form: str) -> bytes:
    if theme is MapTheme.VITALITY:
        drawn = vitality_picture(MapQuestion(**asked), lang)
    else:
        drawn = coverage_picture(theme, CoverageQuestion(ou=asked.pop("unit", None), **asked), lang)
    return draw_map(drawn.areas, drawn.layers, drawn.legend, drawn.notes, form=form, at=now(), strokes=drawn.strokes,
                    is_close=drawn.is_close)  # fmt: skip
