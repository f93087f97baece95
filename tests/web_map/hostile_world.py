"""Every text field that reaches a map, each filled with every payload: stations, villages, nodes, routes, couriers."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from stations.records.network import CourierService, DeliveryTrace, LogisticsNode, LogisticsRoute, NodeVillage
from stations.records.revision import next_revision
from stations.records.tables import ServiceLink, Station, StationVersion
from stations.units.tables import OrgUnit
from tests.conftest import NOON
from tests.web_map.hostile import PAYLOADS
from tests.world import add_station

TOWNSHIP, PATH = "431125100", "/CN/43/4311/431125/431125100/"
DAY = dt.date(2024, 5, 10)
STATES = ["alive", "weak", "dormant", "presumed_dead", "dead", "unknown", "not_started"]


def place_of(number: int) -> tuple[float, float]:
    """Give the lon and lat of the station with a number: rows of ten, far enough apart to be touched one by one."""
    return round(111.20 + number % 10 * 0.03, 5), round(25.10 + number // 10 * 0.03, 5)


def build_hostile(session: Session) -> list[int]:
    """Add to the world, for each payload, a station in a village of its own with everything named by it; give ids."""
    next_revision(session)
    ids = []
    for code, payload in ((TOWNSHIP, PAYLOADS[8]), ("431125", PAYLOADS[3])):
        session.get_one(OrgUnit, code).name = payload
    for number, payload in enumerate(PAYLOADS):
        village, (lon, lat) = f"{TOWNSHIP}{300 + number}", place_of(number)
        session.add(OrgUnit(code=village, level="village", name=payload[:80], parent_code=TOWNSHIP,
                            path=f"{PATH}{village}/", village_class="villagers_committee", base_year_from=2023,
                            updated_at=NOON, lon=lon, lat=lat))  # fmt: skip
        session.flush()
        station_id = add_station(session, f"P{number:03d}", payload, village, f"{PATH}{village}/", lon, lat, NOON)
        station = session.get_one(Station, station_id)
        station.vitality, station.operator = STATES[number % len(STATES)], payload
        version = session.get_one(StationVersion, station.version_id)
        version.address, version.head_name, version.hours = payload, payload[:60], payload[:60]
        session.add(ServiceLink(station_id=station_id, village_code=village, services=["parcel"], starts_on=DAY,
                                declared_by="ledger", recorded_at=NOON))  # fmt: skip
        _network(session, number, payload, village)
        ids.append(station_id)
    return ids


def _network(session: Session, number: int, payload: str, village: str) -> None:
    code, (lon, lat), path = f"N{number:03d}", place_of(number), f"{PATH}{village}/"
    level = ("village", "township", "county")[number % 3]
    session.add(LogisticsNode(
        code=code, level=level, name=payload, operator=payload, unit_code=village, unit_path=path, address=payload,
        lon=lon + 0.004, lat=lat, point=(lon + 0.004, lat), coord_quality="gps", promised_days=2.0, starts_on=DAY,
        recorded_at=NOON,
    ))  # fmt: skip
    session.add(NodeVillage(node_code=code, village_code=village, starts_on=DAY, recorded_at=NOON))
    session.add(CourierService(village_code=village, unit_path=path, courier=payload[:60], handover="to_village",
                               promised_days=2.0, starts_on=DAY, recorded_at=NOON))  # fmt: skip
    session.add(DeliveryTrace(waybill_sha256=f"{number:064d}", carrier=payload[:60], village_code=village,
                              unit_path=path, sent_on=dt.date(2026, 11, 1), arrived_on=dt.date(2026, 11, 3),
                              recorded_at=NOON, arrival_recorded_at=NOON))  # fmt: skip
    if number:
        session.add(LogisticsRoute(from_code=f"N{number - 1:03d}", to_code=code, unit_code="431125",
                                   unit_path="/CN/43/4311/431125/", operator=payload, starts_on=DAY,
                                   recorded_at=NOON))  # fmt: skip
