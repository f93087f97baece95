"""What the lists of other years already say, so that a list gives today's picture only where it is the newest."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stations.units.shipped import BASE_YEAR, shipped_units
from stations.units.tables import UnitDenominator

# A list with villages in every province but Taiwan, Hong Kong and Macao speaks for the whole country: a county that it
# does not hold is no more. A smaller list speaks only for its own counties.
PROVINCES_OF_A_WHOLE_LIST = 31


@dataclass(frozen=True)
class OtherYears:
    """Seen from `base_year`: the newest earlier list of each county, the counties with a later one, a later whole list.

    `shipped` are the counties of the shipped list of 2023, which is whole too, though it holds no villages.
    """

    base_year: int
    earlier: dict[str, int]
    later: frozenset[str]
    later_whole: bool
    shipped: frozenset[str]

    def is_newest(self, county: str) -> bool:
        """Say whether no later list speaks for the county."""
        if self.later_whole or county in self.later:
            return False
        return self.base_year >= BASE_YEAR or county in self.shipped

    def last_before(self, county: str) -> int:
        """Give the year of the last list that held the county before this one."""
        shipped = BASE_YEAR if county in self.shipped and self.base_year > BASE_YEAR else self.base_year - 1
        return self.earlier.get(county, shipped)


def other_years(session: Session, base_year: int) -> OtherYears:
    """Read from the frozen counts which lists there are."""
    frozen = session.execute(
        select(UnitDenominator.base_year, UnitDenominator.unit_code)
        .where(func.length(UnitDenominator.unit_code).in_((2, 6)), UnitDenominator.unit_code != "CN")
        .order_by(UnitDenominator.base_year)
    ).all()
    counties = [(year, code) for year, code in frozen if len(code) == 6]
    provinces = [year for year, code in frozen if len(code) == 2 and year > base_year]
    return OtherYears(
        base_year,
        earlier={code: year for year, code in counties if year < base_year},
        later=frozenset(code for year, code in counties if year > base_year),
        later_whole=any(provinces.count(year) >= PROVINCES_OF_A_WHOLE_LIST for year in set(provinces)),
        shipped=frozenset(unit.code for unit in shipped_units() if unit.level == "county"),
    )
