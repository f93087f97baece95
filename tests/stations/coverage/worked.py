"""The county of `docs/coverage-files.md`, as the files there and as rows of the register, equal in every fact."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from pathlib import Path

from sqlalchemy.orm import Session

from stations.records.network import DeliveryTrace, LogisticsNode, LogisticsRoute, NodeVillage
from stations.records.tables import ServiceLink, Station, StationVersion
from stations.units.denominators import freeze_counties
from stations.units.tables import OrgUnit, PovertyVillage, RemoteVillage, VillagePopulation
from tests.world import add_station

PAGE = (Path(__file__).parents[3] / "docs" / "coverage-files.md").read_text("utf-8")
FILES = {
    name: text.encode() for name, text in re.findall(r"<!-- (\S+\.csv) -->\n```csv\n(.*?)```", PAGE, re.DOTALL)
}  # fmt: skip
COUNTY, AS_OF, BEGAN = "431124", dt.date(2026, 11, 20), dt.date(2025, 1, 1)
TOLD = dt.datetime(2025, 1, 2, tzinfo=dt.UTC)
_ABOVE = f"/CN/43/4311/{COUNTY}/"


def rows(name: str) -> list[dict[str, str]]:
    """Give the lines of a file of the page."""
    return list(csv.DictReader(io.StringIO(FILES[name].decode())))


def path_of(code: str) -> str:
    """Give the path of a unit of the county."""
    if len(code) == 6:
        return _ABOVE
    return f"{_ABOVE}{code[:9]}/" + (f"{code}/" if len(code) == 12 else "")


def build_worked_county(session: Session, now: dt.datetime) -> None:
    """Put the county into a database that holds the world."""
    add_unit(session, COUNTY, "道县", "4311", now)
    add_unit(session, "431124100", "濂溪镇", COUNTY, now)
    add_unit(session, "431124101", "寿雁镇", COUNTY, now, place=(111.60, 25.61))
    for row in rows("villages.csv"):
        place = (float(row["lon"]), float(row["lat"])) if row["lon"] else None
        add_unit(session, row["code"], row["name"], row["code"][:9], now, place=place)
        if row["people"]:
            session.add(VillagePopulation(village_code=row["code"], year=2020, people=int(row["people"]),
                                          source="统计年鉴", recorded_at=TOLD))  # fmt: skip
        if row["is_poor"]:
            session.add(PovertyVillage(list_year=2014, village_code=row["code"], source="名单", recorded_at=TOLD))
        if row["is_remote"]:
            session.add(RemoteVillage(village_code=row["code"], starts_on=BEGAN, source="县里", recorded_at=TOLD))
    freeze_counties(session, 2023, [row["code"] for row in rows("villages.csv")], [COUNTY], now)
    ids = {row["code"]: _station(session, row, now) for row in rows("stations.csv")}
    for row in rows("service_links.csv"):
        ends = dt.date.fromisoformat(row["ends_on"]) if row["ends_on"] else None
        session.add(ServiceLink(station_id=ids[row["station"]], village_code=row["village"], starts_on=BEGAN,
                                services=row["services"].split(";") if row["services"] else [], ends_on=ends,
                                declared_by="county", recorded_at=TOLD))  # fmt: skip
    _network(session)
    for number, row in enumerate(rows("traces.csv")):
        arrived = dt.date.fromisoformat(row["arrived_on"]) if row["arrived_on"] else None
        township = dt.date.fromisoformat(row["township_on"]) if row["township_on"] else None
        session.add(DeliveryTrace(waybill_sha256=f"{number:064d}", carrier="中通", village_code=row["village"],
                                  unit_path=path_of(row["village"]), station_id=ids.get(row["station"]),
                                  sent_on=dt.date.fromisoformat(row["sent_on"]), township_on=township,
                                  arrived_on=arrived, recorded_at=TOLD, arrival_recorded_at=TOLD))  # fmt: skip
    session.flush()


def add_unit(
    session: Session, code: str, name: str, parent: str, now: dt.datetime, *, place: tuple[float, float] | None = None,
    years: tuple[int, int | None] = (2023, None),
) -> OrgUnit:  # fmt: skip
    """Add a county, township or village of the county; `years` are those of its lists."""
    level = {6: "county", 9: "township", 12: "village"}[len(code)]
    unit = OrgUnit(
        code=code, level=level, name=name, parent_code=parent, path=path_of(code), base_year_from=years[0],
        base_year_to=years[1], village_class="villagers_committee" if level == "village" else None,
        lon=place and place[0], lat=place and place[1], coord_quality="village" if place else "missing", updated_at=now,
    )  # fmt: skip
    session.add(unit)
    session.flush()
    return unit


def _station(session: Session, row: dict[str, str], now: dt.datetime) -> int:
    station_id = add_station(
        session, row["code"], row["name"], row["village"], path_of(row["village"]), float(row["lon"]),
        float(row["lat"]), now,
    )  # fmt: skip
    station = session.get_one(Station, station_id)
    station.listing_status, station.vitality = row["listing"], row["life"]
    station.vitality_confidence, station.accepted_on = row["confidence"] or None, dt.date(2024, 5, 10)
    station.vitality_reason = {"alive": "seen_open", "dead": "delisted", "unknown": "no_evidence"}[row["life"]]
    session.get_one(StationVersion, station.version_id).services = row["services"].split(";")
    return station_id


def _network(session: Session) -> None:
    for row in rows("nodes.csv"):
        unit = row["village"] or row["township"] or COUNTY
        session.add(LogisticsNode(
            code=row["code"], level=row["level"], name=row["name"], unit_code=unit, unit_path=path_of(unit),
            lon=float(row["lon"]), lat=float(row["lat"]), coord_quality="gps", starts_on=BEGAN, recorded_at=TOLD,
            promised_days=float(row["promised_days"]) if row["promised_days"] else None,
        ))  # fmt: skip
    for row in rows("routes.csv"):
        session.add(LogisticsRoute(from_code=row["from"], to_code=row["to"], unit_code=COUNTY, unit_path=_ABOVE,
                                   starts_on=BEGAN, recorded_at=TOLD))  # fmt: skip
    for row in rows("node_villages.csv"):
        session.add(NodeVillage(node_code=row["node"], village_code=row["village"], starts_on=BEGAN, recorded_at=TOLD))
