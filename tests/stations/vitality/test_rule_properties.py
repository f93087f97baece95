"""What holds for any history: order is nothing, the future is nothing, and nothing changes before the day foretold."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from field_app_schema.vocab import EvidenceKind, ListingStatus, ObservedState
from stations.vitality.evidence import Evidence, ListingFact, Obligation, ReportState, StationFacts
from stations.vitality.rule import decide, decide_for_the_day

START, END = dt.date(2025, 1, 1), dt.date(2026, 12, 31)
DAYS = st.dates(START, END)
INSTANTS = st.datetimes(
    dt.datetime(2025, 1, 1), dt.datetime(2026, 12, 31), timezones=st.just(dt.UTC)  # noqa: DTZ001 - hypothesis asks so
)  # fmt: skip
MONTHLY = (EvidenceKind.OWNER_REPORT, EvidenceKind.AUTO_FEED)
LOOKS = st.builds(
    Evidence,
    id=st.uuids().map(str),
    kind=st.sampled_from([kind for kind in EvidenceKind if kind not in MONTHLY]),
    at=DAYS | INSTANTS,
    observed_state=st.sampled_from(ObservedState),
    answered=st.booleans(),
)
MONTHS = st.builds(
    Evidence,
    id=st.uuids().map(str),
    kind=st.sampled_from(MONTHLY),
    at=st.none() | DAYS,
    period=DAYS.map(lambda day: day.replace(day=1)),
    activity=st.sampled_from([Decimal(0), Decimal(7)]),
    state=st.sampled_from(ReportState),
)
EVIDENCE = st.lists(LOOKS | MONTHS, max_size=8)
LISTING = st.lists(
    st.builds(ListingFact, id=st.uuids().map(str), to=st.sampled_from(ListingStatus), effective_on=DAYS), max_size=4
).map(lambda more: [ListingFact("first", ListingStatus.ACTIVE, START), *more])
OBLIGATIONS = st.lists(st.builds(Obligation, starts_on=DAYS, ends_on=st.none() | st.just(END)), max_size=2)
HISTORIES = st.builds(
    lambda evidence, listing, owed: StationFacts(tuple(evidence), tuple(listing), tuple(owed)),
    EVIDENCE, LISTING, OBLIGATIONS,
)  # fmt: skip


def _answer(verdict):
    return verdict.vitality, verdict.confidence, verdict.reason


@settings(max_examples=150, deadline=None)
@given(HISTORIES, DAYS)
def test_nothing_changes_before_the_day_foretold_and_then_it_does(facts, as_of):
    # Evidence still to come would be something new; only what is on file by then may be asked about later days.
    now = decide(facts, as_of)
    known = tuple(e for e in facts.evidence if counts_from(e) <= as_of)
    past = StationFacts(known, facts.listing, facts.obligations)
    assert decide(past, as_of) == now
    last = now.next_change_on or as_of + dt.timedelta(days=900)
    for days in range((last - as_of).days):
        assert _answer(decide(past, as_of + dt.timedelta(days=days))) == _answer(now)
    if now.next_change_on:
        changed = decide(past, now.next_change_on)
        assert (*_answer(changed), changed.frozen_reason) != (*_answer(now), now.frozen_reason)


def counts_from(evidence):
    """The day from which a fact counts, said again in the plainest way."""
    china = dt.timezone(dt.timedelta(hours=8))
    at = evidence.at.astimezone(china).date() if isinstance(evidence.at, dt.datetime) else evidence.at
    if evidence.period is None:
        return at
    ended = (evidence.period + dt.timedelta(days=31)).replace(day=1)
    return max(ended, at) if at else ended


@settings(max_examples=300, deadline=None)
@given(HISTORIES, DAYS, st.none() | INSTANTS, st.none() | st.tuples(HISTORIES, DAYS))
def test_asking_about_one_day_only_gives_the_same_answer(facts, as_of, known_at, followed):
    successor = decide(*followed) if followed else None
    whole = decide(facts, as_of, known_at=known_at, successor_verdict=successor)
    day_only = decide_for_the_day(facts, as_of, known_at=known_at, successor_verdict=successor)
    assert day_only == replace(whole, next_change_on=None)


@settings(max_examples=300, deadline=None)
@given(HISTORIES, DAYS, st.randoms(use_true_random=False))
def test_the_order_of_the_file_means_nothing(facts, as_of, chance):
    shuffled = [list(part) for part in (facts.evidence, facts.listing, facts.obligations)]
    for part in shuffled:
        chance.shuffle(part)
    assert decide(StationFacts(*map(tuple, shuffled)), as_of) == decide(facts, as_of)


@settings(max_examples=200, deadline=None)
@given(HISTORIES, DAYS, EVIDENCE)
def test_what_is_dated_later_changes_nothing(facts, as_of, more):
    later = tuple(e for e in more if counts_from(e) > as_of)
    richer = StationFacts(facts.evidence + later, facts.listing, facts.obligations)
    assert decide(richer, as_of) == decide(facts, as_of)
