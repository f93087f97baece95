"""Every file that holds tables, so that the metadata is whole before anybody asks it; and what of it to compare."""

from __future__ import annotations

from typing import Any, Literal

from sqlalchemy import Column

import inspections.chain.tables
import inspections.found.tables
import inspections.photos.tables
import inspections.plausibility.tables
import inspections.quarantine.tables
import inspections.review.tables
import inspections.signage.tables
import inspections.tasks.tables
import inspections.visits.tables
import jobs
import stations.channels.tables
import stations.coverage.tables
import stations.people.tables
import stations.policy.tables
import stations.records.months
import stations.records.network
import stations.records.tables
import stations.register.ledger.tables
import stations.sales.doubts.tables
import stations.sales.feeds.tables
import stations.sales.reminders.tables
import stations.sales.returns.tables
import stations.survival.tables
import stations.units.tables
from db import Base, LonLatPoint, UtcDateTime

ROOMS_WITH_TABLES = (
    jobs,
    stations.units.tables,
    stations.policy.tables,
    stations.people.tables,
    stations.records.tables,
    stations.records.months,
    stations.records.network,
    stations.register.ledger.tables,
    stations.sales.feeds.tables,
    stations.sales.returns.tables,
    stations.sales.reminders.tables,
    stations.sales.doubts.tables,
    stations.survival.tables,
    stations.coverage.tables,
    stations.channels.tables,
    inspections.visits.tables,
    inspections.photos.tables,
    inspections.quarantine.tables,
    inspections.tasks.tables,
    inspections.review.tables,
    inspections.found.tables,
    inspections.signage.tables,
    inspections.chain.tables,
    inspections.plausibility.tables,
)
METADATA = Base.metadata
POSTGRES_ONLY = {"ix_station_version_point"}
# PostGIS's own table of reference systems is nobody's model.
NOT_OURS = {"spatial_ref_sys"}


def is_ours(dialect: str, thing: Any, name: str | None, kind: str, _reflected: bool, _other: Any) -> bool:
    """Say whether autogenerate compares a thing on this database."""
    if kind == "table" and name in NOT_OURS:
        return False
    return not (kind == "index" and name in POSTGRES_ONLY and dialect != "postgresql")


def write_type(kind: str, thing: Any, _context: Any) -> str | Literal[False]:
    """Write our own column types into a revision by their names in `db`."""
    if kind == "type" and isinstance(thing, (UtcDateTime, LonLatPoint)):
        return f"db.{type(thing).__name__}()"
    return False


def same_type(_context: Any, column: Column[Any], _reflected: Any, _wanted: Any, wanted: Any) -> bool | None:
    """Leave our own types out of the comparison: a database shows only what lies under them."""
    return False if isinstance(wanted, (UtcDateTime, LonLatPoint)) or isinstance(column.type, LonLatPoint) else None
