"""What the rule has before it: the facts that stand, placed in time and in order, and the days when they run out."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from field_app_schema.vocab import ListingStatus
from stations.vitality.dating import ONE_DAY, Dated, closes_on, date_fact, month_of
from stations.vitality.evidence import AlivePolicy, ListingFact, Obligation, StationFacts

_ENDINGS = (ListingStatus.DELISTED, ListingStatus.MERGED)


class Known(NamedTuple):
    """The facts that count on a day, oldest first; all decisions of the listing, in order; and what is owed."""

    dated: list[Dated]
    listing: list[ListingFact]
    obligations: tuple[Obligation, ...]


def known_on(facts: StationFacts, as_of: dt.date, known_at: dt.datetime | None, policy: AlivePolicy) -> Known:
    """Keep what was recorded and not withdrawn by `known_at`, and of the evidence what counts by `as_of`."""
    dated = [
        placed
        for fact in facts.evidence
        if _stands(fact.recorded_at, fact.withdrawn_at, known_at)
        and (placed := date_fact(fact, policy)) is not None
        and placed.counts_from <= as_of
    ]
    dated.sort(key=_evidence_order)
    listing = [fact for fact in facts.listing if _stands(fact.recorded_at, None, known_at)]
    listing.sort(key=listing_order)
    return Known(dated, listing, facts.obligations)


def days_to_look(known: Known, as_of: dt.date, policy: AlivePolicy) -> list[dt.date]:
    """List, in order, every day after `as_of` on which something runs out, closes or takes effect."""
    runs_out = {d.fresh_until for d in known.dated if d.voice}
    days = {day + ONE_DAY for day in runs_out} | {fact.effective_on for fact in known.listing}
    # Where nothing is owed and no month was filed, there is no silence, and the closing of months says nothing.
    if known.obligations or any(d.fact.period for d in known.dated):
        # Nor does it while a sign of life is fresh; one of an earlier life may not count.
        lived_before = any(fact.to in _ENDINGS for fact in known.listing)
        spoken_until = as_of if lived_before else max(runs_out, default=as_of)
        starts = [as_of, *(o.starts_on for o in known.obligations), *(f.effective_on for f in known.listing)]
        # After so many closings from any start, silence has nothing further to say.
        for month in {month_of(start) for start in starts if start >= as_of}:
            closings = (closes_on(month + i, policy) for i in range(-2, policy.presumed_dead_periods + 2))
            days |= {day for day in closings if day > spoken_until}
    return sorted(day for day in days if day > as_of)


def _stands(recorded_at: dt.datetime | None, withdrawn_at: dt.datetime | None, known_at: dt.datetime | None) -> bool:
    if known_at is None:
        return withdrawn_at is None
    if withdrawn_at is not None and withdrawn_at <= known_at:
        return False
    return recorded_at is None or recorded_at <= known_at


def _evidence_order(dated: Dated) -> tuple[dt.date, str]:
    return dated.last.on, dated.fact.id


def listing_order(fact: ListingFact) -> tuple[dt.date, int, str]:
    """Order decisions by their day, those of one day as they were taken."""
    return fact.effective_on, fact.sequence, fact.id
