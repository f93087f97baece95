"""What a GIS program may ask of a collection, and the page of rows it gets; the same for every collection."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import ColumnElement, false, func, or_
from sqlalchemy.orm import InstrumentedAttribute, Session

from db import in_box
from field_app_schema.refusals import Refusal
from stations.people.access import Caller, in_scope, require_inside
from stations.records.days import day_in_china
from stations.register.lookup.asking import check_dates
from stations.units.tables import OrgUnit

Box = tuple[float, float, float, float]
# Feature id, CGCS2000 lon and lat or None, then the properties in the order of the collection's columns.
Row = Sequence[Any]


@dataclass(frozen=True)
class FeatureQuestion:
    """Filters of a collection: everything None or empty asks for all of it, as it stands today.

    `box` is west, south, east, north in degrees, borders included; west > east crosses the antimeridian. `since`
    to `as_of` is the time that a feature's own must meet; it is told as it stood on `as_of`. `after` is the id of the
    last feature of the page before (pages are in the order of ids); `only` asks for one feature by its id.
    """

    unit: str | None = None
    box: Box | None = None
    since: dt.date | None = None
    as_of: dt.date | None = None
    equal: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    only: str | None = None
    after: str | None = None
    offset: int = 0
    limit: int = 10

    def day(self, now: dt.datetime) -> dt.date:
        """Give the day that is told; refuses with BAD_INPUT a day before 1990 or after tomorrow."""
        check_dates(self.as_of, None, now)
        return self.as_of or day_in_china(now)


@dataclass(frozen=True)
class FeaturePage:
    """One page of a collection: its rows, how many fit the question in all, whether more follow, and the day.

    `matched` is None on a page that goes on after another: the first has told it, and counting costs as much as a page.
    """

    rows: Sequence[Row]
    matched: int | None
    has_more: bool
    as_of: dt.date


def path_asked(session: Session, caller: Caller, code: str | None) -> str:
    """Give the path that bounds a question: that of the unit asked for, the caller's own for None.

    Refuses with UNIT_UNKNOWN and OUT_OF_SCOPE.
    """
    if code is None:
        return caller.unit_path
    unit = session.get(OrgUnit, code)
    if unit is None:
        raise Refusal("UNIT_UNKNOWN", errors={"unit": ["没有这个行政区划 / no such unit"]}, unit=code)
    require_inside(caller, unit.path)
    return unit.path


def inside(
    caller: Caller, path: str, column: InstrumentedAttribute[Any], station_id: InstrumentedAttribute[Any] | None = None
) -> list[ColumnElement[bool]]:
    """Give the conditions that keep a query inside the caller's scope and the unit asked for."""
    bound = [in_scope(caller, column, station_id)]
    return bound if path == caller.unit_path else [*bound, column.like(f"{path}%")]


def touches(
    session: Session, box: Box | None, point: InstrumentedAttribute[Any], lon: InstrumentedAttribute[Any],
    lat: InstrumentedAttribute[Any],
) -> list[ColumnElement[bool]]:  # fmt: skip
    """Give the condition that a row's point lies in the box; a row without a point lies in none."""
    if box is None:
        return []
    return [or_(*(in_box(session, point, lon, lat, part) for part in parts_of(box)))]


def parts_of(box: Box) -> list[Box]:
    """Give the box, or its two halves when it crosses the antimeridian."""
    west, south, east, north = box
    return [box] if west <= east else [(west, south, 180.0, north), (-180.0, south, east, north)]


def is_one_of(column: Any, values: tuple[Any, ...]) -> ColumnElement[bool]:
    """Give the condition that a column has one of the values; None asks for rows that have none."""
    told = [value for value in values if value is not None]
    either = [column.in_(told)] if told else []
    return or_(false(), *either, *([column.is_(None)] if None in values else []))


def page_of(rows: Sequence[Row], question: FeatureQuestion, matched: int | None, as_of: dt.date) -> FeaturePage:
    """Give the page from rows of which one more than the limit was asked for."""
    return FeaturePage(rows[: question.limit], matched, len(rows) > question.limit, as_of)


def cut(rows: list[Row], question: FeatureQuestion, as_of: dt.date) -> FeaturePage:
    """Give the page from all rows that fit, whatever their order."""
    rows.sort(key=lambda row: str(row[0]))
    rest = rows if question.after is None else [row for row in rows if str(row[0]) > question.after]
    shown = rest[question.offset : question.offset + question.limit + 1]
    return page_of(shown, question, len(rows) if question.after is None else None, as_of)


def rows_of(session: Session, statement: Any) -> Sequence[Row]:
    """Give the rows of a statement of columns as they come, past the mapper, which would wrap each once more."""
    return session.connection().execute(statement).all()


def counted(session: Session, statement: Any, question: FeatureQuestion) -> int | None:
    """Count by a statement, on the first page only."""
    return (session.scalar(statement) or 0) if question.after is None else None


def holds(box: Box | None, lon: float | None, lat: float | None) -> bool:
    """Say whether a point lies in the box, borders included; no point lies in none, any in no box."""
    if box is None:
        return True
    if lon is None or lat is None:
        return False
    return any(west <= lon <= east and south <= lat <= north for west, south, east, north in parts_of(box))


def box_of(session: Session, statement_of: Any) -> Box | None:
    """Give the box around all points of a statement of (lon, lat) columns, or None where there is none."""
    lon, lat = statement_of.selected_columns
    found = session.execute(
        statement_of.with_only_columns(func.min(lon), func.min(lat), func.max(lon), func.max(lat))
    ).one()
    return None if found[0] is None else (found[0], found[1], found[2], found[3])


def whole(question: FeatureQuestion) -> FeatureQuestion:
    """Give the question without its page."""
    return replace(question, after=None, offset=0)
