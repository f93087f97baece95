"""How sheets stand: how many of their codes are unused, used, ended; who was quick or slow is nobody's business."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, select, update
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from stations.people.access import MAY_CREATE, Caller, in_scope
from stations.people.audit import note_act
from stations.people.tables import Account, Enrolment
from stations.units.tables import OrgUnit


@dataclass(frozen=True)
class SheetRow:
    """A sheet in counts of its codes; `expired` are those that ended or were withdrawn without having been used."""

    sheet: str
    made_at: dt.datetime
    made_by: str | None
    expires_at: dt.datetime
    codes: int
    unused: int
    used: int
    expired: int


def list_sheets(
    session: Session, caller: Caller, *, now: dt.datetime, limit: int, offset: int
) -> tuple[list[SheetRow], int]:
    """Give one page of the sheets with codes for people in the caller's scope, newest first; and how many there are."""
    mine = [Enrolment.sheet.is_not(None), Account.unit_code.in_(_units(caller))]
    counted = (
        select(
            Enrolment.sheet, func.min(Enrolment.created_at), func.max(Enrolment.created_by),
            func.max(Enrolment.expires_at), func.count(), func.count(Enrolment.used_at),
            func.count().filter(_is_unused(now)),
        )
        .join(Account, Enrolment.account_id == Account.id).where(*mine)
        .group_by(Enrolment.sheet).order_by(func.max(Enrolment.id).desc())
    )  # fmt: skip
    rows = session.execute(counted.limit(limit).offset(offset)).all()
    names = _names(session, {by for _, _, by, *_ in rows if by is not None})
    total = select(func.count(Enrolment.sheet.distinct())).join(Account, Enrolment.account_id == Account.id)
    return [
        SheetRow(str(sheet), made_at, names.get(by or 0), ends, codes, unused, used, codes - used - unused)
        for sheet, made_at, by, ends, codes, used, unused in rows
    ], session.scalar(total.where(*mine)) or 0


def withdraw_sheet(session: Session, caller: Caller, sheet: str, *, now: dt.datetime) -> int:
    """End at once what is unused of a lost sheet and give how many codes that were; refuses with NOT_FOUND.

    Codes of people whom the caller may not manage stay; phones that were let in stay too.
    """
    below = [role.value for role in MAY_CREATE.get(caller.role, frozenset())]
    managed = select(Account.id).where(Account.unit_code.in_(_units(caller)), Account.role.in_(below))
    mine = (Enrolment.sheet == sheet, Enrolment.account_id.in_(managed))
    if session.scalar(select(Enrolment.id).where(*mine).limit(1)) is None:
        raise Refusal("NOT_FOUND")
    ended = session.scalars(
        update(Enrolment).where(*mine, _is_unused(now)).values(expires_at=now)
        .returning(Enrolment.id).execution_options(synchronize_session=False)
    ).all()  # fmt: skip
    if ended:
        note_act(session, caller, "enrolment.withdraw", "sheet", sheet, now=now, after={"codes": len(ended)})
    return len(ended)


def _is_unused(now: dt.datetime) -> ColumnElement[bool]:
    return Enrolment.used_at.is_(None) & (Enrolment.expires_at > now)


def _units(caller: Caller) -> Select[str]:
    return select(OrgUnit.code).where(in_scope(caller, OrgUnit.path))


def _names(session: Session, ids: set[int]) -> dict[int, str]:
    found = session.execute(select(Account.id, Account.display_name).where(Account.id.in_(ids)))
    return {row.id: row.display_name for row in found}
