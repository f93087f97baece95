"""Stations that were found, as the officers of their unit read them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from inspections.found.receipts import found_photos
from inspections.found.tables import FoundStation
from inspections.photos.showing import ShownPhoto, show_medium
from inspections.photos.store import PhotoStore
from inspections.visits.answering import PhotoReceipt
from inspections.visits.reading import UUID_SIGNS
from stations.people.access import Caller, in_scope
from stations.people.tables import Account
from stations.records.tables import Station
from stations.units.tables import OrgUnit


@dataclass(frozen=True)
class FoundLine:
    """A found station with the names that stand behind its codes; CGCS2000 degrees."""

    id: str
    name: str
    kind: str
    village_code: str | None
    village_name: str | None
    note: str | None
    lon: float | None
    lat: float | None
    nearby: list[str]
    found_by: str
    captured_at: dt.datetime
    received_at: dt.datetime
    photos: list[PhotoReceipt]
    state: str
    station_code: str | None
    decided_at: dt.datetime | None
    decided_note: str | None


@dataclass(frozen=True)
class FoundPage:
    """One page of found stations, newest first, and how many there are in all."""

    found: list[FoundLine]
    total: int
    page: int
    page_size: int


def list_found(session: Session, caller: Caller, *, state: str | None, page: int, page_size: int) -> FoundPage:
    """Give one page of the stations found in the caller's area."""
    wanted = [in_scope(caller, FoundStation.unit_path)]
    if state is not None:
        wanted.append(FoundStation.state == state)
    total = session.scalar(select(func.count()).select_from(FoundStation).where(*wanted)) or 0
    newest = (FoundStation.received_at.desc(), FoundStation.id)
    asked = _lines().where(*wanted).order_by(*newest).limit(page_size).offset((page - 1) * page_size)
    return FoundPage(_told(session, asked), total, page, page_size)


def read_found_line(session: Session, row: FoundStation) -> FoundLine:
    """Give one found station that the caller holds."""
    return _told(session, _lines().where(FoundStation.id == row.id))[0]


def find_found(session: Session, caller: Caller, found_id: str, *, for_change: bool = False) -> FoundStation:
    """Give the row of a found station in the caller's scope; refuses with FOUND_UNKNOWN, whatever the cause."""
    if not UUID_SIGNS.fullmatch(found_id.lower()):
        raise Refusal("FOUND_UNKNOWN")
    wanted = select(FoundStation).where(FoundStation.id == found_id.lower(), in_scope(caller, FoundStation.unit_path))
    if for_change:
        wanted = wanted.with_for_update().execution_options(populate_existing=True)
    row = session.scalars(wanted).one_or_none()
    if row is None:
        raise Refusal("FOUND_UNKNOWN")
    return row


def show_found_photo(
    session: Session, store: PhotoStore, caller: Caller, found_id: str, sha256: str, size: str
) -> ShownPhoto:
    """Give a photo of a found station; refuses with FOUND_UNKNOWN, and with PHOTO_UNKNOWN where nothing is there."""
    row = find_found(session, caller, found_id)
    if sha256 not in {photo["sha256"] for photo in row.photos}:
        raise Refusal("PHOTO_UNKNOWN", reason="not_received")
    return show_medium(session, store, sha256, size, sent_by=row.account_id)


def _lines() -> Select[FoundStation, str, str | None, str | None]:
    return (
        select(FoundStation, Account.display_name, OrgUnit.name, Station.code)
        .join(Account, Account.id == FoundStation.account_id)
        .outerjoin(OrgUnit, OrgUnit.code == FoundStation.village_code)
        .outerjoin(Station, Station.id == FoundStation.station_id)
    )


def _told(session: Session, asked: Select[FoundStation, str, str | None, str | None]) -> list[FoundLine]:
    rows = session.execute(asked).all()
    photos = found_photos(session, [row for row, _, _, _ in rows])
    return [
        FoundLine(
            id=row.id, name=row.name, kind=row.kind, village_code=row.village_code, village_name=village,
            note=row.note, lon=row.lon, lat=row.lat, nearby=row.nearby, found_by=by, captured_at=row.captured_at,
            received_at=row.received_at, photos=photos[row.id], state=row.state, station_code=code,
            decided_at=row.decided_at, decided_note=row.decided_note,
        )
        for row, by, village, code in rows
    ]  # fmt: skip
