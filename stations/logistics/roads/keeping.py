"""Check a road network, keep it as packed columns, list those that are kept, withdraw one."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from field_app_schema.refusals import Refusal
from geo.roads.checking import RoadCheck, check_roads
from geo.roads.packing import pack
from stations.logistics.datums.gathering import names_of
from stations.logistics.roads.filling import RoadFile
from stations.logistics.roads.problems import NOWHERE, notices_of, road_problem
from stations.people.access import Caller, in_scope, may
from stations.people.audit import note_act
from stations.people.tables import Account
from stations.records.frames import unit_asked
from stations.records.network import RoadGraph

_ODD_ROWS = ("odd_length_rows", "odd_speed_rows")


@dataclass(frozen=True)
class Checked:
    """A road file after its check: the figures, what is wrong, and the packed columns (None: not usable)."""

    figures: dict[str, Any]
    problems: dict[str, Any]
    packed: bytes | None


def check_file(read: RoadFile) -> Checked:
    """Check a road file that was read: units, speeds, connectivity; pure, so that no transaction waits for it."""
    found: RoadCheck = check_roads(read.table, read.nodes)
    for fault in sorted(found.faults, key=lambda one: (one.row, read.at.get(one.column, 99))):
        read.complain(fault.row, fault.column, fault.reason)
    figures: dict[str, Any] = found.figures()
    for key in _ODD_ROWS:
        figures[key] = [int(read.numbers[row]) for row in figures[key]]
    reasons = list(dict.fromkeys([*found.unusable, *(["faulty_rows"] if read.error_count else [])]))
    figures["unusable"] = reasons
    usable = found.roads is not None and not reasons
    problems = {
        "reasons": [asdict(road_problem(reason, NOWHERE)) for reason in reasons],
        "notices": [asdict(one) for one in notices_of(figures, read.measured)] if usable else [],
        "errors": [asdict(one) for one in read.errors], "error_count": read.error_count,
    }  # fmt: skip
    return Checked(figures, problems, pack(found.roads) if found.roads is not None and usable else None)


def keep_roads(
    session: Session, caller: Caller, checked: Checked, *, unit: str | None, name: str, file_name: str, dry_run: bool,
    now: dt.datetime,
) -> dict[str, Any]:  # fmt: skip
    """Keep a checked network for a unit, or only say what the check found; the same network twice is kept once.

    Refuses with ROADS_UNUSABLE (`details.result` is the check) unless it is a dry run, UNIT_UNKNOWN, OUT_OF_SCOPE.
    """
    owner = unit_asked(session, caller, unit)
    result = {"unit": owner.code, "dry_run": dry_run, "saved": False, "id": None, "usable": checked.packed is not None,
              "check": checked.figures, **checked.problems}  # fmt: skip
    if dry_run:
        return result
    if checked.packed is None:
        raise Refusal("ROADS_UNUSABLE", result=result)
    sha256 = hashlib.sha256(checked.packed).hexdigest()
    same = session.scalars(
        select(RoadGraph.id).where(RoadGraph.unit_code == owner.code, RoadGraph.sha256 == sha256,
                                   RoadGraph.withdrawn_at.is_(None), in_scope(caller, RoadGraph.unit_path))
    ).first()  # fmt: skip
    if same is not None:
        return result | {"id": same}
    kept = RoadGraph(unit_code=owner.code, unit_path=owner.path, name=name.strip() or owner.name,
                     file_name=_printable(file_name), sha256=sha256, check=checked.figures, columns=checked.packed,
                     imported_by=caller.account_id, imported_at=now)  # fmt: skip
    session.add(kept)
    session.flush()
    counted = {key: checked.figures[key] for key in ("nodes", "edges", "components", "length_km")}
    note_act(session, caller, "roads.import", "road_graph", str(kept.id), now=now,
             after={"unit": owner.code, "name": kept.name, "sha256": sha256} | counted)  # fmt: skip
    session.flush()
    return result | {"id": kept.id, "saved": True}


def list_roads(session: Session, caller: Caller, ou: str | None) -> dict[str, Any]:
    """Answer `GET /road-graphs`: the networks of a unit and of the units below it, newest first, withdrawn ones too."""
    unit = unit_asked(session, caller, ou)
    rows = session.scalars(
        select(RoadGraph).options(defer(RoadGraph.columns))
        .where(in_scope(caller, RoadGraph.unit_path), RoadGraph.unit_path.like(f"{unit.path}%"))
        .order_by(RoadGraph.id.desc()).limit(200)
    ).all()  # fmt: skip
    return {"unit": {"code": unit.code, "name": unit.name, "level": unit.level}, "graphs": _told(session, list(rows)),
            "permissions": {"may_import": may(caller, "network.import")}}  # fmt: skip


def one_road_graph(session: Session, caller: Caller, graph_id: int) -> dict[str, Any]:
    """Give one network with its check; refuses with ROADS_UNKNOWN."""
    return _told(session, [_find(session, caller, graph_id)])[0]


def withdraw_roads(session: Session, caller: Caller, graph_id: int, *, now: dt.datetime) -> dict[str, Any]:
    """Take a network out of use; what was computed on it stays readable. A second time changes nothing."""
    kept = _find(session, caller, graph_id)
    if kept.withdrawn_at is None:
        kept.withdrawn_at = now
        note_act(session, caller, "roads.withdraw", "road_graph", str(kept.id), now=now,
                 after={"unit": kept.unit_code, "name": kept.name})  # fmt: skip
        session.flush()
    return _told(session, [kept])[0]


def _find(session: Session, caller: Caller, graph_id: int) -> RoadGraph:
    found = session.scalars(
        select(RoadGraph).options(defer(RoadGraph.columns))
        .where(RoadGraph.id == graph_id, in_scope(caller, RoadGraph.unit_path))
    ).one_or_none()  # fmt: skip
    if found is None:
        raise Refusal("ROADS_UNKNOWN")
    return found


def _told(session: Session, rows: list[RoadGraph]) -> list[dict[str, Any]]:
    people = {row.imported_by for row in rows if row.imported_by is not None}
    names = {row.id: row.display_name for row in
             session.execute(select(Account.id, Account.display_name).where(Account.id.in_(people)))}  # fmt: skip
    units = names_of(session, {row.unit_code for row in rows})
    return [
        {"id": row.id, "unit": row.unit_code, "unit_name": units.get(row.unit_code, row.unit_code), "name": row.name,
         "file_name": row.file_name, "sha256": row.sha256, "check": row.check, "imported_at": row.imported_at,
         "imported_by": names.get(row.imported_by or 0), "withdrawn_at": row.withdrawn_at}
        for row in rows
    ]  # fmt: skip


def _printable(name: str) -> str:
    return "".join(sign for sign in name if sign.isprintable())[-200:] or "roads"
