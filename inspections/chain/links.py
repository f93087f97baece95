"""What a visit's seals say against it: reasons to look twice, for the rules of plausibility; never a refusal.

What honest work does raises nothing. A photo taken again or thrown away leaves a hole in the phone's numbers, visits
arrive in any order, a refused one comes corrected with the same seals, a phone erased and enrolled again begins anew
at 1 as another device: so nothing is ever concluded from a photo that is not here, only from two that contradict each
other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.vocab_evidence import SealVerdict
from inspections.chain.payloads import Sealed, read_payload
from inspections.chain.tables import DeviceKey, PhotoSeal
from inspections.visits.tables import Inspection, Photo
from inspections.visits.time_signing import signed_in_clock
from stations.people.access import NOBODY
from stations.records.tables import Station

# A draft begun before the key was registered, on a phone whose clock goes wrong, may be this much younger by its own
# account.
GRACE = dt.timedelta(days=1)


class Break(NamedTuple):
    """A reason (seal_missing, seal_invalid, seal_differs, chain_broken), the photo, and its figures in plain JSON."""

    code: str
    sha256: str
    figures: dict[str, Any]


@dataclass(frozen=True)
class Link:
    """One valid seal in a phone's chain; `seal` tells two seals of the same photo apart."""

    sha256: str
    number: int
    previous: str | None
    seal: str


def chain_breaks(session: Session, visit_id: str) -> list[Break]:
    """Give what the seals of a visit's photos say against it, in the photos' order."""
    visit = session.get_one(Inspection, visit_id)
    seals = {seal.sha256: seal for seal in _seals_of(session, visit_id)}
    photos = session.scalars(select(Photo).where(Photo.inspection_id == visit_id).order_by(Photo.position)).all()
    missing = _missing(session, visit, [photo for photo in photos if photo.sha256 not in seals])
    code = session.get_one(Station, visit.station_id).code
    found: list[Break] = []
    for photo in photos:
        seal = seals.get(photo.sha256)
        if seal is None:
            found += missing.get(photo.sha256, [])
        elif seal.verdict == SealVerdict.INVALID:
            found.append(Break("seal_invalid", photo.sha256, {}))
        elif seal.verdict == SealVerdict.VALID:
            told = read_payload(seal.payload)
            fields = differing(told, photo.sha256, code, visit.account_id, seal.device_id, photo.taken_at)
            if fields:
                found.append(Break("seal_differs", photo.sha256, {"fields": fields}))
            found += _broken_links(session, seal)
    return found


def seal_standing(session: Session, visit_id: str, sha256: str) -> str:
    """Say in one word how a photo's seal stands: none, no_key, invalid, differs or valid."""
    seal = session.scalars(
        select(PhotoSeal).where(PhotoSeal.inspection_id == visit_id, PhotoSeal.sha256 == sha256)
    ).one_or_none()
    if seal is None:
        return "none"
    if seal.verdict != SealVerdict.VALID:
        return seal.verdict
    visit = session.get_one(Inspection, visit_id)
    taken_at = session.scalars(
        select(Photo.taken_at).where(Photo.inspection_id == visit_id, Photo.sha256 == sha256)
    ).first()
    code = session.get_one(Station, visit.station_id).code
    told = read_payload(seal.payload)
    return "differs" if differing(told, sha256, code, visit.account_id, seal.device_id, taken_at) else "valid"


def sealed_places(session: Session, visit_id: str) -> dict[str, dict[str, float]]:
    """Give by photo where its phone was when it was kept (lon, lat, accuracy_m, age_s), as far as a valid seal says."""
    told = {seal.sha256: read_payload(seal.payload).fix for seal in _valid_of(session, visit_id)}
    return {sha256: fix for sha256, fix in told.items() if fix is not None}


def sealed_not_before(session: Session, visit_id: str) -> dict[str, dt.datetime]:
    """Give by photo the newest server time that its phone had provably heard when it was kept.

    A photo from the page's own camera is kept within moments; a file chosen from the phone may be years older, and of
    it nothing is given. Which of the two it was only the phone says.
    """
    chosen = {
        photo.sha256 for photo in session.scalars(select(Photo).where(Photo.inspection_id == visit_id))
        if (photo.capture or {}).get("source") == "file"
    }  # fmt: skip
    found: dict[str, dt.datetime] = {}
    for seal in _valid_of(session, visit_id):
        if seal.sha256 in chosen:
            continue
        phone = replace(NOBODY, device_id=seal.device_id)
        heard = signed_in_clock(session, phone, {"signed_time": read_payload(seal.payload).signed_time})
        if heard is not None:
            found[seal.sha256] = heard
    return found


def differing(
    told: Sealed, sha256: str, station: str, account_id: int, device_id: int | None, taken_at: dt.datetime | None
) -> list[str]:
    """Name the parts of a payload that are not those of the photo and the visit it came with. Pure.

    The visit's position is no such part: the phone goes on looking for a better one after the photo.
    """
    pairs: tuple[tuple[str, Any, Any], ...] = (
        ("sha256", told.sha256, sha256), ("station", told.station, station), ("inspector", told.inspector, account_id),
        ("device", told.device, device_id), ("taken_at", told.taken_at, taken_at),
    )  # fmt: skip
    return [name for name, said, known in pairs if said != known] + (["number"] if told.number is None else [])


def contradictions(link: Link, others: Iterable[Link]) -> list[dict[str, Any]]:
    """Give the figures of what in one phone's chain contradicts a link; `others` may hold the link itself. Pure.

    A number given twice to different photos (the phone's memory was set back), or a neighbour that names another photo
    as the one before. Of the first nothing came before.
    """
    found: list[dict[str, Any]] = []
    if link.number == 1 and link.previous is not None:
        found.append({"number": 1, "other": link.previous})
    for other in others:
        if other.number == link.number and other.seal != link.seal:
            found.append({"number": link.number, "other": other.sha256})
        elif other.number == link.number + 1 and other.previous != link.sha256:
            found.append({"number": other.number, "other": other.sha256})
        elif other.number == link.number - 1 and link.previous != other.sha256:
            found.append({"number": link.number, "other": other.sha256})
    return found


def _broken_links(session: Session, seal: PhotoSeal) -> list[Break]:
    """Give at most one reason a photo: the first contradiction stands for all."""
    if seal.number is None:
        return []
    near = select(PhotoSeal).where(
        PhotoSeal.device_id == seal.device_id, PhotoSeal.verdict == SealVerdict.VALID,
        PhotoSeal.number.between(seal.number - 1, seal.number + 1),
    ).order_by(PhotoSeal.id)  # fmt: skip
    found = contradictions(_link(seal), [_link(one) for one in session.scalars(near)])
    return [Break("chain_broken", seal.sha256, found[0])] if found else []


def _link(seal: PhotoSeal) -> Link:
    return Link(seal.sha256, seal.number or 0, seal.previous_sha256, seal.payload)


def _missing(session: Session, visit: Inspection, bare: Sequence[Photo]) -> dict[str, list[Break]]:
    """Judge photos without a seal: only a phone that could have made one, and only what it did not hand in before."""
    key = session.get(DeviceKey, visit.device_id) if visit.device_id is not None and bare else None
    if key is None:
        return {}
    known = set(session.scalars(
        select(Photo.sha256).where(Photo.inspection_id == visit.replaces_id,
                                   Photo.sha256.in_([photo.sha256 for photo in bare]))
    ))  # fmt: skip
    since = key.registered_at + GRACE
    return {
        photo.sha256: [Break("seal_missing", photo.sha256, {"key_since": key.registered_at.isoformat()})]
        for photo in bare
        if photo.sha256 not in known and (photo.taken_at or visit.captured_at) > since
    }


def _seals_of(session: Session, visit_id: str) -> Iterable[PhotoSeal]:
    return session.scalars(select(PhotoSeal).where(PhotoSeal.inspection_id == visit_id))


def _valid_of(session: Session, visit_id: str) -> list[PhotoSeal]:
    return [seal for seal in _seals_of(session, visit_id) if seal.verdict == SealVerdict.VALID]
