"""Routes between nodes and courier services of villages out of a file, each dated and declared again by day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from stations.batches import in_batches
from stations.logistics.rows.telling import Told
from stations.logistics.taking_in.ground import (
    Ground,
    Plan,
    Saving,
    check_days,
    find_village,
    insert_rows,
    supersede,
)
from stations.logistics.taking_in.repeats import Repeats
from stations.logistics.taking_in.timeline import Period, PeriodsOverlap, Timelines
from stations.records.network import CourierService, LogisticsNode, LogisticsRoute
from stations.units.hierarchy import NATION

_ROUTE_FACTS = ("trips_per_week", "days")
_COURIER_FACTS = ("handover", "trips_per_week", "promised_days")
# Two operators may drive the same way, so the operator is part of what names a route; «» is none.
RouteKey = tuple[str, str, str]
CourierKey = tuple[str, str]


def plan_routes(session: Session, rows: Sequence[Told], ground: Ground) -> Plan:
    """Check the rows against the nodes on file in the unit; a route belongs to the smallest unit that holds both."""
    codes = sorted({one.text(key) for one in rows for key in ("from_code", "to_code")} - {""})
    paths = _node_paths(session, codes, ground)
    lines: Timelines[RouteKey] = Timelines()
    for some in in_batches(sorted({one.text("from_code") for one in rows} - {""})):
        asked = select(LogisticsRoute).where(
            LogisticsRoute.from_code.in_(some), LogisticsRoute.superseded_at.is_(None),
            LogisticsRoute.unit_path.like(f"{ground.unit.path}%"),
        )  # fmt: skip
        for row in session.scalars(asked):
            facts = {key: getattr(row, key) for key in _ROUTE_FACTS}
            period = Period(row.starts_on, row.ends_on, facts, row.id)
            lines.put((row.from_code, row.to_code, row.operator or ""), period)
    plan, repeats = Plan(), Repeats()
    for told in rows:
        key = (told.text("from_code"), told.text("to_code"), told.text("operator"))
        for name, code in zip(("from_code", "to_code"), key, strict=False):
            if code and code not in paths:
                told.complain(name, "NODE_UNKNOWN", code)
        if key[0] and key[0] == key[1]:
            told.complain("to_code", "SAME_ENDS")
        _declare(plan, repeats, lines, told, "from_code", key, _ROUTE_FACTS)

    def columns(key: RouteKey) -> dict[str, Any]:
        path = _common(paths[key[0]], paths[key[1]])
        return {"from_code": key[0], "to_code": key[1], "operator": key[2] or None, "unit_path": path,
                "unit_code": path.strip("/").rpartition("/")[2] or NATION}  # fmt: skip

    plan.save = _saver(LogisticsRoute, lines, columns)
    return plan


def plan_couriers(session: Session, rows: Sequence[Told], ground: Ground) -> Plan:
    """Check the rows against the villages and the services on file; a service is named by village and company."""
    villages = [find_village(told, ground) for told in rows]
    lines: Timelines[CourierKey] = Timelines()
    for some in in_batches(sorted({one.code for one in villages if one is not None})):
        asked = select(CourierService).where(CourierService.village_code.in_(some),
                                             CourierService.superseded_at.is_(None))  # fmt: skip
        for row in session.scalars(asked):
            facts = {key: getattr(row, key) for key in _COURIER_FACTS}
            lines.put((row.village_code, row.courier), Period(row.starts_on, row.ends_on, facts, row.id))
    plan, repeats = Plan(), Repeats()
    for told, village in zip(rows, villages, strict=True):
        key = ("" if village is None else village.code, told.text("carrier"))
        _declare(plan, repeats, lines, told, "carrier", key, _COURIER_FACTS)

    def columns(key: CourierKey) -> dict[str, Any]:
        path = ground.villages.by_code[key[0]].path
        return {"village_code": key[0], "courier": key[1], "unit_path": path}

    plan.save = _saver(CourierService, lines, columns)
    return plan


def _declare(
    plan: Plan, repeats: Repeats, lines: Timelines[Any], told: Told, cell: str, key: tuple[str, ...],
    facts: Sequence[str],
) -> None:  # fmt: skip
    """Take one row's declaration, unless it is wrong."""
    check_days(told)
    starts = told.values.get("starts_on")
    if all(key[:2]):
        repeats.check(told, cell, key[0], key[1], key[2:] or "-", starts)
    if told.errors or starts is None:
        return
    stated = {one: told.values[one] for one in facts if one in told.values}
    if not any(one.holds_on(starts) for one in lines.by_key.get(key, ())):
        stated = dict.fromkeys(facts) | stated
    try:
        plan.whats.append(lines.declare(key, stated, starts, told.values.get("ends_on")))
    except PeriodsOverlap as overlap:
        told.complain("ends_on", "PERIODS_OVERLAP", overlap.begins)


def _saver(
    table: Any, lines: Timelines[Any], columns: Callable[[Any], dict[str, Any]]
) -> Callable[[Session, Saving], list[int]]:
    def save(session: Session, saving: Saving) -> list[int]:
        supersede(session, table, lines.gone(), saving.now)
        insert_rows(session, table, [
            {**columns(key), **period.facts, "starts_on": period.starts_on, "ends_on": period.ends_on,
             "import_id": saving.import_id, "recorded_at": saving.now}
            for key, period in lines.added()
        ])  # fmt: skip
        return []

    return save


def _node_paths(session: Session, codes: Sequence[str], ground: Ground) -> dict[str, str]:
    """Give the unit paths of the nodes on file in the unit, whatever their days."""
    found: dict[str, str] = {}
    for some in in_batches(codes):
        asked = select(LogisticsNode.code, LogisticsNode.unit_path).where(
            LogisticsNode.code.in_(some), LogisticsNode.superseded_at.is_(None),
            LogisticsNode.unit_path.like(f"{ground.unit.path}%"),
        )  # fmt: skip
        found |= {row.code: row.unit_path for row in session.execute(asked)}
    return found


def _common(one: str, other: str) -> str:
    """Give the path of the smallest unit that holds both."""
    shared: list[str] = []
    for mine, theirs in zip(one.strip("/").split("/"), other.strip("/").split("/"), strict=False):
        if mine != theirs:
            break
        shared.append(mine)
    return f"/{'/'.join(shared)}/"
