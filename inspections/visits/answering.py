"""What a phone is told of a visit that is stored."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.visits.tables import Inspection, Photo


@dataclass(frozen=True)
class PhotoReceipt:
    """A photo the visit names, and whether its bytes are here for good."""

    sha256: str
    purpose: str
    received: bool


@dataclass(frozen=True)
class Receipt:
    """The server holds this visit for good. Fixed at the first answer, but for what photos bring: they and `state`."""

    id: str
    state: str
    received_at: dt.datetime
    sha256: str
    on_site: str
    distance_m: float | None
    photos: list[PhotoReceipt] = field(default_factory=list)
    durable: bool = True
    is_new: bool = False


def receipt_of(session: Session, visit: Inspection, *, is_new: bool) -> Receipt:
    """Write the receipt of a stored visit."""
    photos = session.scalars(select(Photo).where(Photo.inspection_id == visit.id).order_by(Photo.position))
    return Receipt(
        id=visit.id, state=visit.state, received_at=visit.received_at, sha256=visit.body_sha256,
        on_site=visit.on_site, distance_m=visit.distance_m, is_new=is_new,
        photos=[PhotoReceipt(photo.sha256, photo.purpose, photo.received_at is not None) for photo in photos],
    )  # fmt: skip
