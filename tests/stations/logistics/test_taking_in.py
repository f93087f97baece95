"""Nodes, routes, couriers and links out of files: all or nothing, twice is once, every wrong cell by its place."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from stations.people.tables import AuditEvent
from stations.records.network import CourierService, LogisticsNode, LogisticsRoute, NetworkImport, NodeVillage
from stations.records.tables import ServiceLink, Station
from tests.conftest import NOON
from tests.stations.logistics.taking import counts, take, wrong
from tests.world import World

D = dt.date.fromisoformat
NODES = """
节点编号,节点名称,层级,乡镇,行政村,经度,纬度,坐标系,服务村,承诺时限(天),开始日期,结束日期
WL0,县中心,县,,,111.3433,25.2700,,,1,2024-01-01,
WL1,潇浦站,乡镇,潇浦镇,,111.3487,25.2678,gcj02,,1.5,2024-01-01,
WL2,何家湾点,村,潇浦镇,何家湾村,,,,何家湾村、圳景村,2天,2024-01-01,
"""
LATER = NOON + dt.timedelta(days=1)


def standing(session: Session) -> list[tuple[str, str, str, str | None]]:
    rows = session.scalars(select(LogisticsNode).where(LogisticsNode.superseded_at.is_(None))
                           .order_by(LogisticsNode.code, LogisticsNode.starts_on))  # fmt: skip
    return [(one.code, one.name, str(one.starts_on), one.ends_on and str(one.ends_on)) for one in rows]


def test_nodes_come_in_once_with_their_units_places_and_villages(session: Session, world: World) -> None:
    tried = take(session, world, "nodes", NODES, dry_run=True)
    assert (counts(tried), tried["saved"], standing(session)) == ({"new": 3}, False, [])
    taken = take(session, world, "nodes", NODES)
    assert (counts(taken), taken["saved"], taken["notices"][0]["code"]) == ({"new": 3}, True, "DATUM_ASSUMED")
    centre, station, stop = session.scalars(select(LogisticsNode).order_by(LogisticsNode.code))
    assert [one.unit_code for one in (centre, station, stop)] == ["431125", "431125100", "431125100201"]
    assert (station.lon_raw, station.coord_system, stop.coord_quality) == (111.3487, "gcj02", "missing")
    assert (station.lon, station.lat) == pytest.approx((111.343313, 25.270531), abs=2e-6)
    assert (stop.promised_days, stop.point) == (2.0, None)
    served = session.scalars(select(NodeVillage.village_code).order_by(NodeVillage.village_code)).all()
    assert served == ["431125100201", "431125100202"]
    assert counts(take(session, world, "nodes", NODES, now=LATER)) == {"same": 3}
    assert session.scalar(select(func.count(LogisticsNode.id))) == 3
    kept = session.scalars(select(NetworkImport).order_by(NetworkImport.id)).all()
    assert [(one.kind, one.unit_code, one.file_name, one.counts["new"]) for one in kept] == [
        ("nodes", "431125", "nodes.csv", 3), ("nodes", "431125", "nodes.csv", 0)]  # fmt: skip
    acts = session.scalars(select(AuditEvent.object_id).where(AuditEvent.action == "network.import")).all()
    assert sorted(acts) == [str(one.id) for one in kept]


def test_other_facts_supersede_and_an_end_ends(session: Session, world: World) -> None:
    take(session, world, "nodes", NODES)
    moved = """
    code,name,level,village_code,villages_served,starts_on,ends_on
    WL2,圳景点,村,431125100202,圳景村,2026-01-01,
    WL0,县中心,county,,,2024-01-01,2026-06-01
    """
    assert counts(take(session, world, "nodes", moved, now=LATER)) == {"changed": 1, "ended": 1}
    assert standing(session) == [
        ("WL0", "县中心", "2024-01-01", "2026-06-01"), ("WL1", "潇浦站", "2024-01-01", None),
        ("WL2", "何家湾点", "2024-01-01", "2026-01-01"), ("WL2", "圳景点", "2026-01-01", None),
    ]  # fmt: skip
    newest = session.scalars(select(LogisticsNode).where(LogisticsNode.name == "圳景点")).one()
    assert newest.promised_days == 2.0, "a blank cell states nothing"
    villages = session.execute(select(NodeVillage.village_code, NodeVillage.starts_on, NodeVillage.ends_on)
                               .where(NodeVillage.superseded_at.is_(None)).order_by(NodeVillage.id)).all()  # fmt: skip
    assert [tuple(one) for one in villages] == [
        ("431125100201", D("2024-01-01"), D("2026-01-01")), ("431125100202", D("2024-01-01"), D("2026-01-01")),
        ("431125100202", D("2026-01-01"), None)]  # fmt: skip
    # As known before the second file, the first still stands whole.
    known = select(func.count(LogisticsNode.id)).where(LogisticsNode.recorded_at <= NOON)
    assert session.scalar(known.where(LogisticsNode.superseded_at > NOON)) == 2
    assert counts(take(session, world, "nodes", NODES, now=LATER)) == {"same": 3}


def test_every_wrong_cell_of_nodes_is_named(session: Session, world: World) -> None:
    bad = """
    节点编号,节点名称,层级,行政村,行政区划代码,经度,纬度,服务村,承诺时限,开始日期,结束日期
    A,甲,村,,431125100209,25.27,111.34,,,2024-01-01,
    B,乙,洲,何家湾村,,0,0,没有这个村,,2024-13-01,
    C,丙,村,,430922100200,200,10,,-1,2024-01-01,2024-01-01
    D,,村,,431125100,111,,,500,,
    E,戊,县,,431125,111.3,25.2,,,2024-01-01,
    E,戊,县,,431125,111.3,25.2,430922100200,,2024-01-01,
    """
    assert wrong(session, world, "nodes", bad) == [
        (2, "F", "COORDINATES_SWAPPED"), (2, "E", "VILLAGE_UNKNOWN"),
        (3, "C", "WORD_UNKNOWN"), (3, "J", "DAY_WRONG"), (3, "F", "PLACE_ZERO"), (3, "H", "VILLAGE_UNKNOWN"),
        (4, "I", "NUMBER_WRONG"), (4, "F", "COORDINATES_OUTSIDE_CHINA"), (4, "K", "END_NOT_AFTER_START"),
        (4, "E", "OUT_OF_SCOPE"),
        (5, "B", "CELL_MISSING"), (5, "I", "NUMBER_WRONG"), (5, "J", "CELL_MISSING"), (5, "G", "PAIR_MISSING"),
        (5, "C", "LEVEL_OF_UNIT"),
        (7, "H", "OUT_OF_SCOPE"), (7, "A", "DUPLICATE_ROW"),
    ]  # fmt: skip
    assert standing(session) == []


def test_a_code_of_another_county_is_not_taken_over(session: Session, world: World) -> None:
    foreign = "code,name,level,starts_on\nWL0,桃江中心,county,2024-01-01"
    take(session, world, "nodes", foreign, by="zhou")
    assert (2, "A", "NODE_ELSEWHERE") in wrong(session, world, "nodes", NODES)
    with pytest.raises(Refusal, match="OUT_OF_SCOPE"):
        take(session, world, "nodes", NODES, unit="430922")
    with pytest.raises(Refusal, match="NETWORK_COLUMNS") as refused:
        take(session, world, "nodes", "节点编号,名称\nA,甲")
    assert "层级" in refused.value.errors["file"][0]


def test_routes_belong_to_the_unit_that_holds_both_ends(session: Session, world: World) -> None:
    take(session, world, "nodes", NODES)
    routes = """
    起点节点编号,终点节点编号,运营单位,每周班次,在途天数,开始日期,结束日期
    WL0,WL1,供销,6,1,2024-01-01,
    WL1,WL2,供销,3,0.5,2024-01-01,
    WL1,WL2,邮政,5,,2024-01-01,
    """
    assert counts(take(session, world, "routes", routes)) == {"new": 3}
    found = session.execute(select(LogisticsRoute.unit_code, LogisticsRoute.days).order_by(LogisticsRoute.id)).all()
    assert [tuple(one) for one in found] == [("431125", 1.0), ("431125100", 0.5), ("431125100", None)]
    more = routes.replace("WL0,WL1,供销,6", "WL0,WL1,供销,7")
    more = more.replace("政,5,,2024-01-01,", "政,5,,2024-01-01,2025-01-01")
    assert counts(take(session, world, "routes", more, now=LATER)) == {"changed": 1, "ended": 1, "same": 1}
    assert wrong(session, world, "routes", "from,to,start\nWL0,WL9,2024-01-01\nWL1,WL1,2024-01-01") == [
        (2, "B", "NODE_UNKNOWN"), (3, "B", "SAME_ENDS")]  # fmt: skip


def test_couriers_are_named_by_village_and_company(session: Session, world: World) -> None:
    couriers = """
    乡镇,行政村,快递公司,交付方式,每周班次,承诺时限(天),开始日期
    潇浦镇,何家湾村,邮政,送到村,6,2,2024-01-01
    潇浦镇,何家湾村,中通,到乡镇自取,,3,2024-01-01
    """
    assert counts(take(session, world, "couriers", couriers)) == {"new": 2}
    again = couriers.replace("到乡镇自取,,3,2024-01-01", "送到村,3,,2026-01-01")
    assert counts(take(session, world, "couriers", again, now=LATER)) == {"same": 1, "changed": 1}
    rows = session.scalars(select(CourierService).where(CourierService.superseded_at.is_(None),
                                                        CourierService.courier == "中通").order_by("id"))  # fmt: skip
    told = [(one.handover, one.promised_days, one.ends_on) for one in rows]
    assert told == [("to_township", 3.0, D("2026-01-01")), ("to_village", 3.0, None)]
    assert wrong(session, world, "couriers", "乡镇,快递公司,交付方式,开始日期\n潇浦镇,邮政,送货,2024") == [
        (2, "C", "WORD_UNKNOWN"), (2, "D", "DAY_WRONG"), (2, None, "NOT_A_VILLAGE")]  # fmt: skip


def test_links_end_and_begin_and_the_register_knows(session: Session, world: World) -> None:
    def links() -> list[tuple[str, tuple[str, ...], str, str | None]]:
        rows = session.scalars(select(ServiceLink).order_by(ServiceLink.id))
        return [(one.village_code[-3:], tuple(one.services), str(one.starts_on), one.ends_on and str(one.ends_on))
                for one in rows]  # fmt: skip

    before = session.scalar(select(Station.revision).where(Station.code == "JY001"))
    first = "站点编号,行政区划代码,服务内容,开始日期,结束日期\nJY001,431125100202,代购、快递,2025-01-01,"
    assert counts(take(session, world, "links", first)) == {"new": 1}
    assert links() == [("202", ("parcel", "purchase_agency"), "2025-01-01", None)]
    assert session.scalar(select(Station.revision).where(Station.code == "JY001")) > before
    assert counts(take(session, world, "links", first)) == {"same": 1}
    other = first.replace("代购、快递,2025-01-01", "快递,2026-01-01")
    assert counts(take(session, world, "links", other)) == {"changed": 1}
    assert counts(take(session, world, "links", other + "2026-10-01")) == {"ended": 1}
    assert links() == [("202", ("parcel", "purchase_agency"), "2025-01-01", "2026-01-01"),
                       ("202", ("parcel",), "2026-01-01", "2026-10-01")]  # fmt: skip
    assert wrong(session, world, "links", "station,village_code,services,start\n"
                 "TJ001,430922100200,parcel,2025-01-01\nJY001,431125100201,送奶,2025-01-01") == [
        (2, "B", "OUT_OF_SCOPE"), (2, "A", "STATION_UNKNOWN"), (3, "C", "SERVICE_UNKNOWN")]  # fmt: skip
