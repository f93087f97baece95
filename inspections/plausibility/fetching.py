"""Fetch what is known of one visit for the rules of `reasons.py`; no scope is asked, since a job fetches."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from field_app_schema.vocab import PhotoPurpose, VisitMethod
from inspections.chain.links import chain_breaks, sealed_not_before, sealed_places
from inspections.chain.tables import PhotoSeal
from inspections.photos.tables import Medium
from inspections.plausibility.grounds.exif import EARLIEST_YEAR, LATEST_YEAR, exif_place, exif_time
from inspections.plausibility.grounds.facts import (
    Break,
    Clock,
    Fix,
    Neighbour,
    PhotoFacts,
    Reading,
    VisitFacts,
)
from inspections.plausibility.grounds.thresholds import PlausibilityPolicy
from inspections.plausibility.used_before import uses_of
from inspections.signage.tables import SignReading
from inspections.visits.tables import Inspection, Photo
from stations.records.days import day_in_china
from stations.records.tables import Station, StationVersion
from stations.register.entry.revising import version_on

ON_THE_SPOT = frozenset({VisitMethod.SITE_VISIT, VisitMethod.UNANNOUNCED, VisitMethod.CROSS, VisitMethod.LOOK_BACK})
# Visits of the same person are looked at together when they claim, or came, so near each other.
_CLAIMED_NEAR, _CAME_NEAR = dt.timedelta(days=40), dt.timedelta(days=10)
# A visit answers a returned one, which answered another; nobody returns it more often.
_MOST_ANSWERS = 20


def facts_of(session: Session, visit: Inspection, policy: PlausibilityPolicy) -> VisitFacts:
    """Give all that the rules look at; the station's point is the one in force on the visit's day, as known now."""
    station = session.get_one(Station, visit.station_id)
    version = version_on(session, station.id, day_in_china(visit.captured_at))
    photos = session.scalars(select(Photo).where(Photo.inspection_id == visit.id).order_by(Photo.position)).all()
    before, after = _answered(session, visit), _answering(session, visit)
    carried = set(session.scalars(select(Photo.sha256).where(Photo.inspection_id.in_(before))))
    # Answers put right at a desk, with the pictures that were there: nobody was to go there again.
    is_correction = bool(photos) and all(photo.sha256 in carried for photo in photos)
    said = visit.answers.get("sign_wording")
    return VisitFacts(
        visit=visit.id, station=station.code, clock=clock_of(visit),
        is_on_the_spot=visit.method in ON_THE_SPOT and not is_correction,
        fix=fix_of(visit), station_point=version.point, sign_wording=said if isinstance(said, str) else None,
        photos=_photos(session, visit, photos, carried, {visit.id, *before, *after}, policy),
        neighbours=_neighbours(session, visit, {visit.id, *before, *after}),
        breaks=tuple(Break(one.code, one.sha256, one.figures) for one in chain_breaks(session, visit.id)),
    )  # fmt: skip


def clock_of(visit: Any) -> Clock:
    """Give what a visit's row knows of its time."""
    wall = visit.clock.get("wall")
    steady_ms = visit.clock.get("monotonic_ms_since_sync")
    return Clock(visit.captured_at, visit.received_at, dt.datetime.fromisoformat(wall) if wall else None,
                 visit.clock_signed_at, steady_ms, visit.device_id)  # fmt: skip


def fix_of(visit: Any) -> Fix | None:
    """Give a visit's fix in CGCS2000."""
    if visit.fix_lon is None or visit.fix_lat is None:
        return None
    raw = visit.fix_raw or {}
    return Fix(visit.fix_lon, visit.fix_lat, visit.fix_accuracy_m, raw.get("age_s"), raw.get("provider"))


def _answered(session: Session, visit: Inspection) -> list[str]:
    """Give the visits that this one makes good, the nearest first."""
    found: list[str] = []
    before = visit.replaces_id
    while before is not None and before not in found and len(found) < _MOST_ANSWERS:
        found.append(before)
        before = session.scalar(select(Inspection.replaces_id).where(Inspection.id == before))
    return found


def _answering(session: Session, visit: Inspection) -> list[str]:
    """Give the visits that make this one good."""
    found: list[str] = []
    waiting = [visit.id]
    while waiting and len(found) < _MOST_ANSWERS:
        waiting = list(session.scalars(select(Inspection.id).where(Inspection.replaces_id.in_(waiting))))
        found += waiting
    return found


def _photos(
    session: Session, visit: Inspection, photos: Iterable[Photo], carried: set[str], own: set[str],
    policy: PlausibilityPolicy,
) -> tuple[PhotoFacts, ...]:  # fmt: skip
    named = {photo.sha256: photo for photo in photos}
    media = {one.sha256: one for one in session.scalars(select(Medium).where(Medium.sha256.in_(named)))}
    uses = uses_of(session, visit, list(named.values()), own, policy)
    readings = _readings(session, [photo.sha256 for photo in named.values() if photo.purpose == PhotoPurpose.SIGN])
    places, heard = sealed_places(session, visit.id), sealed_not_before(session, visit.id)
    seals = {seal.sha256: seal for seal in session.scalars(
        select(PhotoSeal).where(PhotoSeal.inspection_id == visit.id))}  # fmt: skip
    told = []
    for sha256, photo in named.items():
        medium, capture = media.get(sha256), photo.capture or {}
        # What the very bytes say comes first; a shrunk copy often says nothing, and the phone read it before.
        written, read = medium.exif if medium is not None else None, (photo.exif or {}).get("tags")
        told.append(PhotoFacts(
            sha256=sha256, purpose=photo.purpose, taken_at=photo.taken_at,
            exif_at=exif_time(written) or exif_time(read), exif_point=exif_place(written) or exif_place(read),
            known_by=medium.stored_at if medium is not None else None,
            is_carried=sha256 in carried, kept_anyway=bool(capture.get("kept_anyway")),
            sharpness=capture.get("sharpness"), brightness=capture.get("brightness"), uses=tuple(uses.get(sha256, ())),
            reading=readings.get(sha256), seal_fix=_sealed_fix(places.get(sha256)),
            seal_clock=_sealed_clock(seals.get(sha256), heard.get(sha256)),
        ))  # fmt: skip
    return tuple(told)


def _sealed_fix(told: Mapping[str, float] | None) -> Fix | None:
    return Fix(told["lon"], told["lat"], told.get("accuracy_m"), told.get("age_s")) if told else None


def _sealed_clock(seal: PhotoSeal | None, heard: dt.datetime | None) -> Clock | None:
    if seal is None or seal.sealed_at is None or heard is None:
        return None
    if not EARLIEST_YEAR <= seal.sealed_at.year <= LATEST_YEAR:
        return None
    return Clock(seal.sealed_at, seal.received_at, signed_at=heard)


def _readings(session: Session, hashes: list[str]) -> dict[str, Reading]:
    rows = session.scalars(select(SignReading).where(SignReading.sha256.in_(hashes)).order_by(SignReading.read_at))
    # The newest stays.
    return {row.sha256: Reading(row.sign_class, row.wording, row.is_sure) for row in rows}


def _neighbours(session: Session, visit: Inspection, own: set[str]) -> tuple[Neighbour, ...]:
    i = Inspection
    near: list[ColumnElement[bool]] = [
        i.captured_at.between(visit.captured_at - _CLAIMED_NEAR, visit.captured_at + _CLAIMED_NEAR),
        i.received_at.between(visit.received_at - _CAME_NEAR, visit.received_at + _CAME_NEAR),
    ]
    if visit.fix_lon is not None:
        near.append((i.fix_lon == visit.fix_lon) & (i.fix_lat == visit.fix_lat))
    rows = session.execute(
        select(i.id, i.captured_at, i.received_at, i.clock, i.clock_signed_at, i.device_id, i.fix_lon, i.fix_lat,
               i.fix_raw, i.fix_accuracy_m, i.method, Station.code, StationVersion.lon, StationVersion.lat)
        .join(Station, Station.id == i.station_id)
        .outerjoin(StationVersion, StationVersion.id == Station.version_id)
        .where(i.account_id == visit.account_id, i.id.not_in(own), or_(*near)).order_by(i.id)
    )  # fmt: skip
    return tuple(
        Neighbour(row.id, row.code, clock_of(row), fix_of(row),
                  (row.lon, row.lat) if row.lon is not None and row.lat is not None else None,
                  row.method in ON_THE_SPOT)
        for row in rows
    )  # fmt: skip
