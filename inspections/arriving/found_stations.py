"""Take in a station that somebody met and nobody had listed: like a visit, once, or kept aside whole."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from inspections.arriving.limit_policy import visit_limits
from inspections.arriving.limits import check_times
from inspections.arriving.once import accept_once
from inspections.arriving.storing import Arrival
from inspections.arriving.taking_in import ReadVisit
from inspections.found.receipts import FoundReceipt, found_receipt
from inspections.found.tables import FoundStation
from inspections.quarantine.accepting import KeptReceipt, accept_or_keep
from inspections.quarantine.keeping import FOUND, Sent
from inspections.visits.loaded import place_of_fix, plain
from stations.people.access import Caller, require_inside
from stations.people.audit import note_act
from stations.register.entry.coordinates import Place
from stations.register.entry.nearby import stations_near
from stations.units.hierarchy import path_of
from stations.units.tables import OrgUnit

# A record without a village goes to the county of the nearest station, if there is one so near.
NEAREST_WITHIN_M = 30_000.0
COUNTY_DIGITS = 6


def take_in_found(
    session: Session, caller: Caller, found_id: str, body: bytes, *, read: ReadVisit, now: dt.datetime,
    user_agent: str | None = None, arrived_by: str = "phone",
) -> FoundReceipt | KeptReceipt:  # fmt: skip
    """Store a found station and give its receipt, or keep the whole body aside with the reason."""
    arrival = Arrival(found_id.lower(), body, hashlib.sha256(body).hexdigest(), caller, now, arrived_by)
    sent = Sent(FOUND, arrival.visit_id, body, user_agent)
    wanted = partial(accept_found, session, arrival, read, now=now)
    return accept_or_keep(session, caller, sent, wanted, now=now)


def accept_found(session: Session, arrival: Arrival, read: ReadVisit, *, now: dt.datetime) -> FoundReceipt:
    """Store a found station inside a savepoint, or answer again; raises the Refusal with nothing stored.

    Refuses with INSPECTION_CONFLICT where other bytes stand under the id, TIME_IN_FUTURE, TIME_TOO_OLD, UNIT_UNKNOWN,
    OUT_OF_SCOPE, BAD_INPUT, COORDINATES_SWAPPED, COORDINATES_OUTSIDE_CHINA.
    """
    return accept_once(
        session, arrival, FOUND, again=lambda: _answer_again(session, arrival), now=now,
        store=lambda: found_receipt(session, _store(session, arrival, read(arrival.body), now=now), is_new=True),
    )  # fmt: skip


def _answer_again(session: Session, arrival: Arrival) -> FoundReceipt | None:
    row = session.get(FoundStation, arrival.visit_id, populate_existing=True)
    if row is None:
        return None
    if row.body_sha256 != arrival.sha256:
        raise Refusal("INSPECTION_CONFLICT", stored_sha256=row.body_sha256)
    return found_receipt(session, row, is_new=False)


def _store(session: Session, arrival: Arrival, found: Mapping[str, Any], *, now: dt.datetime) -> FoundStation:
    check_times(found, received_at=arrival.received_at, limits=visit_limits(session), moments=("captured_at",))
    place = place_of_fix(found["fix"])
    row = FoundStation(
        id=arrival.visit_id, body=arrival.body, body_sha256=arrival.sha256, account_id=arrival.sender.account_id,
        device_id=arrival.sender.device_id, arrived_by=arrival.arrived_by,
        unit_path=_whose(session, arrival.sender, found["village_code"], place), village_code=found["village_code"],
        name=found["name"], kind=found["kind"].value, note=found["note"], lon=place.lon if place else None,
        lat=place.lat if place else None, fix_raw=plain(found["fix"]), nearby=list(found["nearby"]),
        photos=plain(found["photos"]), clock=plain(found["clock"]), captured_at=found["captured_at"],
        received_at=arrival.received_at, state="open",
    )  # fmt: skip
    session.add(row)
    note_act(session, arrival.sender, "found.record", "found_station", row.id, now=now,
             after={"name": row.name, "village_code": row.village_code})  # fmt: skip
    session.flush()
    return row


def _whose(session: Session, sender: Caller, village_code: str | None, place: Place | None) -> str:
    """Give the path of the unit whose officers decide: that of the village named, else of the sender's county.

    Who works for a prefecture or the province has no county: then it is that of the nearest station. The sender's own
    unit where nothing says more.
    """
    if village_code is not None:
        village = session.get(OrgUnit, village_code)
        if village is None or village.level != "village":
            raise Refusal("UNIT_UNKNOWN", errors={"village_code": ["没有这个村 / no such village"]})
        require_inside(sender, village.path)
        return village.path
    if place is None or len(sender.unit_code) >= COUNTY_DIGITS:
        return sender.unit_path
    near = stations_near(session, sender, lon=place.lon, lat=place.lat, radius_m=NEAREST_WITHIN_M, limit=1)
    return path_of(near[0].station.village_code[:COUNTY_DIGITS]) if near else sender.unit_path
