"""Import a national (or smaller) village list for a base year: streaming, all or nothing, twice is once.

Names above villages come from the files beside the list, else from the units already there, else the code stands for
the name. Zones that the list treats as counties (430371 and the like) come in as the list has them. The newest base
year gives today's names; a village that a newer list of its county no longer has keeps its row and gets a last year.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from stations.batches import MOST, in_batches
from stations.units.denominators import base_years, freeze_counties, frozen_counties
from stations.units.hierarchy import ADMIN_CLASSES, level_of, line_of, parent_of, path_of, village_class
from stations.units.shipped import shipped_units
from stations.units.tables import FormerUnit, OrgUnit
from stations.units.village_list import Village

Row = dict[str, Any]


@dataclass
class Imported:
    """What an import came to; `counties_frozen` counts those that were new for the base year."""

    villages: int = 0
    admin_villages: int = 0
    added: int = 0
    renamed: int = 0
    ended: int = 0
    units_above_added: int = 0
    counties_frozen: int = 0


class _Import:
    """One import in the making: what is known, what was seen."""

    def __init__(self, session: Session, base_year: int, names: dict[str, str], source: str, now: dt.datetime) -> None:
        self.session, self.base_year, self.source, self.now = session, base_year, source, now
        earlier = base_years(session)
        self.is_newest = not earlier or base_year >= earlier[-1]
        self.frozen = frozen_counties(session, base_year)
        self.names = {one.code: one.name for one in shipped_units()} | names
        above = select(OrgUnit.code).where(OrgUnit.level != "village")
        self.above = set(session.scalars(above))
        self.seen: set[str] = set()
        self.result = Imported()

    def take(self, batch: Sequence[Village]) -> None:
        """Write one batch: units above that are new, then villages that are new, changed or of another year."""
        for village in batch:
            if village.code in self.seen:
                raise _refuse_line(village, "代码重复", "the code stands twice in the file")
            self.seen.add(village.code)
        self._add_above(batch)
        there = {
            row.code: row
            for row in self.session.execute(
                select(OrgUnit.code, OrgUnit.name, OrgUnit.base_year_from, OrgUnit.base_year_to)
                .where(OrgUnit.code.in_([village.code for village in batch]))
            )
        }  # fmt: skip
        fresh = [village for village in batch if village.code not in there]
        for village in fresh:
            if village.code[:6] in self.frozen:
                raise _refuse_frozen(village, self.base_year)
        if fresh:
            self.session.execute(insert(OrgUnit), [self._new_row(village) for village in fresh])
        self._change([(village, there[village.code]) for village in batch if village.code in there])
        self.result.villages += len(batch)
        self.result.added += len(fresh)

    def _new_row(self, village: Village) -> Row:
        code = village.code
        return {
            "code": code, "level": "village", "name": village.name, "parent_code": parent_of(code),
            "path": path_of(code), "village_class": village_class(code), "coord_quality": "missing",
            "base_year_from": self.base_year, "base_year_to": None if self.is_newest else self.base_year,
            "updated_at": self.now,
        }  # fmt: skip

    def _change(self, pairs: Iterable[tuple[Village, Any]]) -> None:
        changes: list[Row] = []
        for village, old in pairs:
            first = min(old.base_year_from or self.base_year, self.base_year)
            last = None if self.is_newest or old.base_year_to is None else max(old.base_year_to, self.base_year)
            name = village.name if self.is_newest else old.name
            if name != old.name:
                self.session.add(FormerUnit(unit_code=village.code, former_name=old.name, kind="rename",
                                            valid_to=dt.date(self.base_year, 1, 1), source=self.source))  # fmt: skip
                self.result.renamed += 1
            if (first, last, name) != (old.base_year_from, old.base_year_to, old.name):
                changes.append({"b_code": village.code, "name": name, "base_year_from": first, "base_year_to": last,
                                "updated_at": self.now})  # fmt: skip
        if changes:
            table = OrgUnit.__table__
            where = table.update().where(table.c.code == bindparam("b_code"))  # type: ignore[attr-defined]  # a Table
            self.session.connection().execute(where, changes)

    def _add_above(self, batch: Sequence[Village]) -> None:
        rows: list[Row] = []
        for township in dict.fromkeys(village.code[:9] for village in batch):
            if township in self.above:
                continue
            for code in line_of(township):
                if code not in self.above:
                    self.above.add(code)
                    rows.append({"code": code, "level": level_of(code), "name": self.names.get(code, code),
                                 "parent_code": parent_of(code), "path": path_of(code), "coord_quality": "missing",
                                 "updated_at": self.now})  # fmt: skip
        if rows:
            self.session.execute(insert(OrgUnit), rows)
            self.result.units_above_added += len(rows)

    def finish(self) -> Imported:
        """Name what had only a code, end what the newer list no longer has, and freeze the counts."""
        self._name_above()
        counties = {code[:6] for code in self.seen}
        self.result.counties_frozen = freeze_counties(self.session, self.base_year, self.seen, counties, self.now)
        if self.is_newest:
            self._end_missing(sorted(counties))
        return self.result

    def _name_above(self) -> None:
        """Give a name to units above villages that have had only their code, where this import knows one."""
        nameless = select(OrgUnit.code).where(OrgUnit.name == OrgUnit.code, OrgUnit.level != "village")
        for code in list(self.session.scalars(nameless)):
            if code in self.names:
                named = {"name": self.names[code], "updated_at": self.now}
                self.session.execute(update(OrgUnit).where(OrgUnit.code == code).values(named))

    def _end_missing(self, counties: Sequence[str]) -> None:
        for some in in_batches(counties, 400):
            townships = select(OrgUnit.code).where(OrgUnit.parent_code.in_(some))
            there = select(OrgUnit.code).where(
                OrgUnit.parent_code.in_(townships), OrgUnit.level == "village",
                OrgUnit.base_year_from < self.base_year, OrgUnit.base_year_to.is_(None),
            )  # fmt: skip
            gone = [code for code in self.session.scalars(there) if code not in self.seen]
            for codes in in_batches(gone):
                last = {"base_year_to": self._year_before(), "updated_at": self.now}
                self.session.execute(update(OrgUnit).where(OrgUnit.code.in_(codes)).values(last))
            self.result.ended += len(gone)

    def _year_before(self) -> int:
        return max((year for year in base_years(self.session) if year < self.base_year), default=self.base_year - 1)


def import_villages(
    session: Session, villages: Iterable[Village], *, base_year: int, names: dict[str, str], source: str,
    now: dt.datetime,
) -> Imported:  # fmt: skip
    """Import a list in the caller's transaction; refuses with FILE_FORMAT or UNIT_BASE_YEAR_FROZEN, nothing half done.

    `names` are those of units above villages, by code; `source` is named wherever an old name is kept.
    """
    if not 1990 <= base_year <= now.year:
        raise Refusal("BAD_INPUT", errors={"base_year": [f"年度应在 1990 与 {now.year} 之间 / 1990 to {now.year}"]})
    work = _Import(session, base_year, names, source, now)
    batch: list[Village] = []
    for village in villages:
        batch.append(village)
        if len(batch) == MOST:
            work.take(batch)
            batch = []
    work.take(batch)
    if not work.seen:
        raise Refusal("FILE_FORMAT", errors={"file": ["文件里没有村庄 / the file names no village"]})
    result = work.finish()
    result.admin_villages = sum(1 for code in work.seen if village_class(code) in ADMIN_CLASSES)
    return result


def _refuse_line(village: Village, zh: str, en: str) -> Refusal:
    said = f"第 {village.line} 行:{village.code} {zh} / line {village.line}: {en}"
    return Refusal("FILE_FORMAT", errors={"file": [said]}, line=village.line)


def _refuse_frozen(village: Village, base_year: int) -> Refusal:
    said = f"第 {village.line} 行:{village.code} 不在 {base_year} 年已冻结的名单里 / not in the frozen list"
    return Refusal("UNIT_BASE_YEAR_FROZEN", errors={"file": [said]}, base_year=base_year, county=village.code[:6])
