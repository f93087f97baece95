"""The map pages: one shell for every theme; its module asks the API, so no page holds a word that a user typed."""

from __future__ import annotations

from flask import Blueprint, Response, request

from api.boundary import caller, may
from api.pages.frame import config, install_refusals, new_nonce, show
from field_app_schema.refusals import Refusal
from field_app_schema.vocab_network import MapTheme
from stations.register.lookup.map_rows import level_below
from web_map.modules import modules_of
from web_map.page import built_themes, map_pieces

map_pages = Blueprint("map_pages", __name__)
install_refusals(map_pages)


@map_pages.get("/")
@may("map.read")
def station_map() -> Response:
    """The map of the stations in the caller's scope."""
    return _themed(MapTheme.VITALITY)


@map_pages.get("/maps/<theme>")
@may("map.read")
def theme_map(theme: str) -> Response:
    """The map of one theme; a theme that is not built is no address."""
    if theme not in built_themes():
        raise Refusal("NOT_FOUND")
    return _themed(MapTheme(theme))


@map_pages.get("/maps/compare")
@may("map.read")
def compare_days() -> Response:
    """Two days side by side; which ones stands in the address, the page's module reads it there."""
    nonce = new_nonce()
    return show("compare.html", nonce=nonce, pieces=map_pieces(nonce), settings=_settings(),
                modules=modules_of("map/compare.js"))  # fmt: skip


def _themed(theme: MapTheme) -> Response:
    nonce = new_nonce()
    offered = [(one, "/" if one is MapTheme.VITALITY else f"/maps/{one}") for one in built_themes()]
    modules = modules_of("map/map.js", f"map/themes/{theme}.js")
    return show("map.html", nonce=nonce, pieces=map_pieces(nonce), theme=theme, themes=offered, modules=modules,
                asked_first=_asked_first(theme), settings=_settings() | {"theme": theme})  # fmt: skip


def _asked_first(theme: MapTheme) -> list[str]:
    """Give what the page's module will ask first of all, so that the browser need not wait for the module to ask.

    Only for an address without a filter: there the module's question is known here, sign for sign.
    """
    if theme is not MapTheme.VITALITY or set(request.args) - {"show", "lang"}:
        return []
    unit, drawn = caller().unit_code, request.args.get("show")
    first = [f"/api/v1/maps/shares.json?level={level_below(caller().unit_path)}"]
    # The theme's own rule: below the nation every station comes at once where it will surely be drawn.
    soon = unit != "CN" and (drawn == "dots" or (drawn != "shares" and len(unit) > 4))
    return [*first, "/api/v1/maps/stations.json?parts=places"] if soon else first


def _settings() -> dict[str, str]:
    tiles = config().tiles
    return {
        "tile_url": tiles.url, "labels_url": tiles.labels_url, "tile_subdomains": tiles.subdomains,
        "tile_attribution": tiles.attribution, "approval_no": config().map_approval_no,
    }  # fmt: skip
