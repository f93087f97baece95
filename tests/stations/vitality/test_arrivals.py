"""Parcels that arrived speak for their station; the newest says all that the rule needs, and is asked at once."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from field_app_schema.vocab import EvidenceKind
from stations.records.network import DeliveryTrace
from stations.records.tables import Station, StationTransition
from stations.vitality.arrivals import Arrivals, newest_by, stops_before
from stations.vitality.evidence import AlivePolicy, Evidence, StationFacts
from stations.vitality.fetching import facts_of
from stations.vitality.lifetime import lifetime
from stations.vitality.refreshing import refresh_vitality
from stations.vitality.rule import decide
from stations.vitality.trimming import Question
from stations.vitality.which import these
from tests.conftest import NOON
from tests.stations.vitality.test_rule_properties import DAYS, HISTORIES
from tests.world import World

D = dt.date.fromisoformat
PARCELS = st.lists(DAYS, max_size=8, unique=True)


def with_arrivals(facts: StationFacts, days: set[dt.date]) -> StationFacts:
    said = [Evidence(f"trace:{day}", EvidenceKind.LOGISTICS_TRACE, day) for day in sorted(days)]
    return replace(facts, evidence=(*facts.evidence, *said))


def thinned(facts: StationFacts, days: set[dt.date], as_of: dt.date) -> set[dt.date]:
    by_then = {day for day in days if day <= as_of}
    if not by_then:
        return set()
    newest = max(by_then)
    return {newest} | newest_by(by_then, stops_before(facts.listing, as_of, newest))


@settings(max_examples=400, deadline=None, derandomize=True)
@given(HISTORIES, PARCELS, DAYS)
def test_the_newest_arrival_says_all_that_the_rule_needs(
    facts: StationFacts, parcels: list[dt.date], as_of: dt.date
) -> None:
    whole = with_arrivals(facts, set(parcels))
    fewer = with_arrivals(facts, thinned(facts, set(parcels), as_of))
    policy = AlivePolicy()
    assert decide(fewer, as_of, policy) == decide(whole, as_of, policy)
    assert lifetime(fewer, as_of, policy) == lifetime(whole, as_of, policy)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(HISTORIES, PARCELS, DAYS)
def test_of_each_month_the_newest_decides_its_last_day(
    facts: StationFacts, parcels: list[dt.date], some_day: dt.date
) -> None:
    as_of = (some_day.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
    months = {max(one for one in parcels if (one.year, one.month) == (day.year, day.month)) for day in parcels}
    kept = months | newest_by(parcels, stops_before(facts.listing, None, max(parcels))) if parcels else set()
    whole, fewer = with_arrivals(facts, set(parcels)), with_arrivals(facts, kept)
    assert decide(fewer, as_of).vitality == decide(whole, as_of).vitality
    assert decide(fewer, as_of).reason == decide(whole, as_of).reason


def arrive(
    session: Session, world: World, station: str, *days: str | None, recorded: dt.datetime = NOON
) -> None:
    place = session.execute(select(Station.unit_code, Station.unit_path).where(Station.code == station)).one()
    for number, day in enumerate(days):
        name = hashlib.sha256(f"{station} {number} {day} {recorded}".encode()).hexdigest()
        session.add(DeliveryTrace(
            waybill_sha256=name, carrier="邮政", village_code=place.unit_code, unit_path=place.unit_path,
            station_id=world.stations[station], sent_on=D("2026-01-01"), arrived_on=day and D(day),
            recorded_at=recorded, arrival_recorded_at=recorded if day else None,
        ))  # fmt: skip
    session.flush()


def ids_of(session: Session, world: World, **how: object) -> dict[str, list[tuple[str, str]]]:
    found = facts_of(session, these(sorted(world.stations.values())), **how)
    codes = {id_: code for code, id_ in world.stations.items()}
    return {codes[id_]: sorted((one.id, str(one.at)) for one in facts.evidence) for id_, facts in found.items()
            if facts.evidence}  # fmt: skip


def test_only_the_arrivals_that_an_answer_needs_are_fetched(session: Session, world: World) -> None:
    arrive(session, world, "JY001", "2026-08-01", "2026-09-01", "2026-09-30", "2026-09-30", None, "2026-10-02")
    arrive(session, world, "JY002", "2026-09-10", recorded=NOON + dt.timedelta(days=1))
    question = Question(D("2026-10-01"), AlivePolicy())
    assert ids_of(session, world, question=question, known_at=NOON) == {"JY001": [("trace:3", "2026-09-30")]}
    assert ids_of(session, world, question=question)["JY002"] == [("trace:7", "2026-09-10")]
    assert [one[-1] for one, _ in ids_of(session, world)["JY001"]] == ["1", "2", "3", "4", "6"]
    by_month = ids_of(session, world, arrivals=Arrivals.BY_MONTH)["JY001"]
    assert by_month == [("trace:1", "2026-08-01"), ("trace:3", "2026-09-30"), ("trace:6", "2026-10-02")]
    # Suspended on 15 September: what arrived by then is needed beside what came later.
    session.add(StationTransition(station_id=world.stations["JY001"], from_status="active", to_status="suspended",
                                  effective_on=D("2026-09-15"), reason_code="repair", evidence_ids=[], details={},
                                  recorded_at=NOON))  # fmt: skip
    session.flush()
    suspended = ids_of(session, world, question=question)["JY001"]
    assert suspended == [("trace:2", "2026-09-01"), ("trace:3", "2026-09-30")]


@pytest.mark.parametrize(("arrived", "answer"), [
    ("2026-08-22", ("alive", "verified", "parcels_delivered", D("2026-08-22"), D("2026-11-21"))),
    ("2026-08-21", ("unknown", None, "evidence_stale", D("2026-08-21"), None)),
])  # fmt: skip
def test_a_parcel_keeps_a_station_alive_for_ninety_days(
    session: Session, world: World, arrived: str, answer: tuple[object, ...]
) -> None:
    arrive(session, world, "JY001", arrived)
    statements: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *told: statements.append(told[2]))
    refresh_vitality(session, [world.stations["JY001"]], now=NOON)
    assert sum("delivery_trace" in one for one in statements) == 1
    one = session.get_one(Station, world.stations["JY001"])
    assert (one.vitality, one.vitality_confidence, one.vitality_reason, one.last_alive_on,
            one.vitality_recheck_on) == answer  # fmt: skip
