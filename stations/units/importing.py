"""Import a national (or smaller) village list for a base year: streaming, all or nothing, twice is once.

Names above villages come from the files beside the list, else from the units already there, else the code stands for
the name. Zones that the list treats as counties (430371 and the like) come in as the list has them. The newest list of
a county gives today's names; what it no longer has keeps its row and gets a last year. A unit stands from its first to
its last list: one that is missing from a list in between counts as never having left.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, insert, or_, select, update
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from stations.batches import MOST, in_batches
from stations.units.denominators import freeze_counties, frozen_counties
from stations.units.hierarchy import ADMIN_CLASSES, level_of, line_of, parent_of, path_of, village_class
from stations.units.other_years import PROVINCES_OF_A_WHOLE_LIST, other_years
from stations.units.shipped import BASE_YEAR, shipped_units
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
        self.years = other_years(session, base_year)
        self.frozen = frozen_counties(session, base_year)
        self.told_names = names
        self.names = {one.code: one.name for one in shipped_units()} | names
        self.above = set(session.scalars(select(OrgUnit.code).where(OrgUnit.level != "village")))
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
            "base_year_from": self.base_year, "base_year_to": self._last_year(code), "updated_at": self.now,
        }  # fmt: skip

    def _last_year(self, code: str) -> int | None:
        """Give the last year of a unit first met in this list: none while no later list speaks for its county."""
        return None if self.years.is_newest(code[:6]) else self.base_year

    def _change(self, pairs: Iterable[tuple[Village, Any]]) -> None:
        changes: list[Row] = []
        for village, old in pairs:
            is_newest = self.years.is_newest(village.code[:6])
            first = min(old.base_year_from or self.base_year, self.base_year)
            last = None if is_newest or old.base_year_to is None else max(old.base_year_to, self.base_year)
            name = village.name if is_newest else old.name
            if (first, last, name) == (old.base_year_from, old.base_year_to, old.name):
                continue
            if village.code[:6] in self.frozen:
                raise _refuse_frozen(village, self.base_year)
            if name != old.name:
                self._keep_name(village.code, old.name)
            changes.append({"b_code": village.code, "name": name, "base_year_from": first, "base_year_to": last,
                            "updated_at": self.now})  # fmt: skip
        if changes:
            table = OrgUnit.__table__
            where = table.update().where(table.c.code == bindparam("b_code"))  # type: ignore[attr-defined]  # a Table
            self.session.connection().execute(where, changes)

    def _keep_name(self, code: str, old_name: str) -> None:
        self.session.add(FormerUnit(unit_code=code, former_name=old_name, kind="rename",
                                    valid_to=dt.date(self.base_year, 1, 1), source=self.source))  # fmt: skip
        self.result.renamed += 1

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
                                 "base_year_from": self.base_year if len(code) > 4 else None,
                                 "base_year_to": self._last_year(code) if len(code) > 4 else None,
                                 "updated_at": self.now})  # fmt: skip
        if rows:
            self.session.execute(insert(OrgUnit), rows)
            self.result.units_above_added += len(rows)

    def finish(self) -> Imported:
        """Name what had only a code, end what the newer list no longer has, and freeze the counts."""
        counties = {code[:6] for code in self.seen}
        newest = sorted(county for county in counties - self.frozen.keys() if self.years.is_newest(county))
        self._name_above(newest)
        self.result.counties_frozen = freeze_counties(self.session, self.base_year, self.seen, counties, self.now)
        self._end_missing([*newest, *self._abolished(counties)])
        self._revive(newest)
        return self.result

    def _name_above(self, newest: Sequence[str]) -> None:
        """Name units that have had only their code; rename those that the newest list of their county calls otherwise.

        The shipped names are of 2023: an older list does not change a county's.
        """
        current = set(newest)
        rows = select(OrgUnit.code, OrgUnit.name).where(OrgUnit.level.in_(("prefecture", "county", "township")))
        for code, name in self.session.execute(rows).all():
            told = self.names.get(code, name) if name == code else self.told_names.get(code, name)
            is_ours = code[:6] in current and (len(code) == 9 or self.base_year >= BASE_YEAR)
            if told == name or not (name == code or is_ours):
                continue
            if name != code:
                self._keep_name(code, name)
            self._set([code], {"name": told})

    def _abolished(self, counties: set[str]) -> list[str]:
        """Give the counties of earlier lists that a list of the whole country no longer has."""
        if len({county[:2] for county in counties}) < PROVINCES_OF_A_WHOLE_LIST:
            return []
        known = set(self.years.earlier) | (set(self.years.shipped) if self.base_year > BASE_YEAR else set())
        gone = sorted(county for county in known - counties if self.years.is_newest(county))
        for county in gone:
            self._end([county])
        return gone

    def _end_missing(self, counties: Sequence[str]) -> None:
        listed = self.seen | {code[:9] for code in self.seen}
        for some in in_batches(counties, 400):
            townships = select(OrgUnit.code).where(OrgUnit.parent_code.in_(some), OrgUnit.level == "township")
            there = select(OrgUnit.code).where(
                or_(OrgUnit.parent_code.in_(townships), OrgUnit.code.in_(townships)),
                OrgUnit.base_year_from < self.base_year, OrgUnit.base_year_to.is_(None),
            )  # fmt: skip
            self._end([code for code in self.session.scalars(there) if code not in listed])

    def _revive(self, newest: Sequence[str]) -> None:
        """Let counties and townships that an earlier list had lost stand again."""
        current = set(newest)
        above = {code[:length] for code in self.seen if code[:6] in current for length in (6, 9)}
        lost = select(OrgUnit.code).where(OrgUnit.base_year_to.is_not(None), OrgUnit.level.in_(("county", "township")))
        again = [code for code in self.session.scalars(lost) if code in above]
        for some in in_batches(again):
            back = {"base_year_to": None, "updated_at": self.now}
            self.session.execute(update(OrgUnit).where(OrgUnit.code.in_(some)).values(back))

    def _end(self, codes: Iterable[str]) -> None:
        by_year: dict[int, list[str]] = defaultdict(list)
        for code in codes:
            by_year[self.years.last_before(code[:6])].append(code)
            self.result.ended += len(code) == 12
        for year, some in by_year.items():
            self._set(some, {"base_year_to": year})

    def _set(self, codes: Sequence[str], values: Row) -> None:
        for some in in_batches(codes):
            self.session.execute(update(OrgUnit).where(OrgUnit.code.in_(some), OrgUnit.base_year_to.is_(None))
                                 .values(values | {"updated_at": self.now}))  # fmt: skip


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
    place = f"第 {village.line} 行:{village.code} {village.name}"
    said = f"{place} 与 {base_year} 年已冻结的名单不同 / not so in the frozen list"
    return Refusal("UNIT_BASE_YEAR_FROZEN", errors={"file": [said]}, base_year=base_year, county=village.code[:6])
