"""Recognise a phone or a browser by the hash of its token; only hashes are stored."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab import Role
from stations.people.access import Caller
from stations.people.tables import Account, Device, StaffSession
from stations.units.tables import OrgUnit


@dataclass(frozen=True)
class SignedInBrowser:
    """A caller and the CSRF token its page must send back."""

    caller: Caller
    csrf_token: str


def token_hash(token: str) -> str:
    """Give what is stored of a token: its SHA-256 in hex. Tokens are 256 random bits, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()


def watch_token(token: str) -> str:
    """Give the secret that only asks «am I revoked?»: made of the token, which it does not give away."""
    return hashlib.sha256(f"watch {token}".encode()).hexdigest()


def caller_of_phone(session: Session, token: str, now: dt.datetime) -> Caller:
    """Give the phone's caller; refuses with TOKEN_REVOKED when the device or its account is no longer admitted.

    The refusal says whether the phone is to erase also what it never sent; a token nobody knows (a database set back
    to an older copy) never says so.
    """
    found = session.execute(
        select(Device, Account, OrgUnit)
        .join(Account, Device.account_id == Account.id)
        .join(OrgUnit, Account.unit_code == OrgUnit.code)
        .where(Device.token_sha256 == token_hash(token))
    ).one_or_none()
    if found is None or found.Device.revoked_at is not None or found.Account.closed_at is not None:
        raise Refusal("TOKEN_REVOKED", erase_unsent=found is not None and found.Device.erases_unsent)
    caller = caller_of(found.Account, found.OrgUnit.path, found.Device.id)
    return replace(caller, is_gis_key=found.Device.is_gis_key)


def caller_of_browser(session: Session, token: str, now: dt.datetime) -> SignedInBrowser | None:
    """Give the browser's caller, or None when the session has ended."""
    found = session.execute(
        select(StaffSession, Account, OrgUnit)
        .join(Account, StaffSession.account_id == Account.id)
        .join(OrgUnit, Account.unit_code == OrgUnit.code)
        .where(StaffSession.token_sha256 == token_hash(token))
    ).one_or_none()
    if found is None or found.StaffSession.expires_at <= now or found.Account.closed_at is not None:
        return None
    return SignedInBrowser(caller_of(found.Account, found.OrgUnit.path, None), found.StaffSession.csrf_token)


def caller_of(account: Account, path: str, device_id: int | None) -> Caller:
    """Give the account as a caller; `path` is its unit's."""
    return Caller(
        account_id=account.id, role=Role(account.role), unit_code=account.unit_code, unit_path=path,
        station_id=account.station_id, device_id=device_id, display_name=account.display_name,
    )  # fmt: skip
