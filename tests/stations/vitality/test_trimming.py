"""What the last months settle needs no older ones: the answer, the day foretold and the life on file stay the same."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from field_app_schema.vocab import EvidenceKind, ListingStatus, ObservedState
from stations.vitality.evidence import AlivePolicy, Evidence, ListingFact, Obligation, ReportState, StationFacts
from stations.vitality.lifetime import lifetime
from stations.vitality.rule import decide
from stations.vitality.trimming import Question, trimmed
from tests.stations.vitality.test_rule_properties import DAYS, HISTORIES, LOOKS

AS_OF = dt.date(2026, 11, 20)
YEARS = [dt.date(2025, 1, 1) + dt.timedelta(days=31 * step) for step in range(22)]
PERIODS = [day.replace(day=1) for day in YEARS]
KINDS = st.sampled_from([EvidenceKind.OWNER_REPORT] * 4 + [EvidenceKind.AUTO_FEED])
STATES = st.sampled_from([ReportState.ACCEPTED] * 6 + list(ReportState))


@st.composite
def years(draw: st.DrawFn) -> StationFacts:
    """A station that reports most months, and is looked at now and then."""
    evidence = [
        Evidence(f"r{period}", draw(KINDS), draw(st.none() | st.just(period + dt.timedelta(days=33))), period=period,
                 activity=draw(st.sampled_from([Decimal(1), Decimal(1), None])), state=draw(STATES))
        for period in PERIODS if draw(st.integers(0, 4))
    ]  # fmt: skip
    looks = draw(st.lists(LOOKS, max_size=3))
    strikes = [
        Evidence(f"s{day}", EvidenceKind.SITE_VISIT, day, draw(st.sampled_from(ObservedState)))
        for day in draw(st.lists(st.sampled_from(YEARS), max_size=2, unique=True))
    ]
    moves = [
        ListingFact(f"t{step}", to, draw(DAYS), sequence=step)
        for step, to in enumerate(draw(st.lists(st.sampled_from(ListingStatus), max_size=2)))
    ]
    listing = (ListingFact("first", ListingStatus.ACTIVE, dt.date(2025, 1, 1)), *moves)
    owed = (Obligation(dt.date(2025, 1, 1), draw(st.none() | DAYS)),)
    return StationFacts((*evidence, *looks, *strikes), listing, owed)


@settings(max_examples=600, deadline=None, derandomize=True)
@given(years() | HISTORIES, DAYS, st.builds(AlivePolicy, fresh_periods=st.integers(1, 4)))
def test_the_answer_and_the_life_on_file_are_those_of_all_the_facts(
    facts: StationFacts, as_of: dt.date, policy: AlivePolicy
) -> None:
    fewer = trimmed(facts, Question(as_of, policy))
    assert decide(fewer, as_of, policy) == decide(facts, as_of, policy)
    assert lifetime(fewer, as_of, policy) == lifetime(facts, as_of, policy)


def reports(*periods: str, **more: object) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(f"r{p}", EvidenceKind.OWNER_REPORT, period=dt.date.fromisoformat(f"{p}-01"), activity=Decimal(1),
                 **more)  # type: ignore[arg-type]
        for p in periods
    )  # fmt: skip


def kept(*evidence: Evidence, to: ListingStatus = ListingStatus.ACTIVE) -> list[str]:
    facts = StationFacts(evidence, (ListingFact("t", to, dt.date(2024, 1, 1)),))
    return [one.id for one in trimmed(facts, Question(AS_OF, AlivePolicy())).evidence]


def test_who_spoke_lately_is_judged_by_the_last_four_months() -> None:
    said = reports("2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10")
    assert kept(*said) == ["r2026-07", "r2026-08", "r2026-09", "r2026-10"]
    assert len(kept(*reports("2026-05", "2026-06"))) == 2
    assert len(kept(*reports("2026-05", "2026-10", state=ReportState.SUBMITTED))) == 2
    assert len(kept(*said, to=ListingStatus.SUSPENDED)) == 6


def test_a_closed_door_needs_the_old_feeds_and_gone_needs_all() -> None:
    feed = Evidence("f", EvidenceKind.AUTO_FEED, period=dt.date(2026, 4, 1), activity=Decimal(1))
    said = (feed, *reports("2026-05", "2026-10"))
    door = Evidence("v", EvidenceKind.SITE_VISIT, dt.date(2026, 3, 1), ObservedState.CLOSED_AT_VISIT)
    gone = Evidence("v", EvidenceKind.SITE_VISIT, dt.date(2026, 3, 1), ObservedState.GONE)
    assert kept(*said, door) == ["r2026-10", "v", "f"]
    assert kept(*said, gone) == ["f", "r2026-05", "r2026-10", "v"]
