"""The evidence ladder of a station: of each kind of evidence the newest sign, how long it counts; strongest first."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from field_app_schema.vocab import Confidence, EvidenceKind
from stations.vitality.dating import Dated, latest
from stations.vitality.fetching import NOTHING, facts_of
from stations.vitality.known import Known, known_on
from stations.vitality.life import life_on
from stations.vitality.sides import sides_on
from stations.vitality.thresholds import alive_policy
from stations.vitality.which import these

# From what somebody saw to what somebody said (table of F2), the order in which the alive rule listens.
ORDER = (
    (EvidenceKind.SITE_VISIT, Confidence.VERIFIED), (EvidenceKind.AUTO_FEED, Confidence.VERIFIED),
    (EvidenceKind.LOGISTICS_TRACE, Confidence.VERIFIED), (EvidenceKind.VIDEO_LINK, Confidence.VERIFIED_REMOTE),
    (EvidenceKind.OWNER_REPORT, Confidence.REPORTED), (EvidenceKind.PHONE_CALLBACK, Confidence.REPORTED),
    (EvidenceKind.DOCUMENT_REVIEW, Confidence.REPORTED),
)  # fmt: skip


@dataclass(frozen=True)
class Rung:
    """One kind of evidence: its newest sign of life in the present life, and the newest visit that found none.

    `on` is the last day for which the sign speaks, `fresh_until` the last on which it counts; both None where there is
    no sign. `against_on`: site visits only.
    """

    kind: str
    confidence: str
    evidence_id: str | None = None
    on: dt.date | None = None
    fresh_until: dt.date | None = None
    is_fresh: bool = False
    against_on: dt.date | None = None
    against_state: str | None = None


def read_ladder(session: Session, station_id: int, as_of: dt.date) -> list[Rung]:
    """Give the rungs of a station on a day; whether the caller may see it is asked before."""
    policy = alive_policy(session)
    facts = facts_of(session, these([station_id])).get(station_id, NOTHING)
    return ladder(known_on(facts, as_of, None, policy), as_of)


def ladder(known: Known, as_of: dt.date) -> list[Rung]:
    """Give the rungs from facts that stand in order, the strongest kind first, also those with nothing on them."""
    sides = sides_on(known, life_on(known.listing, as_of), as_of)
    against = _newest(sides.negatives)
    return [_rung(kind, word, sides.positives, against, as_of) for kind, word in ORDER]


def _rung(
    kind: EvidenceKind, word: Confidence, positives: list[Dated], against: Dated | None, as_of: dt.date
) -> Rung:
    sign = _newest([one for one in positives if one.fact.kind is kind])
    closed = against if kind is EvidenceKind.SITE_VISIT else None
    state = closed.fact.observed_state if closed else None
    return Rung(
        kind.value, word.value, evidence_id=sign.fact.id if sign else None, on=sign.last.on if sign else None,
        fresh_until=sign.fresh_until if sign else None, is_fresh=sign is not None and as_of <= sign.fresh_until,
        against_on=closed.last.on if closed else None, against_state=state.value if state else None,
    )  # fmt: skip


def _newest(dated: list[Dated]) -> Dated | None:
    return dated[latest([one.last for one in dated])[-1]] if dated else None
