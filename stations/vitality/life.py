"""Where a station stands in the register on a day, and since when its present life runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from field_app_schema.vocab import ListingStatus
from stations.vitality.evidence import ListingFact


class Life(NamedTuple):
    """Status with its date and reason, the acceptance that began this life, and the end of the one before."""

    status: ListingStatus | None = None
    since: dt.date = dt.date.min
    accepted_on: dt.date = dt.date.min
    earlier_ended_on: dt.date | None = None
    ids: tuple[str, ...] = ()
    reason_code: str | None = None
    successor: str | None = None

    def helps(self, on: dt.date) -> bool:
        """Say whether a positive of that day belongs to this life."""
        return self.earlier_ended_on is None or on >= self.earlier_ended_on

    def condemns(self, on: dt.date) -> bool:
        """Say whether a negative of that day belongs to this life."""
        return on >= self.accepted_on


def life_on(listing: Sequence[ListingFact], as_of: dt.date) -> Life:
    """Walk the decisions, sorted, that are in effect on a day (effective_on <= as_of)."""
    life = Life()
    for fact in listing:
        if fact.effective_on > as_of:
            break
        if fact.to is life.status:
            # A decision repeated, or a suspension prolonged: the state stays frozen where it first stopped.
            continue
        life = _step(life, fact)
    return life


def _step(life: Life, fact: ListingFact) -> Life:
    accepted_on, ended_on = life.accepted_on, life.earlier_ended_on
    if fact.to is ListingStatus.ACTIVE and life.status is not ListingStatus.SUSPENDED:
        accepted_on = fact.effective_on
        ended_on = life.since if life.status in (ListingStatus.DELISTED, ListingStatus.MERGED) else ended_on
    return Life(fact.to, fact.effective_on, accepted_on, ended_on, (fact.id,), fact.reason_code, fact.successor)
