"""Fetch the villages of a base year with place, people, poverty list and remoteness; merged ones stay what they were.

A village of the base year that has been merged since stays in the denominator, and what is known today under its
successor's code is known of it: `Rows` maps every code, of then or of now, to the rows it concerns.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, aliased

from geo.coverage.situation import QUALITIES, Bools, Ints, Villages
from stations.coverage.columns.base_years import standing_in
from stations.people.access import Caller, in_scope
from stations.units.hierarchy import ADMIN_CLASSES
from stations.units.tables import FormerUnit, OrgUnit, PovertyVillage, RemoteVillage, VillagePopulation

_TOWNSHIP, _VILLAGE = QUALITIES.index("township"), QUALITIES.index("village")
Merger = tuple[str, str, dt.date | None]


@dataclass(frozen=True)
class Rows:
    """Which rows of the villages a code concerns; `main` is the one where a thing with one village stands."""

    own: Mapping[str, int]
    others: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def all(self, code: str) -> tuple[int, ...]:
        """Give every row that a fact about this code concerns; none for a village that is not counted."""
        row = self.own.get(code)
        others = self.others.get(code, ())
        return others if row is None else (row, *others)

    def main(self, code: str | None) -> int:
        """Give the village's own row, else the first it was merged from or into, else -1."""
        row = self.own.get(code or "")
        return row if row is not None else next(iter(self.others.get(code or "", ())), -1)

    def marked(self, codes: Iterable[str], many: int) -> Bools:
        """Give which of the rows these codes concern."""
        marks = np.zeros(many, dtype=np.bool_)
        for code in codes:
            marks[list(self.all(code))] = True
        return marks

    def mains(self, codes: Sequence[str | None]) -> Ints:
        """Give the main row of each code."""
        row = {code: self.main(code) for code in set(codes)}
        return np.array([row[code] for code in codes], dtype=np.int64)


@dataclass(frozen=True)
class FetchedVillages:
    """The columns, the names in their order, which codes concern which rows, and the year of the poverty list."""

    columns: Villages
    names: tuple[str, ...]
    rows: Rows
    poor_year: int | None


def fetch_villages(
    session: Session, caller: Caller, unit: OrgUnit, *, as_of: dt.date, known_at: dt.datetime | None,
    base_year: int | None, poor_year: int | None,
) -> FetchedVillages:  # fmt: skip
    """Give the administrative villages (200-399, 500-599) of a unit in the list of `base_year`, by code.

    A village without a place of its own stands at its township's seat, which its quality says. People are those of the
    newest count up to the day's year. Places are those on file now: the units keep no history of them.
    """
    inside = villages_in(caller, unit)
    found = _standing(session, inside, base_year)
    codes = tuple(row.code for row in found)
    numbered = {code: row for row, code in enumerate(codes)}
    rows = rows_of(numbered, _mergers(session, caller, unit), as_of)
    lon, lat, placed_by = _places(found)
    year, poor = _poor(session, inside, poor_year, as_of, known_at)
    columns = Villages(
        code=codes, township=tuple(row.parent_code or row.code[:9] for row in found),
        county=tuple(code[:6] for code in codes), lon=lon, lat=lat, placed_by=placed_by,
        is_poor=rows.marked(poor, len(codes)),
        is_remote=rows.marked(_remote(session, inside, as_of, known_at), len(codes)),
        people=_people(session, inside, numbered, as_of, known_at),
    )  # fmt: skip
    return FetchedVillages(columns, tuple(row.name for row in found), rows, year)


def villages_in(caller: Caller, unit: OrgUnit) -> list[ColumnElement[bool]]:
    """Give the conditions that a unit is a village of this one, in the caller's scope.

    By the length of its code: by its level SQLite would go through all villages of the nation for those of a county.
    """
    return [func.length(OrgUnit.code) == 12, OrgUnit.path.like(f"{unit.path}%"), in_scope(caller, OrgUnit.path)]


def rows_of(own: Mapping[str, int], mergers: Iterable[Merger], as_of: dt.date) -> Rows:
    """Give what each code concerns: itself, what was merged into it by `as_of`, and what it was merged into itself.

    `mergers` are (former code, successor, day from which). A fact under a code that is in the list concerns its own
    row and, from the merger on, the rows of those merged into it, in one step or several. A fact under a code that is
    not in the list (older than the list) concerns the row of its successor, whenever the merger was.
    """
    told = sorted((former, now, on) for former, now, on in mergers if former != now)
    into: dict[str, list[str]] = defaultdict(list)
    ever: dict[str, list[str]] = defaultdict(list)
    for former, now, on in told:
        ever[former].append(now)
        if on is None or on <= as_of:
            into[former].append(now)
    others: dict[str, list[int]] = defaultdict(list)
    for former in sorted({one[0] for one in told}):
        row = own.get(former)
        for code in _reached(former, into if row is not None else ever):
            if row is not None:
                others[code].append(row)
            elif code in own:
                others[former].append(own[code])
    return Rows(own, {code: tuple(sorted(set(rows))) for code, rows in others.items()})


def _reached(start: str, steps: Mapping[str, Sequence[str]]) -> list[str]:
    reached, waiting = [], [start]
    while waiting:
        for code in steps.get(waiting.pop(), ()):
            if code not in reached and code != start:
                reached.append(code)
                waiting.append(code)
    return reached


def _standing(session: Session, inside: Sequence[ColumnElement[bool]], base_year: int | None) -> Sequence[Any]:
    if base_year is None:
        return []
    seat = aliased(OrgUnit)
    return session.execute(
        select(
            OrgUnit.code, OrgUnit.name, OrgUnit.parent_code, OrgUnit.lon, OrgUnit.lat, OrgUnit.coord_quality,
            seat.lon.label("seat_lon"), seat.lat.label("seat_lat"),
        )
        .outerjoin(seat, seat.code == OrgUnit.parent_code)
        .where(*inside, *standing_in(base_year), OrgUnit.village_class.in_(sorted(ADMIN_CLASSES)))
        .order_by(OrgUnit.code)
    ).all()  # fmt: skip


def _places(found: Sequence[Any]) -> tuple[Any, Any, Any]:
    lon, lat = np.full(len(found), np.nan), np.full(len(found), np.nan)
    placed_by = np.zeros(len(found), dtype=np.int64)
    for at, row in enumerate(found):
        if row.lon is not None and row.lat is not None:
            # A place of its own of which nobody said how it was found is a village's place.
            quality = QUALITIES.index(row.coord_quality)
            lon[at], lat[at], placed_by[at] = row.lon, row.lat, quality or _VILLAGE
        elif row.seat_lon is not None and row.seat_lat is not None:
            lon[at], lat[at], placed_by[at] = row.seat_lon, row.seat_lat, _TOWNSHIP
    return lon, lat, placed_by


def _mergers(session: Session, caller: Caller, unit: OrgUnit) -> list[Merger]:
    found = session.execute(
        select(FormerUnit.former_code, FormerUnit.unit_code, FormerUnit.valid_to)
        .join(OrgUnit, OrgUnit.code == FormerUnit.unit_code)
        .where(func.length(FormerUnit.former_code) == 12, OrgUnit.path.like(f"{unit.path}%"),
               in_scope(caller, OrgUnit.path))
    )  # fmt: skip
    return [(former, now, on) for former, now, on in found if former is not None]


def _known(column: Any, known_at: dt.datetime | None) -> list[ColumnElement[bool]]:
    return [] if known_at is None else [column <= known_at]


def _poor(
    session: Session, inside: Sequence[ColumnElement[bool]], asked: int | None, as_of: dt.date,
    known_at: dt.datetime | None,
) -> tuple[int | None, list[str]]:  # fmt: skip
    """Give the year of the poverty list and who stands on it.

    Of a year not asked for: the newest list not later than the day that names a village here, else the first.
    """
    years = [asked] if asked is not None else []
    if asked is None:
        years = _in_question(session.scalars(select(PovertyVillage.list_year).distinct()), as_of)
    for year in years:
        p, here = PovertyVillage, select(OrgUnit.code).where(*inside)
        listed = select(p.village_code).where(
            p.list_year == year, p.village_code.in_(here), *_known(p.recorded_at, known_at)
        )
        if found := list(session.scalars(listed)):
            return year, found
    return asked, []


def _in_question(years: Iterable[int], as_of: dt.date) -> list[int]:
    """Give years in the order in which they answer for a day: the past ones from the newest, then those to come."""
    told = sorted(years)
    return [year for year in reversed(told) if year <= as_of.year] + [year for year in told if year > as_of.year]


def _remote(
    session: Session, inside: Sequence[ColumnElement[bool]], as_of: dt.date, known_at: dt.datetime | None
) -> list[str]:
    r = RemoteVillage
    told = select(r.village_code).join(OrgUnit, OrgUnit.code == r.village_code)
    on_the_day = [r.starts_on <= as_of, or_(r.ends_on.is_(None), r.ends_on > as_of)]
    return list(session.scalars(told.where(*on_the_day, *inside, *_known(r.recorded_at, known_at))))


def _people(
    session: Session, inside: Sequence[ColumnElement[bool]], own: Mapping[str, int], as_of: dt.date,
    known_at: dt.datetime | None,
) -> Any:  # fmt: skip
    p, people = VillagePopulation, np.full(len(own), np.nan)
    counted = (
        select(p.village_code, p.people).join(OrgUnit, OrgUnit.code == p.village_code)
        .where(p.year <= as_of.year, *inside, *_known(p.recorded_at, known_at)).order_by(p.year)
    )  # fmt: skip
    for code, many in session.execute(counted):
        if code in own:
            people[own[code]] = many
    return people
