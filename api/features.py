"""Stations as OGC API Features: a GeoJSON FeatureCollection with counts and the link to the next piece."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

import orjson
from flask import Response, request

from stations.register.lookup.reading import StationPage
from stations.register.lookup.states import StationAt


def answer_features(page: StationPage, *, offset: int, limit: int, at: dt.datetime) -> Response:
    """Answer a page of stations as `application/geo+json`; one without a point has a null geometry."""
    links = [_link("self", offset)]
    if offset + len(page.stations) < page.total and page.stations:
        links.append(_link("next", offset + limit))
    body = {
        "type": "FeatureCollection",
        "features": [_feature(station) for station in page.stations],
        "numberMatched": page.total,
        "numberReturned": len(page.stations),
        "timeStamp": at,
        "as_of": page.as_of,
        "links": links,
    }
    response = Response(orjson.dumps(body), mimetype="application/geo+json")
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _feature(station: StationAt) -> dict[str, Any]:
    geometry = None if station.lon is None else {"type": "Point", "coordinates": [station.lon, station.lat]}
    return {
        "type": "Feature", "id": station.code, "geometry": geometry,
        "properties": {
            "name": station.name, "kind": station.kind, "village_code": station.village_code,
            "village_name": station.village_name, "services": station.services,
            "listing_status": station.listing_status, "vitality": station.vitality,
            "vitality_confidence": station.vitality_confidence, "vitality_reason": station.vitality_reason,
            "last_observed_at": station.last_observed_at,
        },
    }  # fmt: skip


def _link(rel: str, offset: int) -> dict[str, str]:
    asked = [(name, value) for name, value in request.args.items(multi=True) if name != "offset"]
    href = f"{request.path}?{urlencode([*asked, ('offset', str(offset))])}"
    return {"rel": rel, "type": "application/geo+json", "href": href}
