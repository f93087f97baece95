"""A county's month, built row by row: who reported what, in which state."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from stations.records.months import PeriodExcuse, SalesReport
from stations.records.obligations import begin_reporting
from stations.units.tables import OrgUnit
from tests.world import World, add_station

OCTOBER = 202610
# The 3rd of November, noon in Beijing: the month is open and nobody is late.
THIRD = dt.datetime(2026, 11, 3, 4, 0, tzinfo=dt.UTC)
LAST_SECOND = dt.datetime(2026, 11, 5, 15, 59, 59, tzinfo=dt.UTC)
SIXTH = dt.datetime(2026, 11, 5, 16, 0, tzinfo=dt.UTC)
PATH = "/CN/43/4311/431125/431125100/431125100201/"


def begin(session: Session, county: str = "431125") -> None:
    """Let a county collect reports since January 2026."""
    unit = session.get(OrgUnit, county)
    assert unit is not None
    begin_reporting(session, unit, 202601, by=None, now=dt.datetime(2026, 1, 5, tzinfo=dt.UTC))


def more_stations(session: Session, world: World, count: int) -> list[str]:
    """Add stations X000, X001, … in 何家湾; reporting has to begin after them."""
    codes = [f"X{number:03}" for number in range(count)]
    for code in codes:
        village = "431125100201"
        world.stations[code] = add_station(session, code, f"{code} 站", village, PATH, 111.34, 25.27, world.now)
    return codes


def report(
    session: Session, world: World, code: str, *, fen: int | None = None, state: str = "accepted",
    source: str = "owner", timeliness: str = "on_time", is_expected: bool = True, is_nil: bool = False,
    period: int = OCTOBER, parcels_in: int | None = None,
) -> SalesReport:  # fmt: skip
    """Put a report into a station's month; nil without figures."""
    row = SalesReport(
        station_id=world.stations[code], period=period, version=1, state=state, timeliness=timeliness, source=source,
        is_expected=is_expected, is_nil=is_nil, has_activity=bool(fen), online_sales_out_fen=fen,
        parcels_in=parcels_in, first_received_at=THIRD, changed_at=THIRD,
    )  # fmt: skip
    session.add(row)
    session.flush()
    return row


def excuse(session: Session, world: World, code: str, reason: str, period: int = OCTOBER) -> None:
    row = PeriodExcuse(station_id=world.stations[code], period=period, reason_code=reason, recorded_at=THIRD)
    session.add(row)
    session.flush()
