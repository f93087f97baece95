"""Which stations changed between two revisions of the register, and which left somebody's scope meanwhile."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from field_app_schema.vocab import Role
from stations.people.access import Caller, in_scope
from stations.records.tables import Station, StationVersion
from stations.units.tables import OrgUnit


class Window(NamedTuple):
    """After `revision` (and, within it, after this station id; 0 is all of it), up to `newest`, that included."""

    revision: int
    station_id: int
    newest: int


def changed_in(window: Window) -> ColumnElement[bool]:
    """Say that a station changed in the window; a page's order is (revision, id)."""
    s = Station
    later: ColumnElement[bool] = s.revision > window.revision
    if window.station_id:
        same = and_(s.revision == window.revision, s.id > window.station_id)
        # The first bound is one an index can use.
        later = and_(s.revision >= window.revision, or_(later, same))
    return and_(later, s.revision <= window.newest)


def within(revision: InstrumentedAttribute[int], after: int, newest: int) -> ColumnElement[bool]:
    """Say that a row's revision lies in (after, newest]."""
    return and_(revision > after, revision <= newest)


def left_scope(caller: Caller, after: int, newest: int) -> Select[str]:
    """Ask for the codes of stations changed in (after, newest] that are outside the caller's scope and once were in it.

    Where a station stood, its versions' villages tell. A version that only corrected the past was never shown as the
    present: it does not count, so that no code is told of a station that was never in scope.
    """
    v, later = StationVersion, aliased(StationVersion)
    overruled = (
        select(later.id).where(later.station_id == v.station_id, later.id < v.id, later.valid_from > v.valid_from)
        .exists()
    )  # fmt: skip
    asked = (
        select(Station.code)
        .join(v, v.station_id == Station.id)
        .join(OrgUnit, OrgUnit.code == v.village_code)
        .where(within(Station.revision, after, newest), OrgUnit.path.like(f"{caller.unit_path}%"),
               ~in_scope(caller, Station.unit_path, Station.id), ~overruled)
        .distinct().order_by(Station.code)
    )  # fmt: skip
    if not caller.unit_path:
        return asked.where(Station.id.is_(None))
    return asked.where(Station.id == caller.station_id) if caller.role is Role.OWNER else asked
