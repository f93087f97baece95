"""Logistics nodes as rows of columns for GIS programs: as declared for a day, one narrow query."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from stations.people.access import Caller
from stations.records.network import LogisticsNode
from stations.register.features.asking import (
    Box,
    FeaturePage,
    FeatureQuestion,
    box_of,
    counted,
    inside,
    is_one_of,
    page_of,
    path_asked,
    touches,
)

COLUMNS = (
    "level", "name", "operator", "unit_code", "address", "coord_quality", "promised_days", "parcels_a_day",
    "starts_on", "ends_on", "as_of",
)  # fmt: skip
ASKED: dict[str, Any] = {
    name: getattr(LogisticsNode, name) for name in ("level", "operator", "unit_code", "coord_quality")
}


def node_features(session: Session, caller: Caller, question: FeatureQuestion, *, now: dt.datetime) -> FeaturePage:
    """Give the nodes that fit, in the order of their codes, each as last declared for the time asked for.

    A node's time is its days, starts_on <= day < ends_on; it fits when they meet `since` (else `as_of`) to `as_of`.
    Refuses with UNIT_UNKNOWN, OUT_OF_SCOPE and BAD_INPUT.
    """
    n, as_of = LogisticsNode, question.day(now)
    newest = _newest(session, caller, question, as_of)
    conditions: list[ColumnElement[bool]] = [n.id.in_(select(newest.c.id).where(newest.c.place == 1))]
    conditions += [is_one_of(ASKED[name], values) for name, values in question.equal.items()]
    conditions += touches(session, question.box, n.point, n.lon, n.lat)
    count = select(func.count(n.id)).where(*conditions)
    if question.after is not None:
        conditions = [*conditions, n.code > question.after]
    page = (
        select(n.code, n.lon, n.lat, n.level, n.name, n.operator, n.unit_code, n.address, n.coord_quality,
               n.promised_days, n.parcels_a_day, n.starts_on, n.ends_on)
        .where(*conditions).order_by(n.code).offset(question.offset).limit(question.limit + 1)
    )  # fmt: skip
    rows = [(*row, as_of) for row in session.execute(page)]
    return page_of(rows, question, counted(session, count, question), as_of)


def node_extent(session: Session, caller: Caller) -> Box | None:
    """Give the box around all nodes of the caller's scope."""
    n = LogisticsNode
    bound: list[ColumnElement[bool]] = [n.superseded_at.is_(None), *inside(caller, caller.unit_path, n.unit_path)]
    return box_of(session, select(n.lon, n.lat).where(*bound))


def _newest(session: Session, caller: Caller, question: FeatureQuestion, as_of: dt.date) -> Any:
    """Number the declarations of each node that meet the time, from the newest down."""
    n = LogisticsNode
    since = question.since or as_of
    bound = inside(caller, path_asked(session, caller, question.unit), n.unit_path)
    if question.only is not None:
        bound.append(n.code == question.only)
    place = func.row_number().over(partition_by=n.code, order_by=(n.starts_on.desc(), n.id.desc()))
    return (
        select(n.id, place.label("place"))
        .where(*bound, n.superseded_at.is_(None), n.starts_on <= as_of, or_(n.ends_on.is_(None), n.ends_on > since))
        .subquery()
    )
