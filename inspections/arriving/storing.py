"""Store one visit that was read: its row, its expected photos, its first steps, and what it saw of the station."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab import PhotoPurpose
from geo.onsite import OnSiteTest, judge_on_site
from inspections.arriving.afterwards import ask_for_evidence, ask_for_readings
from inspections.arriving.limits import VisitLimits, check_times
from inspections.chain.sealing import keep_seals
from inspections.photos.receiving import media_present
from inspections.review.replacing import answer_return, return_to_answer
from inspections.tasks.assigning import close_done
from inspections.visits.loaded import place_of_fix, plain
from inspections.visits.states import steps_on_arrival
from inspections.visits.tables import Inspection, InspectionStep, Photo
from inspections.visits.time_signing import signed_in_clock
from stations.people.access import Caller, require_inside
from stations.people.audit import note_act
from stations.records.revision import next_revision
from stations.records.tables import Station, StationVersion
from stations.register.entry.coordinates import Place
from stations.register.observing import observe


@dataclass(frozen=True)
class Arrival:
    """A body under its id, from whom, when it first arrived, and its SHA-256."""

    visit_id: str
    body: bytes
    sha256: str
    sender: Caller
    received_at: dt.datetime
    # phone | file: whether a phone's token stood behind it.
    arrived_by: str = "phone"


def store_visit(
    session: Session, arrival: Arrival, visit: Mapping[str, Any], *, now: dt.datetime, limits: VisitLimits
) -> Inspection:
    """Store a visit whose shape is checked.

    Refuses with TIME_IN_FUTURE, TIME_TOO_OLD, BAD_INPUT, COORDINATES_SWAPPED, COORDINATES_OUTSIDE_CHINA,
    STATION_UNKNOWN, OUT_OF_SCOPE, REPLACES_REFUSED. A station of any status may be visited. Raises IntegrityError when
    the id is taken.
    """
    check_times(visit, received_at=arrival.received_at, limits=limits)
    place = place_of_fix(visit["fix"])
    station = _station_of(session, arrival.sender, visit["station_code"])
    revision = next_revision(session)
    answered = return_to_answer(session, arrival.sender, visit["replaces"], station.id)
    row = _row_of(arrival, visit, station, place, _judge(session, station, visit["fix"], place, limits))
    row.clock_signed_at = signed_in_clock(session, arrival.sender, visit["clock"])
    session.add(row)
    session.flush()
    _expect_photos(session, row, visit["photos"], now)
    keep_seals(session, arrival.sender, row.id, visit["photos"], now)
    note_act(session, arrival.sender, "visit.record", "inspection", row.id, now=now,
             after={"station": station.code, "observed_state": row.observed_state})  # fmt: skip
    close_done(session, row, revision, now=now)
    if answered is not None:
        answer_return(session, arrival.sender, answered, row.id, revision, now=now)
    observe(session, station, observed_at=row.captured_at, observed_state=row.observed_state, method=row.method,
            observer=arrival.sender, source="inspection", inspection_id=row.id, now=now,
            instead_of=row.replaces_id)  # fmt: skip
    return row


def _station_of(session: Session, sender: Caller, code: str) -> Station:
    station = session.scalars(select(Station).where(Station.code == code)).one_or_none()
    if station is None:
        raise Refusal("STATION_UNKNOWN", errors={"station_code": ["没有这个站点 / no such station"]})
    require_inside(sender, station.unit_path)
    return station


def _judge(
    session: Session, station: Station, fix: Mapping[str, Any] | None, place: Place | None, limits: VisitLimits
) -> OnSiteTest:
    version = session.get(StationVersion, station.version_id) if station.version_id is not None else None
    accuracy_m = fix["accuracy_m"] if fix else None
    return judge_on_site(
        place.point if place else None, version.point if version else None, accuracy_m, limits.on_site_radius_m
    )


def _row_of(
    arrival: Arrival, visit: Mapping[str, Any], station: Station, place: Place | None, test: OnSiteTest
) -> Inspection:
    answers = plain(visit["answers"])
    checks = plain(visit["checks"])
    return Inspection(
        id=arrival.visit_id, body=arrival.body, body_sha256=arrival.sha256, station_id=station.id,
        account_id=arrival.sender.account_id, device_id=arrival.sender.device_id, method=visit["method"].value,
        observed_state=visit["observed_state"].value, answers=answers, checks=checks, note=visit["note"],
        form_version=visit["form_version"], started_at=visit["started_at"], ended_at=visit["ended_at"],
        captured_at=visit["captured_at"], received_at=arrival.received_at, clock=plain(visit["clock"]),
        fix_lon=place.lon if place else None, fix_lat=place.lat if place else None,
        fix_point=place.point if place else None, fix_raw=plain(visit["fix"]),
        fix_accuracy_m=visit["fix"]["accuracy_m"] if visit["fix"] else None,
        distance_m=test.distance_m, on_site=test.verdict, state="draft",
        not_answered=dict(visit["not_answered"]), replaces_id=visit["replaces"], arrived_by=arrival.arrived_by,
    )  # fmt: skip


def _expect_photos(session: Session, row: Inspection, claims: list[dict[str, Any]], now: dt.datetime) -> None:
    """Write the expected photos, those that came before their record as received, then the steps that follow."""
    present = media_present(session, [claim["sha256"] for claim in claims])
    for position, claim in enumerate(claims):
        sha256 = claim["sha256"]
        session.add(Photo(inspection_id=row.id, position=position, purpose=claim["purpose"].value, sha256=sha256,
                          size_bytes=claim["size"], mime=claim["mime"], taken_at=claim["taken_at"],
                          exif=plain(claim["exif"]), capture=plain(claim["capture"]),
                          received_at=now if sha256 in present else None))  # fmt: skip
    signs = {claim["sha256"] for claim in claims if claim["purpose"] == PhotoPurpose.SIGN}
    ask_for_readings(session, row, sorted(signs & present.keys()), now=now)
    for before, after in steps_on_arrival(len(claims) - len(present)):
        session.add(InspectionStep(inspection_id=row.id, from_state=before.value, to_state=after.value, at=now,
                                   actor_id=row.account_id, reason="record_arrived"))  # fmt: skip
        row.state = after.value
    if len(present) == len(claims):
        row.completed_at = now
        ask_for_evidence(session, row, now=now)
    session.flush()
