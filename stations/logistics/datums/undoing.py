"""Which repairs of coordinates there were, and one taken back: exactly the pairs that stood before."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from stations.batches import in_batches
from stations.logistics.datums.checking import SHOWN
from stations.logistics.datums.gathering import names_of
from stations.people.access import Caller, in_scope, may
from stations.people.audit import note_act
from stations.people.tables import Account
from stations.records.frames import unit_asked
from stations.records.network import DatumRepair
from stations.records.revision import next_revision
from stations.records.tables import Station, StationVersion
from stations.register.placing import PlaceHeld, correct_places, place_held

SOURCE = "datum_undo"
# The newest repairs of a unit that one answer lists.
LISTED = 200


def undo(session: Session, caller: Caller, repair_id: int, *, now: dt.datetime) -> dict[str, Any]:
    """Bring back exactly the places before a repair, all or none.

    Refuses with DATUM_REPAIR_UNKNOWN, and with DATUM_REPAIR_UNDONE when it is undone already or stations (named in
    `details.stations`) were placed anew since.
    """
    revision = next_revision(session)
    kept = _find(session, caller, repair_id)
    if kept.undone_at is not None:
        raise Refusal("DATUM_REPAIR_UNDONE", undone_at=kept.undone_at.isoformat())
    pairs: dict[str, Any] = kept.before
    standing = _standing(session, caller, sorted(pairs))
    moved = [code for code in sorted(pairs)
             if code not in standing or standing[code][1] != PlaceHeld(**pairs[code]["after"])]  # fmt: skip
    if moved:
        said = f"这些站点其后改过坐标:{'、'.join(moved[:10])} / these stations were placed anew since"
        raise Refusal("DATUM_REPAIR_UNDONE", errors={"stations": [said]}, stations=moved[:SHOWN])
    moves = {standing[code][0]: (PlaceHeld(**pair["after"]), PlaceHeld(**pair["before"]))
             for code, pair in pairs.items()}  # fmt: skip
    correct_places(session, caller, moves, source=SOURCE, revision=revision, now=now)
    kept = _find(session, caller, repair_id)
    kept.undone_by, kept.undone_at = caller.account_id, now
    note_act(session, caller, "datum.undo", "datum_repair", str(kept.id), now=now,
             after={"unit": kept.unit_code, "fault": kept.fault, "stations": sorted(pairs)})  # fmt: skip
    session.flush()
    return _told(session, [kept])[0]


def list_repairs(session: Session, caller: Caller, ou: str | None) -> dict[str, Any]:
    """Answer `GET /datum-repairs`: the repairs below a unit, newest first; refuses with UNIT_UNKNOWN, OUT_OF_SCOPE."""
    unit = unit_asked(session, caller, ou)
    rows = session.scalars(
        select(DatumRepair)
        .where(in_scope(caller, DatumRepair.unit_path), DatumRepair.unit_path.like(f"{unit.path}%"))
        .order_by(DatumRepair.id.desc()).limit(LISTED)
    ).all()  # fmt: skip
    return {"unit": {"code": unit.code, "name": unit.name, "level": unit.level}, "repairs": _told(session, list(rows)),
            "permissions": {"may_repair": may(caller, "datum.repair")}}  # fmt: skip


def _find(session: Session, caller: Caller, repair_id: int) -> DatumRepair:
    found = session.scalars(
        select(DatumRepair).where(DatumRepair.id == repair_id, in_scope(caller, DatumRepair.unit_path))
        .with_for_update().execution_options(populate_existing=True)
    ).one_or_none()  # fmt: skip
    if found is None:
        raise Refusal("DATUM_REPAIR_UNKNOWN")
    return found


def _standing(session: Session, caller: Caller, codes: list[str]) -> dict[str, tuple[int, PlaceHeld]]:
    found: dict[str, tuple[int, PlaceHeld]] = {}
    for some in in_batches(codes):
        rows = session.execute(
            select(Station, StationVersion).join(StationVersion, StationVersion.id == Station.version_id)
            .where(Station.code.in_(some), in_scope(caller, Station.unit_path, Station.id))
        )  # fmt: skip
        found |= {station.code: (station.id, place_held(version)) for station, version in rows}
    return found


def _told(session: Session, rows: list[DatumRepair]) -> list[dict[str, Any]]:
    people = {one for row in rows for one in (row.repaired_by, row.undone_by) if one is not None}
    names = {row.id: row.display_name for row in
             session.execute(select(Account.id, Account.display_name).where(Account.id.in_(people)))}  # fmt: skip
    units = names_of(session, {row.unit_code for row in rows})
    return [
        {"id": row.id, "unit": row.unit_code, "name": units.get(row.unit_code, row.unit_code), "fault": row.fault,
         "stations": len(row.before), "codes": sorted(row.before)[:SHOWN], "evidence": row.evidence["findings"],
         "repaired_at": row.repaired_at, "repaired_by": names.get(row.repaired_by or 0), "undone_at": row.undone_at,
         "undone_by": names.get(row.undone_by or 0)}
        for row in rows
    ]  # fmt: skip
