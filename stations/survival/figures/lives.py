"""One station as the figures of survival see it, on a day D: its life on file, its two states, its groups."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple

from field_app_schema.vocab import ListingStatus, Vitality

LIVING = frozenset({Vitality.ALIVE, Vitality.WEAK})
LISTED = frozenset({ListingStatus.ACTIVE, ListingStatus.SUSPENDED})


class StationLife(NamedTuple):
    """What is on file by D; days in China, None where nobody knows.

    `accepted_on` is the first acceptance. `reason` is the alive rule's, for the source mix. `subsidy_ended_on` is the
    first day without the subsidy.
    """

    code: str
    accepted_on: dt.date | None
    last_alive_on: dt.date | None
    dead_by_on: dt.date | None
    listing_status: str
    vitality: str
    reason: str = ""
    operator: str | None = None
    host_type: str | None = None
    is_subsidised: bool | None = None
    subsidy_ended_on: dt.date | None = None
    confidence: str | None = None
    station_id: int = 0

    @property
    def is_known_dead(self) -> bool:
        """Say whether it belongs to K0: dead, or delisted, which is dead by rule 1 of F2."""
        return self.vitality == Vitality.DEAD or self.listing_status == ListingStatus.DELISTED

    @property
    def is_living(self) -> bool:
        """Say whether it belongs to A: alive or weak, and not delisted."""
        return self.vitality in LIVING and self.listing_status != ListingStatus.DELISTED

    @property
    def is_listed(self) -> bool:
        """Say whether it belongs to L: active or suspended."""
        return self.listing_status in LISTED


def built_by(lives: Iterable[StationLife], as_of: dt.date) -> list[StationLife]:
    """Give B: accepted by D, whatever became of them since; a merged one is counted once, at its successor."""
    return [
        life for life in lives
        if life.accepted_on is not None and life.accepted_on <= as_of
        and life.listing_status != ListingStatus.MERGED
    ]  # fmt: skip


class Span(NamedTuple):
    """A life in days since the first acceptance: D itself, the last sign of life (or 0), known dead by (or None)."""

    age: int
    seen: int
    dead: int | None


def span_of(life: StationLife, as_of: dt.date) -> Span:
    """Give the span of a station of B; one known to be dead without a day is dead by D."""
    accepted_on = life.accepted_on or as_of
    age = (as_of - accepted_on).days
    seen = min(max((life.last_alive_on - accepted_on).days, 0), age) if life.last_alive_on else 0
    if not life.is_known_dead:
        return Span(age, seen, None)
    dead = min((life.dead_by_on - accepted_on).days, age) if life.dead_by_on else age
    return Span(age, min(seen, max(dead, 0)), max(dead, 0))
