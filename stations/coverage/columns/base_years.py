"""Which frozen village list a figure counts by, and whether what stands there agrees with the frozen counts."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from stations.people.access import Caller, in_scope
from stations.units.tables import OrgUnit, UnitDenominator


@dataclass(frozen=True)
class Denominator:
    """The villages counted, what was frozen for them at import, and the counties where the two differ.

    `frozen` sums the counties of the base year, or is the unit's own row below a county; None: nothing was frozen.
    """

    counted: int
    frozen: int | None
    differing: tuple[str, ...]
    counties_without_list: int


def base_year_of(session: Session, caller: Caller, unit: OrgUnit, asked: int | None, as_of: dt.date) -> int | None:
    """Give the base year of a unit: the one asked for, else the newest list not later than the day, else the first.

    Of several lists those count that hold the most counties of the unit, so that one county's newer list does not
    decide for its province. None where no village was ever imported. Refuses BASE_YEAR_UNKNOWN for a year asked for
    of which the unit has no list.
    """
    counties = Counter(session.scalars(_years_frozen(unit)))
    if asked is not None:
        counties = Counter({asked: counties[asked]}) if counties[asked] else Counter()
    years = set(counties) or _years_of_villages(session, caller, unit)
    if asked is not None:
        if asked in years:
            return asked
        said = f"没有 {asked} 年的村庄清单 / no village list of {asked}"
        raise Refusal("BASE_YEAR_UNKNOWN", errors={"base_year": [said]}, unit=unit.code, base_year=asked)
    most = max(counties.values(), default=0)
    whole = sorted(year for year in years if counties[year] == most)
    past = [year for year in whole if year <= as_of.year]
    return past[-1] if past else whole[0] if whole else None


def standing_in(base_year: int) -> list[ColumnElement[bool]]:
    """Give the conditions that a village stands in the list of a base year."""
    return [OrgUnit.base_year_from <= base_year, func.coalesce(OrgUnit.base_year_to, base_year) >= base_year]


def denominator_of(session: Session, unit: OrgUnit, base_year: int, counties: Sequence[str]) -> Denominator:
    """Compare the villages counted (the county of each) with the frozen counts of administrative villages."""
    counted = Counter(counties)
    if len(unit.code) > 6:
        frozen = session.scalar(
            select(UnitDenominator.admin_villages)
            .where(UnitDenominator.base_year == base_year, UnitDenominator.unit_code == unit.code)
        )  # fmt: skip
        agrees = frozen is None or frozen == len(counties)
        return Denominator(len(counties), frozen, () if agrees else tuple(sorted(counted)), 0)
    rows = session.execute(
        select(UnitDenominator.unit_code, UnitDenominator.admin_villages)
        .where(UnitDenominator.base_year == base_year, *_county_codes(unit))
    )  # fmt: skip
    by_county = dict(rows.all())
    differing = tuple(sorted(code for code, many in by_county.items() if counted[code] != many))
    without = len(set(counted) - set(by_county))
    return Denominator(len(counties), sum(by_county.values()) if by_county else None, differing, without)


def _years_frozen(unit: OrgUnit) -> Select[int]:
    return select(UnitDenominator.base_year).where(*_county_codes(unit))


def _county_codes(unit: OrgUnit) -> list[ColumnElement[bool]]:
    codes = [func.length(UnitDenominator.unit_code) == 6]
    if unit.level != "nation":
        codes.append(UnitDenominator.unit_code.startswith(unit.code[:6], autoescape=True))
    return codes


def _years_of_villages(session: Session, caller: Caller, unit: OrgUnit) -> set[int]:
    """Give the first years of the villages themselves, where no count was ever frozen."""
    first = select(OrgUnit.base_year_from).where(
        func.length(OrgUnit.code) == 12, OrgUnit.base_year_from.is_not(None), OrgUnit.path.like(f"{unit.path}%"),
        in_scope(caller, OrgUnit.path),
    )  # fmt: skip
    return {year for year in session.scalars(first.distinct()) if year is not None}
