"""Which station serves which village with what, and how many parcels prove it."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from sqlalchemy import Text, cast, select
from sqlalchemy.orm import Session

from geo.coverage.situation import Bools, Ints, Links, Stations, Traces
from stations.coverage.columns.service_bits import bits_of_text
from stations.coverage.columns.stations import FetchedStations
from stations.coverage.columns.villages import Rows
from stations.people.access import Caller
from stations.records.tables import ServiceLink, Station
from stations.survival.fetching import within
from stations.units.tables import OrgUnit

# A parcel sent longer ago than so many windows is no evidence and is not read.
OLDEST = 2
# Station row, village row, services declared for it as bits.
Declared = tuple[int, int, int]


def fetch_declared(
    session: Session, caller: Caller, unit: OrgUnit, stations: FetchedStations, rows: Rows, *, as_of: dt.date,
    known_at: dt.datetime | None,
) -> list[Declared]:  # fmt: skip
    """Give the links that hold on the day (starts_on <= day < ends_on), of a delisted station the last that held.

    A delisting ends a station's links, yet on paper it was built for those villages: they stay, and as the station is
    dead they give no service. Links known by `known_at` are read; an end is known as soon as it is on file.
    """
    link = ServiceLink
    known = [link.starts_on <= as_of] + ([] if known_at is None else [link.recorded_at <= known_at])
    asked = (
        select(link.station_id, link.village_code, cast(link.services, Text), link.ends_on)
        .join(Station, Station.id == link.station_id)
        .where(*within(caller, unit.path), *known)
        .order_by(link.station_id, link.village_code, link.id)
    )
    number = {int(station): row for row, station in enumerate(stations.ids)}
    told = [
        Told(number[station_id], village, bits_of_text(services), None, ends_on)
        for station_id, village, services, ends_on in session.execute(asked) if station_id in number
    ]  # fmt: skip
    holding = declared_on(told, stations.columns.is_listed, as_of)
    # A station stands for every village that was merged into its own.
    own = [(row, village, -1) for row, village in enumerate(stations.villages)]
    return [(row, one, bits) for row, village, bits in [*holding, *own] for one in rows.all(village)]


class Told(NamedTuple):
    """A declared link: station row, village code, services as bits, and its days; None where it has no end."""

    station: int
    village: str
    services: int
    starts_on: dt.date | None
    ends_on: dt.date | None


def declared_on(told: Iterable[Told], is_listed: Bools, as_of: dt.date) -> list[tuple[int, str, int]]:
    """Give (station, village code, services) of the links that hold on the day, of a delisted station the last ones.

    starts_on <= day < ends_on. The last ones are those that ended latest by the day; a link that ended on the day it
    began was a slip and never held.
    """
    holding: list[tuple[int, str, int]] = []
    ended: dict[int, list[Told]] = defaultdict(list)
    for one in told:
        if one.starts_on is not None and one.starts_on > as_of:
            continue
        if one.ends_on is None or one.ends_on > as_of:
            holding.append(one[:3])
        elif not is_listed[one.station] and (one.starts_on is None or one.starts_on < one.ends_on):
            ended[one.station].append(one)
    for past in ended.values():
        last = max(one.ends_on for one in past if one.ends_on is not None)
        holding += [one[:3] for one in past if one.ends_on == last]
    return holding


def linked(stations: Stations, declared: Iterable[Declared]) -> Links:
    """Give each pair of station and village once, with what it gives there; parcels are none yet.

    In its own village a station gives all it offers. Elsewhere it gives what the link names and the station offers; a
    link that names nothing means all that the station offers.
    """
    named: dict[tuple[int, int], int] = {}
    for row, there, bits in declared:
        named[row, there] = named.get((row, there), 0) | (bits or -1)
    for row, there in enumerate(stations.village.tolist()):
        if there >= 0:
            named[row, there] = -1
    pairs = sorted(named)
    station = np.array([pair[0] for pair in pairs], dtype=np.int64)
    village = np.array([pair[1] for pair in pairs], dtype=np.int64)
    given = np.array([named[pair] for pair in pairs], dtype=np.int64)
    return Links(station, village, given & stations.services[station], np.zeros(len(pairs), dtype=np.int64))


def with_parcels(links: Links, traces: Traces, *, as_of_day: int, days: int, many_villages: int) -> Links:
    """Count for each link the parcels that arrived in the last `days` days: day - days < arrival <= day.

    Who was under way for longer than the window itself says nothing of it: day - 2 x days < sent.
    A parcel that names its station counts for that link; one that names none counts where a single station serves the
    village, because elsewhere nobody can say whose it was.
    """
    lately = _lately(traces, as_of_day, days) & (traces.village >= 0)
    pair = links.station * many_villages + links.village
    named = traces.station[lately] * many_villages + traces.village[lately]
    keys, counts = np.unique(named[traces.station[lately] >= 0], return_counts=True)
    parcels = _looked_up(pair, keys, counts)
    unnamed = np.bincount(traces.village[lately & (traces.station < 0)], minlength=many_villages)
    alone = np.bincount(links.village, minlength=many_villages)[links.village] == 1
    parcels += np.where(alone, unnamed[links.village], 0)
    return Links(links.station, links.village, links.services, parcels)


def parcels_a_day(stations: Stations, traces: Traces, *, as_of_day: int, days: int) -> Stations:
    """Give the stations with their parcels a day over the same days; nan where no parcel names the station."""
    lately = _lately(traces, as_of_day, days) & (traces.station >= 0)
    counted = np.bincount(traces.station[lately], minlength=len(stations.code))
    return replace(stations, parcels_a_day=np.where(counted > 0, counted / days, np.nan))


def _lately(traces: Traces, as_of_day: int, days: int) -> Bools:
    arrived = (traces.arrived_day <= as_of_day) & (traces.arrived_day > as_of_day - days)
    return arrived & (traces.sent_day > as_of_day - OLDEST * days)


def _looked_up(asked: Ints, keys: Ints, counts: Ints) -> Ints:
    if not len(keys):
        return np.zeros(len(asked), dtype=np.int64)
    at = np.minimum(np.searchsorted(keys, asked), len(keys) - 1)
    found: Ints = np.where(keys[at] == asked, counts[at], 0).astype(np.int64)
    return found
