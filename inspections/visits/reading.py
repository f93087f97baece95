"""Read visits within a caller's scope: staff those of their units' stations, visitors their own."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from inspections.photos.previews import previews_of
from inspections.visits.answering import PhotoReceipt
from inspections.visits.tables import Inspection, Photo
from stations.people.access import STAFF, Caller, in_scope
from stations.people.tables import Account
from stations.records.tables import Station

# What a phone names its records by. Nothing else is asked for: not every database can hold every sign of an address.
UUID_SIGNS = re.compile(r"[0-9a-f-]{36}")


@dataclass(frozen=True)
class VisitPhoto(PhotoReceipt):
    """A photo of a visit: what the phone said of it, and whether a preview stands in for it."""

    taken_at: dt.datetime | None
    exif: dict[str, Any] | None
    capture: dict[str, Any] | None
    preview: bool


@dataclass(frozen=True)
class VisitLine:
    """A visit as lists and pages show it."""

    id: str
    state: str
    station_code: str
    method: str
    observed_state: str
    answers: dict[str, Any]
    checks: dict[str, str]
    note: str | None
    inspector: str
    captured_at: dt.datetime
    received_at: dt.datetime
    completed_at: dt.datetime | None
    fix: dict[str, Any] | None
    on_site: str
    distance_m: float | None
    sha256: str
    form_version: str
    not_answered: dict[str, str]
    replaces: str | None
    photos: list[VisitPhoto]
    # One more with each edit and each correction of its sign.
    version: int = 1
    # Filled in by the room of review, which knows.
    returned: Any = None
    revision: int = 1
    # For staff only: what asks for a second look, and when visit and photos were made as far as it can be proved.
    reasons: list[dict[str, Any]] | None = None
    times: list[dict[str, Any]] | None = None


@dataclass(frozen=True)
class VisitPage:
    """One page of visits, newest first, and how many there are in all."""

    inspections: list[VisitLine]
    total: int
    page: int
    page_size: int


def list_visits(
    session: Session, caller: Caller, *, station: str | None, state: str | None, page: int, page_size: int
) -> VisitPage:
    """Give one page of the visits the caller may see."""
    wanted = [_within(caller)]
    if station is not None:
        wanted.append(Station.code == station)
    if state is not None:
        wanted.append(Inspection.state == state)
    total = session.scalar(select(func.count()).select_from(Inspection).join(Station).where(*wanted)) or 0
    rows = session.execute(
        select(Inspection, Station.code, Account.display_name)
        .join(Station, Inspection.station_id == Station.id)
        .join(Account, Inspection.account_id == Account.id)
        .where(*wanted)
        .order_by(Inspection.captured_at.desc(), Inspection.id)
        .limit(page_size)
        .offset((page - 1) * page_size)
    ).all()
    photos = _photos(session, [visit.id for visit, _, _ in rows])
    return VisitPage([_line(visit, code, name, photos[visit.id]) for visit, code, name in rows], total, page, page_size)


def read_visit_line(session: Session, caller: Caller, visit_id: str) -> VisitLine:
    """Give one visit; refuses with INSPECTION_UNKNOWN, whatever the cause."""
    visit = find_visit(session, caller, visit_id)
    code = session.get_one(Station, visit.station_id).code
    name = session.get_one(Account, visit.account_id).display_name
    return _line(visit, code, name, _photos(session, [visit.id])[visit.id])


def find_visit(session: Session, caller: Caller, visit_id: str) -> Inspection:
    """Give the row of a visit the caller may see; refuses with INSPECTION_UNKNOWN, whatever the cause."""
    visit = None
    if UUID_SIGNS.fullmatch(visit_id.lower()):
        named = select(Inspection).join(Station).where(Inspection.id == visit_id.lower(), _within(caller))
        visit = session.scalars(named).one_or_none()
    if visit is None:
        raise Refusal("INSPECTION_UNKNOWN")
    return visit


def _within(caller: Caller) -> ColumnElement[bool]:
    if caller.role in STAFF:
        return in_scope(caller, Station.unit_path, Station.id)
    return Inspection.account_id == caller.account_id


def _photos(session: Session, visit_ids: Sequence[str]) -> dict[str, list[VisitPhoto]]:
    found: dict[str, list[VisitPhoto]] = {visit_id: [] for visit_id in visit_ids}
    rows = session.execute(
        select(Photo, Inspection.account_id)
        .join(Inspection, Inspection.id == Photo.inspection_id)
        .where(Photo.inspection_id.in_(visit_ids))
        .order_by(Photo.position)
    ).all()
    previews = previews_of(session, {photo.sha256 for photo, _ in rows if photo.received_at is None})
    for photo, sender in rows:
        found[photo.inspection_id].append(
            VisitPhoto(photo.sha256, photo.purpose, photo.received_at is not None, photo.taken_at, photo.exif,
                       photo.capture, (photo.sha256, sender) in previews)
        )  # fmt: skip
    return found


def _line(visit: Inspection, station_code: str, inspector: str, photos: list[VisitPhoto]) -> VisitLine:
    return VisitLine(
        id=visit.id, state=visit.state, station_code=station_code, method=visit.method,
        observed_state=visit.observed_state, answers=visit.answers, checks=visit.checks, note=visit.note,
        inspector=inspector, captured_at=visit.captured_at, received_at=visit.received_at,
        completed_at=visit.completed_at, fix=visit.fix_raw, on_site=visit.on_site,
        distance_m=visit.distance_m, sha256=visit.body_sha256, form_version=visit.form_version, photos=photos,
        not_answered=visit.not_answered, replaces=visit.replaces_id, version=visit.version,
    )  # fmt: skip
