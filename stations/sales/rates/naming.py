"""Today's names of stations, for answers that found them by their ids."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from stations.batches import in_batches
from stations.records.tables import Station, StationVersion


def names_of_stations(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """Give the stations' names by id; one without a description is absent."""
    found: dict[int, str] = {}
    asked = select(Station.id, StationVersion.name).join(StationVersion, StationVersion.id == Station.version_id)
    for some in in_batches(ids):
        found |= {row.id: row.name for row in session.execute(asked.where(Station.id.in_(some)))}
    return found
