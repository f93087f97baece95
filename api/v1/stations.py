"""Stations: lists, one station, its story, what is near, and the features of a map."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Response
from flask_smorest import Blueprint
from flask_smorest.pagination import PaginationParameters

from api.boundary import caller, may, now, session
from api.compact import answer_compactly
from api.features import answer_features
from api.revisions import is_unchanged, unchanged, with_revision
from field_app_schema.station_changes import LadderSchema, ObservationPageSchema, TimelineSchema
from field_app_schema.stations import (
    DatesQuerySchema,
    FeaturesQuerySchema,
    FilterQuerySchema,
    NearAnswerSchema,
    NearQuerySchema,
    PhonePageSchema,
    PhoneQuerySchema,
    PublicPageSchema,
    PublicQuerySchema,
    SignedStationSchema,
    StationDetailSchema,
    StationPageSchema,
)
from inspections.review.public_sign import settled_sign
from inspections.review.story import read_story
from stations.channels.keeping import channels_of
from stations.records.days import day_in_china
from stations.records.revision import newest_revision
from stations.register.entry.nearby import stations_near
from stations.register.listing.proposing import nearby_item
from stations.register.lookup.asking import StationQuery
from stations.register.lookup.describing import observations_of, permissions, villages_served
from stations.register.lookup.plaques import signed_station
from stations.register.lookup.public import public_stations
from stations.register.lookup.reading import find_station, list_stations, read_station, stations_after
from stations.register.lookup.states import StationAt
from stations.vitality.ladder import read_ladder

blp = Blueprint("stations", __name__, description="站点 / stations")
# Beyond this no database counts on, and nobody turns so many pages.
FARTHEST = 10_000_000
PAGED = {"page": 1, "page_size": 100, "max_page_size": 500}


@blp.route("/stations")
@may("station.read")
@blp.arguments(FilterQuerySchema, location="query")
@blp.response(200, StationPageSchema)
@blp.paginate(**PAGED)
def stations_of_a_unit(asked: dict[str, Any], pagination_parameters: PaginationParameters) -> dict[str, Any]:
    """Stations of a unit, as they stand or stood on a day and were known at an instant."""
    first, size = pagination_parameters.first_item, pagination_parameters.page_size
    page = list_stations(session(), caller(), station_query(asked, first, size), now=now())
    pagination_parameters.item_count = page.total
    return {"stations": page.stations, "total": page.total, "as_of": page.as_of}


@blp.route("/stations.geojson")
@may("station.read")
@blp.arguments(FeaturesQuerySchema, location="query")
@blp.response(200, {"type": "object"}, content_type="application/geo+json")
def stations_as_features(asked: dict[str, Any]) -> Response:
    """Stations as an OGC API FeatureCollection."""
    offset, limit = asked.pop("offset"), asked.pop("limit")
    page = list_stations(session(), caller(), station_query(asked, offset, limit), now=now())
    return answer_features(page, offset=offset, limit=limit, at=now())


@blp.route("/stations/near")
@may("station.near")
@blp.arguments(NearQuerySchema, location="query")
@blp.response(200, NearAnswerSchema)
def stations_nearby(asked: dict[str, Any]) -> dict[str, Any]:
    """Stations around a point, nearest first: to be looked at before a new one is proposed."""
    asked["radius_m"], asked["accuracy_m"] = asked.pop("radius"), asked.pop("accuracy")
    return {"stations": [nearby_item(near) for near in stations_near(session(), caller(), **asked)]}


@blp.route("/stations/<string:code>")
@may("station.read")
@blp.arguments(DatesQuerySchema, location="query")
@blp.response(200, StationDetailSchema)
def one_station(asked: dict[str, Any], code: str) -> Response:
    """One station with the villages it serves and what you may do with it; ETag is its revision."""
    if not asked and is_unchanged(revision := find_station(session(), caller(), code).revision):
        return unchanged(revision)
    return answer_station(read_station(session(), caller(), code, now=now(), **asked), asked)


@blp.route("/stations/<string:code>/timeline")
@may("station.read")
@blp.arguments(DatesQuerySchema, location="query")
@blp.response(200, TimelineSchema)
@blp.paginate(**PAGED)
def timeline(asked: dict[str, Any], pagination_parameters: PaginationParameters, code: str) -> dict[str, Any]:
    """How we know: decisions, descriptions, observations and answers of the rule, newest first, each with its age."""
    entries = read_story(session(), caller(), code, now=now(), **asked)
    pagination_parameters.item_count = len(entries)
    shown = entries[pagination_parameters.first_item : pagination_parameters.last_item + 1]
    return {"station": code, "entries": shown, "total": len(entries),
            "as_of": asked.get("as_of") or day_in_china(now())}  # fmt: skip


@blp.route("/stations/<string:code>/evidence")
@may("station.read")
@blp.response(200, LadderSchema)
def evidence(code: str) -> dict[str, Any]:
    """The evidence ladder: of each kind the newest sign of life and how long it counts, the strongest first."""
    today = day_in_china(now())
    rungs = read_ladder(session(), find_station(session(), caller(), code).id, today)
    return {"station": code, "as_of": today, "rungs": rungs}


@blp.route("/stations/<string:code>/observations")
@may("station.read")
@blp.response(200, ObservationPageSchema)
@blp.paginate(**PAGED)
def observations(code: str, pagination_parameters: PaginationParameters) -> dict[str, Any]:
    """What was seen of a station, newest first."""
    first, size = pagination_parameters.first_item, pagination_parameters.page_size
    rows, total = observations_of(session(), caller(), code, offset=first, limit=size)
    pagination_parameters.item_count = total
    return {"observations": rows, "total": total}


@blp.route("/my/stations")
@may("station.read")
@blp.arguments(PhoneQuerySchema, location="query")
@blp.response(200, PhonePageSchema)
def stations_for_my_phone(asked: dict[str, int]) -> Response:
    """The stations you may visit, in pieces; the ETag stays while nothing in your area changes."""
    asking = caller()
    scope = (asking.role, asking.unit_path, asking.station_id)
    edition = ("my-stations", 1, *scope, asked["after"], asked["limit"], *newest_revision(session(), asking))
    return answer_compactly(edition, lambda: _phone_page(**asked))


@blp.route("/public/stations")
@may("anyone")
@blp.arguments(PublicQuerySchema, location="query")
@blp.response(200, PublicPageSchema)
@blp.paginate(**PAGED)
def stations_for_anybody(asked: dict[str, str], pagination_parameters: PaginationParameters) -> dict[str, Any]:
    """Listed stations, for anybody: name, kind, village and services."""
    first, size = pagination_parameters.first_item, pagination_parameters.page_size
    found, total = public_stations(session(), asked.get("unit"), offset=first, limit=size)
    pagination_parameters.item_count = total
    return {"stations": found, "total": total}


@blp.route("/public/stations/<string:code>")
@may("anyone")
@blp.response(200, SignedStationSchema)
def signed(code: str) -> dict[str, Any]:
    """The station of a plaque, for anybody: name, services, sign and report channels, or that it is not listed."""
    one = signed_station(session(), code)
    return asdict(one) | {"sign": settled_sign(session(), code), "channels": channels_of(session(), one.unit_path)}


def station_query(asked: dict[str, Any], offset: int, limit: int) -> StationQuery:
    """Turn checked filters into the register's question."""
    names = {"ou": "unit", "ou_mode": "unit_mode", "q": "search"}
    given: dict[str, Any] = {names.get(name, name): tuple(v) if isinstance(v, list) else v for name, v in asked.items()}
    return StationQuery(**given, offset=min(offset, FARTHEST), limit=limit)


def answer_station(state: StationAt, asked: dict[str, Any] | None = None, status: int = 200) -> Response:
    """Answer one station with its surroundings and its revision."""
    as_of = (asked or {}).get("as_of") or day_in_china(now())
    body = asdict(state) | {
        "villages_served": villages_served(session(), state.station_id, as_of),
        "permissions": permissions(caller(), state.listing_status), "as_of": as_of,
    }  # fmt: skip
    return with_revision(StationDetailSchema().dump(body), state.revision, status)


def _phone_page(after: int, limit: int) -> dict[str, Any]:
    found = stations_after(session(), caller(), after, limit)
    following = found[-1].station_id if len(found) == limit else None
    page: dict[str, Any] = PhonePageSchema().dump({"stations": found, "next": following, "as_of": day_in_china(now())})
    return page
