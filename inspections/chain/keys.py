"""The key of a phone: registered once, for good, so that what it signed can be checked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab_evidence import SealVerdict
from inspections.chain.signatures import holds, read_key, write_key
from inspections.chain.tables import DeviceKey, PhotoSeal
from stations.people.access import Caller
from stations.people.audit import note_act
from stations.people.tables import Device


@dataclass(frozen=True)
class RegisteredKey:
    """Since when the server knows the key of a phone."""

    device_id: int
    registered_at: dt.datetime


def register_key(session: Session, caller: Caller, public_key: str, *, now: dt.datetime) -> RegisteredKey:
    """Keep the public key of the caller's phone (SubjectPublicKeyInfo of a P-256 key, base64); again does nothing.

    Refuses with KEY_MALFORMED, with KEY_REGISTERED where the phone has another one, with DEVICE_UNKNOWN who calls from
    no phone. Seals that came before the key are judged now.
    """
    key = read_key(public_key)
    if key is None:
        raise Refusal("KEY_MALFORMED", errors={"public_key": ["应为 P-256 公钥 / must be a P-256 public key"]})
    # Its row is held, so that of two who register at once the second finds the first's key.
    device_id = session.scalar(select(Device.id).where(Device.id == caller.device_id).with_for_update())
    if device_id is None:
        raise Refusal("DEVICE_UNKNOWN")
    kept = session.get(DeviceKey, device_id)
    if kept is None:
        kept = DeviceKey(device_id=device_id, public_key=write_key(key), registered_at=now)
        session.add(kept)
        session.flush()
        _judge_waiting(session, kept)
        note_act(session, caller, "device.key", "device", str(device_id), now=now)
    elif kept.public_key != write_key(key):
        raise Refusal("KEY_REGISTERED")
    return RegisteredKey(device_id, kept.registered_at)


def _judge_waiting(session: Session, key: DeviceKey) -> None:
    """Judge the seals that this phone sent while its key was still on the way."""
    waiting = session.scalars(
        select(PhotoSeal).where(PhotoSeal.device_id == key.device_id, PhotoSeal.verdict == SealVerdict.NO_KEY)
    )
    for seal in waiting:
        good = holds(key.public_key, seal.payload, seal.signature)
        seal.verdict = SealVerdict.VALID if good else SealVerdict.INVALID
