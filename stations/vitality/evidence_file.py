"""Explain the alive rule over a document of dated evidence, as a person writes it.

The schema is docs/evidence-file.md.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from field_app_schema.refusals import Refusal
from field_app_schema.vocab import ListingStatus
from field_app_schema.words.vitality import WORDS
from stations.vitality.dating import first_day, month_of
from stations.vitality.evidence import AlivePolicy, Evidence, ListingFact, StationFacts, Verdict
from stations.vitality.file_fields import Item, Problems
from stations.vitality.file_items import read_evidence, read_listing, read_obligation, read_policy
from stations.vitality.rule import decide

KEYS = frozenset({"evidence", "listing", "accepted_on", "obligations", "policy"})


def explain(document: Any, as_of: dt.date, known_at: dt.datetime | None = None) -> dict[str, Any]:
    """Return the rule's answer for `as_of` (a day in China) as plain values with the reason in both languages.

    Refuses BAD_INPUT with every fault of the document at once, each under its path; an unknown key beside the known
    ones is harmless and passed over.
    """
    facts, policy = read_document(document)
    verdict = decide(facts, as_of, policy, known_at=known_at)
    zh, en = _sentence(verdict)
    return {
        "vitality": verdict.vitality.value,
        "confidence": verdict.confidence.value if verdict.confidence else None,
        "reason": verdict.reason.value,
        "reason_text_zh": zh,
        "reason_text_en": en,
        "detail": verdict.detail,
        "counted_at": verdict.counted_at,
        "evidence_ids": list(verdict.evidence_ids),
        "months_named": _months(facts, verdict),
        "next_change_on": verdict.next_change_on.isoformat() if verdict.next_change_on else None,
        "rule_version": policy.rule_version,
        "as_of": as_of.isoformat(),
    }


def read_document(document: Any) -> tuple[StationFacts, AlivePolicy]:
    """Return the facts and the policy a document holds; refuses BAD_INPUT with the path of each fault."""
    problems = Problems()
    if isinstance(document, list):
        document = {"evidence": document}
    if not isinstance(document, dict) or not KEYS & document.keys():
        zh, en = "应为证据列表,或含 evidence、listing 的对象", "a list of evidence, or an object with evidence, listing"
        problems.add("$", zh, en)
        raise Refusal("BAD_INPUT", errors=problems.found)
    whole = Item(document, "", problems)
    evidence = [fact for item in whole.items("evidence") if (fact := read_evidence(item)) is not None]
    listing = [step for item in whole.items("listing") if (step := read_listing(item)) is not None]
    obligations = [owed for item in whole.items("obligations") if (owed := read_obligation(item)) is not None]
    accepted_on = whole.day("accepted_on")
    policy = read_policy(whole)
    _refuse_twins(evidence, problems)
    if problems.found:
        raise Refusal("BAD_INPUT", errors=problems.found)
    if accepted_on is None and not listing:
        accepted_on = _earliest_day(evidence)
    if accepted_on is not None:
        listing.insert(0, ListingFact("accepted_on", ListingStatus.ACTIVE, accepted_on, sequence=-1))
    return StationFacts(tuple(evidence), tuple(listing), tuple(obligations)), policy


def _months(facts: StationFacts, verdict: Verdict) -> dict[str, dict[str, str]]:
    """Give month, kind and state of each report or feed that the answer rests on, by its id."""
    named = (fact for fact in facts.evidence if fact.id in verdict.evidence_ids)
    return {
        fact.id: {"period": f"{fact.period:%Y%m}", "kind": fact.kind.value, "state": fact.state.value}
        for fact in named
        if fact.period is not None
    }


def _earliest_day(evidence: list[Evidence]) -> dt.date | None:
    """Take a file that says nothing of the listing to be about an accepted station."""
    days: list[dt.date] = []
    for fact in evidence:
        day = fact.period or fact.at
        if day is not None:
            days.append(first_day(month_of(day)))
    return min(days, default=None)


def _refuse_twins(evidence: list[Evidence], problems: Problems) -> None:
    seen: set[str] = set()
    for place, fact in enumerate(evidence):
        if fact.id in seen:
            problems.add(f"evidence[{place}].id", f"编号重复:{fact.id}", f"id used twice: {fact.id}")
        seen.add(fact.id)


def _sentence(verdict: Verdict) -> tuple[str, str]:
    zh, en = WORDS[f"vitality_reason.{verdict.reason.value}"]
    if verdict.frozen_reason is not None:
        then_zh, then_en = WORDS[f"vitality_reason.{verdict.frozen_reason.value}"]
        return f"{zh}当时:{then_zh}", f"{en} Then: {then_en}"
    return zh, en
