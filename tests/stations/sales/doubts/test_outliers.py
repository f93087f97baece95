"""Outliers of the small world: by their own past, by peers, slips by name; nothing is blocked."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from stations.records.periods import months_between, shifted
from stations.sales.doubts.outliers import OutlierQuestion, outliers
from stations.sales.doubts.tables import FollowUp
from tests.conftest import NOON
from tests.stations.sales.rates.building import report
from tests.world import World, add_station

USUAL = (1000, 1200, 900, 1100, 1000, 1300)


def asked(session: Session, world: World, person: str = "jiang", **question: Any) -> dict[str, Any]:
    return outliers(session, world.callers[person], OutlierQuestion(**question), now=NOON)


def file_past(session: Session, station_id: int, last: int = 202609, yuan: tuple[int, ...] = USUAL) -> None:
    """Report online sales for as many months up to `last`."""
    for back, value in enumerate(reversed(yuan)):
        report(session, station_id, shifted(last, -back), online_sales_out_fen=value * 100)


def test_far_from_its_own_past_with_last_year_beside_it(session: Session, world: World) -> None:
    station = world.stations["JY001"]
    file_past(session, station)
    report(session, station, 202510, online_sales_out_fen=1_100_050)
    report(session, station, 202610, online_sales_out_fen=1_200_000, source="proxy")
    session.add(FollowUp(station_id=station, period=202610, subject="online_sales_out", reason_code="festival",
                         set_at=NOON))  # fmt: skip
    session.flush()
    answer = asked(session, world)
    (row,) = answer["outliers"]
    assert (row["station"], row["name"], row["period"], row["field"]) == (
        "JY001", "何家湾服务站", "202610", "online_sales_out"
    )  # fmt: skip
    # The month of the last year stands among the seven of the past: median ln 1101, so the middle one is 1100.
    assert (row["value"], row["median"], row["n"], row["unit"]) == ("12000.00", "1100.00", 7, "yuan")
    assert (row["basis"], row["same_month_last_year"], row["slip"]) == ("own", "11000.50", "x10")
    assert row["z"] > 3.5
    assert row["follow_up"]["reason_code"] == "festival"
    assert answer["frame"]["sources"] == {"owner": 0, "proxy": 1, "import": 0, "feed": 0}
    assert (answer["frame"]["unknown_share"], answer["count"]) == (0.0, 1)
    assert answer["permissions"] == {"may_mark": True}
    assert asked(session, world, "ping")["permissions"] == {"may_mark": False}


def test_yuan_for_ten_thousand_yuan_is_named_and_so_is_the_reverse(session: Session, world: World) -> None:
    for code, fen in (("JY001", 13), ("JY002", 1_000_000_000)):
        file_past(session, world.stations[code])
        report(session, world.stations[code], 202610, online_sales_out_fen=fen)
    rows = asked(session, world, threshold=100)["outliers"]
    assert [(row["station"], row["value"], row["slip"]) for row in rows] == [
        ("JY001", "0.13", "unit_slip"), ("JY002", "10000000.00", "unit_slip"),
    ]  # fmt: skip
    assert rows[0]["zh"] == "可能把元和万元弄混了,请核对单位。"


def test_an_ordinary_month_nil_and_nought_are_no_outliers(session: Session, world: World) -> None:
    file_past(session, world.stations["JY001"])
    report(session, world.stations["JY001"], 202610, online_sales_out_fen=105_000, parcels_in=0)
    file_past(session, world.stations["JY002"])
    report(session, world.stations["JY002"], 202610, is_nil=True)
    answer = asked(session, world)
    assert (answer["outliers"], answer["frame"]["unknown_share"]) == ([], 0.0)


def test_what_was_sent_back_is_looked_at_but_says_nothing_of_what_is_usual(session: Session, world: World) -> None:
    station = world.stations["JY001"]
    file_past(session, station, last=202608)
    report(session, station, 202609, online_sales_out_fen=1_000_000_000, state="returned")
    report(session, station, 202610, online_sales_out_fen=1_000_000_000, state="returned")
    rows = asked(session, world, pe="202609;202610")["outliers"]
    told = [(row["period"], row["n"], row["median"]) for row in rows]
    assert told == [("202609", 6, "1050.00"), ("202610", 6, "1050.00")]


def test_a_constant_past_names_only_slips(session: Session, world: World) -> None:
    for code, value in (("JY001", 350), ("JY002", 70)):
        for period in months_between(202604, 202609):
            report(session, world.stations[code], period, parcels_in=35)
        report(session, world.stations[code], 202610, parcels_in=value)
    (row,) = asked(session, world)["outliers"]
    assert (row["station"], row["z"], row["slip"], row["value"], row["median"], row["unit"]) == (
        "JY001", None, "x10", "350", "35", "pieces"
    )  # fmt: skip


def with_peers(session: Session, values: list[int]) -> None:
    for number, parcels in enumerate(values):
        path = "/CN/43/4311/431125/431125100/431125100202/"
        peer = add_station(session, f"JY1{number:02d}", f"邻{number}", "431125100202", path, 111.3, 25.2, NOON)
        report(session, peer, 202610, parcels_in=parcels)


def test_a_short_past_is_compared_with_peers_of_the_county(session: Session, world: World) -> None:
    with_peers(session, [30, 35, 32, 40, 38, 36])
    report(session, world.stations["JY001"], 202610, parcels_in=3500)
    # Of another county, so no peer and with none.
    report(session, world.stations["TJ001"], 202610, parcels_in=3500)
    answer = asked(session, world, "xiang")
    (row,) = answer["outliers"]
    # A hundred times the peers' median is no slip of a digit: a peer may be that much larger.
    assert (row["station"], row["basis"], row["n"], row["median"], row["slip"]) == ("JY001", "peers", 6, "35.5", None)
    assert answer["frame"]["unknown_share"] == 1 / 8


def test_too_few_peers_say_nothing(session: Session, world: World) -> None:
    with_peers(session, [30, 35])
    report(session, world.stations["JY001"], 202610, parcels_in=3500)
    answer = asked(session, world)
    assert (answer["outliers"], answer["frame"]["unknown_share"]) == ([], 1.0)


def test_pages_follow_station_and_month(session: Session, world: World) -> None:
    for code in ("JY002", "JY001"):
        file_past(session, world.stations[code], last=202608)
        for period in (202610, 202609):
            report(session, world.stations[code], period, online_sales_out_fen=1_000_000_000)
    pages = [asked(session, world, pe="LAST_2_MONTHS", offset=at, limit=2) for at in (0, 2)]
    told = [(row["station"], row["period"]) for page in pages for row in page["outliers"]]
    assert told == [("JY001", "202609"), ("JY001", "202610"), ("JY002", "202609"), ("JY002", "202610")]
    assert [page["count"] for page in pages] == [4, 4]


def test_what_is_refused(session: Session, world: World) -> None:
    with pytest.raises(Refusal, match="OUT_OF_SCOPE"):
        asked(session, world, "zhou", ou="431125")
    with pytest.raises(Refusal, match="PERIOD_UNKNOWN"):
        asked(session, world, pe="x")


def test_a_quiet_unit_gives_an_empty_page(session: Session, world: World) -> None:
    answer = asked(session, world, ou="430922100", person="zhou")
    assert (answer["outliers"], answer["count"], answer["frame"]["unknown_share"]) == ([], 0, None)
    assert answer["frame"]["as_of"] == dt.date(2026, 11, 20)
