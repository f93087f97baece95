"""Read the photo of a sign, later and elsewhere, and keep what was read: a suggestion, also after a person decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from db import reading, writing
from field_app_schema.refusals import Refusal
from inspections.photos.pictures.crops import crop
from inspections.photos.store import PhotoStore, crop_key, photo_key
from inspections.photos.tables import Medium
from inspections.signage.engine import ENGINE
from inspections.signage.found import ReadPicture, SignSuggestion
from inspections.signage.photos.known_channels import known_levels
from inspections.signage.suggesting import suggest
from inspections.signage.tables import SignReading
from stations.records.days import day_in_china

JOB = "sign_reading"


class Reader(Protocol):
    """Whoever reads the text of a picture; one engine, whose name is `ENGINE`."""

    def read(self, body: bytes) -> ReadPicture:
        """Read all text of a photo; refuses what cannot be decoded."""


def read_sign(
    sessions: sessionmaker[Session], store: PhotoStore, reader: Reader, payload: dict[str, Any], *, now: dt.datetime,
    tell: Callable[[Session, SignReading], None] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Read `payload["sha256"]` once by this engine, make the crop, keep both.

    A picture that cannot be decoded leaves no row and is not tried again. `tell` hears of a new reading in the same
    transaction. Raises FileNotFoundError when the photo is not in the store, so that the job is tried again.
    """
    sha256 = str(payload["sha256"])
    with reading(sessions) as session:
        medium = session.get(Medium, sha256)
        if medium is None or medium.refused_code is not None or _reading_by(session, sha256, ENGINE) is not None:
            return {"read": False}
        known = known_levels(session, sha256, on=day_in_china(now))
    body = store.get(photo_key(sha256))
    if body is None:
        raise FileNotFoundError(photo_key(sha256))
    try:
        read = reader.read(body)
        told = suggest(read, known)
        piece = None if told.box is None else crop(body, told.box)
    except Refusal as refusal:
        if refusal.kind.retry:
            raise
        return {"read": False, "refused": refusal.code}
    if piece is not None:
        store.put_new(crop_key(sha256, ENGINE), piece)
    with writing(sessions) as session:
        # Of two workers on one photo the second finds the first one's row.
        session.get_one(Medium, sha256, with_for_update=True)
        if _reading_by(session, sha256, ENGINE) is not None:
            return {"read": False}
        row = _row(sha256, read, told, now, has_crop=piece is not None)
        session.add(row)
        session.flush()
        if tell is not None:
            tell(session, row)
    return {"read": True, "sign_class": told.sign_class, "is_sure": told.is_sure}


def newest_reading(session: Session, sha256: str) -> SignReading | None:
    """Give the newest reading of a photo, by whichever engine."""
    newest = select(SignReading).where(SignReading.sha256 == sha256).order_by(SignReading.id.desc()).limit(1)
    return session.scalars(newest).one_or_none()


def reading_line(session: Session, sha256: str) -> dict[str, Any] | None:
    """Give what the machine suggests of a photo as plain values; None where it was not read (yet).

    `box` is left, top, right, bottom in pixels of the upright picture; `channels` are {text, number, level}.
    """
    read = newest_reading(session, sha256)
    if read is None:
        return None
    return {
        "sign_class": read.sign_class, "wording": read.wording, "confidence": read.confidence, "is_sure": read.is_sure,
        "channels": read.channels, "box": read.box, "engine": read.engine, "read_at": read.read_at,
        "has_crop": read.crop_at is not None,
    }  # fmt: skip


def _reading_by(session: Session, sha256: str, engine: str) -> SignReading | None:
    asked = select(SignReading).where(SignReading.sha256 == sha256, SignReading.engine == engine)
    return session.scalars(asked).one_or_none()


def _row(sha256: str, read: ReadPicture, told: SignSuggestion, now: dt.datetime, *, has_crop: bool) -> SignReading:
    return SignReading(
        sha256=sha256, engine=ENGINE, read_at=now, sign_class=told.sign_class, wording=told.wording,
        confidence=told.confidence, is_sure=told.is_sure, channels=[asdict(one) for one in told.channels],
        lines=[{"text": one.text, "score": one.score, "quad": one.quad} for one in read.lines],
        box=None if told.box is None else list(told.box), width_px=read.width_px, height_px=read.height_px,
        took_ms=read.took_ms, crop_at=now if has_crop else None,
    )  # fmt: skip


def crop_keys(session: Session, hashes: Sequence[str]) -> set[str]:
    """Give where the crops of these photos lie that rows name."""
    rows = session.execute(select(SignReading.sha256, SignReading.engine).where(SignReading.sha256.in_(hashes)))
    return {crop_key(sha256, engine) for sha256, engine in rows}
