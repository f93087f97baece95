"""Contradictions and the visit list of the small world, on both databases."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy.orm import Session

from stations.records.periods import months_between
from stations.records.tables import Station, StationVersion
from stations.sales.doubts.contradictions import contradictions
from stations.sales.doubts.tables import FollowUp
from stations.sales.doubts.visiting import visit_list
from tests.conftest import NOON
from tests.stations.register.building import look
from tests.stations.sales.rates.building import owe, report
from tests.world import World


def asked(session: Session, world: World, person: str = "xiang", **more: Any) -> dict[str, Any]:
    given = {"ou": None, "as_of": None, "offset": 0, "limit": 100} | more
    return contradictions(session, world.callers[person], now=NOON, **given)


def listed(session: Session, world: World, person: str = "chen", **more: Any) -> dict[str, Any]:
    return visit_list(session, world.callers[person], now=NOON, **({"ou": None, "offset": 0, "limit": 100} | more))


@pytest.fixture
def doubtful(session: Session, world: World) -> Session:
    """JY001 was seen gone in August and repeats its figures; JY002 is open for a year and silent; TJ001 is both."""
    stations = {code: session.get_one(Station, id_) for code, id_ in world.stations.items()}
    chen = world.callers["chen"]
    look(session, stations["JY001"], chen, "gone", 92)
    for period in months_between(202608, 202610):
        report(session, stations["JY001"].id, period)
    for days in (400, 30):
        look(session, stations["JY002"], chen, "open_operating", days)
        look(session, stations["TJ001"], chen, "open_operating", days, method="phone_callback")
    for code in ("JY002", "TJ001"):
        owe(session, stations[code].id, "2025-10-01")
    return session


def test_each_with_its_evidence_and_sentences(doubtful: Session, world: World) -> None:
    answer = asked(doubtful, world)
    assert [(row["station"], row["code"]) for row in answer["contradictions"]] == [
        ("JY001", "reports_sales_but_seen_gone"), ("JY001", "repeated_month_after_month"),
        ("JY002", "open_for_a_year_but_never_reports"),
    ]  # fmt: skip
    gone, repeated, silent = answer["contradictions"]
    assert gone["name"] == "何家湾服务站"
    assert [(one["kind"], one["on"], one["period"]) for one in gone["evidence"]] == [
        ("visit", dt.date(2026, 8, 20), None), ("report", None, "202609"), ("report", None, "202610"),
    ]  # fmt: skip
    assert repeated["evidence"][0]["figures"] == {"online_sales_out": "12000.00", "parcels_in": "35"}
    assert silent["zh"] == "2025-10-16 和 2026-10-21 两次现场检查都见营业,但自2025年11月起连续 12 个应报月份没有报送。"
    assert answer["frame"]["sources"] == {"owner": 3, "proxy": 0, "import": 0, "feed": 0, "visit": 3}
    assert (answer["count"], answer["permissions"]) == (3, {"may_mark": True})


def test_pages_marks_and_an_earlier_day(doubtful: Session, world: World) -> None:
    doubtful.add(FollowUp(station_id=world.stations["JY002"], subject="open_for_a_year_but_never_reports",
                          reason_code="visit", set_at=NOON))  # fmt: skip
    doubtful.flush()
    second = asked(doubtful, world, offset=2, limit=5)
    (row,) = second["contradictions"]
    assert (row["station"], row["follow_up"]["reason_code"]) == ("JY002", "visit")
    then = asked(doubtful, world, as_of=dt.date(2026, 10, 20))
    assert [(row["station"], row["code"], len(row["evidence"])) for row in then["contradictions"]] == [
        ("JY001", "reports_sales_but_seen_gone", 2)
    ]  # fmt: skip
    assert then["frame"]["periods"][-1] == "202609"
    assert asked(doubtful, world, "zhou")["contradictions"] == []


def test_of_two_descriptions_of_one_day_the_later_word_holds(session: Session, world: World) -> None:
    station = session.get_one(Station, world.stations["JY001"])
    report(session, station.id, 202610)
    first = session.get_one(StationVersion, station.version_id)
    told = {name: getattr(first, name) for name in ("station_id", "name", "village_code", "coord_quality", "extra")}
    session.add(StationVersion(**told, source="edit", services=["sale_agency"], valid_from=first.valid_from,
                               recorded_at=NOON))  # fmt: skip
    session.flush()
    assert [row["code"] for row in asked(session, world)["contradictions"]] == ["parcels_without_service"]


def test_the_visit_list_names_reasons_and_no_figure(doubtful: Session, world: World) -> None:
    one, two = (doubtful.get_one(Station, world.stations[code]) for code in ("JY001", "JY002"))
    one.vitality, one.vitality_reason = "dead", "gone_seen"
    two.vitality, two.vitality_reason = "weak", "one_strike_but_fresh"
    doubtful.add(FollowUp(station_id=two.id, subject="parcels_in", period=202610, reason_code="visit", set_at=NOON))
    doubtful.add(FollowUp(station_id=one.id, subject="parcels_in", period=202610, reason_code="festival", set_at=NOON))
    doubtful.flush()
    answer = listed(doubtful, world)
    told = [(town["code"], town["name"], row["station"], [reason["code"] for reason in row["reasons"]])
            for town in answer["townships"] for row in town["stations"]]  # fmt: skip
    assert told == [
        ("431125100", "潇浦镇", "JY001", ["reports_sales_but_seen_gone", "repeated_month_after_month"]),
        ("431125101", "上江圩镇", "JY002", ["open_for_a_year_but_never_reports", "one_strike", "follow_up"]),
    ]
    assert answer["reasons"] == {"follow_up": 1, "one_strike": 1, "open_for_a_year_but_never_reports": 1,
                                 "repeated_month_after_month": 1, "reports_sales_but_seen_gone": 1}  # fmt: skip
    assert "12000" not in str(answer["townships"])
    assert (answer["count"], answer["frame"]["rule_version"]) == (2, "v1")
    assert [town["code"] for town in listed(doubtful, world, offset=1)["townships"]] == ["431125101"]


def test_unknown_and_presumed_dead_are_worth_a_visit_the_suspended_not(session: Session, world: World) -> None:
    one, two = (session.get_one(Station, world.stations[code]) for code in ("JY001", "JY002"))
    one.vitality = "presumed_dead"
    two.listing_status = "suspended"
    session.flush()
    answer = listed(session, world, "xiang")
    assert [(town["code"], row["station"], row["reasons"][0]["code"]) for town in answer["townships"]
            for row in town["stations"]] == [
        ("430922100", "TJ001", "unknown"), ("431125100", "JY001", "presumed_dead"),
    ]  # fmt: skip
