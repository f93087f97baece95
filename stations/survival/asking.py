"""Survival of a unit on a day, as known at an instant: the figures with the frame that says what they are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from stations.people.access import Caller
from stations.records.days import day_in_china
from stations.records.frames import frame_of, unit_asked
from stations.register.lookup.asking import check_dates
from stations.survival.fetching import fetch_lives
from stations.survival.figures.cohorts import parse_cohort
from stations.survival.figures.groups import GROUPINGS
from stations.survival.figures.report import DEFINITIONS, survival_figures
from stations.vitality.thresholds import alive_policy


@dataclass(frozen=True)
class SurvivalQuestion:
    """What is asked: None for a unit means the caller's own, for a day or an instant now, for a cohort everybody."""

    ou: str | None = None
    as_of: dt.date | None = None
    known_at: dt.datetime | None = None
    cohort: str | None = None
    by: tuple[str, ...] = GROUPINGS


def survival_of(session: Session, caller: Caller, asked: SurvivalQuestion, *, now: dt.datetime) -> dict[str, Any]:
    """Answer `GET /survival`; refuses UNIT_UNKNOWN, OUT_OF_SCOPE, PERIOD_UNKNOWN and BAD_INPUT for impossible dates."""
    check_dates(asked.as_of, asked.known_at, now)
    cohort = None if asked.cohort is None else parse_cohort(asked.cohort)
    unit = unit_asked(session, caller, asked.ou)
    as_of = asked.as_of or day_in_china(now)
    lives = fetch_lives(session, caller, unit.path, now=now, as_of=as_of, known_at=asked.known_at)
    figures = survival_figures(lives, as_of, cohort=cohort, by=asked.by)
    frame = frame_of(
        unit, now=now, definitions=DEFINITIONS, sources=figures.pop("sources"), as_of=as_of, known_at=asked.known_at,
        unknown_share=figures["headline"]["unknown_share"], rule_version=alive_policy(session).rule_version,
    )  # fmt: skip
    return {"frame": frame, "cohort": asked.cohort, **figures}
