"""What every row of a file is checked against: the units of the area, the day, the datum; and who is saving."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from db import Base
from geo.china import NOT_FINITE, PLAUSIBLE, SWAPPED, ZERO, check_pair
from geo.datum import to_cgcs2000
from stations.batches import ALIKE, in_batches
from stations.logistics.rows.telling import Told
from stations.people.access import Caller
from stations.register.ledger.villages import VillageIndex, short_code
from stations.units.tables import OrgUnit

_VERDICTS = {NOT_FINITE: "DEGREES_WRONG", ZERO: "PLACE_ZERO", SWAPPED: "COORDINATES_SWAPPED"}


@dataclass(frozen=True)
class Ground:
    """The unit that the file is for and all units in it; `elsewhere` are codes in the file that lie outside."""

    unit: OrgUnit
    villages: VillageIndex
    elsewhere: frozenset[str]
    today: dt.date
    coord_system: str

    def inside(self, path: str) -> bool:
        """Say whether a unit path lies in the unit that the file is for."""
        return path.startswith(self.unit.path)


@dataclass(frozen=True)
class Saving:
    """Who saves, when, and as which import; `source` is how a row names the file."""

    caller: Caller
    now: dt.datetime
    today: dt.date
    import_id: int
    source: str


@dataclass
class Plan:
    """What would become of the rows: one word a good row, and how to save them all.

    `save` gives the ids of the stations whose life must be looked at again.
    """

    whats: list[str] = field(default_factory=list)
    save: Callable[[Session, Saving], list[int]] = lambda _session, _saving: []


def ground_of(
    session: Session, rows: Sequence[Told], unit: OrgUnit, *, today: dt.date, coord_system: str
) -> Ground:
    """Fetch the units below `unit`, which the caller may act on, and which of the other codes in the file exist."""
    villages = VillageIndex(session.scalars(select(OrgUnit).where(OrgUnit.path.like(f"{unit.path}%"))))
    named = {short_code(one.text("village_code")) for one in rows}
    named |= {word for one in rows for word in one.values.get("villages_served", ()) if word.isdecimal()}
    outside = sorted(code for code in named - {""} if code not in villages.by_code and len(code) <= 12)
    elsewhere: set[str] = set()
    for codes in in_batches(outside):
        elsewhere |= set(session.scalars(select(OrgUnit.code).where(OrgUnit.code.in_(codes))))
    return Ground(unit, villages, frozenset(elsewhere), today, coord_system)


def find_unit(told: Told, ground: Ground) -> OrgUnit | None:
    """Give the unit a row means, by code or names, or complain at the cell; None also when it says nothing."""
    code = told.text("village_code")
    asked = {key: told.text(key) for key in ("county", "township", "village")}
    if not code and not any(asked.values()):
        return None
    found = ground.villages.find(code=code, **asked, elsewhere=ground.elsewhere)
    if found.unit is None:
        key = "village_code" if code else next(key for key in ("village", "township", "county") if asked[key])
        told.complain(key, found.code, *found.said, advice=found.advice)
    return found.unit


def find_village(told: Told, ground: Ground) -> OrgUnit | None:
    """Give the village a row means, or complain."""
    before = len(told.errors)
    unit = find_unit(told, ground)
    if unit is not None and unit.level == "village":
        return unit
    if len(told.errors) == before:
        key = "village_code" if told.text("village_code") or "village" not in told.known else "village"
        if unit is None:
            told.complain(key, "VILLAGE_MISSING")
        else:
            told.complain(key, "NOT_A_VILLAGE", unit.name)
    return None


def check_days(told: Told) -> None:
    """Complain of an end that is not after the start."""
    start, end = told.values.get("starts_on"), told.values.get("ends_on")
    if start is not None and end is not None and end <= start:
        told.complain("ends_on", "END_NOT_AFTER_START", end, start)


def place_rows(rows: Iterable[Told], coord_system: str) -> int:
    """Check the stated pairs and turn them into CGCS2000, beside the raw pair; give how many took `coord_system`.

    A row's values then hold lon, lat, lon_raw, lat_raw, coord_system and coord_quality together, or none of them.
    """
    by_datum: dict[str, list[Told]] = {}
    assumed = 0
    for told in rows:
        lon, lat = told.values.get("lon"), told.values.get("lat")
        if lon is None or lat is None:
            missing = "lat" if lat is None else "lon"
            if (lon is None) != (lat is None) and told.is_blank(missing):
                told.complain(missing, "PAIR_MISSING")
            _forget_place(told)
            continue
        verdict = check_pair(lon, lat)
        if verdict != PLAUSIBLE:
            told.complain("lon", _VERDICTS.get(verdict, "COORDINATES_OUTSIDE_CHINA"), lon)
            _forget_place(told)
            continue
        assumed += "coord_system" not in told.values
        by_datum.setdefault(told.values.get("coord_system", coord_system), []).append(told)
    for datum, placed in by_datum.items():
        raw = np.array([[one.values["lon"], one.values["lat"]] for one in placed])
        xs, ys = to_cgcs2000(raw[:, 0], raw[:, 1], datum)
        for one, (x_raw, y_raw), x, y in zip(placed, raw, np.round(xs, 8), np.round(ys, 8), strict=True):
            one.values |= {"lon": float(x), "lat": float(y), "lon_raw": float(x_raw), "lat_raw": float(y_raw),
                           "coord_system": datum}  # fmt: skip
    return assumed


def _forget_place(told: Told) -> None:
    for key in ("lon", "lat", "coord_system", "coord_quality"):
        told.values.pop(key, None)


def supersede(session: Session, table: Any, ids: Sequence[int], now: dt.datetime) -> None:
    """Say of rows that they stand no longer."""
    for some in in_batches(ids):
        session.execute(update(table).where(table.id.in_(some)).values(superseded_at=now))


def insert_rows(session: Session, table: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    """Insert many rows of the same columns."""
    if rows:
        session.execute(insert(table), list(rows), execution_options=ALIKE)
