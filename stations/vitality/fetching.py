"""Fetch what the alive rule reads, for many stations with a few queries, and decide; nothing is stored here."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from field_app_schema.vocab import EvidenceKind, ListingStatus, ObservedState
from stations.batches import in_batches
from stations.records.tables import Observation, Station, StationTransition
from stations.vitality.arrivals import Arrivals, arrivals_said
from stations.vitality.evidence import AlivePolicy, Evidence, ListingFact, StationFacts, Verdict
from stations.vitality.known import known_on
from stations.vitality.lifetime import NEVER, Lifetime, lifetime_of
from stations.vitality.monthly import Stretch, excuses_said, months_said, owed
from stations.vitality.rule import answer_on, foresee
from stations.vitality.trimming import Older, Question, older_needed
from stations.vitality.which import Which, among, these

NOTHING = StationFacts()
# By the stored word: looked up, not built, for every row of every station passes here.
_KINDS = {kind.value: kind for kind in EvidenceKind}
_STATES = {state.value: state for state in ObservedState}
_STATUSES = {status.value: status for status in ListingStatus}


@dataclass(frozen=True, slots=True)
class Decided:
    """The rule's answer for one station, the facts it read, and the life they tell of (NEVER: not asked for)."""

    verdict: Verdict
    facts: StationFacts
    life: Lifetime = NEVER


def facts_of(
    session: Session, which: Which, *, known_at: dt.datetime | None = None, question: Question | None = None,
    arrivals: Arrivals = Arrivals.EACH,
) -> dict[int, StationFacts]:  # fmt: skip
    """Give the facts of the stations that `which` names, as recorded by `known_at` (an aware instant).

    Stations without any fact are absent, and so is what was withdrawn by then; what was withdrawn later than
    `known_at` still stands, as it did then. The database has sifted all this, so the records do not repeat it.
    With a `question` the months and parcels that its answer does not need are left out (`trimming.py`, `arrivals.py`).
    """
    evidence: dict[int, list[Evidence]] = defaultdict(list)
    listing: dict[int, list[ListingFact]] = defaultdict(list)
    for station_id, number, at, state, kind, observer in session.execute(_observations(which, known_at)):
        fact = Evidence(f"observation:{number}", _KINDS[kind], at, _STATES[state], str(observer))
        evidence[station_id].append(fact)
    for station_id, number, to, on, reason, successor in session.execute(_transitions(which, known_at)):
        decision = ListingFact(f"transition:{number}", _STATUSES[to], on, reason, successor, sequence=number)
        listing[station_id].append(decision)
    as_of = question.as_of if question else None
    for station_id, said in arrivals_said(session, which, known_at, listing, as_of, arrivals):
        evidence[station_id].append(said)
    lately = Stretch(*question.lately) if question else Stretch()
    for station_id, said in months_said(session, which, known_at, lately):
        evidence[station_id].append(said)
    if question is not None:
        _add_older(session, evidence, listing, known_at, question)
    for station_id, said in excuses_said(session, which, known_at, evidence):
        evidence[station_id].append(said)
    due = owed(session, which, known_at)
    return {
        station_id: StationFacts(
            tuple(evidence.get(station_id, ())), tuple(listing.get(station_id, ())), tuple(due.get(station_id, ()))
        )
        for station_id in {*evidence, *listing, *due}
    }


def _add_older(
    session: Session, evidence: dict[int, list[Evidence]], listing: Mapping[int, list[ListingFact]],
    known_at: dt.datetime | None, question: Question,
) -> None:  # fmt: skip
    """Add the older months of the stations whose last months do not say enough."""
    wanting: dict[Older, list[int]] = defaultdict(list)
    for station_id in {*evidence, *listing}:
        lately = StationFacts(tuple(evidence.get(station_id, ())), tuple(listing.get(station_id, ())))
        wanting[older_needed(lately, question)].append(station_id)
    for how in (Older.ALL, Older.FEEDS):
        older = Stretch(None, question.lately[0], feeds_only=how is Older.FEEDS)
        for ids in in_batches(sorted(wanting[how])):
            wanted = set(ids)
            for station_id, said in months_said(session, these(ids), known_at, older):
                if station_id in wanted:
                    evidence[station_id].append(said)


def decide_many(
    session: Session, facts: Mapping[int, StationFacts], *, as_of: dt.date, policy: AlivePolicy,
    known_at: dt.datetime | None = None, foretell: bool = True, lives: bool = False,
) -> dict[int, Decided]:  # fmt: skip
    """Decide for every station in `facts`; a merged one follows its successor, wherever that stands.

    Without `foretell` no answer says when it changes next, which takes less time; with `lives` each tells its life.
    """
    ask = foresee if foretell else answer_on
    all_facts = dict(facts)
    ids_by_code = _fetch_successors(session, all_facts, known_at, Question(as_of, policy))
    decided: dict[int, Decided] = {}

    def decide_one(station_id: int, on_the_way: frozenset[int]) -> Decided:
        if station_id not in decided:
            mine = all_facts.get(station_id, NOTHING)
            followed = None
            successor_id = ids_by_code.get(_successor(mine, as_of) or "")
            # Two stations merged into each other by mistake would otherwise be followed for ever.
            if successor_id is not None and successor_id not in on_the_way:
                followed = decide_one(successor_id, on_the_way | {station_id}).verdict
            known = known_on(mine, as_of, known_at, policy)
            verdict = ask(known, as_of, policy, followed)
            decided[station_id] = Decided(verdict, mine, lifetime_of(known, as_of, verdict) if lives else NEVER)
        return decided[station_id]

    return {station_id: decide_one(station_id, frozenset({station_id})) for station_id in facts}


def _fetch_successors(
    session: Session, facts: dict[int, StationFacts], known_at: dt.datetime | None, question: Question
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
            found_facts = facts_of(session, these(sorted(missing)), known_at=known_at, question=question)
            facts |= {i: found_facts.get(i, NOTHING) for i in missing}


def _successor(facts: StationFacts, as_of: dt.date) -> str | None:
    decisions = [f for f in facts.listing if f.effective_on <= as_of]
    newest = max(decisions, key=lambda f: (f.effective_on, f.sequence), default=None)
    return newest.successor if newest is not None and newest.to is ListingStatus.MERGED else None


def _observations(which: Which, known_at: dt.datetime | None) -> Select[*tuple[Any, ...]]:
    o = Observation
    rows: Select[*tuple[Any, ...]] = select(
        o.station_id, o.id, o.observed_at, o.observed_state, o.evidence_kind, o.observer_id
    ).where(among(o.station_id, which))
    if known_at is None:
        return rows.where(o.withdrawn_at.is_(None))
    return rows.where(o.recorded_at <= known_at, or_(o.withdrawn_at.is_(None), o.withdrawn_at > known_at))


def _transitions(which: Which, known_at: dt.datetime | None) -> Select[*tuple[Any, ...]]:
    t, successor = StationTransition, select(Station.id, Station.code).subquery()
    rows: Select[*tuple[Any, ...]] = (
        select(t.station_id, t.id, t.to_status, t.effective_on, t.reason_code, successor.c.code)
        .outerjoin(successor, successor.c.id == t.successor_id)
        .where(among(t.station_id, which))
    )
    return rows if known_at is None else rows.where(t.recorded_at <= known_at)
