"""Enter the demonstration's network: places, people, lists, logistics nodes, routes, couriers, links, parcels, roads.

All rows come from the small tables in `facts/` and count back from the day of loading, so the same day gives the same
network. What ended is told as it was learnt: an open row superseded on the day of its end by one that ends.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from api.demonstration.parcels import Village, parcels_of
from api.demonstration.roads import road_graph
from stations.records.days import day_in_china
from stations.records.network import CourierService, DeliveryTrace, LogisticsNode, LogisticsRoute, NodeVillage
from stations.records.tables import ServiceLink
from stations.register.entry.facts import StationFacts
from stations.units.tables import OrgUnit, PovertyVillage, RemoteVillage, VillagePopulation

COUNTY = "431125"
FACTS = Path(__file__).resolve().parent / "facts"
SOURCE = "演示数据（虚构）"
PEOPLE_YEAR, POVERTY_YEAR = 2020, 2014
REMOTE_SINCE = dt.date(2019, 1, 1)
# The network was declared so long before the day of loading, and began a year and a half before.
DECLARED_DAYS_AGO, BEGAN_DAYS_AGO = 300, 540

Row = dict[str, str]
Values = dict[str, Any]


def tell_network(
    session: Session, stations: Mapping[str, int], told: Mapping[str, tuple[StationFacts, str]], *, now: dt.datetime
) -> None:
    """Put the county's network into a database that has its units and stations.

    `stations` gives ids by code, `told` facts and story by code.
    """
    units = session.scalars(select(OrgUnit).where(OrgUnit.path.like("/CN/43/4311/431125/%")))
    paths = {unit.code: unit.path for unit in units}
    teller = _Teller(session, paths, now)
    places, links = rows_of("places"), rows_of("links")
    teller.places(places)
    nodes = rows_of("nodes")
    teller.nodes(nodes)
    teller.routes(rows_of("routes"))
    teller.couriers(rows_of("couriers"))
    teller.links(links, stations)
    villages = list(_villages(places, nodes, links, told))
    teller.parcels(villages, stations)
    session.add(road_graph(FACTS / "roads.csv", COUNTY, paths[COUNTY], now - dt.timedelta(days=DECLARED_DAYS_AGO)))


def rows_of(name: str) -> list[Row]:
    """Read one of the tables in `facts/`."""
    with (FACTS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class _Teller:
    """Writes the rows of one kind after the other, each kind in one statement or two."""

    def __init__(self, session: Session, paths: Mapping[str, str], now: dt.datetime) -> None:
        self._session, self._paths, self._now = session, paths, now
        self._today = day_in_china(now)
        self._declared_at = now - dt.timedelta(days=DECLARED_DAYS_AGO)
        self._began = self._today - dt.timedelta(days=BEGAN_DAYS_AGO)

    def places(self, rows: list[Row]) -> None:
        """Give units their places, villages their people and their standing on the lists."""
        placed = [
            {"code": row["code"], "lon": float(row["lon"]), "lat": float(row["lat"]), "lon_raw": float(row["lon"]),
             "lat_raw": float(row["lat"]), "coord_system": "cgcs2000", "coord_quality": row["coord_quality"],
             "updated_at": self._declared_at}
            for row in rows if row["lon"]
        ]  # fmt: skip
        self._session.execute(update(OrgUnit), placed)
        known: Values = {"source": SOURCE, "recorded_at": self._declared_at}
        people = [{"village_code": row["code"], "year": PEOPLE_YEAR, "people": int(row["people"]), **known}
                  for row in rows if row["people"]]  # fmt: skip
        poor = [{"village_code": row["code"], "list_year": POVERTY_YEAR, **known} for row in rows if row["is_poor"]]
        remote = [{"village_code": row["code"], "starts_on": REMOTE_SINCE, **known} for row in rows if row["is_remote"]]
        self._session.execute(insert(VillagePopulation), people)
        self._session.execute(insert(PovertyVillage), poor)
        self._session.execute(insert(RemoteVillage), remote)

    def nodes(self, rows: list[Row]) -> None:
        """Declare the nodes and which villages each serves."""
        nodes: list[Values] = []
        served: list[Values] = []
        for row in rows:
            lon, lat = float(row["lon"]), float(row["lat"])
            facts: Values = {
                "code": row["code"], "level": row["level"], "name": row["name"], "operator": row["operator"],
                "unit_code": row["unit_code"], "unit_path": self._paths[row["unit_code"]], "lon": lon, "lat": lat,
                "point": (lon, lat), "lon_raw": lon, "lat_raw": lat, "coord_system": "cgcs2000", "coord_quality": "gps",
                "promised_days": _number(row["promised_days"]), "parcels_a_day": _number(row["parcels_a_day"]),
            }  # fmt: skip
            for dated in self._dated(row):
                nodes.append(facts | dated)
                served += [{"node_code": row["code"], "village_code": code, **dated} for code in row["serves"].split()]
        self._session.execute(insert(LogisticsNode), nodes)
        self._session.execute(insert(NodeVillage), served)

    def routes(self, rows: list[Row]) -> None:
        """Declare the routes; each belongs to the county."""
        county = {"unit_code": COUNTY, "unit_path": self._paths[COUNTY]}
        self._session.execute(insert(LogisticsRoute), [
            {"from_code": row["from_code"], "to_code": row["to_code"], "operator": row["operator"],
             "trips_per_week": float(row["trips_per_week"]), "days": float(row["days"]), **county, **dated}
            for row in rows for dated in self._dated(row)
        ])  # fmt: skip

    def couriers(self, rows: list[Row]) -> None:
        """Declare which courier companies deliver to which villages."""
        self._session.execute(insert(CourierService), [
            {"village_code": row["village_code"], "unit_path": self._paths[row["village_code"]],
             "courier": row["courier"], "handover": row["handover"], "trips_per_week": float(row["trips_per_week"]),
             "promised_days": float(row["promised_days"]), **dated}
            for row in rows for dated in self._dated(row)
        ])  # fmt: skip

    def links(self, rows: list[Row], stations: Mapping[str, int]) -> None:
        """Declare which stations serve further villages; an ended link is one row, as the ledger keeps it."""
        self._session.execute(insert(ServiceLink), [
            {"station_id": stations[row["station_code"]], "village_code": row["village_code"],
             "services": row["services"].split(), "starts_on": self._began, "declared_by": "demonstration",
             "ends_on": self._ended(row), "recorded_at": self._declared_at}
            for row in rows
        ])  # fmt: skip

    def parcels(self, villages: list[Village], stations: Mapping[str, int]) -> None:
        """Let the parcels of the last ninety days be on their way; nothing is known before it has happened."""
        self._session.execute(insert(DeliveryTrace), [
            {"waybill_sha256": one.waybill_sha256, "carrier": one.carrier, "village_code": one.village,
             "unit_path": self._paths[one.village], "station_id": stations.get(one.station), "node_code": one.node,
             "sent_on": one.sent_on, "township_on": one.township_on, "arrived_on": one.arrived_on,
             "recorded_at": self._evening(one.sent_on),
             "arrival_recorded_at": self._evening(one.arrived_on) if one.arrived_on else None}
            for one in parcels_of(villages, self._today)
        ])  # fmt: skip

    def _dated(self, row: Row) -> Iterator[Values]:
        """Give the row as first declared and, if it ended, the one that took its place on the day of its end."""
        end = self._ended(row)
        told_at = None if end is None else self._evening(end)
        yield {"starts_on": self._began, "ends_on": None, "recorded_at": self._declared_at, "superseded_at": told_at}
        if told_at:
            yield {"starts_on": self._began, "ends_on": end, "recorded_at": told_at, "superseded_at": None}

    def _ended(self, row: Row) -> dt.date | None:
        ago = row.get("ended_days_ago")
        return self._today - dt.timedelta(days=int(ago)) if ago else None

    def _evening(self, day: dt.date) -> dt.datetime:
        """Give eight in the evening in China of a day, never later than now."""
        return min(self._now, dt.datetime.combine(day, dt.time(12), dt.UTC))


def _villages(
    places: list[Row], nodes: list[Row], links: list[Row], told: Mapping[str, tuple[StationFacts, str]]
) -> Iterator[Village]:
    """Give the villages with who brings their parcels, who hands them over and how many people wait for them."""
    stop = {code: row["code"] for row in nodes for code in row["serves"].split() if not row["ended_days_ago"]}
    open_here = {code: facts for code, (facts, story) in told.items() if story == "open" and "parcel" in facts.services}
    hands = {facts.village_code: code for code, facts in open_here.items() if facts.kind == "village_point"}
    linked = {row["village_code"]: row["station_code"] for row in links
              if row["station_code"] in open_here and "parcel" in row["services"].split()}  # fmt: skip
    for row in places:
        if len(row["code"]) == 12:
            code = row["code"]
            yield Village(code, int(row["people"] or 900), bool(row["is_remote"]), stop.get(code), hands.get(code),
                          linked.get(code))  # fmt: skip


def _number(cell: str) -> float | None:
    return float(cell) if cell else None
