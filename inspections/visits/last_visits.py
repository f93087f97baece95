"""The newest visit of each of many stations, as it is laid beside the next one: what was found, never by whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import case, exists, func, select, update
from sqlalchemy.orm import Session, aliased

from field_app_schema.vocab import PhotoPurpose
from inspections.photos.tables import Medium
from inspections.visits.tables import Inspection, Photo
from stations.records.revision import next_revision
from stations.records.tables import Station

# What shows a visitor that the place is the same; the first there is.
SHOWN = (PhotoPurpose.SIGN, PhotoPurpose.FRONT, PhotoPurpose.CLOSED_DOOR)


class LastPhoto(NamedTuple):
    """A photo that has arrived and has its small picture."""

    sha256: str
    purpose: str


@dataclass(frozen=True)
class LastVisit:
    """The newest visit of a station; `photo` None where none has arrived."""

    inspection_id: str
    captured_at: dt.datetime
    observed_state: str
    answers: dict[str, Any]
    checks: dict[str, str]
    photo: LastPhoto | None


def last_visits(session: Session, station_ids: Sequence[int]) -> dict[int, LastVisit]:
    """Give the newest visit of each of these stations (at most a page of them) by its id, in two queries.

    One in whose place another stands is not given.
    """
    i, better = Inspection, aliased(Inspection)
    newest = (i.captured_at.desc(), i.received_at.desc(), i.id.desc())
    ranked = (
        select(i.id, func.row_number().over(partition_by=i.station_id, order_by=newest).label("place"))
        .where(i.station_id.in_(station_ids), ~exists().where(better.replaces_id == i.id)).subquery()
    )  # fmt: skip
    rows = session.execute(
        select(i.station_id, i.id, i.captured_at, i.observed_state, i.answers, i.checks)
        .join(ranked, ranked.c.id == i.id).where(ranked.c.place == 1)
    ).all()  # fmt: skip
    photos = _photos(session, [row.id for row in rows])
    return {
        row.station_id: LastVisit(row.id, row.captured_at, row.observed_state, row.answers, row.checks,
                                  photos.get(row.id))
        for row in rows
    }  # fmt: skip


def note_shown(session: Session, sha256: str) -> None:
    """Let the stations whose last visit shows this photo count as changed, because it can be shown from now on."""
    named = select(Inspection.station_id, Inspection.id).join(Photo, Photo.inspection_id == Inspection.id)
    visits = session.execute(named.where(Photo.sha256 == sha256, Photo.purpose.in_(SHOWN))).all()
    newest = last_visits(session, sorted({station_id for station_id, _ in visits}))
    changed = {station_id for station_id, visit_id in visits if newest[station_id].inspection_id == visit_id}
    if changed:
        revision = next_revision(session)
        session.execute(update(Station).where(Station.id.in_(changed)).values(revision=revision))


def _photos(session: Session, visit_ids: Sequence[str]) -> dict[str, LastPhoto]:
    preferred = case({purpose.value: place for place, purpose in enumerate(SHOWN)}, value=Photo.purpose)
    rows = session.execute(
        select(Photo.inspection_id, Photo.sha256, Photo.purpose)
        .join(Medium, Medium.sha256 == Photo.sha256)
        .where(Photo.inspection_id.in_(visit_ids), Photo.received_at.is_not(None), Medium.thumbnail_at.is_not(None),
               Photo.purpose.in_(SHOWN))
        .order_by(preferred.desc(), Photo.position.desc())
    )  # fmt: skip
    # The preferred comes last and stays.
    return {row.inspection_id: LastPhoto(row.sha256, row.purpose) for row in rows}


def visit_before(session: Session, visit: Inspection) -> LastVisit | None:
    """Give the visit to the same station that was made next before this one, with its photo, or None."""
    i, better = Inspection, aliased(Inspection)
    row = session.execute(
        select(i.id, i.captured_at, i.observed_state, i.answers, i.checks)
        .where(i.station_id == visit.station_id, i.captured_at < visit.captured_at,
               ~exists().where(better.replaces_id == i.id))
        .order_by(i.captured_at.desc(), i.received_at.desc(), i.id.desc()).limit(1)
    ).one_or_none()  # fmt: skip
    if row is None:
        return None
    photo = _photos(session, [row.id]).get(row.id)
    return LastVisit(row.id, row.captured_at, row.observed_state, row.answers, row.checks, photo)
