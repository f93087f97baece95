"""What the map downloads: stations as columns, shares for units, outlines of counties, one station for a click."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from flask import Response, url_for
from flask_smorest import Blueprint

from api.boundary import caller, may, now, session
from api.compact import answer_compactly
from api.map_asking import EDITION, answer_names, config, map_question, shown_datum
from field_app_schema.maps import (
    MapQuerySchema,
    NamesQuerySchema,
    OutlinesQuerySchema,
    SharesQuerySchema,
    SharesSchema,
    StationCardSchema,
    StationColumnsSchema,
    StationNamesSchema,
    StationsQuerySchema,
    TileColumnsSchema,
)
from field_app_schema.refusals import Refusal
from field_app_schema.vocab import UnitLevel
from field_app_schema.words.map import WORDS
from inspections.visits.latest import LatestPhoto, latest_photo
from stations.records.days import day_in_china
from stations.register.lookup.map_card import station_card, station_names
from stations.register.lookup.map_rows import (
    MapQuestion,
    level_below,
    map_heaps,
    map_rows,
    register_revision,
    unit_path,
    units_on_map,
)
from web_map.outlines import edition, outlines, outlines_source
from web_map.packing import (
    Dot,
    Heap,
    box_around,
    box_of_tile,
    count_heaps,
    count_states,
    dots_of_tile,
    heaps_of,
    pack_shares,
    pack_stations,
    shares_of,
)

blp = Blueprint("maps", __name__, description="地图数据 / what the map downloads")

LEAST_TILE_ZOOM, GREATEST_TILE_ZOOM = 6, 16


@blp.route("/maps/stations.json")
@may("map.read")
@blp.arguments(StationsQuerySchema, location="query")
@blp.response(200, StationColumnsSchema)
def stations_as_columns(query: dict[str, Any]) -> Response:
    """The stations of a unit as columns, with counts by state; places and ids may be asked for apart; ETag."""
    parts = query.pop("parts")
    question = map_question(query)
    return answer_compactly(answer_names("stations", parts, question), lambda: _columns(question, parts))


@blp.route("/maps/shares.json")
@may("map.read")
@blp.arguments(SharesQuerySchema, location="query")
@blp.response(200, SharesSchema)
def shares_for_units(query: dict[str, Any]) -> Response:
    """Counts and survival shares for the units of a level, each with a point; ETag."""
    level = query.pop("level", None)
    question = map_question(query)
    return answer_compactly(answer_names("shares", level, question), lambda: _shares(question, level))


@blp.route("/maps/tiles/<int:z>/<int:x>/<int:y>.json")
@may("map.read")
@blp.arguments(MapQuerySchema, location="query")
@blp.response(200, TileColumnsSchema)
def tile_as_columns(query: dict[str, Any], z: int, x: int, y: int) -> Response:
    """The stations of one Web-Mercator tile (zooms 6 to 16) as columns; each lies in one tile of a zoom; ETag."""
    question = replace(map_question(query), box=_box(z, x, y))
    return answer_compactly(answer_names("tile", z, x, y, question), lambda: _tile_columns(question, (z, x, y)))


@blp.route("/maps/outlines.json")
@may("map.read")
@blp.arguments(OutlinesQuerySchema, location="query")
@blp.response(200)
def county_outlines(query: dict[str, Any]) -> Response:
    """Outlines of the counties of a unit as GeoJSON, none where no file of outlines is installed; ETag."""
    unit, level, source = query.get("unit"), query["level"], outlines_source(config().outlines_file)
    return answer_compactly(
        ("outlines", EDITION, edition(source), caller().unit_path, unit, level, shown_datum()),
        lambda: outlines(source, _counties(unit), shown_datum(), as_provinces=level == "province"),
    )


@blp.route("/maps/stations/<int:station_id>")
@may("map.read")
@blp.response(200, StationCardSchema)
def one_station(station_id: int) -> dict[str, Any]:
    """One station for a click on the map: what it is, how it is, and how we know."""
    card = station_card(session(), caller(), station_id, now=now())
    photo = latest_photo(session(), caller(), station_id)
    return card | {"photo": photo and photo._asdict() | {"thumbnail_url": _thumbnail_url(photo)}}


@blp.route("/maps/names.json")
@may("map.read")
@blp.arguments(NamesQuerySchema, location="query")
@blp.response(200, StationNamesSchema)
def names_of_stations(query: dict[str, Any]) -> dict[str, Any]:
    """Names of up to a hundred stations, for the list beside the map."""
    return {"stations": station_names(session(), caller(), query["id"])}


def _box(z: int, x: int, y: int) -> tuple[float, float, float, float]:
    if not LEAST_TILE_ZOOM <= z <= GREATEST_TILE_ZOOM or max(x, y) >= 2**z:
        raise Refusal("NOT_FOUND")
    return box_of_tile(z, x, y)


def _dots(question: MapQuestion) -> list[Dot]:
    return [Dot(*row) for row in map_rows(session(), caller(), question, now=now())]


def _columns(question: MapQuestion, parts: str) -> dict[str, Any]:
    dots = _dots(question)
    packed = pack_stations(dots, shown_datum())
    if parts == "ids":
        return {"id": packed["id"], "revision": register_revision(session())}
    if parts == "places":
        del packed["id"]
    return packed | _about(count_states(dot.vitality for dot in dots), question)


def _shares(question: MapQuestion, level: UnitLevel | None) -> dict[str, Any]:
    path = unit_path(session(), caller(), question.unit)
    level = level or level_below(path)
    if question.is_about_now(now()):
        heaps = [Heap(*heap) for heap in map_heaps(session(), caller(), question, level, now=now())]
    else:
        heaps = heaps_of(_dots(question))
    units = {row.code: (row.name, row.lon, row.lat) for row in units_on_map(session(), path, level)}
    counts = count_heaps(heaps)
    unplaced = sum(heap.n - heap.placed for heap in heaps)
    return {"level": level, "units": pack_shares(heaps, level, units, shown_datum()), "n": sum(counts.values()),
            "unplaced": unplaced, "box": box_around(heaps, shown_datum())} | _about(counts, question)  # fmt: skip


def _tile_columns(question: MapQuestion, tile: tuple[int, int, int]) -> dict[str, Any]:
    dots = dots_of_tile(_dots(question), tile, shown_datum())
    return pack_stations(dots, shown_datum()) | {"revision": register_revision(session()), "datum": shown_datum()}


def _about(counts: dict[str, int], question: MapQuestion) -> dict[str, Any]:
    """What each answer says of itself: day, definition, source, counts and shares with what is not known."""
    as_of: dt.date = question.as_of or day_in_china(now())
    return {
        "as_of": as_of, "known_at": question.known_at, "revision": register_revision(session()),
        "datum": shown_datum(), "counts": counts, "survival": shares_of(counts),
        "definition_zh": WORDS["map.definition"][0], "definition_en": WORDS["map.definition"][1],
        "source_zh": WORDS["map.source"][0], "source_en": WORDS["map.source"][1],
    }  # fmt: skip


def _counties(unit: str | None) -> list[str]:
    path = unit_path(session(), caller(), unit)
    # A township's own county is drawn too: a dot without its county says little.
    above = [code for code in path.strip("/").split("/") if len(code) == 6]
    return above or [row.code for row in units_on_map(session(), path, UnitLevel.COUNTY)]


def _thumbnail_url(photo: LatestPhoto) -> str:
    return url_for("inspections.get_photo", inspection_id=photo.inspection_id, sha256=photo.sha256, size="thumb")
