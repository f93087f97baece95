"""Bring a database to the newest schema, from nothing or from any earlier revision."""

from __future__ import annotations

from sqlalchemy import Engine

import inspections.photos.tables
import inspections.quarantine.tables
import inspections.visits.tables
import jobs
import stations.people.tables
import stations.policy.tables
import stations.register.tables
import stations.units.tables
from db import Base

# Named so that every table is known to the metadata before anybody asks it.
ROOMS_WITH_TABLES = (
    jobs,
    stations.units.tables,
    stations.policy.tables,
    stations.people.tables,
    stations.register.tables,
    inspections.visits.tables,
    inspections.photos.tables,
    inspections.quarantine.tables,
)


def create_schema(engine: Engine) -> None:
    """Create every table."""
    Base.metadata.create_all(engine)
