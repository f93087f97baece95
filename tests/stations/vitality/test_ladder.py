"""The evidence ladder: every kind has its rung, the newest sign of the present life stands on it, empty ones stay."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from field_app_schema.vocab import EvidenceKind, ListingStatus, ObservedState
from stations.vitality.evidence import AlivePolicy, Evidence, ListingFact, StationFacts
from stations.vitality.known import known_on
from stations.vitality.ladder import ORDER, Rung, ladder, read_ladder
from stations.vitality.voice import voice
from tests.world import World

TODAY = dt.date(2026, 11, 20)
OPEN, CLOSED = ObservedState.OPEN_OPERATING, ObservedState.CLOSED_AT_VISIT
VISIT, CALL, VIDEO = EvidenceKind.SITE_VISIT, EvidenceKind.PHONE_CALLBACK, EvidenceKind.VIDEO_LINK
LISTED = ListingFact("t1", ListingStatus.ACTIVE, dt.date(2020, 1, 1))


def rungs(*evidence: Evidence, listing: tuple[ListingFact, ...] = (LISTED,)) -> dict[str, Rung]:
    facts = StationFacts(evidence, listing)
    return {one.kind: one for one in ladder(known_on(facts, TODAY, None, AlivePolicy()), TODAY)}


def seen(number: int, on: dt.date, state: ObservedState = OPEN, kind: EvidenceKind = VISIT) -> Evidence:
    return Evidence(f"observation:{number}", kind, on, state, "431125")


def test_every_kind_has_its_rung_also_an_empty_one() -> None:
    found = rungs()
    assert list(found) == [
        "site_visit", "auto_feed", "logistics_trace", "video_link", "owner_report", "phone_callback", "document_review",
    ]  # fmt: skip
    assert found["auto_feed"] == Rung("auto_feed", "verified")


def test_the_newest_sign_stands_and_says_until_when_it_counts() -> None:
    found = rungs(seen(1, dt.date(2026, 1, 5)), seen(2, dt.date(2026, 6, 1)))["site_visit"]
    assert found == Rung("site_visit", "verified", "observation:2", dt.date(2026, 6, 1), dt.date(2026, 11, 28), True)


@pytest.mark.parametrize(("age_days", "is_fresh"), [(60, True), (61, False)])
def test_a_sign_counts_through_its_last_day(age_days: int, is_fresh: bool) -> None:
    on = TODAY - dt.timedelta(days=age_days)
    found = rungs(Evidence("observation:1", CALL, on, None, "431125", answered=True))["phone_callback"]
    assert (found.on, found.is_fresh, found.confidence) == (on, is_fresh, "reported")


def test_a_closed_door_stands_against_it_and_hides_nothing() -> None:
    found = rungs(seen(1, dt.date(2026, 6, 1)), seen(2, dt.date(2026, 11, 1), CLOSED))["site_visit"]
    assert (found.evidence_id, found.is_fresh) == ("observation:1", True)
    assert (found.against_on, found.against_state) == (dt.date(2026, 11, 1), "closed_at_visit")


def test_a_sign_of_an_earlier_life_is_on_no_rung() -> None:
    gone = ListingFact("t2", ListingStatus.DELISTED, dt.date(2026, 7, 1), sequence=2)
    again = ListingFact("t3", ListingStatus.ACTIVE, dt.date(2026, 9, 1), sequence=3)
    found = rungs(seen(1, dt.date(2026, 6, 1), kind=VIDEO), listing=(LISTED, gone, again))
    assert found["video_link"] == Rung("video_link", "verified_remote")


def test_the_rungs_are_in_the_classes_in_which_the_rule_hears_them() -> None:
    for kind, word in ORDER:
        fact = Evidence("e", kind, TODAY, OPEN, "431125", activity=Decimal(1), answered=True)
        assert voice(fact) is word


def test_a_station_nobody_saw_has_empty_rungs(session: Session, world: World) -> None:
    assert [one.on for one in read_ladder(session, world.stations["JY001"], TODAY)] == [None] * 7
