"""Small builders for tests of the review: months filed by somebody, county returns, and a county of many stations."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from stations.records.months import CountyReturn, SalesReport
from stations.sales.filing.taking_in import take_in
from tests.conftest import NOON
from tests.stations.sales.filing.building import OCTOBER, SECOND, begin, station, told
from tests.world import World, add_station


def file_month(session: Session, world: World, who: str = "tang", code: str = "JY001", period: int = OCTOBER) -> None:
    """File 12,000 元 for a station's month on the second of November."""
    take_in(session, world.callers[who], station(session, world, code), period, told(), now=SECOND)


def report_of(session: Session, world: World, code: str = "JY001", period: int = OCTOBER) -> SalesReport:
    row = SalesReport
    return session.scalars(
        select(row).where(row.station_id == world.stations[code], row.period == period),
        execution_options={"populate_existing": True},
    ).one()


def county_return(session: Session, state: str, version: int = 1, period: int = OCTOBER) -> None:
    """Let the county's return of a month stand as said."""
    session.add(CountyReturn(county_code="431125", county_path="/CN/43/4311/431125/", period=period, version=version,
                             state=state, figures={}, coverage={}, timeliness="on_time", sent_at=NOON))  # fmt: skip
    session.flush()


def many_stations(session: Session, world: World, count: int) -> list[str]:
    """Add so many stations, each with a submitted October of its owner; give their codes."""
    path = "/CN/43/4311/431125/431125100/431125100201/"
    codes = [f"M{number:04}" for number in range(count)]
    for code in codes:
        world.stations[code] = add_station(session, code, f"{code}站", "431125100201", path, 111.3, 25.2, NOON)
        session.add(SalesReport(
            station_id=world.stations[code], period=OCTOBER, version=1, state="submitted", timeliness="on_time",
            is_expected=True, has_activity=True, is_nil=False, source="owner", online_sales_out_fen=100,
            first_received_at=SECOND, changed_at=SECOND,
        ))  # fmt: skip
    session.flush()
    return codes


def begun(session: Session) -> Session:
    """Let Jiangyong collect reports since January 2026."""
    begin(session)
    return session


def later(**by: float) -> dt.datetime:
    return SECOND + dt.timedelta(**by)
