"""Changes of stations: propose one, revise what is said of it, change its listing status."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask_smorest import Blueprint

from api.boundary import caller, may, now, session
from api.revisions import seen_revision, with_revision
from api.v1.stations import answer_station
from field_app_schema.station_changes import (
    ProposalSchema,
    RevisionSchema,
    TransitionAnswerSchema,
    TransitionSchema,
)
from field_app_schema.stations import StationDetailSchema
from inspections.visits.photos import received_photos
from stations.register.entry.facts import StationFacts
from stations.register.entry.revising import revise_station
from stations.register.listing.moves import MoveRequest
from stations.register.listing.proposing import propose_station
from stations.register.listing.transitions import change_status
from stations.register.lookup.describing import station_to_change
from stations.register.lookup.reading import read_station

blp = Blueprint("station_changes", __name__, description="站点变更 / changes of stations")


@blp.route("/stations", methods=["POST"])
@may("station.propose")
@blp.arguments(ProposalSchema)
@blp.response(201, StationDetailSchema)
def propose(told: dict[str, Any]) -> Response:
    """Propose a station; refused with those nearby until `nearby_checked` says they were looked at."""
    for name in ("services", "villages_served"):
        if name in told:
            told[name] = tuple(told[name])
    station = propose_station(session(), caller(), StationFacts(**told), now=now())
    return answer_station(read_station(session(), caller(), station.code, now=now()), status=201)


@blp.route("/stations/<string:code>", methods=["PATCH"])
@may("station.edit")
@blp.arguments(RevisionSchema)
@blp.response(200, StationDetailSchema)
def revise(changes: dict[str, Any], code: str) -> Response:
    """Change what is said of a station, from a day on; needs If-Match."""
    station = station_to_change(session(), caller(), code, seen_revision())
    revise_station(session(), caller(), station, changes, now=now(), valid_from=changes.pop("valid_from", None))
    return answer_station(read_station(session(), caller(), code, now=now()))


@blp.route("/stations/<string:code>/transitions", methods=["POST"])
@may("station.transition")
@blp.arguments(TransitionSchema)
@blp.response(201, TransitionAnswerSchema)
def change(asked: dict[str, Any], code: str) -> Response:
    """Change the listing status; refused with every unmet condition at once; needs If-Match."""
    station = station_to_change(session(), caller(), code, seen_revision())
    request = MoveRequest(**asked | {"evidence_ids": tuple(asked["evidence_ids"])})
    photos = received_photos(session(), station.id)
    made = change_status(session(), caller(), station, request, now=now(), photos=photos)
    body = {"station": code, "vitality": station.vitality, "revision": station.revision} | {
        name: getattr(made, name)
        for name in ("id", "from_status", "to_status", "effective_on", "reason_code", "details", "recorded_at")
    }
    return with_revision(TransitionAnswerSchema().dump(body), station.revision, 201)
