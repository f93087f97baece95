"""Compute stations as they stood on a day and were known at an instant, from the dated rows, for many at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, aliased

from field_app_schema.vocab import ListingStatus
from stations.register.asking import Township, Village
from stations.register.days import day_in_china
from stations.register.states import StationAt
from stations.register.tables import Station, StationVersion
from stations.vitality.evidence import Evidence, StationFacts
from stations.vitality.fetching import NOTHING, Decided, decide_many, facts_of
from stations.vitality.thresholds import alive_policy


def states_on(
    session: Session, conditions: Sequence[ColumnElement[bool]], *, as_of: dt.date, known_at: dt.datetime | None
) -> list[StationAt]:
    """Give the stations that fit the conditions (on `Station` only), ordered by id, as they stood on `as_of`."""
    rows = session.execute(_in_force(conditions, as_of, known_at)).all()
    facts = facts_of(session, select(Station.id).where(*conditions), known_at=known_at)
    everyone = {row.id: facts.get(row.id, NOTHING) for row in rows}
    decided = decide_many(session, everyone, as_of=as_of, policy=alive_policy(session), known_at=known_at)
    return [_state(row, decided[row.id], as_of, known_at) for row in rows]


def listing_on(facts: StationFacts, as_of: dt.date) -> str:
    """Give the listing status on a day; before the first decision a station is merely proposed."""
    decisions = [fact for fact in facts.listing if fact.effective_on <= as_of]
    newest = max(decisions, key=lambda fact: (fact.effective_on, fact.sequence), default=None)
    return ListingStatus.PROPOSED if newest is None else newest.to


def _in_force(
    conditions: Sequence[ColumnElement[bool]], as_of: dt.date, known_at: dt.datetime | None
) -> Select[*tuple[Any, ...]]:
    s = Station
    # From the newest down: the first of each station is the one in force.
    newest = (StationVersion.valid_from.desc(), StationVersion.recorded_at.desc(), StationVersion.id.desc())
    rank = func.row_number().over(partition_by=StationVersion.station_id, order_by=newest).label("rank")
    known = [StationVersion.valid_from <= as_of]
    if known_at is not None:
        known.append(StationVersion.recorded_at <= known_at)
    mine = select(Station.id).where(*conditions)
    ranked = select(StationVersion, rank).where(*known, StationVersion.station_id.in_(mine)).subquery()
    v = aliased(StationVersion, ranked)
    return (
        select(
            s.id, s.code, s.kind, s.host_type, s.operator, s.is_subsidised, s.revision, Village.path.label("unit_path"),
            v.name, v.village_code, Village.name.label("village_name"), Township.name.label("township_name"),
            v.address, v.lon, v.lat, v.lon_raw, v.lat_raw, v.coord_system, v.coord_quality, v.services, v.head_name,
            v.phone, v.hours, v.extra,
        )
        .join(v, v.station_id == s.id)
        .join(Village, Village.code == v.village_code)
        .outerjoin(Township, Township.code == Village.parent_code)
        .where(ranked.c.rank == 1)
        .order_by(s.id)
    )  # fmt: skip


def _state(row: Any, decided: Decided, as_of: dt.date, known_at: dt.datetime | None) -> StationAt:
    verdict = decided.verdict
    seen = _last_seen(decided.facts, as_of, known_at)
    return StationAt(
        station_id=row.id, code=row.code, kind=row.kind, host_type=row.host_type, operator=row.operator,
        is_subsidised=row.is_subsidised, unit_path=row.unit_path, revision=row.revision, name=row.name,
        village_code=row.village_code, village_name=row.village_name, township_name=row.township_name,
        address=row.address, lon=row.lon, lat=row.lat, lon_raw=row.lon_raw, lat_raw=row.lat_raw,
        coord_system=row.coord_system, coord_quality=row.coord_quality, services=row.services,
        head_name=row.head_name, phone=row.phone, hours=row.hours, extra=row.extra,
        listing_status=listing_on(decided.facts, as_of), vitality=verdict.vitality,
        vitality_confidence=verdict.confidence, vitality_reason=verdict.reason, vitality_since=None,
        vitality_recheck_on=verdict.next_change_on,
        last_observed_at=seen.at if seen is not None and isinstance(seen.at, dt.datetime) else None,
        last_observed_state=None if seen is None else seen.observed_state,
    )  # fmt: skip


def _last_seen(facts: StationFacts, as_of: dt.date, known_at: dt.datetime | None) -> Evidence | None:
    seen = [
        fact for fact in facts.evidence
        if isinstance(fact.at, dt.datetime) and day_in_china(fact.at) <= as_of
        and (fact.withdrawn_at is None or (known_at is not None and fact.withdrawn_at > known_at))
    ]  # fmt: skip
    return max(seen, key=lambda fact: (fact.at, fact.id), default=None)
