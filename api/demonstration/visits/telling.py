"""One told visit, sent with its photo through the door a phone uses."""

from __future__ import annotations

import datetime as dt
import json
import random
import struct
import uuid
from hashlib import sha256
from pathlib import Path

from sqlalchemy.orm import Session

from api.demonstration.stories import ToldVisit
from api.photo_room import photo_store, staging
from field_app_schema.visits import read_visit
from inspections.arriving.arrivals import note_whole
from inspections.arriving.taking_in import take_in
from inspections.photos.receiving import WholeFile, take_piece
from inspections.photos.staging import Piece
from inspections.visits.answering import Receipt
from stations.people.access import Caller
from stations.register.entry.facts import StationFacts

PICTURES = Path(__file__).resolve().parent.parent / "pictures"


def tell_visit(session: Session, observer: Caller, facts: StationFacts, told: ToldVisit) -> None:
    """Send one visit and its photo through the door a phone uses, received the same evening."""
    photo = picture_for(told.picture, f"{facts.code} {told.at.isoformat()}")
    visit = record(facts, told, sha256(photo).hexdigest(), len(photo))
    send(session, observer, facts.code or "", told.at, visit, photo)


def send(
    session: Session, observer: Caller, code: str, at: dt.datetime, visit: dict[str, object], photo: bytes
) -> None:
    """Send a record and its photo; they are received five hours after `at`."""
    digest, evening = sha256(photo).hexdigest(), at + dt.timedelta(hours=5)
    body = json.dumps(visit, ensure_ascii=False).encode()
    visit_id = str(uuid.uuid5(uuid.NAMESPACE_URL, f"demonstration/{code}/{at.isoformat()}"))
    receipt = take_in(session, observer, visit_id, body, read=read_visit, now=evening)
    if not isinstance(receipt, Receipt):
        raise RuntimeError(f"the demonstration's own visit to {code} was not accepted: {receipt.reason}")
    whole = take_piece(staging(), photo_store(), observer.account_id or 0, digest, Piece(0, len(photo), photo))
    if isinstance(whole, WholeFile):
        note_whole(session, observer, whole, now=evening)


def record(facts: StationFacts, told: ToldVisit, digest: str, size: int) -> dict[str, object]:
    """Give the record of a told visit as a phone writes it; the fix lies some 10 to 30 m from the station."""
    at, ended = told.at.isoformat(), (told.at + dt.timedelta(minutes=6)).isoformat()
    # No phone gives the same place twice to the last digit.
    dice = random.Random(f"{facts.code}{at}")  # noqa: S311  # told stories, not secrets
    east, north = dice.uniform(0.00005, 0.0002), dice.uniform(0.00005, 0.0002)
    fix = {"lon": round((facts.lon or 0) + east, 7), "lat": round((facts.lat or 0) + north, 7), "accuracy_m": 14.0,
           "coord_system": "wgs84", "provider": "gps", "age_s": 2}  # fmt: skip
    photo = {"sha256": digest, "purpose": told.purpose, "size": size, "mime": "image/jpeg", "taken_at": at}
    return {
        "station_code": facts.code, "method": "site_visit", "started_at": at, "ended_at": ended, "captured_at": ended,
        "observed_state": told.observed_state, "answers": {}, "checks": {}, "fix": fix, "note": "演示记录",
        "photos": [photo], "form_version": "1",
        "clock": {"wall": ended, "monotonic_ms_since_sync": 0, "last_server_time": at, "time_zone": "Asia/Shanghai"},
    }  # fmt: skip


def picture_for(name: str, mark: str) -> bytes:
    """Give a demonstration drawing with a comment of its own in it, so that every photo has its own hash."""
    drawing = (PICTURES / f"{name}.jpg").read_bytes()
    comment = mark.encode()
    return drawing[:2] + b"\xff\xfe" + struct.pack(">H", len(comment) + 2) + comment + drawing[2:]
