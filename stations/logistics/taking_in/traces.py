"""Parcels' ways out of a file: a later file fills what was not yet, and what contradicts is refused cell by cell."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from stations.batches import in_batches
from stations.logistics.rows.telling import Told
from stations.logistics.taking_in.ground import Ground, Plan, Saving, find_village, insert_rows
from stations.logistics.taking_in.links import stations_named
from stations.logistics.taking_in.timeline import CHANGED, NEW, SAME
from stations.records.network import DeliveryTrace, LogisticsNode

# What may be filled later, and the cell it comes from; the rest must agree from the first.
_FILLED = {"station_id": "station", "node_code": "node", "township_on": "township_on", "arrived_on": "arrived_on"}
_FIRM = {"village_code": "village", "sent_on": "sent_on"}
_DAYS = ("sent_on", "township_on", "arrived_on")


@dataclass
class _Parcel:
    """A parcel as the file leaves it: what it says now, the row on file, and what a save must fill there."""

    facts: dict[str, Any]
    id: int | None = None
    is_mine: bool = True
    filled: set[str] = field(default_factory=set)


def waybill_sha256(carrier: str, waybill: str) -> str:
    """Give the name under which a parcel is kept: SHA-256 of «carrier\\nwaybill»."""
    return hashlib.sha256(f"{carrier}\n{waybill}".encode()).hexdigest()


def plan_traces(session: Session, rows: Sequence[Told], ground: Ground) -> Plan:
    """Check the rows against villages, stations, nodes and the parcels on file."""
    stations = stations_named(session, sorted({one.text("station") for one in rows} - {""}), ground)
    nodes = _nodes_named(session, sorted({one.text("node") for one in rows} - {""}), ground)
    names = [waybill_sha256(one.text("carrier"), one.text("waybill")) for one in rows]
    parcels = _on_file(session, sorted(set(names)), ground)
    plan = Plan()
    for told, name in zip(rows, names, strict=True):
        facts = _facts(told, ground, stations, nodes)
        if told.errors:
            continue
        parcel = parcels.get(name)
        if parcel is None:
            parcels[name] = _Parcel(facts)
            plan.whats.append(NEW)
        elif _agrees(told, parcel, facts):
            fresh = {key for key in _FILLED if parcel.facts[key] is None and facts[key] is not None}
            parcel.facts |= {key: facts[key] for key in fresh}
            parcel.filled |= fresh
            plan.whats.append(CHANGED if fresh else SAME)

    def save(session: Session, saving: Saving) -> list[int]:
        return _save(session, parcels, ground, saving)

    plan.save = save
    return plan


def _nodes_named(session: Session, codes: Sequence[str], ground: Ground) -> set[str]:
    found: set[str] = set()
    for some in in_batches(codes):
        found |= set(session.scalars(select(LogisticsNode.code).where(
            LogisticsNode.code.in_(some), LogisticsNode.unit_path.like(f"{ground.unit.path}%")
        )))  # fmt: skip
    return found


def _on_file(session: Session, names: Sequence[str], ground: Ground) -> dict[str, _Parcel]:
    t = DeliveryTrace
    found: dict[str, _Parcel] = {}
    # Asked without scope: a waybill names one parcel, whoever brought it.
    asked = select(t.id, t.waybill_sha256, t.unit_path, t.carrier, t.village_code, t.station_id, t.node_code, t.sent_on,
                   t.township_on, t.arrived_on)  # fmt: skip
    for some in in_batches(names):
        for row in session.execute(asked.where(t.waybill_sha256.in_(some))):
            facts = {key: getattr(row, key) for key in ("carrier", *_FIRM, *_FILLED)}
            found[row.waybill_sha256] = _Parcel(facts, row.id, ground.inside(row.unit_path))
    return found


def _facts(told: Told, ground: Ground, stations: dict[str, int], nodes: set[str]) -> dict[str, Any]:
    village, station, node = find_village(told, ground), told.text("station"), told.text("node")
    if station and station not in stations:
        told.complain("station", "STATION_UNKNOWN", station)
    if node and node not in nodes:
        told.complain("node", "NODE_UNKNOWN", node)
    days: list[tuple[str, dt.date]] = [(key, told.values[key]) for key in _DAYS if key in told.values]
    for key, day in days:
        if day > ground.today:
            told.complain(key, "DAY_IN_FUTURE", day)
    for (_, before), (key, after) in pairwise(days):
        if after < before:
            told.complain(key, "DAYS_REVERSED", after, before)
    return {"carrier": told.text("carrier"), "village_code": "" if village is None else village.code,
            "sent_on": told.values.get("sent_on"), "station_id": stations.get(station), "node_code": node or None,
            "township_on": told.values.get("township_on"), "arrived_on": told.values.get("arrived_on")}  # fmt: skip


def _agrees(told: Told, parcel: _Parcel, facts: dict[str, Any]) -> bool:
    """Complain where the row says otherwise than what is on file, or than an earlier row."""
    before = len(told.errors)
    for key, cell in (_FIRM | _FILLED).items():
        stands = parcel.facts[key]
        if facts[key] is None or stands in (None, facts[key]):
            continue
        at = "village_code" if cell == "village" and told.text("village_code") else cell
        # What stands elsewhere is nobody's business here, and an id says nothing to anybody.
        said = stands if parcel.is_mine and key != "station_id" else "*"
        told.complain(at, "TRACE_CONTRADICTS", said)
    whole = parcel.facts | {key: value for key, value in facts.items() if value is not None}
    days = [(key, whole[key]) for key in _DAYS if whole[key] is not None]
    for (_, earlier), (key, later) in pairwise(days):
        if later < earlier and len(told.errors) == before:
            told.complain(key, "DAYS_REVERSED", later, earlier)
    return len(told.errors) == before


def _save(session: Session, parcels: dict[str, _Parcel], ground: Ground, saving: Saving) -> list[int]:
    new: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    seen: set[int] = set()
    for name, parcel in parcels.items():
        facts = parcel.facts
        if parcel.id is None:
            village = ground.villages.by_code[facts["village_code"]]
            new.append({**facts, "waybill_sha256": name, "unit_path": village.path, "import_id": saving.import_id,
                        "recorded_at": saving.now,
                        "arrival_recorded_at": None if facts["arrived_on"] is None else saving.now})  # fmt: skip
        elif parcel.filled:
            changed.append({f"b_{key}": facts[key] for key in _FILLED} | {
                "b_id": parcel.id, "b_now": saving.now if "arrived_on" in parcel.filled else None
            })  # fmt: skip
        if facts["station_id"] and facts["arrived_on"] and (parcel.id is None or parcel.filled):
            seen.add(facts["station_id"])
    insert_rows(session, DeliveryTrace, new)
    _fill(session, [one for one in changed if one["b_now"] is not None], arrived=True)
    _fill(session, [one for one in changed if one["b_now"] is None], arrived=False)
    return sorted(seen)


def _fill(session: Session, rows: list[dict[str, Any]], *, arrived: bool) -> None:
    if not rows:
        return
    table: Any = DeliveryTrace.__table__
    values: dict[str, Any] = {key: bindparam(f"b_{key}") for key in _FILLED}
    if arrived:
        values["arrival_recorded_at"] = bindparam("b_now")
    else:
        for row in rows:
            del row["b_now"]
    how = table.update().where(table.c.id == bindparam("b_id")).values(values)
    session.connection().execute(how, rows)
