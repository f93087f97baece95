"""Keys for GIS programs: made for one person, shown once, for reading features and maps only, revoked like a phone."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from stations.people.access import Caller, may
from stations.people.accounts import find_managed
from stations.people.audit import note_act
from stations.people.signing_in import caller_of, token_hash
from stations.people.tables import Device
from stations.units.tables import OrgUnit


@dataclass(frozen=True)
class NewKey:
    """A key in the clear, known only now, and the number by which it is revoked."""

    token: str
    device_id: int


def make_gis_key(session: Session, caller: Caller, account_id: int, label: str, *, now: dt.datetime) -> NewKey:
    """Make a key for an account; refuses with ACCOUNT_UNKNOWN, and NOT_ALLOWED for one that may read no features."""
    account = find_managed(session, caller, account_id)
    path = session.scalars(select(OrgUnit.path).where(OrgUnit.code == account.unit_code)).one()
    if not may(caller_of(account, path, None), "features.read"):
        raise Refusal("NOT_ALLOWED", action="features.read")
    token = secrets.token_urlsafe(32)
    device = Device(account_id=account.id, label=label[:80], token_sha256=token_hash(token), enrolled_at=now,
                    is_gis_key=True)  # fmt: skip
    session.add(device)
    session.flush()
    note_act(session, caller, "device.gis_key", "device", str(device.id), now=now, after={"label": label[:80]})
    return NewKey(token, device.id)
