"""The ledger as of a day and as known at an instant, one row a station, in the columns that the import reads."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from stations.people.access import Caller, in_scope, require_inside
from stations.records.days import CHINA, day_in_china
from stations.records.tables import ServiceLink, Station, StationTransition
from stations.register.entry.checking import units_by_code
from stations.register.ledger.cells import fold
from stations.register.ledger.columns import COLUMNS, EXTRA_MARK, known_column
from stations.register.ledger.terms import printed
from stations.register.lookup.asking import check_dates
from stations.register.lookup.reading import states_at
from stations.register.lookup.states import StationAt
from stations.units.tables import OrgUnit

Value = str | float
# Printed, and passed over when the file comes back: answers of the rule, not facts of the ledger.
COMPUTED = {"vitality": "存活状态", "last_observed_at": "最后核实时间"}
PRINTED = tuple(column for column in COLUMNS if column.key not in {"ignored", "lonlat"})


@dataclass(frozen=True)
class LedgerTable:
    """Headers and rows of text and numbers; `as_of` is the day they are of."""

    headers: list[str]
    rows: list[list[Value]]
    as_of: dt.date


def ledger_table(
    session: Session, caller: Caller, *, unit_code: str, now: dt.datetime, as_of: dt.date | None = None,
    known_at: dt.datetime | None = None,
) -> LedgerTable:  # fmt: skip
    """Give the ledger of a unit, by unit and code; refuses with UNIT_UNKNOWN, OUT_OF_SCOPE and BAD_INPUT (dates)."""
    unit = session.get(OrgUnit, unit_code)
    if unit is None:
        raise Refusal("UNIT_UNKNOWN", errors={"county": ["没有这个行政区划 / no such unit"]}, unit=unit_code)
    require_inside(caller, unit.path)
    check_dates(as_of, known_at, now)
    day = as_of or day_in_china(now)
    states = states_at(session, caller, as_of=day, known_at=known_at, unit_path=unit.path)
    states.sort(key=lambda state: (state.unit_path, state.code))
    served = _served(session, caller, day, known_at)
    codes = {code for state in states for code in state.unit_path.strip("/").split("/")}
    units = units_by_code(session, codes | {code for villages in served.values() for code in villages})
    days = _listing_days(session, caller, day, known_at)
    extras = list(dict.fromkeys(name for state in states for name in state.extra or {} if fold(name)))
    headers = [column.header for column in PRINTED] + list(COMPUTED.values()) + [_extra_header(name) for name in extras]
    rows = []
    for state in states:
        known = _known_cells(state, units, served.get(state.station_id, ()), days.get(state.station_id, {}))
        extra: list[Value] = [_text((state.extra or {}).get(name)) for name in extras]
        rows.append([known.get(column.key, "") for column in PRINTED] + _computed(state) + extra)
    return LedgerTable(headers, rows, day)


def _known_cells(
    state: StationAt, units: Mapping[str, OrgUnit], served: Sequence[str], days: Mapping[str, dt.date]
) -> dict[str, Value]:
    above = {units[code].level: units[code].name for code in state.unit_path.strip("/").split("/") if code in units}
    cells: dict[str, Value] = {
        "code": state.code, "name": state.name, "kind": printed("kind", state.kind), "county": above.get("county", ""),
        "township": above.get("township", ""), "village": above.get("village", ""),
        "village_code": state.village_code, "address": _text(state.address),
        "host_type": printed("host_type", state.host_type), "operator": _text(state.operator),
        "services": "、".join(printed("services", service) for service in state.services),
        "is_subsidised": "" if state.is_subsidised is None else "是" if state.is_subsidised else "否",
        "head_name": _text(state.head_name), "phone": _text(state.phone), "hours": _text(state.hours),
        "accepted_on": _text(days.get("active")), "listing_status": printed("listing_status", state.listing_status),
        "villages_served": "、".join(_village(units[code]) for code in served if code in units),
    }  # fmt: skip
    if state.listing_status in {"suspended", "delisted"}:
        cells["ended_on"] = _text(days.get(state.listing_status))
    if state.lon_raw is not None and state.lat_raw is not None and state.coord_system is not None:
        # As it was received, with its datum: what comes back is then the same to the last digit.
        cells |= {"lon": state.lon_raw, "lat": state.lat_raw,
                  "coord_system": printed("coord_system", state.coord_system),
                  "coord_quality": printed("coord_quality", state.coord_quality)}  # fmt: skip
    return cells


def _computed(state: StationAt) -> list[Value]:
    seen = state.last_observed_at
    return [printed("vitality", state.vitality), "" if seen is None else f"{seen.astimezone(CHINA):%Y-%m-%d %H:%M}"]


def _village(unit: OrgUnit) -> str:
    # The name is for people, the code for the way back; a separator inside a name would cut it.
    return f"{''.join(sign for sign in unit.name if sign not in '、,;/|()')}({unit.code})"


def _extra_header(name: str) -> str:
    return f"{EXTRA_MARK}{name}" if known_column(name) is not None or name.startswith(EXTRA_MARK) else name


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _served(
    session: Session, caller: Caller, day: dt.date, known_at: dt.datetime | None
) -> dict[int, list[str]]:
    links = select(ServiceLink.station_id, ServiceLink.village_code).where(
        ServiceLink.station_id.in_(select(Station.id).where(in_scope(caller, Station.unit_path, Station.id))),
        ServiceLink.starts_on <= day,
        or_(ServiceLink.ends_on.is_(None), ServiceLink.ends_on > day),
    )
    if known_at is not None:
        links = links.where(ServiceLink.recorded_at <= known_at)
    served: dict[int, list[str]] = defaultdict(list)
    for station_id, village in session.execute(links.order_by(ServiceLink.id)):
        served[station_id].append(village)
    return served


def _listing_days(
    session: Session, caller: Caller, day: dt.date, known_at: dt.datetime | None
) -> dict[int, dict[str, dt.date]]:
    """For each station, the first day it was active, and the last on which it was suspended and delisted."""
    moves = select(StationTransition.station_id, StationTransition.to_status, StationTransition.effective_on).where(
        StationTransition.station_id.in_(select(Station.id).where(in_scope(caller, Station.unit_path, Station.id))),
        StationTransition.effective_on <= day,
    )
    if known_at is not None:
        moves = moves.where(StationTransition.recorded_at <= known_at)
    days: dict[int, dict[str, dt.date]] = defaultdict(dict)
    for station_id, status, on in session.execute(moves.order_by(StationTransition.effective_on)):
        if status != "active" or "active" not in days[station_id]:
            days[station_id][status] = on
    return days


def lines_of(table: LedgerTable) -> Iterator[list[Value]]:
    """Give the header and then the rows."""
    yield list(table.headers)
    yield from table.rows
