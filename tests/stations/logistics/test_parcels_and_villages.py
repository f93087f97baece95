"""Parcels are filled by later files and never contradicted; villages get people, lists, remoteness and a place."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from stations.records.network import DeliveryTrace
from stations.records.tables import Station
from stations.units.tables import OrgUnit, PovertyVillage, RemoteVillage, VillagePopulation
from tests.conftest import NOON
from tests.stations.logistics.taking import counts, take, wrong
from tests.world import World

D = dt.date.fromisoformat
LATER = NOON + dt.timedelta(days=2)
TRACES = """
快递公司,运单号,行政区划代码,站点编号,县发出日期,到乡镇日期,到村日期
邮政,YZ 001,431125100201,JY001,2026-11-01,2026-11-02,2026-11-03
邮政,YZ002,431125100201,,2026-11-17,,
中通,YZ002,431125100202,,2026-11-18,2026-11-19,
"""


def test_a_later_file_fills_what_had_not_happened_yet(session: Session, world: World) -> None:
    assert counts(take(session, world, "traces", TRACES)) == {"new": 3}
    assert session.get_one(Station, world.stations["JY001"]).vitality == "alive"
    assert counts(take(session, world, "traces", TRACES, now=LATER)) == {"same": 3}
    filled = TRACES.replace("201,,2026-11-17,,", "201,JY001,2026-11-17,2026-11-18,2026-11-20")
    filled = filled.replace("2026-11-19,", "2026-11-19,2026-11-21")
    assert counts(take(session, world, "traces", filled, now=LATER)) == {"changed": 2, "same": 1}
    rows = session.scalars(select(DeliveryTrace).order_by(DeliveryTrace.id)).all()
    assert [(one.arrived_on, one.recorded_at, one.arrival_recorded_at) for one in rows] == [
        (D("2026-11-03"), NOON, NOON), (D("2026-11-20"), NOON, LATER), (D("2026-11-21"), NOON, LATER)]  # fmt: skip
    # The number itself is kept nowhere; spaces in it mean nothing.
    assert rows[0].waybill_sha256 == "d18507913136de3b6102b150858b347dce75514e54dd78fde5b5df114e8b2d1f"
    assert session.get_one(Station, world.stations["JY001"]).last_alive_on == D("2026-11-20")


def test_one_parcel_twice_in_a_file_is_one_parcel(session: Session, world: World) -> None:
    twice = """
    carrier,waybill,village_code,sent_on,arrived_on
    邮政,1,431125100201,2026-11-01,
    邮政,1,431125100201,2026-11-01,2026-11-04
    """
    assert counts(take(session, world, "traces", twice)) == {"new": 1, "changed": 1}
    one = session.scalars(select(DeliveryTrace)).one()
    assert (one.arrived_on, one.arrival_recorded_at) == (D("2026-11-04"), NOON)


def test_what_contradicts_a_parcel_is_refused_by_its_cell(session: Session, world: World) -> None:
    take(session, world, "traces", TRACES)
    bad = """
    快递公司,运单号,行政区划代码,站点编号,县发出日期,到乡镇日期,到村日期
    邮政,YZ001,431125100202,JY002,2026-11-02,2026-11-02,2026-11-04
    邮政,YZ002,431125100201,,2026-11-17,2026-11-16,
    邮政,3,431125100201,TJ001,2026-11-22,2026-11-20,
    邮政,1.2E+15,431125100201,,,,
    """
    assert wrong(session, world, "traces", bad) == [
        (2, "C", "TRACE_CONTRADICTS"), (2, "E", "TRACE_CONTRADICTS"), (2, "D", "TRACE_CONTRADICTS"),
        (2, "G", "TRACE_CONTRADICTS"), (3, "F", "DAYS_REVERSED"),
        (4, "D", "STATION_UNKNOWN"), (4, "E", "DAY_IN_FUTURE"), (4, "F", "DAYS_REVERSED"),
        (5, "B", "CODE_ROUNDED"), (5, "E", "CELL_MISSING"),
    ]  # fmt: skip


VILLAGES = """
行政区划代码,人口,人口年份,建档立卡贫困村,贫困村名单年份,边远村,边远起始日期,经度,纬度,坐标系
431125100201,1520,2025,是,2014,否,2026-01-01,111.3487,25.2678,高德
431125100202,"2,050人",2025,,,是,2026-01-01,,,
431125100,,,,,,,111.34,25.27,
"""


def test_villages_get_what_is_known_of_them_once(session: Session, world: World) -> None:
    assert counts(take(session, world, "villages", VILLAGES)) == {"new": 3}
    people = session.execute(select(VillagePopulation.village_code, VillagePopulation.people).order_by("village_code"))
    assert [tuple(one) for one in people] == [("431125100201", 1520), ("431125100202", 2050)]
    assert session.scalars(select(PovertyVillage.village_code)).all() == ["431125100201"]
    assert session.scalars(select(RemoteVillage.village_code)).all() == ["431125100202"]
    village, seat = session.get_one(OrgUnit, "431125100201"), session.get_one(OrgUnit, "431125100")
    assert (village.lon, village.lat) == pytest.approx((111.343313, 25.270531), abs=2e-6)
    assert (village.lon_raw, village.coord_system, village.coord_quality) == (111.3487, "gcj02", "village")
    assert (seat.lon, seat.coord_quality, seat.coord_system) == (111.34, "township", "cgcs2000")
    assert session.get_one(OrgUnit, "431125100202").coord_quality == "missing"
    assert counts(take(session, world, "villages", VILLAGES, now=LATER)) == {"same": 3}


def test_villages_are_corrected(session: Session, world: World) -> None:
    take(session, world, "villages", VILLAGES)
    later = VILLAGES.replace("1520", "1500").replace("是,2014", "否,2014").replace("是,2026-01-01", "否,2026-06-01")
    assert counts(take(session, world, "villages", later, now=LATER)) == {"changed": 1, "ended": 1, "same": 1}
    assert session.scalars(select(VillagePopulation.people).order_by("people")).all() == [1500, 2050]
    assert session.scalars(select(PovertyVillage.village_code)).all() == []
    assert session.scalars(select(RemoteVillage.ends_on)).all() == [D("2026-06-01")]


def test_every_wrong_cell_of_villages_is_named(session: Session, world: World) -> None:
    bad = """
    乡镇,行政村,人口,人口年份,贫困村,名单年份,边远,经度,纬度
    潇浦镇,何家湾村,1.5,2025,是,,是,111.3,
    潇浦镇,,100,2027,,,,,
    ,,5,2024,,,,,
    潇浦镇,圳景村,-3,2024,也许,2014,,,
    潇浦镇,圳景村,3,2024,,2014,,,
    """
    assert wrong(session, world, "villages", bad) == [
        (2, "C", "COUNT_WRONG"), (2, "I", "PAIR_MISSING"), (2, "F", "YEAR_MISSING"), (2, None, "YEAR_MISSING"),
        (3, "D", "YEAR_WRONG"), (3, "C", "SEAT_HAS_NO_PEOPLE"),
        (4, "B", "VILLAGE_MISSING"), (5, "C", "COUNT_WRONG"), (5, "E", "WORD_UNKNOWN"), (6, "B", "DUPLICATE_ROW"),
    ]  # fmt: skip
