"""Make the marked copies of a visit's photos, later and elsewhere: done twice it does no harm."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from db import reading, writing
from field_app_schema.refusals import Refusal
from inspections.marking.lines import MarkedFacts, lines_of, verify_address
from inspections.photos.pictures.watermark import Mark, mark_photo
from inspections.photos.store import PhotoStore, marked_key, photo_key
from inspections.photos.tables import Medium
from inspections.visits.tables import Inspection, Photo
from stations.people.tables import Account
from stations.records.tables import Station, StationVersion
from stations.units.tables import OrgUnit


@dataclass(frozen=True)
class MarkStyle:
    """The words of one language, the font's file, and «https://host» of this installation ('' where none is named)."""

    words: Mapping[str, str]
    font: Path
    public_url: str = ""


def mark_visit(
    sessions: sessionmaker[Session], store: PhotoStore, payload: dict[str, Any], style: MarkStyle, *,
    now: Callable[[], dt.datetime], progress: Callable[[int, int | None], None] = lambda _done, _total: None,
) -> dict[str, Any]:  # fmt: skip
    """Make the marked copy of each photo of visit `payload["inspection_id"]` that is here and has none yet.

    A photo that cannot be decoded has none. Raises FileNotFoundError when one is not in the store, so that the job is
    tried again.
    """
    visit_id = str(payload["inspection_id"])
    with reading(sessions) as session:
        waiting = facts_waiting(session, visit_id, style)
    made = 0
    for number, (photo_id, facts) in enumerate(waiting):
        progress(number, len(waiting))
        if not _mark(store, visit_id, facts, style):
            continue
        with writing(sessions) as session:
            session.execute(update(Photo).where(Photo.id == photo_id).values(marked_at=now()))
        made += 1
    return {"made": made}


def _mark(store: PhotoStore, visit_id: str, facts: MarkedFacts, style: MarkStyle) -> bool:
    body = store.get(photo_key(facts.sha256))
    if body is None:
        raise FileNotFoundError(photo_key(facts.sha256))
    address = verify_address(facts) if style.public_url else ""
    try:
        marked = mark_photo(body, Mark(lines_of(facts, style.words), address), style.font)
    except Refusal as refusal:
        if refusal.kind.retry:
            raise
        return False
    store.put_new(marked_key(visit_id, facts.sha256), marked)
    return True


def facts_waiting(session: Session, visit_id: str, style: MarkStyle) -> list[tuple[int, MarkedFacts]]:
    """Give the photos without a marked copy, by their rows' ids, with what is to stand on each."""
    found = session.execute(
        select(Inspection, Station, StationVersion, Account.display_name)
        .join(Station, Station.id == Inspection.station_id)
        .outerjoin(StationVersion, StationVersion.id == Station.version_id)
        .join(Account, Account.id == Inspection.account_id)
        .where(Inspection.id == visit_id)
    ).one_or_none()
    if found is None:
        return []
    visit, station, version, inspector = found
    place = _place(session, station.unit_path)
    photos = session.execute(
        select(Photo, Medium.stored_at)
        .join(Medium, Medium.sha256 == Photo.sha256)
        .where(Photo.inspection_id == visit_id, Photo.marked_at.is_(None), Medium.refused_code.is_(None))
        .order_by(Photo.position)
    ).all()
    return [
        (photo.id, MarkedFacts(
            sha256=photo.sha256, taken_at=photo.taken_at, visited_at=visit.captured_at, heard_at=visit.clock_signed_at,
            received_at=min(visit.received_at, stored_at), place=place,
            station=station.code if version is None else f"{version.name} {station.code}", on_site=visit.on_site,
            distance_m=visit.distance_m, accuracy_m=visit.fix_accuracy_m, inspector=inspector,
            public_url=style.public_url, is_file=(photo.capture or {}).get("source") == "file",
        ))
        for photo, stored_at in photos
    ]  # fmt: skip


def _place(session: Session, unit_path: str) -> str:
    """Give the names from the county down to the village."""
    codes = [code for code in unit_path.split("/") if len(code) >= 6]
    names = dict(session.execute(select(OrgUnit.code, OrgUnit.name).where(OrgUnit.code.in_(codes))).all())
    return " ".join(names[code] for code in codes if code in names)
