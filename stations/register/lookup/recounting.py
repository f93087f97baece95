"""Compute stations as they stood on a day and were known at an instant, from the dated rows, for many at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session, aliased

from field_app_schema.vocab import ListingStatus
from stations.records.days import end_of_day
from stations.records.tables import Station, StationVersion
from stations.register.lookup.asking import Township, Village
from stations.register.lookup.states import StationAt
from stations.vitality.evidence import Evidence, StationFacts
from stations.vitality.fetching import NOTHING, Decided, decide_many, facts_of
from stations.vitality.thresholds import alive_policy
from stations.vitality.trimming import Question


def states_on(
    session: Session, conditions: Sequence[ColumnElement[bool]], *, as_of: dt.date, known_at: dt.datetime | None,
    foretell: bool = True,
) -> list[StationAt]:  # fmt: skip
    """Give the stations that fit the conditions (on `Station` only), ordered by id, as they stood on `as_of`.

    Without `foretell` their `vitality_recheck_on` is None, which takes less time.
    """
    rows = session.execute(_in_force(conditions, as_of, known_at)).all()
    policy = alive_policy(session)
    question = Question(as_of, policy)
    facts = facts_of(session, select(Station.id).where(*conditions), known_at=known_at, question=question)
    everyone = {row.id: facts.get(row.id, NOTHING) for row in rows}
    decided = decide_many(session, everyone, as_of=as_of, policy=policy, known_at=known_at, foretell=foretell)
    over = end_of_day(as_of)
    return [_state(row, decided[row.id], as_of, over, policy.rule_version) for row in rows]


def listing_on(facts: StationFacts, as_of: dt.date) -> str:
    """Give the listing status on a day; before the first decision a station is merely proposed."""
    decisions = [fact for fact in facts.listing if fact.effective_on <= as_of]
    newest = max(decisions, key=lambda fact: (fact.effective_on, fact.sequence), default=None)
    return ListingStatus.PROPOSED if newest is None else newest.to


def _in_force(
    conditions: Sequence[ColumnElement[bool]], as_of: dt.date, known_at: dt.datetime | None
) -> Select[*tuple[Any, ...]]:
    s, v = Station, StationVersion
    older = aliased(StationVersion)
    known = [older.station_id == s.id, older.valid_from <= as_of]
    if known_at is not None:
        known.append(older.recorded_at <= known_at)
    # From the newest down, along the index: the first of each station is the one in force.
    newest = (older.valid_from.desc(), older.recorded_at.desc(), older.id.desc())
    in_force = select(older.id).where(*known).order_by(*newest).limit(1).correlate(s).scalar_subquery()
    return (
        select(
            s.id, s.code, s.kind, s.host_type, s.operator, s.is_subsidised, Village.path, s.revision, v.name,
            v.village_code, Village.name, Township.name, v.address, v.lon, v.lat, v.lon_raw, v.lat_raw,
            v.coord_system, v.coord_quality, v.services, v.head_name, v.phone, v.hours, v.extra,
        )
        .select_from(s)
        .join(v, v.id == in_force)
        .join(Village, Village.code == v.village_code)
        .outerjoin(Township, Township.code == Village.parent_code)
        .where(*conditions)
        .order_by(s.id)
    )  # fmt: skip


def _state(
    described: Sequence[Any], decided: Decided, as_of: dt.date, over: dt.datetime, rule_version: str
) -> StationAt:
    verdict, seen = decided.verdict, _last_seen(decided.facts, over)
    # In the order of the record's fields; since when it holds is not asked for another day.
    axes: list[Any] = [
        listing_on(decided.facts, as_of), verdict.vitality, verdict.confidence, verdict.reason, None,
        verdict.next_change_on, seen and seen.at, seen and seen.observed_state, rule_version,
    ]  # fmt: skip
    return StationAt(*described, *axes)


def _last_seen(facts: StationFacts, over: dt.datetime) -> Evidence | None:
    looks = (fact for fact in facts.evidence if fact.period is None)
    seen = [fact for fact in looks if isinstance(fact.at, dt.datetime) and fact.at < over]
    return max(seen, key=lambda fact: (fact.at, fact.id), default=None)
