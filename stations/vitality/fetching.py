"""Fetch what the alive rule reads, for many stations with four queries, and decide; nothing is stored here."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from field_app_schema.vocab import EvidenceKind, ListingStatus, ObservedState
from stations.register.tables import Observation, ReportingObligation, Station, StationTransition
from stations.vitality.evidence import AlivePolicy, Evidence, ListingFact, Obligation, StationFacts, Verdict
from stations.vitality.rule import decide

NOTHING = StationFacts()


@dataclass(frozen=True)
class Decided:
    """The rule's answer for one station and the facts it read."""

    verdict: Verdict
    facts: StationFacts


def facts_of(
    session: Session, which: Select[int], *, known_at: dt.datetime | None = None
) -> dict[int, StationFacts]:
    """Give the facts of the stations whose ids `which` selects, as recorded by `known_at` (an aware instant).

    Stations without any fact are absent. What was withdrawn later than `known_at` still stands, as it did then.
    """
    evidence: dict[int, list[Evidence]] = defaultdict(list)
    listing: dict[int, list[ListingFact]] = defaultdict(list)
    owed: dict[int, list[Obligation]] = defaultdict(list)
    for row in session.execute(_observations(which, known_at)):
        evidence[row.station_id].append(_evidence(row))
    for row in session.execute(_transitions(which, known_at)):
        listing[row.station_id].append(_listing_fact(row))
    obligations = select(ReportingObligation).where(ReportingObligation.station_id.in_(which))
    for span in session.scalars(obligations):
        owed[span.station_id].append(Obligation(span.starts_on, span.ends_on))
    return {
        station_id: StationFacts(tuple(evidence[station_id]), tuple(listing[station_id]), tuple(owed[station_id]))
        for station_id in {*evidence, *listing, *owed}
    }


def decide_many(
    session: Session, facts: Mapping[int, StationFacts], *, as_of: dt.date, policy: AlivePolicy,
    known_at: dt.datetime | None = None,
) -> dict[int, Decided]:  # fmt: skip
    """Decide for every station in `facts`; a merged one follows its successor, wherever that stands."""
    all_facts = dict(facts)
    ids_by_code = _fetch_successors(session, all_facts, known_at)
    decided: dict[int, Decided] = {}

    def decide_one(station_id: int, on_the_way: frozenset[int]) -> Decided:
        if station_id not in decided:
            mine = all_facts.get(station_id, NOTHING)
            followed = None
            successor_id = ids_by_code.get(_successor(mine, as_of) or "")
            # Two stations merged into each other by mistake would otherwise be followed for ever.
            if successor_id is not None and successor_id not in on_the_way:
                followed = decide_one(successor_id, on_the_way | {station_id}).verdict
            verdict = decide(mine, as_of, policy, known_at=known_at, successor_verdict=followed)
            decided[station_id] = Decided(verdict, mine)
        return decided[station_id]

    return {station_id: decide_one(station_id, frozenset({station_id})) for station_id in facts}


def _fetch_successors(
    session: Session, facts: dict[int, StationFacts], known_at: dt.datetime | None
) -> dict[str, int]:
    """Add the facts of successors, and of theirs, to `facts`; give the ids of all successors by their codes."""
    ids_by_code: dict[str, int] = {}
    while True:
        named = {f.successor for mine in facts.values() for f in mine.listing if f.successor} - set(ids_by_code)
        if not named:
            return ids_by_code
        rows = session.execute(select(Station.code, Station.id).where(Station.code.in_(named)))
        found = {row.code: row.id for row in rows}
        ids_by_code |= found | dict.fromkeys(named - set(found), -1)
        missing = [i for i in found.values() if i not in facts]
        if missing:
            facts |= facts_of(session, select(Station.id).where(Station.id.in_(missing)), known_at=known_at)


def _successor(facts: StationFacts, as_of: dt.date) -> str | None:
    decisions = [f for f in facts.listing if f.effective_on <= as_of]
    newest = max(decisions, key=lambda f: (f.effective_on, f.sequence), default=None)
    return newest.successor if newest is not None and newest.to is ListingStatus.MERGED else None


def _observations(which: Select[int], known_at: dt.datetime | None) -> Select[*tuple[Any, ...]]:
    rows: Select[*tuple[Any, ...]] = select(
        Observation.id, Observation.station_id, Observation.observed_at, Observation.observed_state,
        Observation.evidence_kind, Observation.observer_id, Observation.recorded_at, Observation.withdrawn_at,
    ).where(Observation.station_id.in_(which))  # fmt: skip
    return rows if known_at is None else rows.where(Observation.recorded_at <= known_at)


def _transitions(which: Select[int], known_at: dt.datetime | None) -> Select[*tuple[Any, ...]]:
    successor = select(Station.id, Station.code).subquery()
    rows: Select[*tuple[Any, ...]] = (
        select(
            StationTransition.id, StationTransition.station_id, StationTransition.to_status,
            StationTransition.effective_on, StationTransition.reason_code, StationTransition.recorded_at,
            successor.c.code.label("successor"),
        )
        .outerjoin(successor, successor.c.id == StationTransition.successor_id)
        .where(StationTransition.station_id.in_(which))
    )  # fmt: skip
    return rows if known_at is None else rows.where(StationTransition.recorded_at <= known_at)


def _evidence(row: Any) -> Evidence:
    return Evidence(
        id=f"observation:{row.id}", kind=EvidenceKind(row.evidence_kind), at=row.observed_at,
        observed_state=ObservedState(row.observed_state), observer=str(row.observer_id),
        recorded_at=row.recorded_at, withdrawn_at=row.withdrawn_at,
    )  # fmt: skip


def _listing_fact(row: Any) -> ListingFact:
    return ListingFact(
        id=f"transition:{row.id}", to=ListingStatus(row.to_status), effective_on=row.effective_on,
        reason_code=row.reason_code, successor=row.successor, recorded_at=row.recorded_at, sequence=row.id,
    )  # fmt: skip
