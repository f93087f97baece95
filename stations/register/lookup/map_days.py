"""The days on which the map changed, from appended rows, and what is different between two days."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from field_app_schema.vocab import Vitality
from stations.people.access import Caller, in_scope
from stations.records.days import day_in_china
from stations.records.tables import Station, StationTransition, VitalityState
from stations.register.lookup.map_rows import MapRow, unit_path

GONE = (Vitality.DEAD, Vitality.PRESUMED_DEAD)
LIVING = (Vitality.ALIVE, Vitality.WEAK)
# A station that the map does not show on a day, because it was not yet known or is merged into another.
ABSENT = ""


@dataclass(frozen=True)
class ChangeDay:
    """How many stations took which state on a day, and how many had a decision on their listing take effect."""

    day: dt.date
    counts: dict[str, int]
    listings: int

    @property
    def changes(self) -> int:
        """The appended answers and decisions of the day, in all."""
        return sum(self.counts.values()) + self.listings


def days_of_change(session: Session, caller: Caller, unit: str | None, *, now: dt.datetime) -> list[ChangeDay]:
    """Give the days up to today on which a state or a listing of the unit's stations changed, oldest first.

    States by the day of which the appended answer speaks, listings by the day they took effect; a station counts once
    a day and state. Refuses UNIT_UNKNOWN and OUT_OF_SCOPE.
    """
    path, today = unit_path(session, caller, unit), day_in_china(now)
    bounds = (in_scope(caller, Station.unit_path, Station.id), Station.unit_path.like(f"{path}%"))
    states = session.execute(
        select(VitalityState.as_of, VitalityState.value, func.count(VitalityState.station_id.distinct()))
        .join(Station, Station.id == VitalityState.station_id)
        .where(*bounds, VitalityState.as_of <= today)
        .group_by(VitalityState.as_of, VitalityState.value)
    )
    moves = session.execute(
        select(StationTransition.effective_on, func.count(StationTransition.station_id.distinct()))
        .join(Station, Station.id == StationTransition.station_id)
        .where(*bounds, StationTransition.effective_on <= today)
        .group_by(StationTransition.effective_on)
    )
    by_day: dict[dt.date, dict[str, int]] = defaultdict(dict)
    for day, value, stations in states:
        by_day[day][value] = stations
    listings: dict[dt.date, int] = {row[0]: row[1] for row in moves}
    return [ChangeDay(day, by_day.get(day, {}), listings.get(day, 0)) for day in sorted({*by_day, *listings})]


class Changed(NamedTuple):
    """A station that is another on the second day: its place there (or on the first), and its two states."""

    station_id: int
    lon: float | None
    lat: float | None
    unit_path: str
    before: str
    after: str


@dataclass(frozen=True)
class MapDifference:
    """What is different between two days: the stations, and how many made which move (state before, state after)."""

    changed: list[Changed]
    moves: dict[tuple[str, str], int]
    died: int
    revived: int
    became_unknown: int
    came: int
    left: int


def map_difference(before: Sequence[MapRow], after: Sequence[MapRow]) -> MapDifference:
    """Compare the stations that a map shows on two days, station by station.

    died: dead then and not before; revived: alive or weak, and before dead or presumed dead; became unknown: unknown
    then and in another state before; came and left: shown on one of the days only. Died, revived and became unknown
    count only stations that are shown on both days; all other moves are in `moves` too.
    """
    then = {row.station_id: row for row in before}
    changed = [_changed(then.pop(row.station_id, None), row) for row in after]
    changed += [_changed(row, None) for row in then.values()]
    moved = sorted(one for one in changed if one.before != one.after)
    return MapDifference(
        moved, dict(sorted(Counter((one.before, one.after) for one in moved).items())),
        died=_count(one.before != ABSENT and one.after == Vitality.DEAD for one in moved),
        revived=_count(one.before in GONE and one.after in LIVING for one in moved),
        became_unknown=_count(one.before != ABSENT and one.after == Vitality.UNKNOWN for one in moved),
        came=_count(one.before == ABSENT for one in moved), left=_count(one.after == ABSENT for one in moved),
    )  # fmt: skip


def _changed(before: MapRow | None, after: MapRow | None) -> Changed:
    shown = after or before
    assert shown is not None  # noqa: S101  # of one of the two days the row came
    return Changed(shown.station_id, shown.lon, shown.lat, shown.unit_path, before.vitality if before else ABSENT,
                   after.vitality if after else ABSENT)  # fmt: skip


def _count(held: Iterable[bool]) -> int:
    return sum(held)
