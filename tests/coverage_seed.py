"""Facts of the small world that coverage rests on: a visit that found a station open, or gone."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from stations.records.tables import Observation
from tests.conftest import NOON


def seen(session: Session, station_id: int, state: str, *, days_ago: int = 10, recorded_days_ago: int = 10) -> None:
    """Let somebody independent have stood before the station."""
    session.add(Observation(
        station_id=station_id, observed_at=NOON - dt.timedelta(days=days_ago), observed_state=state,
        evidence_kind="site_visit", method="site_visit", observer_unit_code="431125", is_independent=True,
        source="inspection", recorded_at=NOON - dt.timedelta(days=recorded_days_ago),
    ))  # fmt: skip
    session.flush()


def seen_open(session: Session, station_id: int, *, days_ago: int = 10) -> None:
    """Let somebody have found the station open."""
    seen(session, station_id, "open_operating", days_ago=days_ago, recorded_days_ago=days_ago)
