"""Read administrative units: one, the children of one, all of a level; their names are public facts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from stations.units.tables import FormerUnit, OrgUnit, UnitDenominator


@dataclass(frozen=True)
class UnitQuery:
    """Which units are asked for; `updated_since` is an aware instant."""

    parent: str | None = None
    level: str | None = None
    updated_since: dt.datetime | None = None
    page: int = 1
    page_size: int = 100


@dataclass(frozen=True)
class WholeUnit:
    """A unit with the names it had and its frozen counts of villages by base year."""

    unit: OrgUnit
    former: list[FormerUnit]
    denominators: list[UnitDenominator]


def find_unit(session: Session, code: str) -> WholeUnit:
    """Give a unit; refuses with UNIT_UNKNOWN."""
    # Not every database can hold every sign of an address.
    unit = session.get(OrgUnit, code) if code.isprintable() else None
    if unit is None:
        raise Refusal("UNIT_UNKNOWN", errors={"code": ["没有这个单位 / no such unit"]})
    former = select(FormerUnit).where(FormerUnit.unit_code == code).order_by(FormerUnit.id)
    counts = select(UnitDenominator).where(UnitDenominator.unit_code == code).order_by(UnitDenominator.base_year)
    return WholeUnit(unit, list(session.scalars(former)), list(session.scalars(counts)))


def list_units(session: Session, query: UnitQuery) -> tuple[list[OrgUnit], int]:
    """Give one page of units by code, and how many there are in all."""
    where = []
    if query.parent:
        where.append(OrgUnit.parent_code == query.parent)
    if query.level:
        where.append(OrgUnit.level == query.level)
    if query.updated_since:
        where.append(OrgUnit.updated_at >= query.updated_since)
    total = session.scalar(select(func.count()).select_from(OrgUnit).where(*where)) or 0
    rows = select(OrgUnit).where(*where).order_by(OrgUnit.code)
    page = rows.limit(query.page_size).offset((query.page - 1) * query.page_size)
    return list(session.scalars(page)), total


def units_changed_at(session: Session) -> str:
    """Give a mark that changes whenever any unit does: the newest change and the number of units."""
    newest, count = session.execute(select(func.max(OrgUnit.updated_at), func.count(OrgUnit.code))).one()
    return f"{newest}-{count}"
