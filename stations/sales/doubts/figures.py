"""The figures of very many reports as arrays: one text a station, made by the database, read at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, String, case, cast, func, select
from sqlalchemy.orm import Session

from field_app_schema.vocab_months import ReportField, ReportState
from stations.people.access import Caller, in_scope
from stations.records.months import SalesReport
from stations.records.tables import Station
from stations.sales.filing.figures import COLUMNS
from stations.sales.rates.tallying import SOURCES
from stations.units.tables import OrgUnit

FIELDS = tuple(COLUMNS)
# Stands for a figure that was not filled in; no figure comes near it.
EMPTY = -(10**15)

Numbers = NDArray[np.int64]


class Filings(NamedTuple):
    """Stations x months of filed figures.

    `report` is the report's id, 0 where there is none; `source` its place in SOURCES; `values` are stations x months x
    FIELDS, money in fen, EMPTY where nothing was filled in (a nil report filled in nothing).
    """

    periods: list[int]
    ids: Numbers
    codes: list[str]
    kinds: list[str]
    operators: list[str | None]
    paths: list[str]
    report: Numbers
    source: Numbers
    is_returned: NDArray[np.bool_]
    values: Numbers


def filings_of(session: Session, caller: Caller, unit: OrgUnit, periods: list[int]) -> Filings:
    """Give what the stations of the unit in the caller's scope filed for the months, which are in order."""
    row = SalesReport
    numbers = (
        row.period, row.id, case(*((row.source == one.value, place) for place, one in enumerate(SOURCES)), else_=0),
        case((row.state == ReportState.RETURNED.value, 1), else_=0),
        *(func.coalesce(getattr(row, column), EMPTY) for column in COLUMNS.values()),
    )  # fmt: skip
    word: ColumnElement[str] = cast(numbers[0], String)
    for number in numbers[1:]:
        word = word + "," + cast(number, String)
    packed = (
        select(func.aggregate_strings(word, ","))
        .where(row.station_id == Station.id, row.period >= min(periods), row.period <= max(periods))
        .correlate(Station).scalar_subquery()
    )  # fmt: skip
    asked = select(Station.id, Station.code, Station.kind, Station.operator, Station.unit_path, packed).where(
        in_scope(caller, Station.unit_path, Station.id), Station.unit_path.like(f"{unit.path}%")
    )
    rows = session.execute(asked).all()
    ids, codes, kinds, operators, paths, texts = ([row[column] for row in rows] for column in range(6))
    return Filings(
        periods, np.array(ids, dtype=np.int64), codes, kinds, operators, paths,
        *_unpacked(texts, periods, len(numbers)),
    )  # fmt: skip


def field_place(field: ReportField) -> int:
    """Give the place of a field among FIELDS."""
    return FIELDS.index(field)


def _unpacked(
    texts: Sequence[str | None], periods: Sequence[int], width: int
) -> tuple[Numbers, Numbers, NDArray[np.bool_], Numbers]:
    """Spread the texts over stations x months: report ids, sources, whether returned, and the figures."""
    shape = (len(texts), len(periods))
    report, source = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    is_returned = np.zeros(shape, dtype=np.bool_)
    values = np.full((*shape, len(FIELDS)), EMPTY, dtype=np.int64)
    joined = ",".join(filter(None, texts))
    if joined:
        told = np.fromstring(joined, dtype=np.int64, sep=",").reshape(-1, width)
        station = np.repeat(np.arange(len(texts)), [(text.count(",") + 1) // width if text else 0 for text in texts])
        month = np.minimum(np.searchsorted(periods, told[:, 0]), len(periods) - 1)
        asked = np.asarray(periods, dtype=np.int64)[month] == told[:, 0]
        cell = station[asked], month[asked]
        report[cell], source[cell], is_returned[cell] = told[asked, 1], told[asked, 2], told[asked, 3] == 1
        values[cell] = told[asked, 4:]
    return report, source, is_returned, values
