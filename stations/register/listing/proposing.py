"""Propose a new station: only after somebody has looked at the stations that may be the same."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from stations.people.access import Caller
from stations.records.days import day_in_china
from stations.records.tables import Station
from stations.register.entry.coordinates import place_of
from stations.register.entry.facts import StationFacts
from stations.register.entry.nearby import Candidate, Nearby, possible_duplicates
from stations.register.entry.writing import add_station
from stations.register.listing.conditions import unmet_conditions
from stations.register.listing.move_policy import move_policy
from stations.register.listing.moves import MoveFacts, MoveRequest
from stations.register.listing.transitions import refuse_unmet


def propose_station(session: Session, caller: Caller, facts: StationFacts, *, now: dt.datetime) -> Station:
    """Enter a proposed station; refuses like `add_station`, and with NEARBY_STATIONS until `nearby_checked` is said.

    What was near is kept with the transition, so that it can be asked later who had been warned.
    """
    place = place_of(facts.lon, facts.lat, facts.coord_system)
    lon, lat = (None, None) if place is None else place.point
    asked = Candidate(facts.code or "", facts.name, facts.village_code, lon, lat)
    near = possible_duplicates(session, caller, asked)
    if near and not facts.nearby_checked:
        raise Refusal("NEARBY_STATIONS", nearby=[nearby_item(one) for one in near[:20]])
    today = day_in_china(now)
    wish = MoveRequest(to="proposed", effective_on=facts.valid_from or today, reason_code="proposed")
    told = MoveFacts(wish, caller.role, has_host_and_village=bool(facts.village_code and facts.host_type))
    refuse_unmet(unmet_conditions(None, "proposed", told, move_policy(session), today))
    details = {"nearby_checked": True, "nearby": [one.station.code for one in near[:20]]}
    return add_station(session, caller, facts, now=now, details=details)


def nearby_item(near: Nearby) -> dict[str, Any]:
    """Give a possible duplicate as plain values, for an answer."""
    return {"code": near.station.code, "name": near.station.name, "village_code": near.station.village_code,
            "kind": near.station.kind, "listing_status": near.station.listing_status,
            "lon": near.station.lon, "lat": near.station.lat, "distance_m": near.distance_m,
            "why": list(near.why)}  # fmt: skip
