"""The files that were taken in, newest first, and how much of the network stands today."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stations.logistics.listing.asking import Asked, NetworkQuestion, asked_of, one_page
from stations.people.access import Caller
from stations.people.tables import Account
from stations.records.network import CourierService, DeliveryTrace, LogisticsNode, LogisticsRoute, NetworkImport
from stations.records.tables import ServiceLink, Station
from stations.units.tables import OrgUnit, PovertyVillage, RemoteVillage, VillagePopulation


def list_imports(session: Session, caller: Caller, question: NetworkQuestion, *, now: dt.datetime) -> dict[str, Any]:
    """Give the imports for a unit and those below it, and the counts of what stands on the day."""
    asked, i = asked_of(session, caller, question, now=now), NetworkImport
    rows = (
        select(i, OrgUnit.name, Account.display_name)
        .join(OrgUnit, OrgUnit.code == i.unit_code)
        .outerjoin(Account, Account.id == i.imported_by)
        .where(*asked.inside(i.unit_path), i.imported_at <= asked.known_at)
        .order_by(i.id.desc())
    )
    page, total = one_page(session, rows, question)
    answer = asked.answer([
        {"id": one.id, "kind": one.kind, "unit_code": one.unit_code, "unit_name": unit, "file_name": one.file_name,
         "sha256": one.sha256, "counts": one.counts, "imported_by": by, "imported_at": one.imported_at}
        for one, unit, by in page
    ], total, "imports")  # fmt: skip
    return answer | {"standing": _standing(session, asked)}


def _standing(session: Session, asked: Asked) -> dict[str, int]:
    """Count what stands: nodes by level, routes, courier services, parcels, links, and what is known of villages."""
    n, t = LogisticsNode, DeliveryTrace
    levels = select(n.level, func.count()).where(*asked.inside(n.unit_path), *asked.stands(n)).group_by(n.level)
    by_level = {level: count for level, count in session.execute(levels)}  # noqa: C416  # dict() of rows has no types
    villages = [*asked.inside(OrgUnit.path), OrgUnit.level == "village", OrgUnit.base_year_to.is_(None)]
    mine = select(OrgUnit.code).where(*villages)
    links = select(func.count(ServiceLink.id)).join(Station, Station.id == ServiceLink.station_id)
    counted = {
        "routes": _count(LogisticsRoute.id, *asked.inside(LogisticsRoute.unit_path), *asked.stands(LogisticsRoute)),
        "couriers": _count(CourierService.id, *asked.inside(CourierService.unit_path), *asked.stands(CourierService)),
        "traces": _count(t.id, *asked.inside(t.unit_path), t.recorded_at <= asked.known_at),
        "arrived": _count(t.id, *asked.inside(t.unit_path), t.arrival_recorded_at <= asked.known_at),
        "links": links.where(*asked.inside(Station.unit_path), *asked.holds(ServiceLink)),
        "villages": _count(OrgUnit.code, *villages),
        "villages_placed": _count(OrgUnit.code, *villages, OrgUnit.lon.is_not(None)),
        "villages_counted": _count(VillagePopulation.village_code.distinct(), VillagePopulation.village_code.in_(mine)),
        "villages_poor": _count(PovertyVillage.village_code.distinct(), PovertyVillage.village_code.in_(mine)),
        "villages_remote": _count(RemoteVillage.village_code.distinct(), RemoteVillage.village_code.in_(mine),
                                  *asked.holds(RemoteVillage)),
    }  # fmt: skip
    nodes = {f"nodes_{level}": by_level.get(level, 0) for level in ("county", "township", "village")}
    return nodes | {name: session.scalar(rows) or 0 for name, rows in counted.items()}


def _count(column: Any, *where: Any) -> Any:
    return select(func.count(column)).where(*where)
