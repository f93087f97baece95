"""Which old months the rule can do without: a station that spoke lately is judged by its last months alone.

Held by a property test: the answer, the day foretold and the life on file are those of all the facts.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from enum import Enum
from typing import NamedTuple

from field_app_schema.vocab import EvidenceKind, ListingStatus
from stations.vitality.dating import date_fact, first_day, last_closed, month_of
from stations.vitality.evidence import AlivePolicy, Evidence, StationFacts
from stations.vitality.known import listing_order
from stations.vitality.life import life_on
from stations.vitality.voice import DECISIVE, STRIKES

MONTHLY = (EvidenceKind.OWNER_REPORT, EvidenceKind.AUTO_FEED)


class Question(NamedTuple):
    """What is to be decided: the day, and by which thresholds."""

    as_of: dt.date
    policy: AlivePolicy

    @property
    def lately(self) -> tuple[dt.date, dt.date]:
        """Give the first of the last months, and the first month that cannot count yet; both as first days."""
        newest = last_closed(self.as_of, self.policy)
        return first_day(newest - self.policy.fresh_periods - 1), first_day(month_of(self.as_of))


class Older(Enum):
    """What is needed of the months before the last ones."""

    NOTHING = "nothing"
    FEEDS = "feeds"
    ALL = "all"


def older_needed(lately: StationFacts, question: Question) -> Older:
    """Say what else the rule needs of a station, given its facts with the reports and feeds of the last months only.

    Nothing, where one of them speaks for life: silence then ends there, and older signs are stale. A feed's old month
    may yet answer a closed door, and the life of who is dead, suspended or seen gone lies in the older months.
    """
    life = life_on(sorted(lately.listing, key=listing_order), question.as_of)
    if life.status is not ListingStatus.ACTIVE or not any(_speaks(fact, question) for fact in lately.evidence):
        return Older.ALL
    seen = {fact.observed_state for fact in lately.evidence if fact.kind is EvidenceKind.SITE_VISIT}
    if not seen.isdisjoint(DECISIVE):
        return Older.ALL
    return Older.NOTHING if seen.isdisjoint(STRIKES) else Older.FEEDS


def _speaks(fact: Evidence, question: Question) -> bool:
    if fact.kind not in MONTHLY:
        return False
    dated = date_fact(fact, question.policy)
    return dated is not None and dated.voice is not None and dated.counts_from <= question.as_of


def trimmed(facts: StationFacts, question: Question) -> StationFacts:
    """Leave out the months that the rule does not need; excuses stay, there are few."""
    since, until = question.lately

    def is_old(fact: Evidence) -> bool:
        return fact.kind in MONTHLY and fact.period is not None and fact.period < since

    def counts(fact: Evidence) -> bool:
        return fact.kind not in MONTHLY or fact.period is None or fact.period < until

    lately = replace(facts, evidence=tuple(f for f in facts.evidence if counts(f) and not is_old(f)))
    match older_needed(lately, question):
        case Older.NOTHING:
            return lately
        case Older.FEEDS:
            feeds = tuple(f for f in facts.evidence if is_old(f) and f.kind is EvidenceKind.AUTO_FEED)
            return replace(lately, evidence=lately.evidence + feeds)
        case Older.ALL:
            return replace(facts, evidence=tuple(f for f in facts.evidence if counts(f)))
