"""Alive rule v1 (domain model F2): one pure function of dated facts, a day, a policy and what was known by when.

Decisions where the source is silent, each with a test:
- Fresh on day N included. A month closes on the 6th, 00:00 in China. A month that has ended and not yet closed is
  newer than the last closed ones, so what it says is fresh too.
- Nothing condemns but a site visit, announced or not; a phone or video call can only speak for life.
- To be overturned, `gone` needs a verified positive certainly not older than it. Of two visits whose order is unknown
  (same day, no instants) neither is «after» the other: not dead, but no clean bill either (weak or dormant).
- A month's feed may speak for any day of the month. Against `gone` only a month that begins no earlier than the visit
  helps; against two closed doors a month that may reach past the first is enough, because a closed door is weak proof.
- Any positive, verified or reported, on or after the first strike keeps two strikes from meaning death. Only a verified
  one, certainly after a strike, wipes it out. Two observers are a condition of delisting, not of this rule.
- Rules are tried in order: one unanswered strike without anything fresh is `dormant` also after six silent months.
- A new acceptance after a delisting begins a new life: negatives and silence before it no longer condemn, positives
  before the delisting no longer help. What was seen while a station was proposed helps and does not condemn.
- A silent month is a filed nil, or an owed report that is absent or returned. Months not owed, and excused ones without
  activity, are passed over; a submitted report with activity, not yet accepted, ends the run and proves nothing.
- A feed speaks by itself, accepted or not, unless the county sent its report back.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from field_app_schema.vocab import Confidence, EvidenceKind, ListingStatus, ObservedState, Vitality
from stations.vitality.dating import Dated, is_after, last_closed, latest
from stations.vitality.evidence import AlivePolicy, Reason, StationFacts, Verdict
from stations.vitality.known import Known, days_to_look, known_on
from stations.vitality.life import Life, life_on
from stations.vitality.sides import Sides, decisive_standing, sides_on, strikes_standing
from stations.vitality.silence import silent_run


def decide(
    facts: StationFacts,
    as_of: dt.date,
    policy: AlivePolicy | None = None,
    *,
    known_at: dt.datetime | None = None,
    successor_verdict: Verdict | None = None,
) -> Verdict:
    """Say whether a station lives on `as_of` (a date in China), from facts dated by then and known by `known_at`.

    `next_change_on` is the first later day on which vitality, confidence or reason differ if nothing new is learnt.
    A merged station follows `successor_verdict`; without it the answer is unknown, counted at the successor.
    """
    policy = policy or AlivePolicy()
    return foresee(known_on(facts, as_of, known_at, policy), as_of, policy, successor_verdict)


def decide_for_the_day(
    facts: StationFacts,
    as_of: dt.date,
    policy: AlivePolicy | None = None,
    *,
    known_at: dt.datetime | None = None,
    successor_verdict: Verdict | None = None,
) -> Verdict:
    """Decide likewise and look no further: `next_change_on` is always None, for who asks about one day only."""
    policy = policy or AlivePolicy()
    return answer_on(known_on(facts, as_of, known_at, policy), as_of, policy, successor_verdict)


def foresee(known: Known, as_of: dt.date, policy: AlivePolicy, successor: Verdict | None) -> Verdict:
    """Decide on facts that stand in order, and look for the first day on which the answer changes."""
    verdict = answer_on(known, as_of, policy, successor)
    changes = (
        day
        for day in days_to_look(known, as_of, policy)
        if _answer(answer_on(known, day, policy, successor)) != _answer(verdict)
    )
    days = [day for day in (next(changes, None), _successors_change(verdict, successor)) if day]
    return replace(verdict, next_change_on=min(days)) if days else verdict


def _answer(verdict: Verdict) -> tuple[object, ...]:
    return verdict.vitality, verdict.confidence, verdict.reason, verdict.frozen_reason


def _successors_change(verdict: Verdict, successor: Verdict | None) -> dt.date | None:
    return successor.next_change_on if successor and verdict.reason is Reason.MERGED else None


def answer_on(known: Known, as_of: dt.date, policy: AlivePolicy, successor: Verdict | None) -> Verdict:
    """Decide for a day on facts that stand in order, and look no further."""
    life = life_on(known.listing, as_of)
    if life.status is None or life.status in (ListingStatus.PROPOSED, ListingStatus.REJECTED):
        rejected = life.status is ListingStatus.REJECTED
        return Verdict(Vitality.NOT_STARTED, None, Reason.REJECTED if rejected else Reason.NOT_ACCEPTED, life.ids)
    if life.status is ListingStatus.DELISTED:
        return Verdict(Vitality.DEAD, None, Reason.DELISTED, life.ids, detail=life.reason_code)
    if life.status is ListingStatus.MERGED:
        return _follow(life, successor)
    if life.status is ListingStatus.SUSPENDED:
        frozen = _judge(known, life, life.since, policy)
        ids = (*life.ids, *frozen.evidence_ids)
        return replace(
            frozen, reason=Reason.SUSPENDED, frozen_reason=frozen.reason, evidence_ids=ids, detail=life.reason_code
        )
    return _judge(known, life, as_of, policy)


def _follow(life: Life, successor: Verdict | None) -> Verdict:
    if successor is None:
        return Verdict(Vitality.UNKNOWN, None, Reason.MERGED, life.ids, counted_at=life.successor)
    ids = (*life.ids, *successor.evidence_ids)
    return Verdict(successor.vitality, successor.confidence, Reason.MERGED, ids, counted_at=life.successor)


def _judge(known: Known, life: Life, as_of: dt.date, policy: AlivePolicy) -> Verdict:
    """Try rules 2 to 7 in order."""
    sides = sides_on(known, life, as_of)
    fresh = [d for d in sides.positives if as_of <= d.fresh_until]
    return (
        _condemn(sides, policy)
        or _strike(sides, fresh)
        or _verified(fresh)
        or _reported(fresh)
        or _silent(known, life, as_of, policy)
        or _unknown(sides.positives)
    )


def _condemn(sides: Sides, policy: AlivePolicy) -> Verdict | None:
    """Rule 2, then the first half of rule 3."""
    if not sides.negatives:
        return None
    decisive = decisive_standing(sides)
    if decisive:
        newest = decisive[latest([n.first for n in decisive])[-1]]
        gone = newest.fact.observed_state is ObservedState.GONE
        reason = Reason.GONE_SEEN if gone else Reason.SIGN_REMOVED_SEEN
        return Verdict(Vitality.DEAD, Confidence.VERIFIED, reason, (newest.fact.id,))
    strikes = strikes_standing(sides)
    if strikes and (strikes[-1].first.on - strikes[0].first.on).days >= policy.strike_gap_days:
        ids = (strikes[0].fact.id, strikes[-1].fact.id)
        return Verdict(Vitality.DEAD, Confidence.VERIFIED, Reason.TWO_STRIKES, ids)
    return None


def _strike(sides: Sides, fresh: list[Dated]) -> Verdict | None:
    """Rule 3, second half: a negative that no verified positive has wiped out."""
    if not sides.negatives:
        return None
    verified = sides.verified
    standing = [n for n in sides.negatives if not any(is_after(p.first, n.first) for p in verified)]
    if not standing:
        return None
    ids = _newest(standing)
    if fresh:
        return Verdict(Vitality.WEAK, Confidence.VERIFIED, Reason.ONE_STRIKE_BUT_FRESH, (*ids, *_newest(fresh)))
    return Verdict(Vitality.DORMANT, Confidence.VERIFIED, Reason.ONE_STRIKE, ids)


def _verified(fresh: list[Dated]) -> Verdict | None:
    """Rule 4: eyes on the spot speak first; the latest open visit says whether the station is weakened."""
    if not fresh:
        return None
    visits, videos = _of_kind(EvidenceKind.SITE_VISIT, fresh), _of_kind(EvidenceKind.VIDEO_LINK, fresh)
    feeds, traces = _of_kind(EvidenceKind.AUTO_FEED, fresh), _of_kind(EvidenceKind.LOGISTICS_TRACE, fresh)
    if not (visits or videos or feeds or traces):
        return None
    confidence = Confidence.VERIFIED if visits or feeds or traces else Confidence.VERIFIED_REMOTE
    ids = tuple(i for group in (visits, feeds, traces, videos) for i in _newest(group))
    weakened = _weakened(visits or videos)
    if weakened:
        reason = Reason.SEEN_WEAKENED if visits else Reason.VIDEO_WEAKENED
        return Verdict(Vitality.WEAK, confidence, reason, ids)
    reason = next(
        reason
        for group, reason in (
            (visits, Reason.SEEN_OPEN),
            (feeds, Reason.FEED_ACTIVE),
            (traces, Reason.PARCELS_DELIVERED),
            (videos, Reason.VIDEO_OPEN),
        )
        if group
    )
    return Verdict(Vitality.ALIVE, confidence, reason, ids)


def _weakened(looks: list[Dated]) -> bool:
    """Say whether the latest look found the station weakened; of looks in unknown order the worse one counts."""
    newest = latest([d.first for d in looks])
    return any(looks[i].fact.observed_state is ObservedState.OPEN_WEAKENED for i in newest)


def _reported(fresh: list[Dated]) -> Verdict | None:
    """Rule 5."""
    if not fresh:
        return None
    for kind, reason in (
        (EvidenceKind.OWNER_REPORT, Reason.OWNER_REPORTED),
        (EvidenceKind.PHONE_CALLBACK, Reason.PHONE_ANSWERED),
        (EvidenceKind.DOCUMENT_REVIEW, Reason.DOCUMENTS_SAY_OPEN),
    ):
        found = _of_kind(kind, fresh)
        if found:
            return Verdict(Vitality.ALIVE, Confidence.REPORTED, reason, _newest(found))
    return None


def _silent(known: Known, life: Life, as_of: dt.date, policy: AlivePolicy) -> Verdict | None:
    """Rule 6."""
    run, ids = silent_run(known.dated, known.obligations, life.accepted_on, last_closed(as_of, policy), policy)
    if run >= policy.presumed_dead_periods:
        return Verdict(Vitality.PRESUMED_DEAD, Confidence.INFERRED, Reason.LONG_SILENT, ids)
    if run >= policy.dormant_periods:
        return Verdict(Vitality.DORMANT, Confidence.INFERRED, Reason.SILENT, ids)
    return None


def _unknown(positives: list[Dated]) -> Verdict:
    """Rule 7; the last sign of life, grown stale, is named."""
    reason = Reason.EVIDENCE_STALE if positives else Reason.NO_EVIDENCE
    return Verdict(Vitality.UNKNOWN, None, reason, _newest(positives))


def _newest(group: list[Dated]) -> tuple[str, ...]:
    return (group[latest([d.last for d in group])[-1]].fact.id,) if group else ()


def _of_kind(kind: EvidenceKind, group: list[Dated]) -> list[Dated]:
    return [d for d in group if d.fact.kind is kind]
