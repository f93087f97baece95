"""Where months of stations stand now: owed or excused, open or locked, and whose leave opened them again.

The facts are fetched for many stations and months in a few queries; the state itself is `deadlines.state_on`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.vocab_months import ReportState, ReturnState
from stations.batches import in_batches
from stations.records.expected import NOT_OWED, Expectation, expectations
from stations.records.monthly_policy import MonthlyPolicy
from stations.records.months import CountyReturn, LockException, ReportingStart
from stations.sales.calendar.deadlines import state_on

COUNTY_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Standing:
    """What the calendar knows of one station's month, whatever was filed."""

    period: int
    expectation: Expectation
    # A lock exception that has neither expired nor been revoked.
    is_unlocked: bool
    # How the county's newest return of the month stands; None: none was sent.
    return_state: str | None
    # The county collects reports from this month or an earlier one.
    has_begun: bool

    def state(self, stored: str | None, *, now: dt.datetime, policy: MonthlyPolicy) -> ReportState:
        """Give the month's state with a report stored in state `stored` (None: no report)."""
        return state_on(
            self.period, stored=None if stored is None else ReportState(stored), now=now, policy=policy,
            is_excused=self.expectation.excuse is not None, is_unlocked=self.is_unlocked,
            return_stands=self.return_state == ReturnState.ACCEPTED,
        )  # fmt: skip

    def is_open(self, *, now: dt.datetime, policy: MonthlyPolicy) -> bool:
        """Say whether the month can be filed or corrected now, as far as the calendar goes."""
        # A stored state shows through exactly while the month is neither before its opening nor locked.
        return self.state(ReportState.SUBMITTED, now=now, policy=policy) is ReportState.SUBMITTED


def ancestors(unit_path: str) -> list[str]:
    """Give the paths of the units that hold a unit, itself the last: «/CN/43/» gives «/CN/» and «/CN/43/»."""
    parts = unit_path.strip("/").split("/")
    return ["/" + "/".join(parts[: n + 1]) + "/" for n in range(len(parts))]


def standings(
    session: Session, paths: Mapping[int, str], periods: Collection[int], *, now: dt.datetime
) -> dict[tuple[int, int], Standing]:
    """Give where each month asked for stands, by (station, month), for stations given with their unit paths."""
    stations = list(paths)
    due = expectations(session, stations, periods)
    above = {path: ancestors(path) for path in set(paths.values())}
    known = sorted({one for path in above.values() for one in path})
    unlocked_units, unlocked_stations = _exceptions(session, known, stations, periods, now)
    returns = _returns(session, known, periods)
    # Only the counties asked about: a nation has three thousand, and this stands in every filing.
    counties = sorted({code for path in above for code in path.split("/") if len(code) == COUNTY_DIGITS})
    row = ReportingStart
    begun_in = session.execute(select(row.county_code, row.first_period).where(row.county_code.in_(counties)))
    starts = {one.county_code: one.first_period for one in begun_in}
    found: dict[tuple[int, int], Standing] = {}
    for station_id, path in paths.items():
        begun = next((starts[code] for code in path.strip("/").split("/") if code in starts), None)
        for period in periods:
            unlocked = (station_id, period) in unlocked_stations or any(
                (one, period) in unlocked_units for one in above[path]
            )
            sent = next((returns[one, period] for one in above[path] if (one, period) in returns), None)
            found[station_id, period] = Standing(
                period, due.get((station_id, period), NOT_OWED), unlocked, sent, begun is not None and period >= begun
            )
    return found


def standing_of(session: Session, station_id: int, unit_path: str, period: int, *, now: dt.datetime) -> Standing:
    """Give where one month of one station stands."""
    return standings(session, {station_id: unit_path}, [period], now=now)[station_id, period]


def first_period(session: Session, unit_path: str) -> int | None:
    """Give the month from which the county of a unit collects reports; None: it does not yet."""
    codes = unit_path.strip("/").split("/")
    return session.scalars(select(ReportingStart.first_period).where(ReportingStart.county_code.in_(codes))).first()


def _starts(session: Session, codes: Sequence[str]) -> dict[str, int]:
    row, found = ReportingStart, dict[str, int]()
    for some in in_batches(codes):
        begun = session.execute(select(row.county_code, row.first_period).where(row.county_code.in_(some)))
        found |= {one.county_code: one.first_period for one in begun}
    return found


def _exceptions(
    session: Session, paths: Sequence[str], stations: Sequence[int], periods: Collection[int], now: dt.datetime
) -> tuple[set[tuple[str, int]], set[tuple[int, int]]]:
    """Give the (unit path, month) and the (station, month) that leave was given for and that still stand."""
    row = LockException
    stands = (row.period.in_(periods), row.revoked_at.is_(None), row.expires_at > now)
    units, single = set[tuple[str, int]](), set[tuple[int, int]]()
    for some in in_batches(paths):
        of_units = select(row.unit_path, row.period).where(row.unit_path.in_(some), row.station_id.is_(None), *stands)
        units |= {(path, period) for path, period in session.execute(of_units)}
    for ids in in_batches(stations):
        of_stations = select(row.station_id, row.period).where(row.station_id.in_(ids), *stands)
        single |= {(id_, period) for id_, period in session.execute(of_stations) if id_ is not None}
    return units, single


def _returns(session: Session, paths: Sequence[str], periods: Collection[int]) -> dict[tuple[str, int], str]:
    """Give the state of the newest return of each county and month."""
    row, found = CountyReturn, dict[tuple[str, int], str]()
    asked = select(row.county_path, row.period, row.state).where(row.period.in_(periods)).order_by(row.version)
    for some in in_batches(paths):
        for path, period, state in session.execute(asked.where(row.county_path.in_(some))):
            found[path, period] = state
    return found
