"""Fetch one situation: every column that a question of coverage is answered from, and the rules that answer it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from field_app_schema.vocab_network import Distance
from geo.coverage.rules import CoverageRules
from geo.coverage.situation import Ints, Situation
from geo.measure import GreatCircle, Measure
from geo.roads.measure import RoadMeasure
from stations.coverage.asking import CoverageQuestion
from stations.coverage.columns.base_years import Denominator, base_year_of, denominator_of
from stations.coverage.columns.links import fetch_declared, linked, parcels_a_day, with_parcels
from stations.coverage.columns.network import fetch_network, fetch_traces
from stations.coverage.columns.service_bits import SERVICE_BITS
from stations.coverage.columns.stations import fetch_stations
from stations.coverage.columns.villages import fetch_villages
from stations.coverage.rules_in_force import CoveragePolicy, rules_in_force
from stations.logistics.roads.asking import roads_for
from stations.people.access import Caller
from stations.records.days import day_in_china
from stations.records.frames import unit_asked
from stations.register.lookup.asking import check_dates
from stations.units.tables import OrgUnit
from stations.vitality.thresholds import alive_policy


@dataclass(frozen=True)
class Fetched:
    """What a question rests on: the columns, the rules, the measure, and what they are called.

    Names stand in the order of the columns' rows; `reasons` say why each station lives or not; `station_ids` are the
    register's. `base_year` is None where the unit has no list of villages, `poor_year` where it has no poverty list.
    """

    question: CoverageQuestion
    unit: OrgUnit
    as_of: dt.date
    known_at: dt.datetime | None
    situation: Situation
    rules: CoverageRules
    policy: CoveragePolicy
    measure: Measure
    base_year: int | None
    poor_year: int | None
    denominator: Denominator | None
    village_names: tuple[str, ...]
    station_names: tuple[str, ...]
    station_ids: Ints
    node_names: tuple[str, ...]
    reasons: tuple[str, ...]
    rule_version: str
    roads_sha256: str | None = None


def situation_of(session: Session, caller: Caller, question: CoverageQuestion, *, now: dt.datetime) -> Fetched:
    """Fetch what a question is answered from; only stations, nodes and villages of the unit itself are in it.

    Refuses UNIT_UNKNOWN, OUT_OF_SCOPE, BASE_YEAR_UNKNOWN, ROADS_MISSING, and BAD_INPUT for impossible dates, services
    or floors.
    """
    check_dates(question.as_of, question.known_at, now)
    unit = unit_asked(session, caller, question.ou)
    as_of, known_at = question.as_of or day_in_china(question.known_at or now), question.known_at
    force = rules_in_force(session, services=question.services, confidence=question.confidence)
    measure, roads_sha256 = _measure(session, caller, unit, question.distance)
    base_year = base_year_of(session, caller, unit, question.base_year, as_of)
    villages = fetch_villages(
        session, caller, unit, as_of=as_of, known_at=known_at, base_year=base_year, poor_year=question.poor_year
    )
    rows, county = villages.rows, villages.columns.county
    stations = fetch_stations(session, caller, unit, rows, as_of=as_of, known_at=known_at, now=now)
    declared = fetch_declared(session, caller, unit, stations, rows, as_of=as_of, known_at=known_at)
    network = fetch_network(session, caller, unit, rows, as_of=as_of, known_at=known_at)
    window = force.policy.evidence_days, force.policy.delivery_window_days
    traces = fetch_traces(
        session, caller, unit, rows, {int(one): row for row, one in enumerate(stations.ids)}, as_of=as_of,
        known_at=known_at, days=max(window),
    )  # fmt: skip
    day = as_of.toordinal()
    links = with_parcels(
        linked(stations.columns, declared), traces, as_of_day=day, days=window[0], many_villages=len(county)
    )
    situation = Situation(
        villages.columns, parcels_a_day(stations.columns, traces, as_of_day=day, days=window[0]), links, network.nodes,
        network.routes, network.served, traces, SERVICE_BITS, day,
    )  # fmt: skip
    return Fetched(
        question, unit, as_of, known_at, situation, force.rules, force.policy, measure, base_year, villages.poor_year,
        None if base_year is None else denominator_of(session, unit, base_year, county), villages.names,
        stations.names, stations.ids, network.names, stations.reasons, alive_policy(session).rule_version,
        roads_sha256,
    )  # fmt: skip


def _measure(session: Session, caller: Caller, unit: OrgUnit, distance: str) -> tuple[Measure, str | None]:
    """Give the measure, and for roads the hash of the network that is used; refuses ROADS_MISSING."""
    if distance != Distance.ROAD:
        return GreatCircle(), None
    kept = roads_for(session, caller, unit.path)
    return RoadMeasure(kept.graph), kept.sha256
