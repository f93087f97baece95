"""A station as it stood on a day, as known at an instant: one record, less what the asker may not see."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from field_app_schema.vocab import Role
from stations.people.access import STAFF, Caller


@dataclass(frozen=True, slots=True)
class StationAt:
    """The three axes and the description; lon, lat in CGCS2000 degrees. `vitality_since` is None for another day."""

    station_id: int
    code: str
    kind: str
    host_type: str
    operator: str | None
    is_subsidised: bool | None
    unit_path: str
    revision: int
    name: str
    village_code: str
    village_name: str
    township_name: str | None
    address: str | None
    lon: float | None
    lat: float | None
    lon_raw: float | None
    lat_raw: float | None
    coord_system: str | None
    coord_quality: str
    services: list[str]
    head_name: str | None
    phone: str | None
    hours: str | None
    extra: dict[str, Any]
    listing_status: str
    vitality: str
    vitality_confidence: str | None
    vitality_reason: str
    vitality_since: dt.date | None
    vitality_recheck_on: dt.date | None
    last_observed_at: dt.datetime | None
    last_observed_state: str | None
    vitality_rule_version: str | None


def as_seen_by(caller: Caller, state: StationAt) -> StationAt:
    """Leave out the head's phone, and ledger columns that may hold one, for all but staff and the own owner (F9)."""
    if caller.role in STAFF or (caller.role is Role.OWNER and caller.station_id == state.station_id):
        return state
    return replace(state, phone=None, extra={})
