"""Fetch the stations ever built by a day, with their life, place, village and services as they stood and were known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import Select, Text, cast, select
from sqlalchemy.orm import Session

from field_app_schema.vocab import StationKind, Vitality
from geo.coverage.situation import CONFIDENCES, DEAD, LIVES, Ints, Stations
from stations.coverage.columns.service_bits import bits_of_text
from stations.coverage.columns.villages import Rows
from stations.people.access import Caller
from stations.records.days import day_in_china
from stations.records.tables import Station, StationVersion
from stations.survival.fetching import fetch_lives, within
from stations.survival.figures.lives import StationLife, built_by
from stations.units.tables import OrgUnit

LEVEL_OF_KIND: dict[str, int] = {
    StationKind.COUNTY_CENTRE: 0, StationKind.TOWNSHIP_STATION: 1, StationKind.VILLAGE_POINT: 2,
}  # fmt: skip
_LIFE: dict[str, int] = {name: at for at, name in enumerate(LIVES)} | {Vitality.NOT_STARTED: LIVES.index("unknown")}
_CONFIDENCE: dict[str | None, int] = {name: at for at, name in enumerate(CONFIDENCES)} | {None: 0}


@dataclass(frozen=True)
class FetchedStations:
    """The columns, and in their order the register's ids, names and villages (codes), and why each lives or not."""

    columns: Stations
    ids: Ints
    names: tuple[str, ...]
    villages: tuple[str, ...]
    reasons: tuple[str, ...]


def fetch_stations(
    session: Session, caller: Caller, unit: OrgUnit, rows: Rows, *, as_of: dt.date, known_at: dt.datetime | None,
    now: dt.datetime,
) -> FetchedStations:  # fmt: skip
    """Give the stations of a unit accepted by the day, by id; a merged one is its successor's.

    What is true of each is the version in force on the day as known then; one of which no version was known yet has no
    place, village or service. Kind and operator are those of today. `parcels_a_day` is left to the traces.
    """
    lives = fetch_lives(session, caller, unit.path, now=now, as_of=as_of, known_at=known_at)
    built = sorted(built_by(lives, as_of), key=lambda life: life.station_id)
    is_now = known_at is None and as_of == day_in_china(now)
    told = _versions(session, _of_now(caller, unit) if is_now else _of_then(caller, unit, as_of, known_at))
    facts = [told.get(life.station_id, _UNTOLD) for life in built]
    columns = Stations(
        code=tuple(life.code for life in built),
        lon=np.array([fact[3] for fact in facts], dtype=np.float64),
        lat=np.array([fact[4] for fact in facts], dtype=np.float64),
        village=rows.mains([fact[2] for fact in facts]),
        is_listed=np.array([life.is_listed for life in built], dtype=np.bool_),
        life=np.array([_life(life) for life in built], dtype=np.int64),
        confidence=np.array([_CONFIDENCE[life.confidence] for life in built], dtype=np.int64),
        services=np.array([bits_of_text(fact[5]) for fact in facts], dtype=np.int64),
        parcels_a_day=np.full(len(built), np.nan),
        operator=tuple(life.operator or "" for life in built),
        level=np.array([LEVEL_OF_KIND[fact[6]] for fact in facts], dtype=np.int64),
    )
    return FetchedStations(
        columns, np.array([life.station_id for life in built], dtype=np.int64), tuple(fact[1] for fact in facts),
        tuple(fact[2] for fact in facts), tuple(life.reason for life in built),
    )  # fmt: skip


_UNTOLD: tuple[Any, ...] = (0, "", "", None, None, None, StationKind.VILLAGE_POINT)
_TOLD = (
    StationVersion.station_id, StationVersion.name, StationVersion.village_code, StationVersion.lon,
    StationVersion.lat, cast(StationVersion.services, Text), Station.kind,
)  # fmt: skip


def _life(life: StationLife) -> int:
    return DEAD if life.is_known_dead else _LIFE[life.vitality]


def _of_now(caller: Caller, unit: OrgUnit) -> Select[*tuple[Any, ...]]:
    current = StationVersion.id == Station.version_id
    return select(*_TOLD).join(Station, current).where(*within(caller, unit.path))


def _of_then(caller: Caller, unit: OrgUnit, as_of: dt.date, known_at: dt.datetime | None) -> Select[*tuple[Any, ...]]:
    v = StationVersion
    known = [v.valid_from <= as_of] + ([] if known_at is None else [v.recorded_at <= known_at])
    asked = select(*_TOLD).join(Station, Station.id == v.station_id).where(*within(caller, unit.path), *known)
    # The last of each station is the one in force.
    return asked.order_by(v.station_id, v.valid_from, v.recorded_at, v.id)


def _versions(session: Session, asked: Select[*tuple[Any, ...]]) -> dict[int, Sequence[Any]]:
    return {row[0]: row for row in session.execute(asked)}
