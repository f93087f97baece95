"""Small builders for tests of filings: a county that collects reports, and what an owner fills in."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from sqlalchemy.orm import Session

from stations.people.access import Caller
from stations.records.months import LockException
from stations.records.obligations import begin_reporting
from stations.records.tables import Station
from stations.sales.filing.figures import Figures, Filed
from stations.units.tables import OrgUnit
from tests.conftest import NOON
from tests.world import World

# The tests stand on 20 November 2026: October is locked since the 16th, November runs. Filings speak of these days.
SECOND = dt.datetime(2026, 11, 2, 2, 0, tzinfo=dt.UTC)
OCTOBER = 202610


def begin(session: Session, period: int = 202601, county: str = "431125") -> None:
    """Let a county collect reports from a month on."""
    unit = session.get(OrgUnit, county)
    assert unit is not None
    begin_reporting(session, unit, period, by=None, now=dt.datetime(2026, 1, 5, tzinfo=dt.UTC))


def station(session: Session, world: World, code: str = "JY001") -> Station:
    found = session.get(Station, world.stations[code])
    assert found is not None
    return found


def told(key: str | None = None, /, **more: Any) -> Filed:
    """Give a filing with 12,000 元 of online sales unless said otherwise; money in fen by the columns' names."""
    figures = {name: more.pop(name) for name in Figures.__slots__ if name in more} or {
        "online_sales_out_fen": 1_200_000
    }
    if more.get("is_nil"):
        figures = {}
    return Filed(key or str(uuid.uuid4()), Figures(**figures), **more)


def leave(session: Session, period: int, *, unit: str = "431125", station_id: int | None = None,
          until: dt.datetime = NOON + dt.timedelta(days=30)) -> LockException:  # fmt: skip
    """Give leave to file a locked month."""
    found = session.get(OrgUnit, unit)
    assert found is not None
    given = LockException(unit_code=unit, unit_path=found.path, station_id=station_id, period=period, reason="停电",
                          granted_at=NOON, expires_at=until)  # fmt: skip
    session.add(given)
    session.flush()
    return given


def owner(world: World) -> Caller:
    return world.callers["tang"]
