"""Coverage village by village as rows of columns for GIS programs, by the default reading."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from typing import Any

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from geo.coverage.dependency import STAGES
from geo.coverage.gaps import REASONS
from geo.coverage.situation import QUALITIES, Bools, Ints, Villages
from stations.coverage.asking import CoverageQuestion
from stations.coverage.fetching import situation_of
from stations.coverage.outcome import Outcome, outcome_of
from stations.people.access import Caller, in_scope
from stations.register.features.asking import Box, FeaturePage, FeatureQuestion, Row, page_of, parts_of
from stations.register.features.villages import village_extent
from stations.units.tables import OrgUnit

COLUMNS = (
    "name", "township_code", "county_code", "is_poor", "is_remote", "people", "coord_quality",
    *(f"is_{stage}" for stage in STAGES), "reason", "nearest_station", "nearest_m", "base_year", "as_of",
)  # fmt: skip
ASKED = ("reason", "is_poor", "is_remote", *(f"is_{stage}" for stage in STAGES))


def coverage_features(session: Session, caller: Caller, question: FeatureQuestion, *, now: dt.datetime) -> FeaturePage:
    """Give the administrative villages that fit with their stages and what each lacks first, by their codes.

    Each page computes the whole unit anew (within a second for a province): ask for large pages. Only stations of the
    unit itself count, as everywhere in coverage. `since` excludes nothing: a village of the list stays in it.
    Refuses as `situation_of` does; a single feature is computed in its own county, and is none where that is not the
    caller's or the code is none of a village.
    """
    as_of = question.day(now)
    unit = question.unit
    if question.only is not None:
        if not _is_mine(session, caller, question.only):
            return FeaturePage([], 0, False, as_of)
        # A village is judged with its county about it, or with as much of it as is the caller's.
        unit = question.only[:6] if len(caller.unit_code) <= 6 else caller.unit_code
    outcome = outcome_of(situation_of(session, caller, CoverageQuestion(ou=unit, as_of=as_of), now=now))
    villages = outcome.fetched.situation.villages
    fitting = _fitting(outcome, question)
    # The villages stand in the order of their codes.
    start = 0 if question.after is None else bisect_right([villages.code[row] for row in fitting], question.after)
    first = start + question.offset
    rows = [_row(outcome, row, as_of) for row in fitting[first : first + question.limit + 1].tolist()]
    return page_of(rows, question, len(fitting) if question.after is None else None, as_of)


def coverage_extent(session: Session, caller: Caller) -> Box | None:
    """Give the box around all villages of the caller's scope."""
    return village_extent(session, caller)


def _is_mine(session: Session, caller: Caller, code: str) -> bool:
    mine = select(OrgUnit.code).where(OrgUnit.code == code, OrgUnit.level == "village", in_scope(caller, OrgUnit.path))
    return session.scalar(mine) is not None


def _fitting(outcome: Outcome, question: FeatureQuestion) -> Ints:
    """Give the rows of the villages that fit."""
    villages = outcome.fetched.situation.villages
    fits = np.ones(len(villages.code), dtype=np.bool_)
    if question.only is not None:
        fits &= np.array([code == question.only for code in villages.code], dtype=np.bool_)
    if question.box is not None:
        fits &= _in_box(villages, question.box)
    for name, values in question.equal.items():
        fits &= _has(outcome, name, values)
    return np.flatnonzero(fits)


def _in_box(villages: Villages, box: Box) -> Bools:
    inside = np.zeros(len(villages.code), dtype=np.bool_)
    for west, south, east, north in parts_of(box):
        # A comparison with nan is false: who has no place lies in no box.
        inside |= (west <= villages.lon) & (villages.lon <= east) & (south <= villages.lat) & (villages.lat <= north)
    return inside


def _has(outcome: Outcome, name: str, values: tuple[Any, ...]) -> Bools:
    if name == "reason":
        return np.isin(outcome.reasons, [REASONS.index(value) for value in values])
    stage = name.removeprefix("is_")
    held: Bools = getattr(outcome.stages if stage in STAGES else outcome.fetched.situation.villages,
                          stage if stage in STAGES else name)  # fmt: skip
    return np.isin(held, values)


def _row(outcome: Outcome, row: int, as_of: dt.date) -> Row:
    fetched, stages = outcome.fetched, outcome.stages
    villages = fetched.situation.villages
    lon, lat, people = (float(column[row]) for column in (villages.lon, villages.lat, villages.people))
    nearest, reason = int(stages.nearest_station[row]), int(outcome.reasons[row])
    is_placed = np.isfinite(lon) and np.isfinite(lat)
    return (
        villages.code[row], lon if is_placed else None, lat if is_placed else None, fetched.village_names[row],
        villages.township[row], villages.county[row], bool(villages.is_poor[row]), bool(villages.is_remote[row]),
        int(people) if np.isfinite(people) else None, QUALITIES[villages.placed_by[row]],
        *(bool(getattr(stages, stage)[row]) for stage in STAGES), REASONS[reason] if reason >= 0 else None,
        fetched.situation.stations.code[nearest] if nearest >= 0 else None,
        round(float(stages.nearest_alive[row]), 1) if nearest >= 0 else None, fetched.base_year, as_of,
    )  # fmt: skip
