"""Parcels that arrived at a station, as far as the rule needs them: a newer arrival says all that an older one does.

A delivered parcel is verified evidence (F2: «logistics trace delivered at the station», fresh for 90 days); its days
are dates in China. Of all arrivals by a day the newest alone bears on the answer, the day foretold and the life on
file. But a station that was suspended or delisted is judged by the day on which that happened: there the newest by
that day is needed as well. Held by a property test.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, extract, func, select
from sqlalchemy.orm import Session

from field_app_schema.vocab import EvidenceKind, ListingStatus
from stations.batches import in_batches
from stations.records.network import DeliveryTrace
from stations.vitality.evidence import Evidence, ListingFact
from stations.vitality.known import listing_order
from stations.vitality.life import life_on
from stations.vitality.which import Which, among

_STOPS = frozenset({ListingStatus.SUSPENDED, ListingStatus.DELISTED})
Said = tuple[int, Evidence]


class Arrivals(Enum):
    """Which arrivals are wanted: each, or those with which months' last days are decided."""

    EACH = "each"
    BY_MONTH = "by_month"


def arrivals_said(
    session: Session, which: Which, known_at: dt.datetime | None, listing: Mapping[int, Sequence[ListingFact]],
    as_of: dt.date | None, wanted: Arrivals,
) -> Iterator[Said]:  # fmt: skip
    """Give (station, evidence) of the arrivals known by `known_at`; with `as_of` only those that its answer needs."""
    t = DeliveryTrace
    where = [among(t.station_id, which), t.arrived_on.is_not(None)]
    if known_at is not None:
        where.append(t.arrival_recorded_at <= known_at)
    if as_of is None and wanted is Arrivals.EACH:
        each: Select[*tuple[Any, ...]] = select(t.station_id, t.arrived_on, t.id).where(*where)
        for station_id, day, number in session.execute(each):
            yield station_id, _evidence(number, day)
        return
    if as_of is not None:
        where.append(t.arrived_on <= as_of)
    newest: dict[int, dt.date] = {}
    said: set[tuple[int, dt.date]] = set()
    for station_id, day, number in session.execute(_newest(where, by_month=as_of is None)):
        newest[station_id] = max(day, newest.get(station_id, day))
        said.add((station_id, day))
        yield station_id, _evidence(number, day)
    stops = {
        station_id: days for station_id, day in newest.items()
        if (days := stops_before(listing.get(station_id, ()), as_of, day))
    }  # fmt: skip
    for station_id, day, number in _by_stops(session, stops, where):
        if (station_id, day) not in said:
            yield station_id, _evidence(number, day)


def stops_before(listing: Iterable[ListingFact], as_of: dt.date | None, newest: dt.date) -> list[dt.date]:
    """Give the days before the newest arrival on which the station was stopped: of the life on `as_of`, or of all."""
    if as_of is None:
        return sorted({one.effective_on for one in listing if one.to in _STOPS and one.effective_on < newest})
    life = life_on(sorted(listing, key=listing_order), as_of)
    return [life.since] if life.status in _STOPS and life.since < newest else []


def newest_by(days: Iterable[dt.date], stops: Iterable[dt.date]) -> set[dt.date]:
    """Give, for each stop, the newest of the days that is not after it."""
    told = sorted(days)
    return {max(before) for stop in stops if (before := [day for day in told if day <= stop])}


def _newest(where: Sequence[ColumnElement[bool]], *, by_month: bool) -> Select[*tuple[Any, ...]]:
    """Ask the newest day of each station, or of each of its months, with the first row of that day."""
    t = DeliveryTrace
    groups: list[Any] = [t.station_id]
    if by_month:
        groups += [extract("year", t.arrived_on), extract("month", t.arrived_on)]
    days = select(t.station_id, func.max(t.arrived_on).label("day")).where(*where).group_by(*groups).subquery()
    of_that_day = and_(t.station_id == days.c.station_id, t.arrived_on == days.c.day)
    rows: Select[*tuple[Any, ...]] = select(days.c.station_id, days.c.day, func.min(t.id)).select_from(days)
    return rows.join(t, of_that_day).where(*where).group_by(days.c.station_id, days.c.day)


def _by_stops(
    session: Session, stops: Mapping[int, Sequence[dt.date]], where: Sequence[ColumnElement[bool]]
) -> Iterator[tuple[int, dt.date, int]]:
    t = DeliveryTrace
    for ids in in_batches(sorted(stops)):
        numbers: dict[int, dict[dt.date, int]] = defaultdict(dict)
        rows: Select[*tuple[Any, ...]] = select(t.station_id, t.arrived_on, func.min(t.id))
        rows = rows.where(*where, t.station_id.in_(ids))
        for station_id, day, number in session.execute(rows.group_by(t.station_id, t.arrived_on)):
            numbers[station_id][day] = number
        for station_id, by_day in numbers.items():
            for day in sorted(newest_by(by_day, stops[station_id])):
                yield station_id, day, by_day[day]


def _evidence(number: int, day: dt.date) -> Evidence:
    return Evidence(f"trace:{number}", EvidenceKind.LOGISTICS_TRACE, day)
