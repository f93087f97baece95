"""What may be asked of the register, as plain values, and the conditions that follow; every query begins here."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, aliased

from field_app_schema.refusals import Refusal
from stations.people.access import Caller, in_scope
from stations.records.days import EARLIEST, day_in_china
from stations.records.tables import Station, StationVersion
from stations.units.tables import OrgUnit

SELECTED, CHILDREN, DESCENDANTS = "SELECTED", "CHILDREN", "DESCENDANTS"

Village = aliased(OrgUnit, name="village")
Township = aliased(OrgUnit, name="township")


@dataclass(frozen=True)
class StationQuery:
    """Filters of a list; empty tuples mean no filter, None for a day or an instant means now.

    `unit_mode`: the unit itself, its direct children too, or all below. `bbox` is west, south, east, north in degrees.
    """

    unit: str | None = None
    unit_mode: str = DESCENDANTS
    listing_status: tuple[str, ...] = ()
    vitality: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    search: str | None = None
    bbox: tuple[float, float, float, float] | None = None
    as_of: dt.date | None = None
    known_at: dt.datetime | None = None
    # Nobody has seen anything of them on this day in China or later; never seen counts too.
    unseen_since: dt.date | None = None
    offset: int = 0
    limit: int = 100

    def is_about_now(self, now: dt.datetime) -> bool:
        """Say whether the cached columns answer it: today in China, with everything known."""
        return self.known_at is None and self.as_of in (None, day_in_china(now))


def check_dates(as_of: dt.date | None, known_at: dt.datetime | None, now: dt.datetime) -> None:
    """Refuse with BAD_INPUT a day before 1990 or after tomorrow, and an instant that has not come."""
    latest = day_in_china(now) + dt.timedelta(days=1)
    errors: dict[str, list[str]] = {}
    if as_of is not None and not EARLIEST <= as_of <= latest:
        errors["as_of"] = [f"日期应在 {EARLIEST} 与今天之间 / the date must lie between {EARLIEST} and today"]
    if known_at is not None and not EARLIEST.year <= known_at.year <= latest.year + 1:
        errors["known_at"] = ["时间超出范围 / the instant is out of range"]
    if errors:
        raise Refusal("BAD_INPUT", errors=errors)


def unit_condition(session: Session, unit: str | None, mode: str = DESCENDANTS) -> ColumnElement[bool] | None:
    """Give the condition that a station lies in a unit, or None without one; refuses with UNIT_UNKNOWN."""
    if unit is None:
        return None
    found = session.get(OrgUnit, unit)
    if found is None:
        raise Refusal("UNIT_UNKNOWN", errors={"ou": ["没有这个行政区划 / no such unit"]}, unit=unit)
    if mode == SELECTED:
        return Station.unit_code == found.code
    if mode == CHILDREN:
        children = select(OrgUnit.code).where(OrgUnit.parent_code == found.code)
        return or_(Station.unit_code == found.code, Station.unit_code.in_(children))
    return Station.unit_path.like(f"{found.path}%")


def scope_conditions(session: Session, caller: Caller, query: StationQuery) -> list[ColumnElement[bool]]:
    """Give the conditions on the station itself: the caller's scope, the unit, the kind."""
    conditions = [in_scope(caller, Station.unit_path, Station.id)]
    unit = unit_condition(session, query.unit, query.unit_mode)
    if unit is not None:
        conditions.append(unit)
    if query.kind:
        conditions.append(Station.kind.in_(query.kind))
    return conditions


def matches(search: str) -> ColumnElement[bool]:
    """Give the condition that a station's name, code, or village's name or code holds the text."""
    return or_(
        StationVersion.name.icontains(search, autoescape=True),
        Station.code.icontains(search, autoescape=True),
        Village.name.icontains(search, autoescape=True),
        Village.code.startswith(search, autoescape=True),
    )
