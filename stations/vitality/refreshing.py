"""Keep the cached answer alive or gone true today: decide, append a row where it changed, say when to look again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from stations.batches import in_batches
from stations.register.days import day_in_china
from stations.register.revision import next_revision
from stations.register.tables import Station, StationTransition, VitalityState
from stations.vitality.evidence import Reason, StationFacts, Verdict
from stations.vitality.fetching import NOTHING, Decided, decide_many, facts_of
from stations.vitality.thresholds import alive_policy

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
        locked = select(Station).where(Station.id.in_(ids)).order_by(Station.id).with_for_update(key_share=True)
        stations = session.scalars(locked, execution_options={"populate_existing": True}).all()
        facts = facts_of(session, select(Station.id).where(Station.id.in_(ids)))
        everyone = {station.id: facts.get(station.id, NOTHING) for station in stations}
        decided = decide_many(session, everyone, as_of=today, policy=policy)
        for station in stations:
            change = _take_answer(station, decided[station.id], today, now, policy.rule_version)
            if change is not None:
                station.revision = revision
                appended.append(change)
    session.add_all(appended)
    session.flush()
    return appended


def _with_merged(session: Session, station_ids: Sequence[int]) -> list[int]:
    """Add the stations that were merged into these, and into those: they follow their successor's answer."""
    everyone, newest = set(station_ids), set(station_ids)
    while newest:
        found: set[int] = set()
        for ids in in_batches(sorted(newest)):
            followers = select(StationTransition.station_id).where(StationTransition.successor_id.in_(ids))
            found |= set(session.scalars(followers))
        newest = found - everyone
        everyone |= newest
    return sorted(everyone)


def _take_answer(
    station: Station, decided: Decided, today: dt.date, now: dt.datetime, rule_version: str
) -> VitalityState | None:
    verdict = decided.verdict
    due = station.vitality_recheck_on
    # None: time alone changes nothing, so the nightly look passes it over.
    station.vitality_recheck_on = verdict.next_change_on
    before = (station.vitality, station.vitality_confidence, station.vitality_reason)
    if before == (verdict.vitality, verdict.confidence, verdict.reason):
        return None
    if station.vitality != verdict.vitality or before[2] == "undecided":
        station.vitality_since = since(verdict, decided.facts, today, due)
    station.vitality = verdict.vitality
    station.vitality_confidence = verdict.confidence
    station.vitality_reason = verdict.reason
    return VitalityState(
        station_id=station.id, as_of=today, value=verdict.vitality, confidence=verdict.confidence,
        reason=verdict.reason, rule_version=rule_version, evidence_ids=list(verdict.evidence_ids),
        next_change_on=verdict.next_change_on, recorded_at=now,
    )  # fmt: skip


def since(verdict: Verdict, facts: StationFacts, today: dt.date, due: dt.date | None) -> dt.date:
    """Give the day from which a new value holds: that of the evidence it rests on, or the one announced before."""
    if verdict.reason in _BY_TIME:
        return due if due is not None and due <= today else today
    named = set(verdict.evidence_ids)
    days = [day_in_china(fact.at) for fact in facts.evidence if fact.id in named and isinstance(fact.at, dt.datetime)]
    days += [fact.effective_on for fact in facts.listing if fact.id in named]
    if not named:
        days = [fact.effective_on for fact in facts.listing]
    return min(max(days, default=today), today)
