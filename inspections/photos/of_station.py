"""The photos of a station's visits whose bytes have arrived, as evidence for a change of its status."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.visits.tables import Inspection, Photo
from stations.register.moves import EvidencePhoto


def received_photos(session: Session, station_id: int) -> list[EvidencePhoto]:
    """Give visit and purpose of every photo of the station that is wholly here."""
    rows = session.execute(
        select(Photo.inspection_id, Photo.purpose)
        .join(Inspection, Inspection.id == Photo.inspection_id)
        .where(Inspection.station_id == station_id, Photo.received_at.is_not(None))
        .order_by(Photo.id)
    )
    return [EvidencePhoto(inspection_id, purpose) for inspection_id, purpose in rows]
