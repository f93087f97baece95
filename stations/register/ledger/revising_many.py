"""Append versions to many stations with a handful of statements; the same facts as `revise_station`, one by one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from stations.batches import in_batches
from stations.people.access import Caller
from stations.people.tables import AuditEvent
from stations.records.days import day_in_china
from stations.records.revision import next_revision
from stations.records.tables import ServiceLink, Station, StationVersion
from stations.register.entry.rows import Row
from stations.register.ledger.checking import CheckedRow
from stations.register.ledger.standing import VERSION_COLUMNS, Standing
from stations.units.tables import OrgUnit


def revise_stations(
    session: Session, caller: Caller, changed: Sequence[CheckedRow], units: dict[str, OrgUnit], *, now: dt.datetime
) -> None:
    """Append one version for each row that changes a station, true from today in China, and let its links follow.

    The caller holds the register's lock; the rows were checked against the stations as they stand under it.
    """
    if not changed:
        return
    today, revision = day_in_china(now), next_revision(session)
    pairs = [(row, row.standing) for row in changed if row.standing is not None]
    versions = [_version(row, standing, caller, today, now) for row, standing in pairs]
    made = insert(StationVersion).returning(StationVersion.id, sort_by_parameter_order=True)
    ids = list(session.scalars(made, versions))
    session.execute(update(Station), [
        _station(row, standing, version_id, units, revision)
        for (row, standing), version_id in zip(pairs, ids, strict=True)
    ])  # fmt: skip
    ended: list[int] = []
    begun: list[Row] = []
    for row, standing in pairs:
        _follow_with_links(row, standing, ended, begun, today=today, now=now)
    for some in in_batches(ended):
        session.execute(update(ServiceLink).where(ServiceLink.id.in_(some)).values(ends_on=today))
    if begun:
        session.execute(insert(ServiceLink), begun)
    session.execute(insert(AuditEvent), [_audit(row, standing, caller, now) for row, standing in pairs])
    session.expire_all()


def _version(row: CheckedRow, standing: Standing, caller: Caller, today: dt.date, now: dt.datetime) -> Row:
    columns = {name: standing.version[name] for name in VERSION_COLUMNS} | row.version
    return {**columns, "station_id": standing.id, "source": "ledger", "valid_from": today, "recorded_at": now,
            "recorded_by": caller.account_id}  # fmt: skip


def _station(
    row: CheckedRow, standing: Standing, version_id: int, units: dict[str, OrgUnit], revision: int
) -> Row:
    # Every dictionary has the same keys, so that all go in one statement.
    unit = units[row.version.get("village_code", standing.version["village_code"])]
    kept = {name: getattr(standing, name) for name in ("host_type", "operator", "is_subsidised")}
    return {"id": standing.id, "version_id": version_id, "unit_code": unit.code, "unit_path": unit.path,
            "revision": revision, **kept, **row.own}  # fmt: skip


def _follow_with_links(
    row: CheckedRow, standing: Standing, ended: list[int], begun: list[Row], *, today: dt.date, now: dt.datetime
) -> None:
    if row.served is None and "services" not in row.version:
        return
    services = list(row.version.get("services", standing.version["services"]))
    wanted = dict.fromkeys(row.served if row.served is not None else [link[1] for link in standing.served])
    for link_id, village, offered in standing.served:
        if village in wanted and sorted(offered) == sorted(services):
            del wanted[village]
        else:
            ended.append(link_id)
    begun += [{"station_id": standing.id, "village_code": village, "services": services, "starts_on": today,
               "declared_by": "ledger", "recorded_at": now} for village in wanted]  # fmt: skip


def _audit(row: CheckedRow, standing: Standing, caller: Caller, now: dt.datetime) -> Row:
    before = {name: _plain(standing.version[name]) for name in row.version if name != "point"}
    before |= {name: getattr(standing, name) for name in row.own}
    after: dict[str, Any] = {name: _plain(value) for name, value in (row.version | row.own).items() if name != "point"}
    if row.served is not None:
        before["villages_served"] = [link[1] for link in standing.served]
        after["villages_served"] = list(row.served)
    return {"at": now, "actor_id": caller.account_id, "action": "station.revise", "object_kind": "station",
            "object_id": standing.code, "before": before, "after": after, "reason": "ledger"}  # fmt: skip


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | float | bool | list | dict | type(None)) else str(value)
