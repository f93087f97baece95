"""Keep the seals that came with a visit's photos, to the letter, with whether the phone's signature holds.

A seal never stands in the way of a visit: one that does not hold is kept and told (see links.py).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.vocab_evidence import SealVerdict
from inspections.chain.payloads import read_payload
from inspections.chain.signatures import holds
from inspections.chain.tables import DeviceKey, PhotoSeal
from stations.people.access import Caller
from stations.people.tables import Device


def keep_seals(
    session: Session, sender: Caller, visit_id: str, claims: Iterable[Mapping[str, Any]], now: dt.datetime
) -> None:
    """Keep the seal of each photo claim that has one (`seal`: {payload, signature}); once a photo."""
    for sha256, seal in {claim["sha256"]: claim.get("seal") for claim in claims}.items():
        if not seal:
            continue
        told = read_payload(seal["payload"])
        device_id = _signer(session, sender, told.device)
        key = session.get(DeviceKey, device_id) if device_id is not None else None
        session.add(PhotoSeal(
            inspection_id=visit_id, sha256=sha256, device_id=device_id, payload=seal["payload"],
            signature=seal["signature"], verdict=_verdict(key, seal), sealed_at=told.wall, number=told.number,
            previous_sha256=told.previous, received_at=now,
        ))  # fmt: skip
    session.flush()


def _signer(session: Session, sender: Caller, named: int | None) -> int | None:
    """Give the phone whose key is to be tried: the one named if it is the sender's own, else the one that sends.

    Somebody enrolled again sends what the phone sealed under its former enrolment; a file read in by staff has no
    sending phone at all.
    """
    if named is None or named == sender.device_id:
        return sender.device_id
    mine = select(Device.id).where(Device.id == named, Device.account_id == sender.account_id)
    return session.scalar(mine) or sender.device_id


def _verdict(key: DeviceKey | None, seal: Mapping[str, str]) -> SealVerdict:
    if key is None:
        return SealVerdict.NO_KEY
    return SealVerdict.VALID if holds(key.public_key, seal["payload"], seal["signature"]) else SealVerdict.INVALID
