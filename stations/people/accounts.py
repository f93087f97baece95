"""Accounts: made, listed, closed and given a new password by staff, never above themselves and inside their scope."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab import Role, UnitLevel
from stations.people.access import MAY_CREATE, Caller, in_scope, require_inside
from stations.people.audit import note_act
from stations.people.browsers import close_sessions_of
from stations.people.passwords import hash_password
from stations.people.tables import Account, Device
from stations.units.tables import OrgUnit

# An office's account belongs to a unit of its own level; everybody else may belong to any.
LEVEL_OF = {Role.COUNTY: UnitLevel.COUNTY, Role.PREFECTURE: UnitLevel.PREFECTURE, Role.PROVINCE: UnitLevel.PROVINCE}


@dataclass(frozen=True)
class NewAccount:
    """What is asked for; an owner also names the station (its id and unit path, found by the register)."""

    username: str
    display_name: str
    role: Role
    unit_code: str
    password: str | None = None
    station_id: int | None = None
    station_path: str = ""


@dataclass(frozen=True)
class AccountRow:
    """An account as people see it."""

    id: int
    username: str
    display_name: str
    role: str
    unit_code: str
    unit_name: str
    station_id: int | None
    has_password: bool
    created_at: dt.datetime
    closed_at: dt.datetime | None
    # How many phones of this person are let in today.
    phones: int = 0


def create_account(session: Session, caller: Caller, wanted: NewAccount, *, now: dt.datetime) -> AccountRow:
    """Make an account; refuses NOT_ALLOWED above the caller's role, OUT_OF_SCOPE, UNIT_UNKNOWN, ACCOUNT_EXISTS.

    Also BAD_INPUT where role, unit and station do not fit each other, and PASSWORD_WEAK.
    """
    if wanted.role not in MAY_CREATE.get(caller.role, frozenset()):
        raise Refusal("NOT_ALLOWED", action="account.manage", role=wanted.role.value)
    unit = session.get(OrgUnit, wanted.unit_code)
    if unit is None:
        raise Refusal("UNIT_UNKNOWN", errors={"unit_code": ["没有这个单位 / no such unit"]})
    require_inside(caller, unit.path)
    _require_fitting(wanted, unit)
    if session.scalar(select(Account.id).where(Account.username == wanted.username)) is not None:
        raise Refusal("ACCOUNT_EXISTS", errors={"username": ["已被使用 / taken"]})
    account = Account(
        username=wanted.username, display_name=wanted.display_name, role=wanted.role.value, unit_code=unit.code,
        station_id=wanted.station_id, created_at=now, failed_sign_ins=0,
        password_hash=hash_password(wanted.password, wanted.username) if wanted.password else None,
    )  # fmt: skip
    session.add(account)
    session.flush()
    facts = {"username": account.username, "role": account.role, "unit_code": account.unit_code}
    note_act(session, caller, "account.create", "account", str(account.id), now=now, after=facts)
    return _row(account, unit.name)


def _require_fitting(wanted: NewAccount, unit: OrgUnit) -> None:
    level = LEVEL_OF.get(wanted.role)
    if level is not None and unit.level != level:
        raise Refusal("BAD_INPUT", errors={"unit_code": [f"此角色须属于 {level} 一级 / must be a {level}"]})
    if (wanted.role is Role.OWNER) != (wanted.station_id is not None):
        raise Refusal("BAD_INPUT", errors={"station_code": ["站长必须且只有站长须指定站点 / owners only, and always"]})
    if wanted.station_id is not None and not wanted.station_path.startswith(unit.path):
        raise Refusal("BAD_INPUT", errors={"station_code": ["站点不在该单位内 / not in this unit"]})


def create_accounts(
    session: Session, caller: Caller, wanted: Sequence[NewAccount], *, now: dt.datetime
) -> list[AccountRow]:
    """Make all of them or none; the first refusal says in its details which one (`row`, from 0)."""
    made = []
    for row, one in enumerate(wanted):
        try:
            made.append(create_account(session, caller, one, now=now))
        except Refusal as refusal:
            raise Refusal(refusal.code, errors={str(row): refusal.errors}, **refusal.details, row=row) from refusal
    return made


def list_accounts(
    session: Session, caller: Caller, *, role: Role | None, limit: int, offset: int, q: str = ""
) -> tuple[list[AccountRow], int]:
    """Give one page of the accounts in the caller's scope, by user name, closed ones too; and how many there are.

    `q` is a part of the name or of the user name.
    """
    where = [in_scope(caller, OrgUnit.path)]
    if role is not None:
        where.append(Account.role == role.value)
    if q:
        named = Account.display_name.icontains(q, autoescape=True)
        where.append(or_(named, Account.username.contains(q.lower(), autoescape=True)))
    phones = (
        select(func.count(Device.id))
        .where(Device.account_id == Account.id, Device.revoked_at.is_(None), Device.is_gis_key.is_(False))
        .scalar_subquery()
    )
    joined = select(Account, OrgUnit.name, phones).join(OrgUnit, Account.unit_code == OrgUnit.code).where(*where)
    page = session.execute(joined.order_by(Account.username).limit(limit).offset(offset))
    total = select(func.count(Account.id)).join(OrgUnit, Account.unit_code == OrgUnit.code).where(*where)
    return [_row(account, unit_name, held) for account, unit_name, held in page], session.scalar(total) or 0


def find_managed(session: Session, caller: Caller, account_id: int) -> Account:
    """Give an open account the caller may manage; refuses with ACCOUNT_UNKNOWN whatever the reason it may not."""
    account = session.scalars(
        select(Account).join(OrgUnit, Account.unit_code == OrgUnit.code)
        .where(Account.id == account_id, Account.closed_at.is_(None), in_scope(caller, OrgUnit.path))
    ).one_or_none()  # fmt: skip
    if account is None or Role(account.role) not in MAY_CREATE.get(caller.role, frozenset()):
        raise Refusal("ACCOUNT_UNKNOWN")
    return account


def close_account(session: Session, caller: Caller, account_id: int, *, now: dt.datetime) -> None:
    """Close an account for good: browsers and phones are turned away at their next request."""
    account = find_managed(session, caller, account_id)
    account.closed_at = now
    close_sessions_of(session, account.id)
    note_act(session, caller, "account.close", "account", str(account.id), now=now)


def reset_password(session: Session, caller: Caller, account_id: int, password: str, *, now: dt.datetime) -> None:
    """Set a new password, end every signed-in browser and any pause; refuses with PASSWORD_WEAK."""
    account = find_managed(session, caller, account_id)
    account.password_hash = hash_password(password, account.username)
    account.failed_sign_ins, account.paused_until = 0, None
    close_sessions_of(session, account.id)
    note_act(session, caller, "account.password", "account", str(account.id), now=now)


def _row(account: Account, unit_name: str, phones: int = 0) -> AccountRow:
    return AccountRow(
        account.id, account.username, account.display_name, account.role, account.unit_code, unit_name,
        account.station_id, account.password_hash is not None, account.created_at, account.closed_at, phones,
    )  # fmt: skip
