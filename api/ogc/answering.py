"""Features as GeoJSON, and the same rows as CSV and XLSX that a GIS program can open; links are whole addresses."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
from collections.abc import Sequence
from io import StringIO
from typing import Any
from urllib.parse import urlencode

import orjson
from flask import Response, request

from api.charting import say
from api.downloads import download
from api.ogc.collections import Collection
from api.sheets import Cell, FigureTable, Plain, as_xlsx
from stations.register.features.asking import FeaturePage, FeatureQuestion, Row
from stations.register.ledger.guards import guard
from stations.register.ledger.writing_sheet import CSV, XLSX

GEOJSON, JSON = "application/geo+json", "application/json"
TYPES = {"json": GEOJSON, "csv": "text/csv", "xlsx": XLSX}
_WORTH_SQUEEZING_BYTES = 1000


def root() -> str:
    """Give the whole address of the landing page, as the caller reached it, without a slash at its end."""
    return f"{request.host_url}ogc"


def link(rel: str, path: str, kind: str = JSON, title: str = "") -> dict[str, str]:
    """Give one link below the landing page."""
    return {"rel": rel, "type": kind, "href": f"{root()}{path}"} | ({"title": title} if title else {})


def answer(body: dict[str, Any], kind: str = JSON) -> Response:
    """Answer a document; it depends on who asks, so only the asker may keep it."""
    content = orjson.dumps(body)
    response = Response(content, content_type=kind)
    if len(content) > _WORTH_SQUEEZING_BYTES and request.accept_encodings["gzip"] > 0:
        # The fastest level: on a line of 100 Mbit/s and more, a better one costs more time than it saves.
        response.data = gzip.compress(content, 1, mtime=0)
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Accept-Encoding, Cookie, Authorization"
    return response


def answer_features(
    collection: Collection, question: FeatureQuestion, page: FeaturePage, form: str, now: dt.datetime
) -> Response:
    """Answer a page of a collection in the form asked for."""
    following = _next_query(question, page)
    if form == "json":
        return answer(_feature_collection(collection, page, following, now), GEOJSON)
    name = f"{collection.name}-{page.as_of:%Y%m%d}"
    content = _csv(collection, page) if form == "csv" else as_xlsx(_table(collection, page))
    response = download(content, CSV if form == "csv" else XLSX, f"{name}.{form}", f"{name}.{form}")
    response.headers["Cache-Control"] = "private, no-cache"
    if following:
        response.headers["Link"] = f'<{_items(collection)}?{following}>; rel="next"'
    return response


def answer_feature(collection: Collection, row: Row) -> Response:
    """Answer one feature."""
    path = f"/collections/{collection.name}"
    links = [link("self", f"{path}/items/{row[0]}", GEOJSON), link("collection", path)]
    return answer(_features([row], collection.columns)[0] | {"links": links}, GEOJSON)


def _feature_collection(
    collection: Collection, page: FeaturePage, following: str, now: dt.datetime
) -> dict[str, Any]:
    here = _items(collection)
    links = [{"rel": "self", "type": GEOJSON, "href": _with(here, urlencode(_given()))}]
    links += [
        {"rel": "alternate", "type": TYPES[form], "href": _with(here, urlencode([*_given("f"), ("f", form)]))}
        for form in ("csv", "xlsx")
    ]
    if following:
        links.append({"rel": "next", "type": GEOJSON, "href": f"{here}?{following}"})
    links.append(link("collection", f"/collections/{collection.name}"))
    columns = collection.columns
    matched = {} if page.matched is None else {"numberMatched": page.matched}
    return {
        "type": "FeatureCollection",
        "features": _features(page.rows, columns),
        **matched,
        "numberReturned": len(page.rows),
        "timeStamp": now.replace(microsecond=0),
        "as_of": page.as_of,
        "links": links,
    }


def _features(rows: Sequence[Row], columns: tuple[str, ...]) -> list[dict[str, Any]]:
    # The hot place of a page: no call and no slice a row.
    return [
        {"type": "Feature", "id": fid,
         "geometry": None if lon is None or lat is None else {"type": "Point", "coordinates": (lon, lat)},
         "properties": dict(zip(columns, told, strict=True))}
        for fid, lon, lat, *told in rows
    ]  # fmt: skip


def _items(collection: Collection) -> str:
    return f"{root()}/collections/{collection.name}/items"


def _given(*without: str) -> list[tuple[str, str]]:
    return [(name, value) for name, value in request.args.items() if name not in without]


def _with(address: str, query: str) -> str:
    return f"{address}?{query}" if query else address


def _next_query(question: FeatureQuestion, page: FeaturePage) -> str:
    """Give the query of the next page, which begins after this one's last feature, or nothing at the end."""
    if not page.has_more or not page.rows:
        return ""
    paging = [("limit", str(question.limit)), ("after", str(page.rows[-1][0]))]
    return urlencode([*_given("limit", "offset", "after"), *paging])


def _csv(collection: Collection, page: FeaturePage) -> bytes:
    """Write CSV in UTF-8 with a mark: code, lon and lat first, so that GDAL and QGIS find the points by themselves."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(["code", "lon", "lat", *collection.columns])
    writer.writerows([_plain(cell) for cell in row] for row in page.rows)
    return text.getvalue().encode("utf-8-sig")


def _plain(cell: Any) -> Any:
    if isinstance(cell, str):
        return guard(cell)
    return _text(cell) if isinstance(cell, (bool, dt.date)) else cell


def _text(cell: Any) -> str:
    return str(cell).lower() if isinstance(cell, bool) else str(cell.isoformat())


def _table(collection: Collection, page: FeaturePage) -> FigureTable:
    notes = [
        (say("gis.collection", "zh"), f"{say(f'gis.{collection.name}', 'zh')} {collection.name}"),
        (say("gis.as_of", "zh"), page.as_of.isoformat()),
        (say("gis.matched", "zh"), "" if page.matched is None else str(page.matched)),
        (say("gis.returned", "zh"), str(len(page.rows))),
        (say("gis.crs", "zh"), say("gis.crs_value", "zh")),
        (say("gis.about", "zh"), say(f"gis.{collection.name}.about", "zh")),
    ]
    rows = [[_cell(cell) for cell in row] for row in page.rows]
    return FigureTable(collection.name, collection.name, ["code", "lon", "lat", *collection.columns], rows, notes)


def _cell(value: Any) -> Cell:
    if isinstance(value, (bool, dt.date)):
        return _text(value)
    return Plain(value) if isinstance(value, float) else value
