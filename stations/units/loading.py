"""Load the shipped units into the database; done twice it changes nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from stations.batches import in_batches
from stations.units.denominators import freeze_counties
from stations.units.gazetteer import Unit
from stations.units.hierarchy import village_class
from stations.units.shipped import (
    BASE_YEAR,
    DEMONSTRATION_COUNTY,
    demonstration_units,
    shipped_formers,
    shipped_units,
)
from stations.units.tables import FormerUnit, OrgUnit


def load_shipped_units(session: Session, now: dt.datetime) -> int:
    """Load the nation, provinces, prefectures, counties and former names; give how many units were new."""
    added = add_missing(session, shipped_units(), now)
    known = set(session.scalars(select(FormerUnit.former_name)))
    for fact in shipped_formers():
        former = fact.former
        if former.name in known:
            continue
        session.add(FormerUnit(
            unit_code=former.unit_code, former_code=former.code, former_name=former.name,
            former_parent_code=fact.parent_code, kind=former.kind, valid_from=former.valid_from,
            valid_to=former.valid_to, source=fact.source,
        ))  # fmt: skip
    session.flush()
    return added


def load_demonstration_county(session: Session, now: dt.datetime) -> int:
    """Load the townships and villages of the demonstration county and freeze its count of villages."""
    units = demonstration_units()
    added = add_missing(session, units, now, base_year=BASE_YEAR)
    villages = [one.code for one in units if one.level == "village"]
    freeze_counties(session, BASE_YEAR, villages, [DEMONSTRATION_COUNTY], now)
    return added


def add_missing(session: Session, units: Sequence[Unit], now: dt.datetime, *, base_year: int | None = None) -> int:
    """Add the units that are not there yet, in the order given (the unit above first); give how many."""
    present: set[str] = set()
    for some in in_batches([one.code for one in units]):
        present |= set(session.scalars(select(OrgUnit.code).where(OrgUnit.code.in_(some))))
    rows = [
        {"code": one.code, "level": one.level, "name": one.name, "parent_code": one.parent_code, "path": one.path,
         "village_class": village_class(one.code) if one.level == "village" else None, "coord_quality": "missing",
         "base_year_from": base_year, "updated_at": now}
        for one in units
        if one.code not in present
    ]  # fmt: skip
    if rows:
        session.execute(insert(OrgUnit), rows)
    return len(rows)
