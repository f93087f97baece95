"""Stations as rows of columns: one narrow query for today, the recomputed state for any other day.

No telephone and no person's name is among the columns; names of villages are in their own collection.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Text, cast, func, literal, select
from sqlalchemy.orm import Session

from stations.people.access import Caller
from stations.records.days import day_in_china
from stations.records.tables import Station, StationVersion
from stations.register.features.asking import (
    Box,
    FeaturePage,
    FeatureQuestion,
    Row,
    box_of,
    counted,
    cut,
    holds,
    inside,
    is_one_of,
    page_of,
    path_asked,
    rows_of,
    touches,
)
from stations.register.lookup.map_rows import SHOWN_BY_DEFAULT
from stations.register.lookup.recounting import states_on
from stations.register.lookup.states import StationAt

COLUMNS = (
    "name", "kind", "village_code", "services", "coord_quality", "listing_status", "vitality", "vitality_confidence",
    "vitality_reason", "vitality_since", "last_observed_at", "as_of",
)  # fmt: skip
# What may be asked for by its value.
ASKED: dict[str, Any] = {
    "kind": Station.kind, "host_type": Station.host_type, "is_subsidised": Station.is_subsidised,
    "listing_status": Station.listing_status, "vitality": Station.vitality,
    "vitality_confidence": Station.vitality_confidence, "vitality_reason": Station.vitality_reason,
    "village_code": StationVersion.village_code, "coord_quality": StationVersion.coord_quality,
}  # fmt: skip
# The list of words as «parcel,small_cash», written by the database: a thousand lists cost more to read than their rows.
_SERVICES: Any = cast(StationVersion.services, Text)
for _sign in '[]" ':
    _SERVICES = func.replace(_SERVICES, _sign, "")


def station_features(session: Session, caller: Caller, question: FeatureQuestion, *, now: dt.datetime) -> FeaturePage:
    """Give the stations that fit, in the order of their codes; merged and rejected ones only when asked for by name.

    Today is read from the cached answers. Another day is recomputed for the whole unit at every page: ask for large
    ones. A station that was not yet known then is absent; `since` excludes nothing, as a station is never forgotten.
    Refuses with UNIT_UNKNOWN, OUT_OF_SCOPE and BAD_INPUT.
    """
    as_of = question.day(now)
    conditions = inside(caller, path_asked(session, caller, question.unit), Station.unit_path, Station.id)
    if question.only is not None:
        conditions.append(Station.code == question.only)
    if as_of != day_in_china(now):
        states = states_on(session, conditions, as_of=as_of, known_at=None, foretell=False)
        return cut([_row(state, as_of) for state in states if _fits(state, question)], question, as_of)
    return _today(session, question, conditions, as_of)


def station_extent(session: Session, caller: Caller) -> Box | None:
    """Give the box around all stations of the caller's scope."""
    version = StationVersion
    return box_of(session, select(version.lon, version.lat).join(Station, Station.version_id == version.id)
                  .where(*inside(caller, caller.unit_path, Station.unit_path, Station.id)))  # fmt: skip


def _today(
    session: Session, question: FeatureQuestion, conditions: list[ColumnElement[bool]], as_of: dt.date
) -> FeaturePage:
    s, v = Station, StationVersion
    conditions += [is_one_of(ASKED[name], values) for name, values in _asked(question).items()]
    conditions += touches(session, question.box, v.point, v.lon, v.lat)
    count = select(func.count(s.id)).where(*conditions)
    if question.box is not None or {"village_code", "coord_quality"} & set(question.equal):
        count = count.join(v, v.id == s.version_id)
    if question.after is not None:
        conditions = [*conditions, s.code > question.after]
    page = (
        select(
            s.code, v.lon, v.lat, v.name, s.kind, v.village_code, _SERVICES, v.coord_quality, s.listing_status,
            s.vitality, s.vitality_confidence, s.vitality_reason, s.vitality_since, s.last_observed_at, literal(as_of),
        )
        .join(v, v.id == s.version_id)
        .where(*conditions).order_by(s.code).offset(question.offset).limit(question.limit + 1)
    )  # fmt: skip
    return page_of(rows_of(session, page), question, counted(session, count, question), as_of)


def _asked(question: FeatureQuestion) -> dict[str, tuple[Any, ...]]:
    return {"listing_status": SHOWN_BY_DEFAULT} | dict(question.equal)


def _fits(state: StationAt, question: FeatureQuestion) -> bool:
    told: Callable[[str], Any] = state.__getattribute__
    return holds(question.box, state.lon, state.lat) and all(
        told(name) in values for name, values in _asked(question).items()
    )


def _row(state: StationAt, as_of: dt.date) -> Row:
    return (
        state.code, state.lon, state.lat, state.name, state.kind, state.village_code,
        ",".join(state.services), state.coord_quality, state.listing_status, state.vitality,
        state.vitality_confidence, state.vitality_reason, state.vitality_since, state.last_observed_at, as_of,
    )  # fmt: skip
