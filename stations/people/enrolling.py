"""Letting a phone in: staff make a one-time code, the phone swaps it for a token of its own."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from stations.people.access import Caller
from stations.people.accounts import find_managed
from stations.people.audit import note_act
from stations.people.signing_in import caller_of, token_hash, watch_token
from stations.people.tables import Account, Device, Enrolment
from stations.units.tables import OrgUnit

# Crockford's alphabet: no I, L, O or U. Sixteen signs are 80 bits: one code can both stand in the QR and be typed,
# and guessing a code that lives a quarter of an hour stays hopeless.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SIGNS, GROUP = 16, 4
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})


@dataclass(frozen=True)
class NewEnrolment:
    """The code in the clear, known only now, in groups of four."""

    id: int
    account_id: int
    code: str
    expires_at: dt.datetime


@dataclass(frozen=True)
class Admitted:
    """What a phone learns when it is let in; the tokens are never shown again."""

    token: str
    watch_token: str
    device_id: int
    account: Account
    unit: OrgUnit


def normal_code(typed: str) -> str:
    """Give a code as it is hashed: capitals without dashes; O, I and L read as 0, 1 and 1."""
    return typed.strip().upper().translate(_MISREAD)


def new_signs() -> str:
    """Give a fresh code as it is hashed, without dashes."""
    return "".join(secrets.choice(ALPHABET) for _ in range(SIGNS))


def in_groups(signs: str) -> str:
    """Give a code as it is read and typed: in groups of four with dashes."""
    return "-".join(signs[start : start + GROUP] for start in range(0, len(signs), GROUP))


def make_enrolment(
    session: Session, caller: Caller, account_id: int, *, now: dt.datetime, minutes: int
) -> NewEnrolment:
    """Make a one-time code for an account the caller may manage; refuses with ACCOUNT_UNKNOWN."""
    account = find_managed(session, caller, account_id)
    signs = new_signs()
    row = Enrolment(
        code_sha256=token_hash(signs), account_id=account.id, created_by=caller.account_id, created_at=now,
        expires_at=now + dt.timedelta(minutes=minutes),
    )  # fmt: skip
    session.add(row)
    session.flush()
    note_act(session, caller, "enrolment.create", "account", str(account.id), now=now)
    return NewEnrolment(row.id, account.id, in_groups(signs), row.expires_at)


def admit_device(session: Session, code: str, label: str, *, now: dt.datetime, secret: str | None = None) -> Admitted:
    """Swap a code for a device token, once and in time; refuses with ENROLMENT_INVALID whatever the reason.

    `secret` is the token that the phone made and kept before asking: the same code with the same secret is let in
    again as the same device, since the first answer may never have arrived. Without one the token is made here.
    """
    if secret is not None and (again := _admitted_before(session, code, secret, now)) is not None:
        return again
    # One statement: of two phones with the same code only one finds it unused.
    fresh = (Enrolment.code_sha256 == token_hash(normal_code(code)), Enrolment.used_at.is_(None))
    account_id = session.scalar(
        update(Enrolment).where(*fresh, Enrolment.expires_at > now).values(used_at=now)
        .returning(Enrolment.account_id).execution_options(synchronize_session=False)
    )  # fmt: skip
    found = session.execute(
        select(Account, OrgUnit).join(OrgUnit, Account.unit_code == OrgUnit.code)
        .where(Account.id == account_id, Account.closed_at.is_(None))
    ).one_or_none()  # fmt: skip
    if account_id is None or found is None:
        # Two tries of one phone at the same moment: the other was let in while this one waited for the row.
        if secret is not None and (again := _admitted_before(session, code, secret, now)) is not None:
            return again
        raise Refusal("ENROLMENT_INVALID")
    account, unit = found
    token = _new_token(session, secret)
    device = Device(account_id=account.id, label=label, token_sha256=token_hash(token),
                    watch_sha256=token_hash(watch_token(token)), enrolled_at=now)  # fmt: skip
    session.add(device)
    session.flush()
    actor = caller_of(account, unit.path, device.id)
    note_act(session, actor, "device.enrol", "device", str(device.id), now=now, after={"label": label})
    return Admitted(token, watch_token(token), device.id, account, unit)


def _new_token(session: Session, secret: str | None) -> str:
    """Give the token of a new device; a secret that lets in another device already is not taken again."""
    if secret is None:
        return secrets.token_urlsafe(32)
    if session.scalar(select(Device.id).where(Device.token_sha256 == token_hash(secret))) is not None:
        raise Refusal("ENROLMENT_INVALID")
    return secret


def _admitted_before(session: Session, code: str, secret: str, now: dt.datetime) -> Admitted | None:
    """Find the device that this very code let in with this very secret, while the code would still be valid."""
    # A code lets in one device at one moment: that moment ties the two rows together.
    found = session.execute(
        select(Device.id, Account, OrgUnit).select_from(Enrolment)
        .join(Device, (Device.account_id == Enrolment.account_id) & (Device.enrolled_at == Enrolment.used_at))
        .join(Account, Device.account_id == Account.id).join(OrgUnit, Account.unit_code == OrgUnit.code)
        .where(Enrolment.code_sha256 == token_hash(normal_code(code)), Enrolment.expires_at > now,
               Device.token_sha256 == token_hash(secret), Device.revoked_at.is_(None), Account.closed_at.is_(None))
    ).one_or_none()  # fmt: skip
    return None if found is None else Admitted(secret, watch_token(secret), *found)
