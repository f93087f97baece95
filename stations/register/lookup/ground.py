"""The units a phone draws its map from: the counties of its area, and its villages where they are not too many."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from field_app_schema.vocab import Role, UnitLevel
from stations.people.access import Caller
from stations.register.lookup.asking import Township
from stations.units.tables import OrgUnit

# A prefecture has up to about so many; a phone asks the stations of more, never their villages.
MOST_VILLAGES = 6000


class GroundCounty(NamedTuple):
    """A county as a map names it."""

    code: str
    name: str
    level: str


class GroundVillage(NamedTuple):
    """A village of today's lists; CGCS2000 degrees, None where nobody knows its place."""

    code: str
    name: str
    township_name: str | None
    lon: float | None
    lat: float | None


def ground_counties(session: Session, caller: Caller) -> list[GroundCounty]:
    """Give the counties in the caller's scope, or the one above a township; an owner's own county."""
    if not caller.unit_path:
        return []
    above = [part for part in caller.unit_path.strip("/").split("/") if part]
    asked = select(OrgUnit.code, OrgUnit.name, OrgUnit.level).where(
        OrgUnit.level == UnitLevel.COUNTY.value,
        or_(OrgUnit.path.like(f"{caller.unit_path}%"), OrgUnit.code.in_(above)),
    )
    return [GroundCounty(*row) for row in session.execute(asked.order_by(OrgUnit.code))]


def ground_villages(session: Session, caller: Caller) -> tuple[list[GroundVillage], int]:
    """Give the villages in the caller's scope, and how many were left out: none or, beyond MOST_VILLAGES, all."""
    if caller.role is Role.OWNER or not caller.unit_path:
        return [], 0
    mine = (OrgUnit.path.like(f"{caller.unit_path}%"), OrgUnit.level == UnitLevel.VILLAGE.value,
            OrgUnit.base_year_to.is_(None))  # fmt: skip
    many = session.scalar(select(func.count(OrgUnit.code)).where(*mine)) or 0
    if many > MOST_VILLAGES:
        return [], many
    rows = session.execute(
        select(OrgUnit.code, OrgUnit.name, Township.name, OrgUnit.lon, OrgUnit.lat)
        .outerjoin(Township, Township.code == OrgUnit.parent_code)
        .where(*mine).order_by(OrgUnit.code)
    )  # fmt: skip
    return [GroundVillage(code, name, township, _metre(lon), _metre(lat)) for code, name, township, lon, lat in rows], 0


def _metre(degrees: float | None) -> float | None:
    """Round to five decimals: more only make the answer longer."""
    return None if degrees is None else round(degrees, 5)
