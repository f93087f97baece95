"""What a phone is told of a station it found."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from inspections.found.tables import FoundStation
from inspections.photos.receiving import media_present
from inspections.visits.answering import PhotoReceipt


@dataclass(frozen=True)
class FoundReceipt:
    """The server holds it for good."""

    id: str
    state: str
    received_at: dt.datetime
    sha256: str
    photos: list[PhotoReceipt]
    durable: bool = True
    is_new: bool = False


def found_receipt(session: Session, row: FoundStation, *, is_new: bool) -> FoundReceipt:
    """Write the receipt of a found station that is stored."""
    photos = found_photos(session, [row])[row.id]
    return FoundReceipt(row.id, row.state, row.received_at, row.body_sha256, photos, is_new=is_new)


def found_photos(session: Session, rows: list[FoundStation]) -> dict[str, list[PhotoReceipt]]:
    """Give, by id, the photos that found stations name; one is received when its medium is here, whenever it came."""
    here = media_present(session, [photo["sha256"] for row in rows for photo in row.photos])
    return {
        row.id: [PhotoReceipt(photo["sha256"], photo["purpose"], photo["sha256"] in here) for photo in row.photos]
        for row in rows
    }
