"""The newest photo of a station, for whoever shows the station."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.photos.tables import Medium
from inspections.visits.tables import Inspection, Photo
from stations.people.access import Caller, in_scope
from stations.records.tables import Station


class LatestPhoto(NamedTuple):
    """A photo that has arrived: its visit, its hash, what it shows, when its visit was made."""

    inspection_id: str
    sha256: str
    purpose: str
    captured_at: dt.datetime


def latest_photo(session: Session, caller: Caller, station_id: int) -> LatestPhoto | None:
    """Give the newest received photo of a station in the caller's scope that has a thumbnail, or None."""
    found = session.execute(
        select(Photo.inspection_id, Photo.sha256, Photo.purpose, Inspection.captured_at)
        .join(Inspection, Photo.inspection_id == Inspection.id)
        .join(Station, Inspection.station_id == Station.id)
        .join(Medium, Medium.sha256 == Photo.sha256)
        .where(Station.id == station_id, in_scope(caller, Station.unit_path, Station.id),
               Photo.received_at.is_not(None), Medium.thumbnail_at.is_not(None))
        .order_by(Inspection.captured_at.desc(), Photo.position)
        .limit(1)
    ).one_or_none()  # fmt: skip
    return None if found is None else LatestPhoto(*found)
