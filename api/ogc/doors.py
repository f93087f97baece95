"""The doors of OGC API – Features, Part 1 Core and what Part 3 says of queryables."""

from __future__ import annotations

import orjson
from flask import Blueprint, Response

from api.boundary import caller, may, now, session
from api.errors import error_body, refuse
from api.ogc.answering import answer, answer_feature, answer_features
from api.ogc.asking import check_names, form_asked, question_asked
from api.ogc.collections import COLLECTIONS, find_collection
from api.ogc.describing import (
    CONFORMANCE,
    OPENAPI,
    SCHEMA,
    collection_body,
    collections_body,
    landing,
    queryables_body,
)
from api.ogc.openapi import document
from field_app_schema.refusals import Refusal
from stations.register.features.asking import FeatureQuestion

ogc = Blueprint("ogc", __name__, url_prefix="/ogc")


@ogc.get("/", strict_slashes=False)
@may("anyone")
def landing_page() -> Response:
    """What is here and where."""
    _plain()
    return answer(landing())


@ogc.get("/conformance")
@may("anyone")
def conformance() -> Response:
    """The conformance classes that are held."""
    _plain()
    return answer({"conformsTo": CONFORMANCE})


@ogc.get("/api")
@may("anyone")
def description() -> Response:
    """The OpenAPI 3.0 document of these doors."""
    _plain()
    return answer(document(), OPENAPI)


@ogc.get("/collections")
@may("features.read")
def collections() -> Response:
    """All collections, each with the box around what the caller may see of it."""
    _plain()
    return answer(collections_body({name: one.extent(session(), caller()) for name, one in COLLECTIONS.items()}))


@ogc.get("/collections/<string:collection>")
@may("features.read")
def one_collection(collection: str) -> Response:
    """One collection."""
    _plain()
    found = find_collection(collection)
    return answer(collection_body(found, found.extent(session(), caller())))


@ogc.get("/collections/<string:collection>/queryables")
@may("features.read")
def queryables(collection: str) -> Response:
    """What may be asked of a collection by value, as a JSON Schema."""
    _plain()
    return answer(queryables_body(find_collection(collection)), SCHEMA)


@ogc.get("/collections/<string:collection>/items")
@may("features.read")
def items(collection: str) -> Response:
    """A page of features, as GeoJSON, CSV or XLSX."""
    found = find_collection(collection)
    question, form = question_asked(found, now())
    return answer_features(found, question, found.page(session(), caller(), question, now=now()), form, now())


@ogc.get("/collections/<string:collection>/items/<string:feature>")
@may("features.read")
def one_feature(collection: str, feature: str) -> Response:
    """One feature; not found is also what lies outside the caller's scope."""
    _plain()
    found = find_collection(collection)
    page = found.page(session(), caller(), FeatureQuestion(only=feature, limit=1), now=now())
    if not page.rows:
        raise Refusal("NOT_FOUND")
    return answer_feature(found, page.rows[0])


@ogc.errorhandler(Refusal)
def on_refusal(refusal: Refusal) -> Response:
    """Refuse in the shape of the standard too: what cannot be read or does not exist as a value is a 400."""
    response, kind = refuse(refusal), refusal.kind
    why = "; ".join(f"{name}: {', '.join(said)}" for name, said in refusal.errors.items())
    told = error_body(kind, refusal.errors, refusal.details) | {"description": why or f"{kind.zh} / {kind.en}"}
    response.status_code = 400 if kind.status == 422 else kind.status
    response.data = orjson.dumps(told | {"status": response.status_code})
    return response


def _plain() -> None:
    check_names({"f"})
    form_asked()
