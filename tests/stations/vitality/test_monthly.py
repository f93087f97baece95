"""Reports, feeds and excuses as the alive rule reads them from the tables, today and as known at an instant."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from field_app_schema.vocab import EvidenceKind
from stations.records.tables import Station, VitalityState
from stations.vitality import rechecking
from stations.vitality.evidence import AlivePolicy, Evidence, Obligation, ReportState
from stations.vitality.fetching import facts_of
from stations.vitality.monthly import SOMETHING, without_late_openings
from stations.vitality.rechecking import recheck_due
from stations.vitality.refreshing import refresh_vitality
from stations.vitality.trimming import Question
from stations.vitality.which import Span
from tests.conftest import NOON
from tests.stations.register.building import look
from tests.stations.vitality.months import excuse, instant, owe, report, step, version
from tests.world import World

D = dt.date
SILENT_MONTHS = (202605, 202606, 202607, 202608, 202609, 202610)


def decided(session: Session, station_id: int, now: dt.datetime = NOON) -> tuple[str, str | None, str]:
    refresh_vitality(session, [station_id], now=now)
    one = session.get_one(Station, station_id)
    return one.vitality, one.vitality_confidence, one.vitality_reason


def evidence(session: Session, station_id: int, known_at: dt.datetime | None = None) -> list[Evidence]:
    facts = facts_of(session, select(Station.id).where(Station.id == station_id), known_at=known_at)
    return sorted(facts[station_id].evidence, key=lambda fact: fact.id)


@pytest.fixture
def jy001(world: World) -> int:
    return world.stations["JY001"]


@pytest.mark.parametrize(
    ("state", "source", "nil", "answer"),
    [
        ("accepted", "owner", False, ("alive", "reported", "owner_reported")),
        ("accepted", "proxy", False, ("alive", "reported", "owner_reported")),
        ("accepted", "import", False, ("alive", "reported", "owner_reported")),
        ("accepted", "feed", False, ("alive", "verified", "feed_active")),
        # A feed needs nobody's acceptance; what was sent back speaks for nobody.
        ("submitted", "feed", False, ("alive", "verified", "feed_active")),
        ("returned", "feed", False, ("unknown", None, "no_evidence")),
        ("submitted", "owner", False, ("unknown", None, "no_evidence")),
        ("returned", "owner", False, ("unknown", None, "no_evidence")),
        ("accepted", "owner", True, ("unknown", None, "no_evidence")),
    ],
)
def test_a_month_speaks_by_its_source_and_state(
    session: Session, jy001: int, state: str, source: str, nil: bool, answer: tuple[str, str | None, str]
) -> None:
    one = report(session, jy001, 202610, "2026-11-04", state, source=source, nil=nil)
    assert decided(session, jy001) == answer
    row = session.scalars(select(VitalityState)).one_or_none()
    if answer[0] == "alive":
        assert row is not None
        assert row.evidence_ids == [f"report:{one.id}"]
        # It holds from the day the report came.
        assert session.get_one(Station, jy001).vitality_since == D(2026, 11, 4)


def test_what_a_feed_sent_within_the_month_counts_from_its_end(session: Session, jy001: int) -> None:
    report(session, jy001, 202610, "2026-10-15", source="feed")
    assert evidence(session, jy001) == [
        Evidence("report:1", EvidenceKind.AUTO_FEED, None, period=D(2026, 10, 1), activity=SOMETHING)
    ]
    decided(session, jy001)
    assert session.get_one(Station, jy001).vitality_since == D(2026, 11, 1)


def test_six_nil_months_are_presumed_dead_and_an_excuse_is_passed_over(session: Session, jy001: int) -> None:
    for period in SILENT_MONTHS[1:]:
        report(session, jy001, period, "2026-11-04", nil=True)
    owe(session, jy001, "2026-05-01")
    assert decided(session, jy001) == ("presumed_dead", "inferred", "long_silent_periods")
    flood = excuse(session, jy001, 202605, "disaster")
    assert decided(session, jy001) == ("dormant", "inferred", "silent_periods")
    flood.withdrawn_at = NOON
    session.flush()
    assert decided(session, jy001) == ("presumed_dead", "inferred", "long_silent_periods")


def test_where_a_feed_reported_its_report_speaks_and_not_the_excuse(session: Session, jy001: int) -> None:
    owe(session, jy001, "2026-05-01")
    for period in SILENT_MONTHS:
        excuse(session, jy001, period, "feed")
        if period > 202605:
            report(session, jy001, period, "2026-11-04", source="feed", nil=True)
    # Five nil months of the feed; May was excused and the feed said nothing.
    assert decided(session, jy001) == ("dormant", "inferred", "silent_periods")
    assert [one.id for one in evidence(session, jy001) if one.state is ReportState.EXCUSED] == ["excuse:1"]
    # An active month stops the run, excused or not.
    report(session, jy001, 202605, "2026-06-04", source="feed")
    assert decided(session, jy001) == ("dormant", "inferred", "silent_periods")


def test_an_active_feed_is_fresh_though_its_month_is_excused(session: Session, jy001: int) -> None:
    excuse(session, jy001, 202610, "feed")
    excuse(session, jy001, 202609, "disaster")
    report(session, jy001, 202610, "2026-10-20", source="feed")
    assert decided(session, jy001) == ("alive", "verified", "feed_active")


def test_a_month_begun_late_is_not_owed_as_its_rate_does_not_count_it() -> None:
    late = Obligation(D(2026, 4, 21))
    assert without_late_openings([late], 20) == [Obligation(D(2026, 5, 1))]
    assert without_late_openings([Obligation(D(2026, 4, 20))], 20) == [Obligation(D(2026, 4, 20))]
    # It owed the month anyway, before a pause.
    earlier = Obligation(D(2026, 1, 1), D(2026, 4, 5))
    assert without_late_openings([late, earlier], 20) == [late, earlier]
    assert without_late_openings([Obligation(D(2026, 12, 31))], 20) == [Obligation(D(2027, 1, 1))]
    assert without_late_openings([replace(late, ends_on=D(2026, 4, 25))], 20) == []


def test_a_late_opening_makes_no_silent_month(session: Session, jy001: int) -> None:
    owe(session, jy001, "2026-07-21")
    # August, September and October are silent; July was begun too late.
    assert decided(session, jy001) == ("dormant", "inferred", "silent_periods")
    assert decided(session, jy001, instant("2026-11-05")) == ("unknown", None, "no_evidence")


def test_a_report_is_read_in_the_state_and_version_it_had_then(session: Session, jy001: int) -> None:
    one = report(session, jy001, 202608, "2026-09-02", "submitted", nil=True, changed="2026-09-20", version=2)
    version(session, one, 1, "2026-09-02", parcels_in=3)
    version(session, one, 2, "2026-09-20", is_nil=True)
    for to, at in (("submitted", "2026-09-02"), ("accepted", "2026-09-05"), ("returned", "2026-09-12"),
                   ("submitted", "2026-09-20")):  # fmt: skip
        step(session, one, to, at)
    told = {}
    for day in ("2026-09-01", "2026-09-02", "2026-09-05", "2026-09-12", "2026-09-20", "2026-11-20"):
        facts = facts_of(session, select(Station.id).where(Station.id == jy001), known_at=instant(day, 5))
        told[day] = [(f.state.value, f.activity is not None, f.is_nil) for f in facts[jy001].evidence]
    assert told == {
        "2026-09-01": [], "2026-09-02": [("submitted", True, False)], "2026-09-05": [("accepted", True, False)],
        "2026-09-12": [("returned", True, False)], "2026-09-20": [("submitted", False, True)],
        "2026-11-20": [("submitted", False, True)],
    }  # fmt: skip


def test_an_excuse_stood_until_it_was_withdrawn(session: Session, jy001: int) -> None:
    excuse(session, jy001, 202608, "disaster", recorded_at=instant("2026-09-10"), withdrawn_at=instant("2026-10-10"))
    stood = [len(evidence(session, jy001, instant(day))) for day in ("2026-09-09", "2026-09-10", "2026-10-09")]
    assert (stood, evidence(session, jy001, instant("2026-10-10"))) == ([0, 1, 1], [])


def test_a_month_closes_on_the_sixth_and_the_whole_world_is_due_that_night(
    sessions: sessionmaker[Session], world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rechecking, "BATCH", 2)
    with sessions.begin() as session:
        for station_id in world.stations.values():
            owe(session, station_id, "2026-01-01")
            report(session, station_id, 202609, "2026-10-04")
        refresh_vitality(session, list(world.stations.values()), now=NOON)
        days = set(session.execute(select(Station.vitality, Station.vitality_recheck_on)))
        # September is among the last two closed months until November closes.
        assert {tuple(one) for one in days} == {("alive", D(2026, 12, 6))}
    assert recheck_due(sessions, dt.datetime(2026, 12, 5, 15, 59, tzinfo=dt.UTC)).looked_at == 0
    done = recheck_due(sessions, dt.datetime(2026, 12, 5, 16, 0, tzinfo=dt.UTC))
    assert (done.looked_at, done.changed) == (3, 3)
    with sessions() as session:
        found = set(session.execute(select(Station.vitality, Station.vitality_since, Station.vitality_recheck_on)))
        # October and November were silent; December makes three and closes on 6 January.
        assert {tuple(one) for one in found} == {("unknown", D(2026, 12, 6), D(2027, 1, 6))}


def test_the_life_on_file_is_renewed_also_where_the_answer_stays(session: Session, world: World, jy001: int) -> None:
    def on_file() -> tuple[object, ...]:
        one = session.get_one(Station, jy001)
        return one.vitality, one.accepted_on, one.last_alive_on, one.dead_by_on

    report(session, jy001, 202609, "2026-10-04")
    decided(session, jy001)
    assert on_file() == ("alive", D(2024, 5, 10), D(2026, 9, 30), None)
    report(session, jy001, 202610, "2026-11-04")
    decided(session, jy001)
    assert on_file() == ("alive", D(2024, 5, 10), D(2026, 10, 31), None)
    look(session, session.get_one(Station, jy001), world.callers["chen"], "gone", 3, known=NOON)
    assert on_file() == ("dead", D(2024, 5, 10), D(2026, 10, 31), D(2026, 11, 17))
    assert len(session.scalars(select(VitalityState)).all()) == 2


def test_a_run_of_ids_brings_no_fact_of_who_was_not_asked_for_and_none_twice(session: Session, world: World) -> None:
    first, between, last = (world.stations[code] for code in ("JY001", "JY002", "TJ001"))
    # The first and the last were silent lately, so their old months are needed; the one between has a closed door.
    for station_id in (first, between, last):
        report(session, station_id, 202601, "2026-02-04", source="feed")
    report(session, between, 202610, "2026-11-04")
    look(session, session.get_one(Station, between), world.callers["chen"], "closed_at_visit", 400)
    question = Question(D(2026, 11, 20), AlivePolicy())
    some = select(Station.id).where(Station.id.in_([first, last]))
    assert sorted(facts_of(session, some, question=question)) == [first, last]
    everybody = facts_of(session, Span(first, last), question=question)
    ids = [[fact.id for fact in everybody[one].evidence] for one in (first, between, last)]
    assert ids == [["report:1"], ["observation:1", "report:4", "report:2"], ["report:3"]]
