"""Fetch the stations of a unit with what they owed and reported, in two queries whatever their number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, ScalarSelect, String, cast, func, or_, select
from sqlalchemy.orm import Session

from stations.people.access import Caller, in_scope
from stations.records.monthly_policy import MonthlyPolicy, monthly_policy
from stations.records.months import PeriodExcuse
from stations.records.obligations import standing
from stations.records.tables import ReportingObligation, Station
from stations.sales.calendar.deadlines import due_at
from stations.sales.rates.owing import WITHOUT_END, Cells, Excusing, Numbers, Owing, standing_of, standings
from stations.sales.rates.packed import reports_packed, reports_packed_as_known, unpack
from stations.units.tables import OrgUnit


class Months(NamedTuple):
    """Stations x months: ids, codes and unit paths of the stations, and of each month its standing and its report.

    `is_due` says of each month whether its due instant has passed.
    """

    periods: list[int]
    ids: Numbers
    codes: list[str]
    paths: list[str]
    standing: Cells
    report: Cells
    is_due: NDArray[np.bool_]


def months_of(
    session: Session, caller: Caller, unit: OrgUnit, periods: list[int], *, now: dt.datetime,
    known_at: dt.datetime | None = None,
) -> Months:  # fmt: skip
    """Give the months of every station of the unit in the caller's scope, as they stand or as known at an instant.

    `periods` are in order. Known at an instant is what was recorded and not superseded, withdrawn or replaced by then.
    """
    policy = monthly_policy(session)
    mine = (in_scope(caller, Station.unit_path, Station.id), Station.unit_path.like(f"{unit.path}%"))
    packed = reports_packed(periods) if known_at is None else reports_packed_as_known(
        periods, known_at, keeps_first_timeliness=policy.resubmission_keeps_first_received_at
    )  # fmt: skip
    excused = _excuses_packed(periods, known_at)
    rows = session.execute(select(Station.id, Station.code, Station.unit_path, packed, excused).where(*mine)).all()
    ids = np.array([row[0] for row in rows], dtype=np.int64)
    owing = _owing(session, mine, ids, known_at)
    excusing = _excusing([row[4] for row in rows], periods)
    return Months(
        periods, ids, [row[1] for row in rows], [row[2] for row in rows],
        standings(len(rows), periods, owing, excusing, policy.excused_if_opened_after_day),
        unpack([row[3] for row in rows], periods), _are_due(periods, policy, known_at or now),
    )  # fmt: skip


def _are_due(periods: Sequence[int], policy: MonthlyPolicy, at: dt.datetime) -> NDArray[np.bool_]:
    return np.array([due_at(period, policy) <= at for period in periods], dtype=np.bool_)


def _owing(
    session: Session, mine: Sequence[ColumnElement[bool]], ids: Numbers, known_at: dt.datetime | None
) -> Owing:
    row = ReportingObligation
    asked = select(row.station_id, row.starts_on, row.ends_on).join(Station, Station.id == row.station_id)
    rows = session.execute(asked.where(*mine, standing(known_at))).all()
    return Owing(
        _places(ids, [station for station, _, _ in rows]),
        np.array([start.toordinal() for _, start, _ in rows], dtype=np.int64),
        np.array([WITHOUT_END if end is None else end.toordinal() for _, _, end in rows], dtype=np.int64),
    )


def _excuses_packed(periods: Sequence[int], known_at: dt.datetime | None) -> ScalarSelect[str]:
    """Give the column that holds a station's granted excuses as «202608:disaster 202609:feed», in no order.

    Asked station by station: by month, the whole nation's excuses would be read for one province.
    """
    row = PeriodExcuse
    stands: ColumnElement[bool] = row.withdrawn_at.is_(None)
    if known_at is not None:
        stands = (row.recorded_at <= known_at) & or_(stands, row.withdrawn_at > known_at)
    word = cast(row.period, String) + ":" + row.reason_code
    return (
        select(func.aggregate_strings(word, " "))
        .where(row.station_id == Station.id, row.period >= min(periods), row.period <= max(periods), stands)
        .correlate(Station).scalar_subquery()
    )  # fmt: skip


def _excusing(texts: Sequence[str | None], periods: Sequence[int]) -> Excusing:
    month = {period: place for place, period in enumerate(periods)}
    found = [
        (station, month[int(period)], standing_of(reason))
        for station, text in enumerate(texts) if text
        for period, reason in sorted(word.split(":") for word in text.split(" "))
        if int(period) in month
    ]  # fmt: skip
    columns = np.array(found, dtype=np.int64).reshape(-1, 3).T
    return Excusing(columns[0], columns[1], columns[2])


def _places(ids: Numbers, wanted: Sequence[int]) -> Numbers:
    """Give the place in `ids`, which are in any order, of each wanted id."""
    order = np.argsort(ids, kind="stable")
    places: Numbers = order[np.searchsorted(ids, np.array(wanted, dtype=np.int64), sorter=order)]
    return places
