"""The life on file of one station: accepted on, last known alive on, known dead by; the ends of the gap of F3.

Decisions where the source is silent, each with a test:
- Any class of evidence that speaks for life counts, reported or verified; a month counts at its last day. What was
  seen before the first acceptance does not count.
- Dead evidence is what the alive rule itself rests on (a visit that found it gone after every verified sign of life,
  a closed door after every sign), and the day of a delisting. The first of these ends the gap, if the rule says dead.
- Where the rule says dead in spite of a later sign (a report for the month in which it was seen gone), that sign is
  overruled here as there: nobody is alive after the day on which he is known dead.
"""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from field_app_schema.vocab import ListingStatus, Vitality
from stations.vitality.evidence import AlivePolicy, Reason, StationFacts, Verdict
from stations.vitality.known import Known, known_on
from stations.vitality.life import Life, life_on
from stations.vitality.rule import decide_for_the_day
from stations.vitality.sides import decisive_standing, sides_on, strikes_standing


class Lifetime(NamedTuple):
    """Days in China: accepted_on <= last_alive_on <= dead_by_on where they are known.

    `last_alive_on` is None without any sign of life since the acceptance, `dead_by_on` unless the rule says dead, all
    are None before the first acceptance. `revived`: accepted again after a delisting or merger.
    """

    accepted_on: dt.date | None = None
    last_alive_on: dt.date | None = None
    dead_by_on: dt.date | None = None
    revived: bool = False


NEVER = Lifetime()


def lifetime(facts: StationFacts, as_of: dt.date, policy: AlivePolicy, known_at: dt.datetime | None = None) -> Lifetime:
    """Give the life on file by `as_of`, from facts known by `known_at`; a merged station is not dead by its own."""
    verdict = decide_for_the_day(facts, as_of, policy, known_at=known_at)
    return lifetime_of(known_on(facts, as_of, known_at, policy), as_of, verdict)


def lifetime_of(known: Known, as_of: dt.date, verdict: Verdict) -> Lifetime:
    """Give the life of a station whose facts stand in order and whose answer on `as_of` is known."""
    accepted_on = next(
        (f.effective_on for f in known.listing if f.to is ListingStatus.ACTIVE and f.effective_on <= as_of), None
    )
    if accepted_on is None:
        return NEVER
    life = life_on(known.listing, as_of)
    is_dead = verdict.vitality is Vitality.DEAD and verdict.reason is not Reason.MERGED
    dead_by_on = _dead_by(known, life, as_of) if is_dead else None
    if dead_by_on is not None:
        dead_by_on = max(dead_by_on, accepted_on)
    limit = dead_by_on or as_of
    signs = [d for d in known.dated if d.voice and d.last.on >= accepted_on and d.first.on <= limit]
    last_alive_on = max((min(d.last.on, limit) for d in signs), default=None)
    return Lifetime(accepted_on, last_alive_on, dead_by_on, life.earlier_ended_on is not None)


def _dead_by(known: Known, life: Life, as_of: dt.date) -> dt.date | None:
    judged_on = life.since if life.status is ListingStatus.SUSPENDED else as_of
    sides = sides_on(known, life, judged_on)
    days = [n.first.on for n in (*decisive_standing(sides), *strikes_standing(sides))]
    if life.status is ListingStatus.DELISTED:
        days.append(life.since)
    return min(days, default=None)
