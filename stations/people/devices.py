"""Phones that were let in: listed, revoked from the next request on, and when they last sent something."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab import Role
from stations.people.access import MAY_CREATE, Caller, in_scope
from stations.people.audit import note_act
from stations.people.signing_in import token_hash
from stations.people.tables import Account, Device
from stations.units.tables import OrgUnit


@dataclass(frozen=True)
class DeviceRow:
    """A phone as staff see it: whose, since when, when it last sent something; nothing about how it is used."""

    id: int
    label: str
    account_id: int
    username: str
    display_name: str
    unit_code: str
    enrolled_at: dt.datetime
    last_sync_at: dt.datetime | None
    revoked_at: dt.datetime | None
    erases_unsent: bool


def list_devices(
    session: Session, caller: Caller, *, limit: int, offset: int, account_id: int | None = None
) -> tuple[list[DeviceRow], int]:
    """Give one page of the phones in the caller's scope (or of one person in it), newest first; how many there are."""
    wanted = [in_scope(caller, OrgUnit.path)]
    if account_id is not None:
        wanted.append(Account.id == account_id)
    page = session.execute(
        select(Device, Account).join(Account, Device.account_id == Account.id)
        .join(OrgUnit, Account.unit_code == OrgUnit.code).where(*wanted)
        .order_by(Device.id.desc()).limit(limit).offset(offset)
    )  # fmt: skip
    total = (
        select(func.count(Device.id)).join(Account, Device.account_id == Account.id)
        .join(OrgUnit, Account.unit_code == OrgUnit.code).where(*wanted)
    )  # fmt: skip
    return [_row(device, account) for device, account in page], session.scalar(total) or 0


def revoke_device(
    session: Session, caller: Caller, device_id: int, *, now: dt.datetime, erase_unsent: bool = False
) -> None:
    """Turn a phone away from its next request on; again does nothing; refuses with DEVICE_UNKNOWN.

    `erase_unsent` says that it is lost: at its next contact it is told to erase also what it never sent. A phone that
    is revoked already may be called lost afterwards; what is once to be erased stays so.
    """
    found = session.execute(
        select(Device, Account).join(Account, Device.account_id == Account.id)
        .join(OrgUnit, Account.unit_code == OrgUnit.code)
        .where(Device.id == device_id, in_scope(caller, OrgUnit.path))
    ).one_or_none()  # fmt: skip
    if found is None or Role(found.Account.role) not in MAY_CREATE.get(caller.role, frozenset()):
        raise Refusal("DEVICE_UNKNOWN")
    if found.Device.revoked_at is None:
        found.Device.revoked_at = now
        note_act(session, caller, "device.revoke", "device", str(device_id), now=now)
    if erase_unsent and not found.Device.erases_unsent:
        found.Device.erases_unsent = True
        note_act(session, caller, "device.lost", "device", str(device_id), now=now)


@dataclass(frozen=True)
class Watched:
    """What a locked phone may learn: whether it is turned away, and whether what it never sent goes as well."""

    revoked: bool
    erase_unsent: bool


def watch_device(session: Session, token: str) -> Watched:
    """Say to the holder of a watch token whether its phone is revoked; nothing is noted of the asking.

    Refuses with DEVICE_UNKNOWN for any other token, so that a database set back to an older copy erases no phone.
    """
    found = session.execute(
        select(Device, Account).join(Account, Device.account_id == Account.id)
        .where(Device.watch_sha256 == token_hash(token))
    ).one_or_none()  # fmt: skip
    if found is None:
        raise Refusal("DEVICE_UNKNOWN")
    revoked = found.Device.revoked_at is not None or found.Account.closed_at is not None
    return Watched(revoked, revoked and found.Device.erases_unsent)


def note_sync(session: Session, device_id: int, *, now: dt.datetime) -> None:
    """Note that a phone sent something; the only thing kept about a phone's comings and goings."""
    session.execute(update(Device).where(Device.id == device_id).values(last_sync_at=now))


def _row(device: Device, account: Account) -> DeviceRow:
    return DeviceRow(
        device.id, device.label, account.id, account.username, account.display_name, account.unit_code,
        device.enrolled_at, device.last_sync_at, device.revoked_at, device.erases_unsent,
    )  # fmt: skip
