"""Which stations a reading is about: a selection of ids, or a run of them, which databases read many times faster."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, select

from stations.records.tables import Station


class Span(NamedTuple):
    """All ids from the first to the last, both included."""

    first: int
    last: int


Which = Select[Any] | Span


def these(ids: Sequence[int]) -> Which:
    """Name stations by their ids, in order and each once; where they stand close, by a span that may hold others."""
    if ids and ids[-1] - ids[0] < 2 * len(ids):
        return Span(ids[0], ids[-1])
    return select(Station.id).where(Station.id.in_(ids))


def exactly(column: Any, ids: Sequence[int]) -> ColumnElement[bool]:
    """Give the condition that a column is one of these ids, in order and each once, and no other."""
    if ids and ids[-1] - ids[0] + 1 == len(ids):
        return among(column, Span(ids[0], ids[-1]))
    named: ColumnElement[bool] = column.in_(ids)
    return named


def among(column: Any, which: Which) -> ColumnElement[bool]:
    """Give the condition that a column names one of the stations asked for."""
    found: ColumnElement[bool] = column.between(*which) if isinstance(which, Span) else column.in_(which)
    return found
