"""The month at a glance: lists by place, telephones for staff only, counts by county beyond 500 stations."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from stations.records.tables import Station, StationVersion
from stations.sales.rates.asking import RatesQuestion, reporting_rates
from stations.sales.returns.glance import month_at_a_glance
from tests.stations.sales.returns.building import (
    LAST_SECOND,
    OCTOBER,
    SIXTH,
    THIRD,
    begin,
    excuse,
    more_stations,
    report,
)
from tests.world import World


def glance(session: Session, world: World, person: str = "jiang", ou: str | None = None, now: dt.datetime = SIXTH):
    return month_at_a_glance(session, world.callers[person], ou, OCTOBER, now=now)


def codes(rows: list[tuple[str, ...]] | None) -> list[str]:
    return [row[0] for row in rows or []]


def test_whom_to_ring_by_township_and_code_with_telephone(session: Session, world: World) -> None:
    more_stations(session, world, 3)
    begin(session)
    station = session.get(Station, world.stations["X001"])
    assert station is not None
    version = session.get(StationVersion, station.version_id)
    assert version is not None
    version.phone, version.head_name = "0746-1234567", "李站长"
    report(session, world, "JY001", fen=1_200_000)
    report(session, world, "X000", fen=5000, state="submitted", timeliness="late")
    report(session, world, "X002", is_nil=True, state="returned")
    month = glance(session, world)
    assert [tuple(row) for row in month["missing"]] == [
        ("X001", "X001 站", "李站长", "0746-1234567", "潇浦镇"), ("JY002", "夏湾服务站", None, None, "上江圩镇"),
    ]  # fmt: skip
    lists = [codes(month[name]) for name in ("late", "awaiting", "returned", "excused")]
    assert lists == [["X000"], ["X000"], ["X002"], []]
    assert month["coverage"]["line_zh"] == "5 站应报,3 站已报(有数 2,零报告 1),2 站漏报,2 站已报未采纳"
    assert month["totals"]["online_sales_out"] == "12000.00"
    assert month["totals_unaccepted"]["online_sales_out"] == "50.00"
    assert month["frame"]["sources"] == {"owner": 3}
    assert month["frame"]["unknown_share"] == 0.4
    assert (month["county_return"], month["counties"]) == (None, None)


def test_a_third_party_sees_neither_telephone_nor_head(session: Session, world: World) -> None:
    begin(session)
    version = session.get(StationVersion, session.get_one(Station, world.stations["JY001"]).version_id)
    assert version is not None
    version.phone, version.head_name = "13900000000", "唐站长"
    told = glance(session, world, "ping")["missing"]
    assert [tuple(row) for row in told] == [
        ("JY001", "何家湾服务站", None, None, "潇浦镇"), ("JY002", "夏湾服务站", None, None, "上江圩镇"),
    ]  # fmt: skip


def test_the_fifth_is_in_time_and_the_sixth_is_not(session: Session, world: World) -> None:
    begin(session)
    before, after = glance(session, world, now=LAST_SECOND), glance(session, world, now=SIXTH)
    assert (before["is_past_due"], before["coverage"]["missing"], before["coverage"]["outstanding"]) == (False, 0, 2)
    assert (after["is_past_due"], after["coverage"]["missing"], after["coverage"]["outstanding"]) == (True, 2, 0)
    assert codes(before["missing"]) == codes(after["missing"]) == ["JY001", "JY002"]
    assert before["due_at"] == dt.datetime(2026, 11, 5, 16, 0, tzinfo=dt.UTC)


def test_excused_and_fed_stations_are_not_rung(session: Session, world: World) -> None:
    begin(session)
    excuse(session, world, "JY001", "disaster")
    excuse(session, world, "JY002", "feed")
    report(session, world, "JY002", fen=100_000, source="feed", state="submitted", is_expected=False)
    month = glance(session, world)
    assert (codes(month["missing"]), codes(month["awaiting"]), codes(month["excused"])) == ([], [], ["JY001", "JY002"])
    assert month["coverage"]["line_zh"] == "0 站应报,0 站已报,0 站漏报;另有免报 1 站、自动报送 1 站"
    assert month["totals"] == month["totals_by_feed"]
    assert month["totals"]["online_sales_out"] == "1000.00"
    assert month["frame"]["unknown_share"] is None


def test_a_province_counts_by_county_and_lists_as_long_as_somebody_can_ring(session: Session, world: World) -> None:
    begin(session)
    begin(session, "430922")
    report(session, world, "TJ001", fen=3)
    month = glance(session, world, "xiang")
    assert [(one["county"], one["name"], one["coverage"]["line_en"]) for one in month["counties"]] == [
        ("430922", "桃江县", "1 of 1 stations reported, 0 missing"),
        ("431125", "江永县", "0 of 2 stations reported, 2 missing"),
    ]
    assert codes(month["missing"]) == ["JY001", "JY002"]
    assert glance(session, world, "yong")["counties"] == [month["counties"][1]]


def test_beyond_500_stations_a_province_has_counts_and_its_county_has_lists(session: Session, world: World) -> None:
    more_stations(session, world, 499)
    begin(session)
    month = glance(session, world, "xiang")
    assert [month[name] for name in ("missing", "late", "returned", "awaiting", "excused")] == [None] * 5
    assert month["counties"][0]["coverage"]["missing"] == 501
    assert len(glance(session, world)["missing"]) == 501


def test_a_stranger_is_refused_and_a_month_to_come_is_not_shown(session: Session, world: World) -> None:
    begin(session)
    with pytest.raises(Refusal, match="OUT_OF_SCOPE"):
        glance(session, world, "zhou", "431125")
    with pytest.raises(Refusal, match="UNIT_UNKNOWN"):
        glance(session, world, "xiang", "999999")
    with pytest.raises(Refusal, match="PERIOD_NOT_ENDED"):
        month_at_a_glance(session, world.callers["jiang"], None, 202612, now=SIXTH)
    assert month_at_a_glance(session, world.callers["jiang"], None, 202611, now=THIRD)["permissions"] == {
        "may_send": False, "may_accept": False, "may_return": False,
    }  # fmt: skip


def test_the_line_says_what_the_reporting_rates_say(session: Session, world: World) -> None:
    more_stations(session, world, 6)
    begin(session)
    report(session, world, "JY001", fen=1, timeliness="late")
    report(session, world, "X000", is_nil=True, state="returned")
    report(session, world, "X001", fen=5, source="feed", is_expected=False)
    report(session, world, "X002", fen=5, is_expected=False)
    for code, reason in (("X001", "feed"), ("X002", "disaster"), ("X003", "feed"), ("X004", "suspended")):
        excuse(session, world, code, reason)
    line = glance(session, world)["coverage"]
    rates = reporting_rates(session, world.callers["jiang"], RatesQuestion(pe="202610"), now=SIXTH)["total"]
    assert [line[name] for name in ("expected", "reported", "nil", "late", "missing", "excused", "feed")] == [
        4, 2, 1, 1, 2, 2, 2,
    ]  # fmt: skip
    assert [rates[name] for name in ("expected", "actual", "nil", "late", "missing")] == [4, 2, 1, 1, 2]
    # The rates count the feeds that reported, and every excuse, that of a feed too.
    assert (rates["feed"], rates["excused"]) == (line["feed"] - line["feed_silent"], line["excused"] + line["feed"])
