"""Nodes, routes and courier services that stand on a day, a page at a time."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from stations.batches import in_batches
from stations.logistics.listing.asking import Asked, NetworkQuestion, asked_of, dated, one_page
from stations.people.access import Caller
from stations.records.network import CourierService, LogisticsNode, LogisticsRoute, NodeVillage
from stations.units.tables import OrgUnit


def list_nodes(
    session: Session, caller: Caller, question: NetworkQuestion, *, level: str | None, now: dt.datetime
) -> dict[str, Any]:
    """Give the nodes of a unit, of a level or all, by code, with the villages each serves."""
    asked, n = asked_of(session, caller, question, now=now), LogisticsNode
    rows = select(n, OrgUnit.name).join(OrgUnit, OrgUnit.code == n.unit_code)
    rows = rows.where(*asked.inside(n.unit_path), *asked.stands(n)).order_by(n.code, n.id)
    page, total = one_page(session, rows if level is None else rows.where(n.level == level), question)
    served = _served(session, asked, [node.code for node, _ in page])
    return asked.answer([
        {"code": node.code, "level": node.level, "name": node.name, "operator": node.operator,
         "unit_code": node.unit_code, "unit_name": unit_name, "address": node.address, "lon": node.lon,
         "lat": node.lat, "coord_quality": node.coord_quality, "promised_days": node.promised_days,
         "parcels_a_day": node.parcels_a_day, "villages_served": served[node.code], **dated(node)}
        for node, unit_name in page
    ], total, "nodes")  # fmt: skip


def list_routes(session: Session, caller: Caller, question: NetworkQuestion, *, now: dt.datetime) -> dict[str, Any]:
    """Give the routes of a unit by their ends, with the names of the nodes on that day."""
    asked, r = asked_of(session, caller, question, now=now), LogisticsRoute
    rows = select(r).where(*asked.inside(r.unit_path), *asked.stands(r))
    found, total = one_page(session, rows.order_by(r.from_code, r.to_code, r.id), question)
    page = [route for (route,) in found]
    names = _node_names(session, asked, sorted({code for one in page for code in (one.from_code, one.to_code)}))
    return asked.answer([
        {"from_code": one.from_code, "from_name": names.get(one.from_code), "to_code": one.to_code,
         "to_name": names.get(one.to_code), "operator": one.operator, "trips_per_week": one.trips_per_week,
         "days": one.days, **dated(one)}
        for one in page
    ], total, "routes")  # fmt: skip


def list_couriers(session: Session, caller: Caller, question: NetworkQuestion, *, now: dt.datetime) -> dict[str, Any]:
    """Give the courier services of a unit's villages."""
    asked, c = asked_of(session, caller, question, now=now), CourierService
    rows = select(c, OrgUnit.name).join(OrgUnit, OrgUnit.code == c.village_code)
    rows = rows.where(*asked.inside(c.unit_path), *asked.stands(c)).order_by(c.village_code, c.courier, c.id)
    page, total = one_page(session, rows, question)
    return asked.answer([
        {"village_code": one.village_code, "village_name": name, "courier": one.courier, "handover": one.handover,
         "trips_per_week": one.trips_per_week, "promised_days": one.promised_days, **dated(one)}
        for one, name in page
    ], total, "couriers")  # fmt: skip


def _served(session: Session, asked: Asked, codes: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for some in in_batches(codes):
        rows = select(NodeVillage.node_code, NodeVillage.village_code).where(
            NodeVillage.node_code.in_(some), *asked.stands(NodeVillage)
        )
        for node, village in session.execute(rows.order_by(NodeVillage.village_code)):
            found[node].append(village)
    return found


def _node_names(session: Session, asked: Asked, codes: list[str]) -> dict[str, str]:
    n, found = LogisticsNode, dict[str, str]()
    for some in in_batches(codes):
        rows = select(n.code, n.name).where(n.code.in_(some), *asked.inside(n.unit_path), *asked.stands(n))
        found |= {row.code: row.name for row in session.execute(rows)}
    return found
