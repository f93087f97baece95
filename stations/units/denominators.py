"""How many villages a unit had in a base year: counted once at import, then frozen.

The national count shrinks by mergers (694,666 in 2013, 620,573 in 2023); were the denominator to follow, coverage would
rise by itself. Counties and townships are frozen from the list itself, higher units are the sums of their counties.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from stations.batches import in_batches
from stations.units.hierarchy import ADMIN_CLASSES, line_of, village_class
from stations.units.tables import UnitDenominator


def frozen_counties(session: Session, base_year: int) -> dict[str, int]:
    """Give the counties whose villages are frozen for a base year, with their counts."""
    rows = session.execute(
        select(UnitDenominator.unit_code, UnitDenominator.villages).where(UnitDenominator.base_year == base_year)
    )
    return {code: villages for code, villages in rows if len(code) == 6}


def freeze_counties(
    session: Session, base_year: int, villages: Iterable[str], counties: Collection[str], now: dt.datetime
) -> int:
    """Freeze the counts of `counties` from the codes of all their villages; give how many were new.

    A county already frozen for the year must have the same count, else UNIT_BASE_YEAR_FROZEN.
    """
    every, admin = count_villages(villages)
    before = frozen_counties(session, base_year)
    for county in sorted(counties):
        if county in before and before[county] != every[county]:
            raise Refusal("UNIT_BASE_YEAR_FROZEN", base_year=base_year, county=county,
                          frozen=before[county], given=every[county])  # fmt: skip
    fresh = {county for county in counties if county not in before}
    rows = [_row(base_year, code, every[code], admin[code], now)
            for code in every if len(code) in (6, 9) and code[:6] in fresh]  # fmt: skip
    for some in in_batches(rows):
        session.execute(insert(UnitDenominator), list(some))
    if fresh:
        _sum_up(session, base_year, now)
    return len(fresh)


def count_villages(villages: Iterable[str]) -> tuple[Counter[str], Counter[str]]:
    """Count all and administrative villages (200-399, 500-599) for every unit above them."""
    every: Counter[str] = Counter()
    admin: Counter[str] = Counter()
    townships: Counter[tuple[str, bool]] = Counter(
        (code[:9], village_class(code) in ADMIN_CLASSES) for code in villages
    )
    for (township, is_admin), count in townships.items():
        for code in line_of(township):
            every[code] += count
            if is_admin:
                admin[code] += count
    return every, admin


def _sum_up(session: Session, base_year: int, now: dt.datetime) -> None:
    """Write the sums of the frozen counties for prefectures, provinces and the nation anew."""
    counties = session.execute(
        select(UnitDenominator.unit_code, UnitDenominator.villages, UnitDenominator.admin_villages)
        .where(UnitDenominator.base_year == base_year)
    )  # fmt: skip
    every: Counter[str] = Counter()
    admin: Counter[str] = Counter()
    for county, villages, admin_villages in counties:
        if len(county) == 6:
            for code in line_of(county)[:-1]:
                every[code] += villages
                admin[code] += admin_villages
    session.execute(
        delete(UnitDenominator)
        .where(UnitDenominator.base_year == base_year, UnitDenominator.unit_code.in_(list(every)))
        .execution_options(synchronize_session=False)
    )
    session.execute(insert(UnitDenominator), [_row(base_year, c, every[c], admin[c], now) for c in every])


def _row(base_year: int, code: str, villages: int, admin_villages: int, now: dt.datetime) -> dict[str, object]:
    return {"base_year": base_year, "unit_code": code, "villages": villages, "admin_villages": admin_villages,
            "frozen_at": now}  # fmt: skip
