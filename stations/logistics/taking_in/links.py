"""Which station serves which village with which services, out of a file: the dated rows of the register itself.

A service link on file is never superseded, it ends: a day that turns out wrong leaves a link that ends as it begins.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from stations.batches import in_batches
from stations.logistics.rows.telling import Told
from stations.logistics.taking_in.ground import Ground, Plan, Saving, check_days, find_village
from stations.logistics.taking_in.repeats import Repeats
from stations.logistics.taking_in.timeline import Period, PeriodsOverlap, Timelines
from stations.records.revision import next_revision
from stations.records.tables import ServiceLink, Station

LinkKey = tuple[int, str]


def stations_named(session: Session, codes: Sequence[str], ground: Ground) -> dict[str, int]:
    """Give the ids of the stations of the unit that have these codes."""
    found: dict[str, int] = {}
    for some in in_batches(codes):
        asked = select(Station.code, Station.id).where(Station.code.in_(some),
                                                       Station.unit_path.like(f"{ground.unit.path}%"))  # fmt: skip
        found |= {row.code: row.id for row in session.execute(asked)}
    return found


def plan_links(session: Session, rows: Sequence[Told], ground: Ground) -> Plan:
    """Check the rows against the stations, the villages and the links on file."""
    ids = stations_named(session, sorted({one.text("station") for one in rows} - {""}), ground)
    lines = _standing(session, sorted(ids.values()))
    on_file = {one.id: one for periods in lines.by_key.values() for one in periods if one.id is not None}
    plan, repeats = Plan(), Repeats()
    for told in rows:
        village, code, starts = find_village(told, ground), told.text("station"), told.values.get("starts_on")
        check_days(told)
        if code and code not in ids:
            told.complain("station", "STATION_UNKNOWN", code)
        if village is not None:
            repeats.check(told, "station", code, village.code, starts)
        if told.errors or village is None or starts is None:
            continue
        key, stated = (ids[code], village.code), {"services": told.values["services"]}
        try:
            plan.whats.append(lines.declare(key, stated, starts, told.values.get("ends_on")))
        except PeriodsOverlap as overlap:
            told.complain("ends_on", "PERIODS_OVERLAP", overlap.begins)

    def save(session: Session, saving: Saving) -> list[int]:
        return _save(session, lines, on_file, saving)

    plan.save = save
    return plan


def _standing(session: Session, ids: Sequence[int]) -> Timelines[LinkKey]:
    lines: Timelines[LinkKey] = Timelines()
    for some in in_batches(ids):
        asked = select(ServiceLink).where(ServiceLink.station_id.in_(some)).order_by(ServiceLink.id)
        for row in session.scalars(asked):
            # A link that ends as it begins never held.
            if row.ends_on is None or row.ends_on > row.starts_on:
                facts = {"services": tuple(sorted(row.services))}
                lines.put((row.station_id, row.village_code), Period(row.starts_on, row.ends_on, facts, row.id))
    return lines


def _save(
    session: Session, lines: Timelines[LinkKey], on_file: dict[int, Period], saving: Saving
) -> list[int]:
    ends: dict[int, dt.date | None] = {id_: on_file[id_].starts_on for id_ in lines.gone()}
    by_start = {(lines.key_of[id_], starts): id_ for id_, starts in ends.items()}
    new: list[dict[str, Any]] = []
    for key, period in lines.added():
        id_ = by_start.get((key, period.starts_on))
        if id_ is not None and on_file[id_].facts == period.facts:
            ends[id_] = period.ends_on
        else:
            new.append({"station_id": key[0], "village_code": key[1], "services": list(period.facts["services"]),
                        "starts_on": period.starts_on, "ends_on": period.ends_on, "declared_by": "network_import",
                        "recorded_at": saving.now})  # fmt: skip
    touched = {one["station_id"] for one in new} | {key[0] for (key, _) in by_start}
    if not touched:
        return []
    revision = next_revision(session)
    if ends:
        table: Any = ServiceLink.__table__
        how = table.update().where(table.c.id == bindparam("b_id")).values(ends_on=bindparam("b_end"))
        session.connection().execute(how, [{"b_id": id_, "b_end": end} for id_, end in ends.items()])
    if new:
        session.execute(insert(ServiceLink), new)
    for some in in_batches(sorted(touched)):
        session.execute(update(Station).where(Station.id.in_(some)).values(revision=revision))
    session.expire_all()
    return []
