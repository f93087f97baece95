"""The county decides, once, what a found station is: a new one, one that is listed, or none."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from inspections.found.reading import FoundLine, find_found, read_found_line
from inspections.found.tables import FoundStation
from stations.people.access import Caller
from stations.people.audit import note_act
from stations.records.revision import next_revision
from stations.records.tables import Station
from stations.register.entry.facts import StationFacts
from stations.register.listing.proposing import propose_station
from stations.register.lookup.reading import find_station

PROPOSED, SAME_AS = "proposed", "same_as"


@dataclass(frozen=True)
class FoundDecision:
    """`proposed` (with host type, and a village where the finder named none), `same_as` (a code), or `dismissed`."""

    decision: str
    note: str
    station_code: str | None = None
    village_code: str | None = None
    host_type: str | None = None


def decide_found(
    session: Session, officer: Caller, found_id: str, decided: FoundDecision, *, now: dt.datetime
) -> FoundLine:
    """Decide; a proposal is entered as the county's own, which has the stations near by before its eyes.

    Refuses with FOUND_UNKNOWN, FOUND_DECIDED, BAD_INPUT (what the decision needs or has no use for), STATION_UNKNOWN,
    and with what `propose_station` refuses.
    """
    # Before any other lock: proposing takes them in this order too.
    next_revision(session)
    row = find_found(session, officer, found_id, for_change=True)
    if row.state != "open":
        raise Refusal("FOUND_DECIDED", state=row.state)
    _check_wish(row, decided)
    station: Station | None = None
    if decided.decision == PROPOSED:
        station = propose_station(session, officer, _facts(row, decided), now=now)
    elif decided.decision == SAME_AS:
        station = find_station(session, officer, decided.station_code or "")
    row.state, row.decided_note = decided.decision, decided.note
    row.decided_by, row.decided_at = officer.account_id, now
    row.station_id = station.id if station else None
    after = {"state": row.state, "station": station.code if station else None}
    note_act(session, officer, "found.decide", "found_station", row.id, now=now, reason=decided.note,
             before={"state": "open"}, after=after)  # fmt: skip
    session.flush()
    return read_found_line(session, row)


def _check_wish(row: FoundStation, decided: FoundDecision) -> None:
    wanted = {
        "station_code": (decided.decision == SAME_AS, decided.station_code),
        "host_type": (decided.decision == PROPOSED, decided.host_type),
        "village_code": (decided.decision == PROPOSED, decided.village_code or
                         (row.village_code if decided.decision == PROPOSED else None)),
    }  # fmt: skip
    errors = {}
    for name, (is_wanted, value) in wanted.items():
        if is_wanted and not value:
            errors[name] = ["这样处理必须填 / this decision needs it"]
        elif value and not is_wanted:
            errors[name] = ["这样处理用不着 / this decision has no use for it"]
    if errors:
        raise Refusal("BAD_INPUT", errors=errors)


def _facts(row: FoundStation, decided: FoundDecision) -> StationFacts:
    fix = row.fix_raw or {}
    return StationFacts(
        name=row.name, village_code=decided.village_code or row.village_code or "", kind=row.kind,
        host_type=decided.host_type or "", lon=fix.get("lon"), lat=fix.get("lat"),
        coord_system=fix.get("coord_system"), coord_quality="gps" if fix else "missing", nearby_checked=True,
    )  # fmt: skip
