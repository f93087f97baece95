"""The ends of the gap in which a station died: last known alive, first known dead, and what overrules what."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import given, settings

from field_app_schema.vocab import EvidenceKind, ListingStatus, ObservedState, Vitality
from stations.vitality.evidence import AlivePolicy, Evidence, ListingFact, Reason, ReportState, StationFacts
from stations.vitality.lifetime import NEVER, Lifetime, lifetime
from stations.vitality.rule import decide_for_the_day
from tests.stations.vitality.test_rule_properties import DAYS, HISTORIES

ACCEPTED, AS_OF = dt.date(2024, 5, 10), dt.date(2026, 11, 20)
TAKEN = ListingFact("t1", ListingStatus.ACTIVE, ACCEPTED)
POLICY = AlivePolicy()


def visit(day: str, state: str = "open_operating", **more: object) -> Evidence:
    on = dt.date.fromisoformat(day)
    return Evidence(f"v{day}", EvidenceKind.SITE_VISIT, on, ObservedState(state), **more)  # type: ignore[arg-type]


def month(period: str, kind: EvidenceKind = EvidenceKind.OWNER_REPORT, **more: object) -> Evidence:
    first = dt.date.fromisoformat(f"{period}-01")
    return Evidence(f"r{period}", kind, period=first, activity=Decimal(1), **more)  # type: ignore[arg-type]


def move(day: str, to: ListingStatus) -> ListingFact:
    return ListingFact(f"t{day}", to, dt.date.fromisoformat(day), sequence=9)


def life(*facts: Evidence | ListingFact, as_of: dt.date = AS_OF, known_at: dt.datetime | None = None) -> Lifetime:
    evidence = tuple(f for f in facts if isinstance(f, Evidence))
    listing = (TAKEN, *(f for f in facts if isinstance(f, ListingFact)))
    return lifetime(StationFacts(evidence, listing), as_of, POLICY, known_at)


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_a_month_counts_at_its_last_day_and_a_call_counts_too() -> None:
    assert life(month("2026-02")) == Lifetime(ACCEPTED, day("2026-02-28"), None, False)
    call = Evidence("c", EvidenceKind.PHONE_CALLBACK, day("2026-03-04"), answered=True)
    assert life(month("2026-02"), call).last_alive_on == day("2026-03-04")


def test_without_any_sign_only_the_acceptance_is_known() -> None:
    assert life() == Lifetime(ACCEPTED, None, None, False)
    assert life(visit("2024-05-01")) == Lifetime(ACCEPTED, None, None, False)
    assert life(month("2026-02", state=ReportState.SUBMITTED)) == Lifetime(ACCEPTED, None, None, False)
    assert life(as_of=day("2024-05-09")) == NEVER


def test_gone_ends_the_gap_on_the_day_it_was_seen() -> None:
    found = life(visit("2025-01-10"), visit("2025-08-01", "closed_at_visit"), visit("2025-09-01", "gone"))
    assert found == Lifetime(ACCEPTED, day("2025-01-10"), day("2025-08-01"), False)
    # Seen open after the closed door: the door proves nothing any more.
    found = life(visit("2025-08-01", "closed_at_visit"), visit("2025-08-20"), visit("2025-09-01", "gone"))
    assert found == Lifetime(ACCEPTED, day("2025-08-20"), day("2025-09-01"), False)


def test_one_closed_door_is_not_dead_and_two_are_from_the_first() -> None:
    doors = visit("2025-08-01", "closed_at_visit"), visit("2025-08-08", "not_found")
    assert life(doors[0]).dead_by_on is None
    assert life(*doors).dead_by_on == day("2025-08-01")


def test_a_report_for_the_month_in_which_it_was_seen_gone_is_overruled() -> None:
    found = life(month("2025-10"), month("2025-11"), visit("2025-10-12", "gone"))
    assert found == Lifetime(ACCEPTED, day("2025-10-12"), day("2025-10-12"), False)


def test_a_delisting_ends_the_gap_unless_something_earlier_did() -> None:
    delisted = move("2026-01-15", ListingStatus.DELISTED)
    assert life(visit("2025-03-01"), delisted) == Lifetime(ACCEPTED, day("2025-03-01"), day("2026-01-15"), False)
    seen = visit("2025-12-01", "closed_at_visit")
    assert life(visit("2025-03-01"), seen, delisted).dead_by_on == day("2025-12-01")
    assert life(visit("2025-03-01"), delisted, as_of=day("2026-01-14")).dead_by_on is None


def test_a_new_acceptance_revives_and_a_resumption_does_not() -> None:
    delisted, again = move("2026-01-15", ListingStatus.DELISTED), move("2026-03-01", ListingStatus.ACTIVE)
    assert life(visit("2025-03-01"), delisted, again) == Lifetime(ACCEPTED, day("2025-03-01"), None, True)
    paused = move("2026-01-15", ListingStatus.SUSPENDED)
    assert life(visit("2025-03-01"), paused, again) == Lifetime(ACCEPTED, day("2025-03-01"), None, False)


def test_a_merged_station_is_not_dead_by_its_own() -> None:
    assert life(visit("2025-03-01"), move("2026-01-15", ListingStatus.MERGED)).dead_by_on is None


def test_what_came_to_be_known_later_was_not_known_then() -> None:
    late = visit("2025-03-01", recorded_at=dt.datetime(2026, 2, 1, tzinfo=dt.UTC))
    assert life(late, known_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC)).last_alive_on is None
    assert life(late, known_at=dt.datetime(2026, 3, 1, tzinfo=dt.UTC)).last_alive_on == day("2025-03-01")


@settings(max_examples=300, deadline=None)
@given(HISTORIES, DAYS)
def test_the_days_are_in_order_and_death_is_known_when_the_rule_says_dead(facts: StationFacts, as_of: dt.date) -> None:
    found, verdict = lifetime(facts, as_of, POLICY), decide_for_the_day(facts, as_of, POLICY)
    known = [on for on in found[:3] if isinstance(on, dt.date)]
    assert known == sorted(known)
    assert all(on <= as_of for on in known)
    is_dead = verdict.vitality is Vitality.DEAD and verdict.reason is not Reason.MERGED
    assert (found.dead_by_on is not None) == (is_dead and found.accepted_on is not None)
