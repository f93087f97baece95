"""What stands beside every figure: of which unit and day, known when, by which definition, from which sources."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from stations.people.access import Caller, require_inside
from stations.records.days import day_in_china
from stations.records.periods import written
from stations.units.tables import OrgUnit


def unit_asked(session: Session, caller: Caller, code: str | None) -> OrgUnit:
    """Give the unit of a code inside the caller's scope, the caller's own for None.

    Refuses with UNIT_UNKNOWN and OUT_OF_SCOPE.
    """
    asked = code or caller.unit_code
    # Not every database can hold every sign of an address.
    unit = session.get(OrgUnit, asked) if asked.isprintable() else None
    if unit is None:
        raise Refusal("UNIT_UNKNOWN", errors={"ou": ["没有这个行政区划 / no such unit"]}, unit=code)
    require_inside(caller, unit.path)
    return unit


def frame_of(
    unit: OrgUnit,
    *,
    now: dt.datetime,
    definitions: Sequence[str],
    sources: Mapping[str, int],
    as_of: dt.date | None = None,
    known_at: dt.datetime | None = None,
    periods: Sequence[int] | None = None,
    unknown_share: float | None = None,
    rule_version: str | None = None,
) -> dict[str, Any]:
    """Give the frame of an answer; a day or an instant left out is that of `now`, months are written «202606».

    `sources` counts by source what the figures rest on; `unknown_share` is None where nothing can be unknown.
    """
    known = known_at or now
    return {
        "unit": {"code": unit.code, "name": unit.name, "level": unit.level},
        "as_of": as_of or day_in_china(known),
        "known_at": known,
        "periods": None if periods is None else [written(period) for period in periods],
        "definitions": list(definitions),
        "sources": dict(sources),
        "unknown_share": unknown_share,
        "rule_version": rule_version,
    }
