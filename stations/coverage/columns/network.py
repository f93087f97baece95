"""Fetch the logistics network of a day as it was known: nodes, routes between them, villages they serve, parcels."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, and_, case, null, or_, select
from sqlalchemy.orm import Session

from field_app_schema.vocab_network import LogisticsLevel
from geo.coverage.situation import LEVELS, Arrows, Floats, Nodes, Traces
from stations.coverage.columns.links import OLDEST
from stations.coverage.columns.villages import Rows
from stations.people.access import Caller, in_scope
from stations.records.network import DeliveryTrace, LogisticsNode, LogisticsRoute, NodeVillage
from stations.units.tables import OrgUnit


@dataclass(frozen=True)
class FetchedNetwork:
    """The columns of nodes, routes and villages served, and the nodes' names in their order."""

    nodes: Nodes
    names: tuple[str, ...]
    routes: Arrows
    served: Arrows


def fetch_network(
    session: Session, caller: Caller, unit: OrgUnit, rows: Rows, *, as_of: dt.date, known_at: dt.datetime | None
) -> FetchedNetwork:
    """Give the network of a unit: starts_on <= day < ends_on, recorded and not superseded by `known_at`.

    Below a county its centre belongs to it too, for without it no chain is whole.
    """
    node = LogisticsNode
    found = session.execute(
        select(node.code, node.name, node.level, node.lon, node.lat, node.unit_code, node.operator, node.promised_days)
        .where(*_holding(node, as_of, known_at), in_scope(caller, node.unit_path), _near(unit))
        .order_by(node.code, node.recorded_at)
    )  # fmt: skip
    told = {row.code: row for row in found}
    number = {code: at for at, code in enumerate(told)}
    return FetchedNetwork(
        _nodes(told, rows), tuple(row.name for row in told.values()),
        _routes(session, caller, unit, number, as_of, known_at), _served(session, caller, unit, number, rows, as_of,
                                                                         known_at),
    )  # fmt: skip


def fetch_traces(
    session: Session, caller: Caller, unit: OrgUnit, rows: Rows, stations: Mapping[int, int], *, as_of: dt.date,
    known_at: dt.datetime | None, days: int,
) -> Traces:  # fmt: skip
    """Give the parcels sent to a unit's villages, or arrived there, in the last `days` days, as each stood on the day.

    None is older than twice as long.

    `stations` maps the register's ids to rows. A leg that was gone after the day, or told of after `known_at`, is not
    gone yet. When the township was passed is known with the parcel itself.
    """
    trace = DeliveryTrace
    begin = as_of - dt.timedelta(days=days)
    # The second bound is in the index: years of older parcels are passed over without being looked at.
    lately = [trace.sent_on <= as_of, trace.sent_on > as_of - dt.timedelta(days=OLDEST * days),
              or_(trace.sent_on > begin, trace.arrived_on > begin)]  # fmt: skip
    known = [] if known_at is None else [trace.recorded_at <= known_at]
    # Not by the mapper, which takes twice as long for a hundred thousand rows.
    told = session.connection().execute(
        select(trace.village_code, trace.station_id, trace.sent_on, trace.township_on, _arrival(known_at))
        .where(trace.unit_path.like(f"{unit.path}%"), in_scope(caller, trace.unit_path), *lately, *known)
    ).all()  # fmt: skip
    return _in_order(Traces(
        village=rows.mains([one[0] for one in told]),
        station=np.array([stations.get(one[1] or 0, -1) for one in told], dtype=np.int64),
        sent_day=ordinals([one[2] for one in told]), township_day=ordinals([one[3] for one in told], as_of),
        arrived_day=ordinals([one[4] for one in told], as_of),
    ))  # fmt: skip


def _in_order(traces: Traces) -> Traces:
    """Give the same parcels in one order, whichever way the database went; sorting here takes a tenth of its time."""
    village, station, sent = traces.village, traces.station, traces.sent_day
    township, arrived = traces.township_day, traces.arrived_day
    order = np.lexsort((arrived, township, sent, station, village))
    return Traces(village[order], station[order], sent[order], township[order], arrived[order])


def _holding(table: Any, as_of: dt.date, known_at: dt.datetime | None) -> list[ColumnElement[bool]]:
    on_the_day = [table.starts_on <= as_of, or_(table.ends_on.is_(None), table.ends_on > as_of)]
    if known_at is None:
        return [*on_the_day, table.superseded_at.is_(None)]
    stood = or_(table.superseded_at.is_(None), table.superseded_at > known_at)
    return [*on_the_day, table.recorded_at <= known_at, stood]


def _near(unit: OrgUnit) -> ColumnElement[bool]:
    """Give the condition that a node lies in the unit, or is the centre of its county."""
    inside = LogisticsNode.unit_path.like(f"{unit.path}%")
    centre = and_(LogisticsNode.level == LogisticsLevel.COUNTY, LogisticsNode.unit_path.like(f"{county_path(unit)}%"))
    return or_(inside, centre)


def county_path(unit: OrgUnit) -> str:
    """Give the path of a unit's county, or its own from the county upwards."""
    if len(unit.code) <= 6:
        return unit.path
    county = f"/{unit.code[:6]}/"
    return unit.path[: unit.path.index(county) + len(county)]


def _nodes(told: Mapping[str, Any], rows: Rows) -> Nodes:
    found = list(told.values())
    return Nodes(
        code=tuple(told),
        level=np.array([LEVELS.index(row.level) for row in found], dtype=np.int64),
        lon=np.array([row.lon for row in found], dtype=np.float64),
        lat=np.array([row.lat for row in found], dtype=np.float64),
        village=rows.mains([row.unit_code if len(row.unit_code) == 12 else None for row in found]),
        township=tuple(row.unit_code[:9] if len(row.unit_code) >= 9 else "" for row in found),
        operator=tuple(row.operator or "" for row in found),
        promised_days=np.array([row.promised_days for row in found], dtype=np.float64),
    )


def _routes(
    session: Session, caller: Caller, unit: OrgUnit, number: Mapping[str, int], as_of: dt.date,
    known_at: dt.datetime | None,
) -> Arrows:  # fmt: skip
    route = LogisticsRoute
    found = session.execute(
        select(route.from_code, route.to_code)
        .where(*_holding(route, as_of, known_at), route.unit_path.like(f"{county_path(unit)}%"),
               in_scope(caller, route.unit_path))
        .order_by(route.id)
    )  # fmt: skip
    return arrows((number[start], number[end]) for start, end in found if start in number and end in number)


def _served(
    session: Session, caller: Caller, unit: OrgUnit, number: Mapping[str, int], rows: Rows, as_of: dt.date,
    known_at: dt.datetime | None,
) -> Arrows:  # fmt: skip
    link = NodeVillage
    found = session.execute(
        select(link.node_code, link.village_code)
        .join(OrgUnit, OrgUnit.code == link.village_code)
        .where(*_holding(link, as_of, known_at), OrgUnit.path.like(f"{unit.path}%"), in_scope(caller, OrgUnit.path))
        .order_by(link.id)
    )  # fmt: skip
    return arrows((number[node], row) for node, code in found if node in number for row in rows.all(code))


def arrows(pairs: Iterable[tuple[int, int]]) -> Arrows:
    """Give each pair once, in order."""
    told = sorted(set(pairs))
    start, end = ([pair[at] for pair in told] for at in (0, 1))
    return Arrows(np.array(start, dtype=np.int64), np.array(end, dtype=np.int64))


def _arrival(known_at: dt.datetime | None) -> ColumnElement[Any]:
    """Give the day of arrival as far as it was told: an arrival without an instant was told with the parcel."""
    trace = DeliveryTrace
    if known_at is None:
        return trace.arrived_on.expression
    told_later = trace.arrival_recorded_at > known_at
    return case((told_later, null()), else_=trace.arrived_on)


def ordinals(days: Sequence[dt.date | None], by: dt.date = dt.date.max) -> Floats:
    """Give ordinals, nan for none and for a day that comes after `by`."""
    ordinal = {day: np.nan if day is None or day > by else float(day.toordinal()) for day in set(days)}
    return np.array([ordinal[day] for day in days], dtype=np.float64)
