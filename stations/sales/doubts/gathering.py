"""Gather what the rules of contradiction read, for every station of a unit; four queries whatever their number."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import NamedTuple

import numpy as np
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from field_app_schema.vocab import EvidenceKind, ObservedState
from stations.people.access import Caller, in_scope
from stations.records.days import day_in_china, end_of_day
from stations.records.periods import last_ended, months_between, shifted
from stations.records.tables import Observation, Station, StationVersion
from stations.sales.doubts.cases import Case, Description, Filing, Sight
from stations.sales.doubts.figures import FIELDS, Filings, filings_of
from stations.sales.doubts.sifting import silent_stations, worth_reading
from stations.sales.doubts.thresholds import ContradictionPolicy
from stations.sales.rates.fetching import Months, months_of
from stations.sales.rates.owing import EXPECTED
from stations.sales.rates.tallying import NO_REPORT
from stations.units.tables import OrgUnit

# Excused months do not count as silent, so the silent ones are sought in as many years again.
YEARS_LOOKED_BACK = 2


class Gathered(NamedTuple):
    """The cases of the stations at which a rule could find something, and all filings and visits, for the frame."""

    cases: list[Case]
    filings: Filings
    visits: int


def gather(
    session: Session, caller: Caller, unit: OrgUnit, as_of: dt.date, policy: ContradictionPolicy, *, now: dt.datetime
) -> Gathered:
    """Give the cases of the unit's stations in the caller's scope, of months ended and visits made by `as_of`.

    Stations at which no rule can find anything are left out (`sifting`).
    """
    at = min(now, end_of_day(as_of))
    newest = last_ended(at)
    mine = (in_scope(caller, Station.unit_path, Station.id), Station.unit_path.like(f"{unit.path}%"))
    filings = filings_of(session, caller, unit, months_between(shifted(newest, 1 - policy.months_back), newest))
    back = policy.silent_months * YEARS_LOOKED_BACK
    owed = months_of(session, caller, unit, months_between(shifted(newest, 1 - back), newest), now=at)
    sights = _sights(session, mine, at)
    descriptions = _descriptions(session, mine)
    silent = silent_stations(owed, policy.silent_months)
    places = np.flatnonzero(worth_reading(filings, sights, descriptions, silent, policy)).tolist()
    silences = _silences(owed, {int(filings.ids[place]) for place in places})
    cases = [
        Case(
            filings.codes[place], filings.operators[place], _filings(filings, place),
            tuple(sights.get(station_id, ())), tuple(descriptions.get(station_id, ())), *silences[station_id],
        )
        for place in places
        for station_id in [int(filings.ids[place])]
    ]  # fmt: skip
    return Gathered(cases, filings, sum(len(seen) for seen in sights.values()))


def _filings(filings: Filings, place: int) -> tuple[Filing, ...]:
    """Give one station's reports, each with the figures above nothing."""
    filed = np.flatnonzero(filings.report[place])
    ids, returned = filings.report[place].tolist(), filings.is_returned[place].tolist()
    values = filings.values[place].tolist()
    return tuple(
        Filing(ids[month], filings.periods[month],
               tuple((field, value) for field, value in zip(FIELDS, values[month], strict=True) if value > 0),
               returned[month])
        for month in filed.tolist()
    )  # fmt: skip


def _silences(owed: Months, wanted: set[int]) -> dict[int, tuple[tuple[int, ...], frozenset[int]]]:
    """Give, by wanted station, the expected months past their due instant, and the months with any report."""
    expected = (owed.standing == EXPECTED) & owed.is_due
    periods = np.array(owed.periods)
    return {
        station_id: (tuple(periods[expected[place]].tolist()), frozenset(periods[reported].tolist()))
        for place, station_id in enumerate(owed.ids.tolist())
        if station_id in wanted
        for reported in [owed.report[place] != NO_REPORT]
    }


def _sights(session: Session, mine: tuple[ColumnElement[bool], ...], at: dt.datetime) -> dict[int, list[Sight]]:
    row = Observation
    asked = (
        select(row.station_id, row.id, row.observed_at, row.observed_state)
        .join(Station, Station.id == row.station_id)
        .where(*mine, row.evidence_kind == EvidenceKind.SITE_VISIT.value, row.withdrawn_at.is_(None),
               row.observed_state != ObservedState.NOT_ASSESSED.value, row.observed_at < at)
        .order_by(row.observed_at, row.id)
    )  # fmt: skip
    found: dict[int, list[Sight]] = defaultdict(list)
    for station_id, id_, observed_at, state in session.execute(asked):
        found[station_id].append(Sight(id_, day_in_china(observed_at), state))
    return found


def _descriptions(session: Session, mine: tuple[ColumnElement[bool], ...]) -> dict[int, list[Description]]:
    """Give what was said of each station from which day; of two of the same day the one recorded later holds."""
    row = StationVersion
    asked = (
        select(row.station_id, row.id, row.valid_from, row.services)
        .join(Station, Station.id == row.station_id).where(*mine)
        .order_by(row.station_id, row.valid_from, row.recorded_at, row.id)
    )  # fmt: skip
    found: dict[int, dict[dt.date, Description]] = defaultdict(dict)
    for station_id, id_, valid_from, services in session.execute(asked):
        found[station_id][valid_from] = Description(id_, valid_from, tuple(services))
    return {station_id: list(told.values()) for station_id, told in found.items()}
