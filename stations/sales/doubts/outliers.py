"""The figures of a unit that look wrong, each with what it was compared with. It blocks nothing and ranks nobody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy.orm import Session

from field_app_schema.money import yuan_of
from field_app_schema.vocab_months import FigureUnit, ReportField
from field_app_schema.words.doubts import WORDS
from stations.people.access import Caller, may
from stations.records.frames import frame_of, unit_asked
from stations.records.periods import months_between, parse_periods, shifted, written
from stations.sales.doubts.comparing import Outlier, compare
from stations.sales.doubts.figures import Filings, filings_of
from stations.sales.doubts.following import open_follow_ups
from stations.sales.doubts.thresholds import outlier_policy
from stations.sales.filing.figures import MONEY
from stations.sales.rates.asking import share
from stations.sales.rates.naming import names_of_stations
from stations.sales.rates.tallying import SOURCES

MOD_Z_SCORE = "MOD_Z_SCORE"


@dataclass(frozen=True)
class OutlierQuestion:
    """Which unit (None: the caller's own) and months, beyond which modified Z, and which page."""

    ou: str | None = None
    pe: str = "LAST_MONTH"
    threshold: float = 3.5
    offset: int = 0
    limit: int = 100


def outliers(session: Session, caller: Caller, asked: OutlierQuestion, *, now: dt.datetime) -> dict[str, Any]:
    """Give one page of the figures beyond the threshold or explained by a slip, by station code and month.

    `unknown_share` of the frame is the share of figures that nothing could be compared with.
    Refuses with UNIT_UNKNOWN, OUT_OF_SCOPE and PERIOD_UNKNOWN.
    """
    unit = unit_asked(session, caller, asked.ou)
    periods = parse_periods(asked.pe, now)
    policy = outlier_policy(session)
    since = shifted(periods[0], -policy.months_of_past)
    filings = filings_of(session, caller, unit, months_between(since, periods[-1]))
    found = compare(filings, periods, policy, asked.threshold)
    shown = found.outliers[asked.offset : asked.offset + asked.limit]
    return {
        "frame": frame_of(
            unit, now=now, periods=periods, definitions=("outlier",), sources=_sources(filings, periods),
            unknown_share=share(found.unjudged, found.looked_at),
        ),
        "outliers": _told(session, filings, shown),
        "count": len(found.outliers),
        "permissions": {"may_mark": may(caller, "follow_up.mark")},
    }  # fmt: skip


def _told(session: Session, filings: Filings, shown: Sequence[Outlier]) -> list[dict[str, Any]]:
    ids = sorted({int(filings.ids[one.station]) for one in shown})
    names = names_of_stations(session, ids)
    marked = open_follow_ups(session, ids)
    rows = []
    for one in shown:
        station_id = int(filings.ids[one.station])
        zh, en = WORDS[f"slip.{one.slip}"] if one.slip else (None, None)
        rows.append({
            "station": filings.codes[one.station], "name": names.get(station_id), "period": written(one.period),
            "field": one.field, "unit": FigureUnit.YUAN if one.field in MONEY else FigureUnit.PIECES,
            "value": amount(one.value, one.field), "median": amount(one.median, one.field),
            "ratio": round(one.value / one.median, 6), "n": one.n, "z": None if one.z is None else round(one.z, 2),
            "basis": one.basis, "slip": one.slip, "zh": zh, "en": en,
            "same_month_last_year": None if one.last_year is None else amount(one.last_year, one.field),
            "follow_up": marked.get((station_id, one.period, one.field.value)),
        })  # fmt: skip
    return rows


def amount(value: float, field: ReportField) -> str:
    """Write 元 as «12000.00», rounded to a fen, and pieces as «35» or, of a median, «35.5»."""
    return yuan_of(round(value * 100)) if field in MONEY else f"{value:g}"


def _sources(filings: Filings, periods: Sequence[int]) -> dict[str, int]:
    months = np.isin(filings.periods, periods)
    filed = filings.source[:, months][filings.report[:, months] > 0]
    counted = np.bincount(filed, minlength=len(SOURCES))
    return {source.value: int(counted[place]) for place, source in enumerate(SOURCES)}
