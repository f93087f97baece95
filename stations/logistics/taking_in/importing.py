"""Take in a file of network facts: every row is checked first, then all are saved or none; twice is once."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab_network import NetworkFile
from geo.datum import DATUMS
from stations.logistics.reading.opening import read_table
from stations.logistics.rows.columns import knows
from stations.logistics.rows.problems import NO_PLACE, noted
from stations.logistics.rows.telling import File, Told, read_file
from stations.logistics.taking_in.doubts import doubts_of_places
from stations.logistics.taking_in.flows import plan_couriers, plan_routes
from stations.logistics.taking_in.ground import Ground, Plan, Saving, ground_of, place_rows
from stations.logistics.taking_in.links import plan_links
from stations.logistics.taking_in.nodes import plan_nodes
from stations.logistics.taking_in.timeline import CHANGED, ENDED, NEW, SAME
from stations.logistics.taking_in.traces import plan_traces
from stations.logistics.taking_in.villages import plan_villages
from stations.people.access import Caller
from stations.people.audit import note_act
from stations.records.days import day_in_china
from stations.records.frames import unit_asked
from stations.records.network import NetworkImport
from stations.records.tables import RegisterRevision
from stations.register.ledger.result import SHOWN
from stations.units.tables import OrgUnit
from stations.vitality.refreshing import refresh_vitality

PLANS: Mapping[NetworkFile, Callable[[Session, Sequence[Told], Ground], Plan]] = {
    NetworkFile.NODES: plan_nodes, NetworkFile.ROUTES: plan_routes, NetworkFile.COURIERS: plan_couriers,
    NetworkFile.TRACES: plan_traces, NetworkFile.VILLAGES: plan_villages, NetworkFile.LINKS: plan_links,
}  # fmt: skip


@dataclass(frozen=True)
class NetworkWish:
    """How a file is to be read: what it holds, for which unit (None: the caller's own), tried only or saved.

    `coord_system` is the datum of rows that name none; `layer` names a sheet or layer where there are several.
    """

    kind: NetworkFile
    unit: str | None = None
    dry_run: bool = True
    name: str = ""
    coord_system: str = "cgcs2000"
    layer: str | None = None


def take_network(
    session: Session, caller: Caller, wish: NetworkWish, content: bytes, *, now: dt.datetime
) -> dict[str, Any]:
    """Check a file and, unless it is a dry run, save it; gives {import_id, kind, unit, dry_run, saved, counts, …}.

    Refuses with UNIT_UNKNOWN, OUT_OF_SCOPE, BAD_INPUT (datum), NETWORK_FILE, NETWORK_COLUMNS, and with NETWORK_ROWS
    where any cell is wrong and it was no trial; its details hold the result.
    """
    if wish.coord_system not in DATUMS:
        raise Refusal("BAD_INPUT", errors={"coord_system": [f"只能是 / must be one of: {', '.join(DATUMS)}"]})
    unit, today = unit_asked(session, caller, wish.unit), day_in_china(now)
    name = "".join(sign for sign in wish.name if sign.isprintable())[-200:] or wish.kind.value
    file = read_file(wish.kind, read_table(name, content, knows=knows(wish.kind), layer=wish.layer), today=today)
    if not wish.dry_run:
        # Held until the end, so that of two files neither adds what the other just did. SQLite holds its own lock.
        session.execute(select(RegisterRevision.id).with_for_update())
    ground = ground_of(session, file.rows, unit, today=today, coord_system=wish.coord_system)
    if assumed := place_rows(file.rows, wish.coord_system):
        file.notices.append(noted("DATUM_ASSUMED", NO_PLACE, assumed, wish.coord_system))
    plan = PLANS[wish.kind](session, file.rows, ground)
    file.notices += doubts_of_places(session, caller, wish.kind, file.rows, ground)
    result = _result(wish, unit, file, plan)
    if wish.dry_run:
        return result
    if result["error_count"]:
        raise Refusal("NETWORK_ROWS", result=result)
    result["import_id"] = _save(session, caller, unit, name, content, result, plan, wish.kind, now=now)
    return result | {"saved": True}


def _result(wish: NetworkWish, unit: OrgUnit, file: File, plan: Plan) -> dict[str, Any]:
    errors = [error for one in file.rows for error in one.errors]
    times = Counter(plan.whats)
    counts = {"rows": len(file.rows), **{what: times[what] for what in (NEW, CHANGED, SAME, ENDED)},
              "wrong": sum(1 for one in file.rows if one.errors)}  # fmt: skip
    return {
        "import_id": None, "kind": wish.kind.value, "unit": {"code": unit.code, "name": unit.name, "level": unit.level},
        "dry_run": wish.dry_run, "saved": False, "counts": counts, "error_count": len(errors),
        "errors": [asdict(one) for one in errors[:SHOWN]], "notices": [asdict(one) for one in file.notices[:SHOWN]],
    }  # fmt: skip


def _save(
    session: Session, caller: Caller, unit: OrgUnit, name: str, content: bytes, result: dict[str, Any], plan: Plan,
    kind: NetworkFile, *, now: dt.datetime,
) -> int:  # fmt: skip
    kept = NetworkImport(
        kind=kind.value, unit_code=unit.code, unit_path=unit.path, file_name=name,
        sha256=hashlib.sha256(content).hexdigest(), counts=result["counts"], imported_by=caller.account_id,
        imported_at=now,
    )  # fmt: skip
    session.add(kept)
    session.flush()
    saving = Saving(caller, now, day_in_china(now), kept.id, f"import {kept.id} {name}"[:200])
    number = kept.id
    touched = plan.save(session, saving)
    refresh_vitality(session, touched, now=now)
    note_act(session, caller, "network.import", kind.value, str(number), now=now, after=result["counts"])
    session.flush()
    return number
