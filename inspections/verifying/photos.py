"""Find the photos that a code stands for, and say what can be said of each to anybody.

Nothing of a person is told: no name, no account, no position of a phone, only whether it was at the station; the times
to the minute.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab import InspectionState
from inspections.chain.codes import normal, range_of, short_code
from inspections.chain.links import seal_standing, sealed_not_before
from inspections.photos.pictures.coarse import difference_hash, make_coarse
from inspections.photos.store import PhotoStore, thumbnail_key
from inspections.photos.tables import Medium
from inspections.plausibility.reading import judgement_of
from inspections.verifying.rehashing import DIFFER, MISSING, Rehashing
from inspections.visits.tables import Inspection, Photo
from stations.records.tables import Station, StationVersion
from stations.units.tables import OrgUnit

# Fifty bits meet by chance once in a thousand years of a province's photos; one picture may stand in many visits.
MOST = 10
_RECEIVED = (
    InspectionState.COMPLETE, InspectionState.UNDER_REVIEW, InspectionState.APPROVED, InspectionState.RETURNED,
)  # fmt: skip
UNKNOWN = "unknown"
_MINUTE = dt.timedelta(minutes=1)


@dataclass(frozen=True)
class VerifiedPlace:
    """A station by name and code, and the units that hold it."""

    code: str
    name: str
    village_name: str | None
    township_name: str | None
    county_name: str | None


@dataclass(frozen=True)
class VerifiedPhoto:
    """A received photo; `state`: genuine, unsealed, altered, missing; `on_site` is of the visit's phone.

    `source`, as the phone said: camera, file (chosen from its pictures: nothing says when or where it was taken),
    unknown. `stored`: same, differ, missing. `seal`: valid, none, no_key, invalid, differs. Times to the full minute,
    the interval outwards. `likeness`: 64 bits in hex, see `difference_hash`; None while there is no small picture.
    """

    sha256: str
    code: str
    state: str
    stored: str
    seal: str
    station: VerifiedPlace
    purpose: str
    source: str
    on_site: str
    taken_at: dt.datetime | None
    not_before: dt.datetime | None
    not_after: dt.datetime
    likeness: str | None


def verified_photos(
    session: Session, store: PhotoStore, rehashing: Rehashing, typed: str, *, now: dt.datetime
) -> list[VerifiedPhoto]:
    """Give what was received under a code as somebody typed it, once a photo and station, the first received first.

    Refuses with PHOTO_CODE_UNKNOWN what is no code as well as what no received photo has.
    """
    seen: dict[tuple[str, int], VerifiedPhoto] = {}
    for photo, visit in _received(session, typed):
        if (photo.sha256, visit.station_id) not in seen:
            stored = rehashing.look(store, photo.sha256, now=now)
            seen[photo.sha256, visit.station_id] = _described(session, store, photo, visit, stored)
    return list(seen.values())


def coarse_picture(session: Session, store: PhotoStore, typed: str, sha256: str | None) -> tuple[bytes, str]:
    """Give the picture of at most 96 px of the (named) photo under a code, as JPEG, with its tag.

    Refuses with PHOTO_CODE_UNKNOWN, and with PHOTO_UNKNOWN while there is no small picture.
    """
    named = [photo.sha256 for photo, _ in _received(session, typed) if sha256 in (None, photo.sha256)]
    if not named:
        raise Refusal("PHOTO_CODE_UNKNOWN")
    small = _thumbnail(session, store, named[0])
    if small is None:
        raise Refusal("PHOTO_UNKNOWN", reason="thumbnail_pending")
    return make_coarse(small), f"{named[0]}-coarse"


def _received(session: Session, typed: str) -> list[Row[Photo, Inspection]]:
    code = normal(typed)
    if code is None:
        raise Refusal("PHOTO_CODE_UNKNOWN")
    found = session.execute(
        select(Photo, Inspection).join(Inspection, Inspection.id == Photo.inspection_id)
        .where(Photo.sha256.between(*range_of(code)), Photo.received_at.is_not(None), Inspection.state.in_(_RECEIVED))
        .order_by(Inspection.received_at, Inspection.id).limit(MOST)
    ).all()  # fmt: skip
    if not found:
        raise Refusal("PHOTO_CODE_UNKNOWN")
    return list(found)


def _described(session: Session, store: PhotoStore, photo: Photo, visit: Inspection, stored: str) -> VerifiedPhoto:
    seal = seal_standing(session, visit.id, photo.sha256)
    not_before, not_after = _interval(session, visit, photo.sha256)
    small = _thumbnail(session, store, photo.sha256)
    return VerifiedPhoto(
        sha256=photo.sha256, code=short_code(photo.sha256), state=state_of(stored, seal), stored=stored, seal=seal,
        station=_place(session, visit.station_id), purpose=photo.purpose,
        source=(photo.capture or {}).get("source", UNKNOWN), on_site=visit.on_site,
        taken_at=_floor(photo.taken_at), not_before=_floor(not_before), not_after=_ceiling(not_after),
        likeness=None if small is None else difference_hash(small),
    )  # fmt: skip


def state_of(stored: str, seal: str) -> str:
    """Sum up the stored bytes and the seal in one word; of a file that is gone nothing is said. Pure."""
    if stored == DIFFER or seal in ("invalid", "differs"):
        return "altered"
    if stored == MISSING:
        return "missing"
    return "genuine" if seal == "valid" else "unsealed"


def _interval(session: Session, visit: Inspection, sha256: str) -> tuple[dt.datetime | None, dt.datetime]:
    """Give the proven bounds of a capture: those judged, else the signed time in its seal and the receipt.

    The visit's own «not before» says nothing of its photos, which are older.
    """
    judged = judgement_of(session, visit.id)
    for one in judged.times if judged is not None else []:
        if one["photo"] == sha256:
            before = one["not_before"]
            return dt.datetime.fromisoformat(before) if before else None, dt.datetime.fromisoformat(one["not_after"])
    return sealed_not_before(session, visit.id).get(sha256), visit.received_at


def _place(session: Session, station_id: int) -> VerifiedPlace:
    code, name, path = session.execute(
        select(Station.code, StationVersion.name, Station.unit_path)
        .outerjoin(StationVersion, StationVersion.id == Station.version_id).where(Station.id == station_id)
    ).one()  # fmt: skip
    units = session.execute(select(OrgUnit.level, OrgUnit.name).where(OrgUnit.code.in_(path.strip("/").split("/"))))
    names = dict(units.all())
    return VerifiedPlace(code, name or code, names.get("village"), names.get("township"), names.get("county"))


def _thumbnail(session: Session, store: PhotoStore, sha256: str) -> bytes | None:
    """Give the stored small picture: a door open to all decodes nothing bigger."""
    medium = session.get(Medium, sha256)
    return None if medium is None or medium.thumbnail_at is None else store.get(thumbnail_key(sha256))


def _floor(at: dt.datetime | None) -> dt.datetime | None:
    return None if at is None else at.replace(second=0, microsecond=0)


def _ceiling(at: dt.datetime) -> dt.datetime:
    whole = at.replace(second=0, microsecond=0)
    return whole if whole == at else whole + _MINUTE
