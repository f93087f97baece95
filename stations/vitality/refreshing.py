"""Keep the cached answer alive or gone true today: decide, append a row where it changed, say when to look again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session
from sqlalchemy.orm.util import identity_key

from stations.batches import ALIKE, in_batches
from stations.records.days import day_in_china
from stations.records.revision import next_revision
from stations.records.tables import Station, StationTransition, VitalityState
from stations.vitality.dating import date_fact
from stations.vitality.evidence import AlivePolicy, Reason, StationFacts, Verdict
from stations.vitality.fetching import NOTHING, Decided, decide_many, facts_of
from stations.vitality.thresholds import alive_policy
from stations.vitality.trimming import Question
from stations.vitality.which import exactly, these

# Answers that come from time running out, not from the evidence they name.
_BY_TIME = frozenset({Reason.EVIDENCE_STALE, Reason.SILENT, Reason.LONG_SILENT})


def refresh_vitality(session: Session, station_ids: Sequence[int], *, now: dt.datetime) -> list[VitalityState]:
    """Decide for each station as of today in China and give the appended changes, in the order of the stations' ids.

    The stations stay locked until the transaction ends, so that of two new facts neither is overlooked.
    """
    if not station_ids:
        return []
    revision = next_revision(session)
    policy, today = alive_policy(session), day_in_china(now)
    appended: list[VitalityState] = []
    for ids in in_batches(_with_merged(session, station_ids)):
        cached = _lock(session, ids)
        facts = facts_of(session, these(ids), question=Question(today, policy))
        everyone = {one.id: facts.get(one.id, NOTHING) for one in cached}
        decided = decide_many(session, everyone, as_of=today, policy=policy, lives=True)
        rows: list[dict[str, Any]] = []
        answers: list[dict[str, Any]] = []
        others: list[dict[str, Any]] = []
        for one in cached:
            told = decided[one.id]
            also = _also(told, policy)
            if _differs(one, told.verdict):
                answers.append(_answer_columns(one, told, today) | also | {"id": one.id, "revision": revision})
                rows.append(_state_columns(one.id, told.verdict, today, now, policy.rule_version))
            elif any(getattr(one, name) != value for name, value in also.items()):
                others.append(also | {"id": one.id})
        for changes in (answers, others):
            if changes:
                session.execute(update(Station), changes)
        if rows:
            made = insert(VitalityState).returning(VitalityState, sort_by_parameter_order=True)
            appended += session.scalars(made, rows, execution_options=ALIKE)
        _renew(session, ids)
    return appended


def _lock(session: Session, ids: Sequence[int]) -> Sequence[Any]:
    """Read the cached answers, not whole stations, and keep other writers from them."""
    s = Station
    cached = select(
        s.id, s.vitality, s.vitality_confidence, s.vitality_reason, s.vitality_since, s.vitality_recheck_on,
        s.vitality_rule_version, s.accepted_on, s.last_alive_on, s.dead_by_on,
    )  # fmt: skip
    return session.execute(cached.where(exactly(s.id, ids)).order_by(s.id).with_for_update(key_share=True)).all()


def _renew(session: Session, ids: Sequence[int]) -> None:
    """Let the stations that the caller holds show what now stands, whatever they showed before the lock."""
    held = [id_ for id_ in ids if identity_key(Station, id_) in session.identity_map]
    if held:
        again = select(Station).where(Station.id.in_(held))
        session.scalars(again, execution_options={"populate_existing": True}).all()


def _with_merged(session: Session, station_ids: Sequence[int]) -> list[int]:
    """Add the stations that were merged into these, and into those: they follow their successor's answer."""
    everyone, newest = set(station_ids), set(station_ids)
    while newest:
        found: set[int] = set()
        for ids in in_batches(sorted(newest)):
            followers = select(StationTransition.station_id).where(exactly(StationTransition.successor_id, ids))
            found |= set(session.scalars(followers))
        newest = found - everyone
        everyone |= newest
    return sorted(everyone)


def _differs(cached: Any, verdict: Verdict) -> bool:
    before = (cached.vitality, cached.vitality_confidence, cached.vitality_reason)
    return before != (verdict.vitality, verdict.confidence, verdict.reason)


def _also(decided: Decided, policy: AlivePolicy) -> dict[str, Any]:
    """Give what is kept true also where the answer stays: when to look again, by which rule, and the life on file.

    Without a day to look again time alone changes nothing, so the nightly look passes the station over.
    """
    life = decided.life
    return {"vitality_recheck_on": decided.verdict.next_change_on, "vitality_rule_version": policy.rule_version,
            "accepted_on": life.accepted_on, "last_alive_on": life.last_alive_on,
            "dead_by_on": life.dead_by_on}  # fmt: skip


def _answer_columns(cached: Any, decided: Decided, today: dt.date) -> dict[str, Any]:
    verdict, begins = decided.verdict, cached.vitality_since
    if cached.vitality != verdict.vitality or cached.vitality_reason == "undecided":
        begins = since(verdict, decided.facts, today, cached.vitality_recheck_on)
    return {"vitality": verdict.vitality, "vitality_confidence": verdict.confidence,
            "vitality_reason": verdict.reason, "vitality_since": begins}  # fmt: skip


def _state_columns(
    station_id: int, verdict: Verdict, today: dt.date, now: dt.datetime, rule_version: str
) -> dict[str, Any]:
    return {"station_id": station_id, "as_of": today, "value": verdict.vitality, "confidence": verdict.confidence,
            "reason": verdict.reason, "rule_version": rule_version, "evidence_ids": list(verdict.evidence_ids),
            "next_change_on": verdict.next_change_on, "recorded_at": now}  # fmt: skip


def since(verdict: Verdict, facts: StationFacts, today: dt.date, due: dt.date | None) -> dt.date:
    """Give the day from which a new value holds: that of the evidence it rests on, or the one announced before."""
    if verdict.reason in _BY_TIME:
        return due if due is not None and due <= today else today
    named = set(verdict.evidence_ids)
    placed = [date_fact(fact, AlivePolicy()) for fact in facts.evidence if fact.id in named]
    days = [one.counts_from for one in placed if one is not None]
    days += [fact.effective_on for fact in facts.listing if fact.id in named]
    if not named:
        days = [fact.effective_on for fact in facts.listing]
    return min(max(days, default=today), today)
