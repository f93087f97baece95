"""Make the codes of a sheet: one code for each person asked for, each for one phone, each with the sheet's own end."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab import Role
from stations.people.access import MAY_CREATE, Caller, in_scope, require_inside
from stations.people.audit import note_act
from stations.people.enrolling import in_groups, new_signs
from stations.people.signing_in import token_hash
from stations.people.tables import Account, Device, Enrolment
from stations.units.tables import OrgUnit

# Some forty pages of A4; beyond it a county prints by role.
MOST = 300


@dataclass(frozen=True)
class SheetWanted:
    """Whom a sheet is for: named accounts, or all of some roles in a unit; `without_phone` leaves out who has one."""

    account_ids: Sequence[int] = ()
    roles: Sequence[Role] = ()
    unit_code: str | None = None
    without_phone: bool = False
    days: int = 7


@dataclass(frozen=True)
class Card:
    """One person's code, in the clear only here."""

    account_id: int
    display_name: str
    role: str
    unit_name: str
    station_id: int | None
    signs: str

    @property
    def code(self) -> str:
        return in_groups(self.signs)


@dataclass(frozen=True)
class NewSheet:
    """A sheet before it is written down: its cards by unit and name, and when all of its codes end."""

    sheet: str
    unit_name: str
    cards: Sequence[Card]
    made_at: dt.datetime
    expires_at: dt.datetime


def draw_sheet(session: Session, caller: Caller, wanted: SheetWanted, *, now: dt.datetime) -> NewSheet:
    """Draw a code for each person; nothing is written, so that the paper can be set without holding a lock.

    Refuses with ACCOUNT_UNKNOWN (which one in its details), OUT_OF_SCOPE, UNIT_UNKNOWN, and BAD_INPUT for nobody or
    for more than MOST.
    """
    unit = session.get(OrgUnit, wanted.unit_code or caller.unit_code)
    if unit is None:
        raise Refusal("UNIT_UNKNOWN", errors={"unit_code": ["没有这个单位 / no such unit"]})
    require_inside(caller, unit.path)
    found = _named(session, caller, wanted) if wanted.account_ids else _of_roles(session, caller, wanted, unit)
    if not found:
        raise Refusal("BAD_INPUT", errors={"roles": ["没有符合条件的人 / nobody fits"]})
    if len(found) > MOST:
        raise Refusal("BAD_INPUT", errors={"roles": [f"一次最多 {MOST} 人 / at most {MOST} people"]})
    cards = [Card(one.id, one.display_name, one.role, unit, one.station_id, new_signs()) for one, unit in found]
    return NewSheet(str(uuid.uuid4()), unit.name, cards, now, now + dt.timedelta(days=wanted.days))


def write_sheet(session: Session, caller: Caller, new: NewSheet) -> None:
    """Write the codes of a sheet down as hashes; from then on they let phones in."""
    session.add_all(
        Enrolment(code_sha256=token_hash(card.signs), account_id=card.account_id, created_by=caller.account_id,
                  created_at=new.made_at, expires_at=new.expires_at, sheet=new.sheet)
        for card in new.cards
    )  # fmt: skip
    whom = {"accounts": [card.account_id for card in new.cards], "expires_at": new.expires_at.isoformat()}
    note_act(session, caller, "enrolment.sheet", "sheet", new.sheet, now=new.made_at, after=whom)
    session.flush()


def _named(session: Session, caller: Caller, wanted: SheetWanted) -> list[tuple[Account, str]]:
    asked = set(wanted.account_ids)
    found = _open_accounts(session, caller, wanted, Account.id.in_(asked))
    missing = asked - {account.id for account, _ in found}
    if missing and not wanted.without_phone:
        raise Refusal("ACCOUNT_UNKNOWN", account_id=min(missing))
    return found


def _of_roles(session: Session, caller: Caller, wanted: SheetWanted, unit: OrgUnit) -> list[tuple[Account, str]]:
    inside = OrgUnit.path.like(f"{unit.path}%")
    return _open_accounts(session, caller, wanted, inside & Account.role.in_([role.value for role in wanted.roles]))


def _open_accounts(
    session: Session, caller: Caller, wanted: SheetWanted, asked: ColumnElement[bool]
) -> list[tuple[Account, str]]:
    below = [role.value for role in MAY_CREATE.get(caller.role, frozenset())]
    query = (
        select(Account, OrgUnit.name).join(OrgUnit, Account.unit_code == OrgUnit.code)
        .where(in_scope(caller, OrgUnit.path), Account.closed_at.is_(None), Account.role.in_(below), asked)
        .order_by(Account.unit_code, Account.display_name, Account.id).limit(MOST + 1)
    )  # fmt: skip
    if wanted.without_phone:
        held = select(Device.id).where(
            Device.account_id == Account.id, Device.revoked_at.is_(None), Device.is_gis_key.is_(False)
        )
        query = query.where(~held.exists())
    return [(account, name) for account, name in session.execute(query)]
