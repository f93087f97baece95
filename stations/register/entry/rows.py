"""Rows of the register built from checked facts, as plain dictionaries for inserts of many at once."""

from __future__ import annotations

import datetime as dt
from typing import Any

from stations.register.entry.coordinates import Place
from stations.register.entry.facts import StationFacts
from stations.units.tables import OrgUnit

Row = dict[str, Any]


def station_row(
    facts: StationFacts, code: str, unit: OrgUnit, *, revision: int, now: dt.datetime, today: dt.date
) -> Row:
    """Give the row of a new station; its vitality is filled by the rule before the transaction ends."""
    return {
        "code": code, "kind": facts.kind, "host_type": facts.host_type, "operator": facts.operator,
        "is_subsidised": facts.is_subsidised, "unit_code": unit.code, "unit_path": unit.path,
        "listing_status": newest_status(facts), "vitality": "not_started", "vitality_reason": "undecided",
        "vitality_since": facts.accepted_on or today, "created_at": now, "revision": revision,
    }  # fmt: skip


def newest_status(facts: StationFacts) -> str:
    """Give the listing status that the dates of the facts end in."""
    if facts.accepted_on is None:
        return "proposed"
    ends = {facts.suspended_on: "suspended", facts.delisted_on: "delisted"}
    last = max((day for day in ends if day is not None), default=None)
    return "active" if last is None else ends[last]


def version_row(
    facts: StationFacts, station_id: int, place: Place | None, *, valid_from: dt.date, by: int | None, now: dt.datetime
) -> Row:
    """Give the first version of a station."""
    return {
        "station_id": station_id, "name": facts.name.strip(), "village_code": facts.village_code,
        "address": facts.address, **place_columns(place, facts.coord_quality), "services": list(facts.services),
        "head_name": facts.head_name, "phone": facts.phone, "hours": facts.hours, "extra": dict(facts.extra),
        "source": facts.source, "valid_from": valid_from, "recorded_at": now, "recorded_by": by,
    }  # fmt: skip


def place_columns(place: Place | None, quality: str) -> Row:
    """Give the columns of a point; without one its quality is `missing`, whatever was said."""
    if place is None:
        return {"lon": None, "lat": None, "point": None, "lon_raw": None, "lat_raw": None, "coord_system": None,
                "coord_quality": "missing"}  # fmt: skip
    return {"lon": place.lon, "lat": place.lat, "point": place.point, "lon_raw": place.lon_raw,
            "lat_raw": place.lat_raw, "coord_system": place.coord_system, "coord_quality": quality}  # fmt: skip


def transition_rows(
    facts: StationFacts, station_id: int, *, by: int | None, now: dt.datetime, today: dt.date, details: Row
) -> list[Row]:
    """Give the changes of status that lead to `newest_status`, oldest first."""
    def row(before: str | None, after: str, day: dt.date, reason: str) -> Row:
        return {"station_id": station_id, "from_status": before, "to_status": after, "effective_on": day,
                "decided_by": by, "reason_code": reason, "evidence_ids": [], "details": details,
                "recorded_at": now}  # fmt: skip

    if facts.accepted_on is None:
        return [row(None, "proposed", facts.valid_from or today, "proposed")]
    steps = [row("proposed", "active", facts.accepted_on, facts.source)]
    later = [(facts.suspended_on, "suspended"), (facts.delisted_on, "delisted")]
    # The days decide the order: what was delisted stays so unless it was suspended after.
    for day, status in sorted((day, status) for day, status in later if day is not None):
        steps.append(row(steps[-1]["to_status"], status, day, facts.source))
    return steps
