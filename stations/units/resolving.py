"""Resolve a printed name or code to today's unit, in the database or, where there is none, in the shipped facts."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from stations.units.folding import fold
from stations.units.gazetteer import Former, Gazetteer, MatchedBy, Outcome, Resolution, Unit
from stations.units.shipped import lookalikes, shipped_formers, shipped_gazetteer
from stations.units.tables import FormerUnit, OrgUnit

# Of the thousands of villages that share a name.
MOST_SHOWN = 20
ABOVE_TOWNSHIPS = ("nation", "province", "prefecture", "county")


def resolve_unit(session: Session, text: str, province: str | None = None, as_of: int | None = None) -> Resolution:
    """Find the unit a text means; townships and villages by code or by their exact name.

    Refuses with UNIT_UNKNOWN only where `province` itself names no province; every other outcome is in the answer.
    """
    gazetteer = load_gazetteer(session)
    within = find_province(gazetteer, province)
    found = gazetteer.resolve(text, within=within, as_of=as_of)
    if found.outcome is not Outcome.UNKNOWN:
        return found
    return _below_counties(session, text, within) or found


def resolve_shipped(text: str, province: str | None = None, as_of: int | None = None) -> Resolution:
    """Find the unit a text means among the shipped facts; needs no database."""
    gazetteer = shipped_gazetteer()
    return gazetteer.resolve(text, within=find_province(gazetteer, province), as_of=as_of)


def find_province(gazetteer: Gazetteer, province: str | None) -> str | None:
    """Give the code of the province named; refuses with UNIT_UNKNOWN."""
    if not province:
        return None
    found = gazetteer.resolve(province)
    if found.unit is None or found.unit.level != "province":
        raise Refusal("UNIT_UNKNOWN", errors={"province": [f"没有这个省:{province[:40]} / no such province"]})
    return found.unit.code


def load_gazetteer(session: Session) -> Gazetteer:
    """Read the units above townships and all former names into memory (some 3,300 rows)."""
    rows = session.execute(
        select(OrgUnit.code, OrgUnit.level, OrgUnit.name, OrgUnit.parent_code, OrgUnit.path)
        # A county that only older lists hold (430124 宁乡县) must not stand before the unit it has become.
        .where(OrgUnit.level.in_(ABOVE_TOWNSHIPS), OrgUnit.base_year_to.is_(None))
    )  # fmt: skip
    units = [Unit(*row) for row in rows]
    formers = [
        Former(row.unit_code, row.former_name, row.former_code, row.kind, row.valid_from, row.valid_to)
        for row in session.scalars(select(FormerUnit))
    ]
    # A database filled only by a national list still knows the names that the notices print.
    known = {(former.unit_code, former.name) for former in formers}
    formers += [f.former for f in shipped_formers() if (f.former.unit_code, f.former.name) not in known]
    return Gazetteer(units, formers, lookalikes())


def _below_counties(session: Session, text: str, within: str | None) -> Resolution | None:
    """Look among townships and villages: a code of 9 or 12 digits, or exactly this name."""
    asked = fold(text)
    is_code = asked.isascii() and asked.isdigit()
    where = OrgUnit.code == asked if is_code else OrgUnit.name == asked
    named = select(OrgUnit).where(where, OrgUnit.level.in_(("township", "village")))
    if within is not None:
        named = named.where(OrgUnit.path.like(f"/CN/{within}/%"))
    rows = session.scalars(named.order_by(OrgUnit.code).limit(MOST_SHOWN))
    units = [Unit(row.code, row.level, row.name, row.parent_code, row.path) for row in rows]
    if not units:
        return None
    matched_by = MatchedBy.CODE if is_code else MatchedBy.NAME
    if len(units) > 1:
        return Resolution(text, Outcome.AMBIGUOUS, matched_by=matched_by, candidates=tuple(units))
    return Resolution(text, Outcome.RESOLVED, units[0], matched_by)
