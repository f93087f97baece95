"""Which stations contradict themselves, each with its evidence and a sentence; a reason to look, not a verdict."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
from sqlalchemy.orm import Session

from field_app_schema.money import yuan_of
from field_app_schema.words.closed_lists import WORDS as LISTS
from field_app_schema.words.doubts import WORDS
from stations.people.access import Caller, may
from stations.records.days import day_in_china
from stations.records.frames import frame_of, unit_asked
from stations.records.periods import said_together, written
from stations.register.lookup.asking import check_dates
from stations.sales.doubts.cases import Evidence, Found
from stations.sales.doubts.contradicting import contradictions_of
from stations.sales.doubts.following import open_follow_ups
from stations.sales.doubts.gathering import Gathered, gather
from stations.sales.doubts.thresholds import contradiction_policy
from stations.sales.filing.figures import MONEY
from stations.sales.rates.naming import names_of_stations
from stations.sales.rates.tallying import SOURCES


def contradictions(
    session: Session, caller: Caller, *, ou: str | None, as_of: dt.date | None, offset: int, limit: int,
    now: dt.datetime,
) -> dict[str, Any]:  # fmt: skip
    """Give one page of a unit's contradictions by station code, from the months ended and visits made by `as_of`.

    Refuses with UNIT_UNKNOWN, OUT_OF_SCOPE and BAD_INPUT.
    """
    check_dates(as_of, None, now)
    unit = unit_asked(session, caller, ou)
    day = as_of or day_in_china(now)
    policy = contradiction_policy(session)
    gathered = gather(session, caller, unit, day, policy, now=now)
    found = [(code, one) for code, told in contradictions_of(gathered.cases, day, policy).items() for one in told]
    return {
        "frame": frame_of(unit, now=now, as_of=day, periods=gathered.filings.periods, definitions=("contradiction",),
                          sources=sources_of(gathered)),
        "contradictions": _told(session, gathered, found[offset : offset + limit]),
        "count": len(found),
        "permissions": {"may_mark": may(caller, "follow_up.mark")},
    }  # fmt: skip


def sentences(found: Found) -> tuple[str, str]:
    """Give the sentence of a contradiction in Chinese and in English; no figure stands in it."""
    zh, en = WORDS[f"contradiction.{found.code}"]
    return zh.format(**_named(found, 0)), en.format(**_named(found, 1))


def sources_of(gathered: Gathered) -> dict[str, int]:
    """Count the reports by source, and the visits, that the cases rest on."""
    counted = np.bincount(gathered.filings.source[gathered.filings.report > 0], minlength=len(SOURCES))
    return {source.value: int(counted[place]) for place, source in enumerate(SOURCES)} | {"visit": gathered.visits}


def _named(found: Found, language: int) -> dict[str, str]:
    said = {}
    for name, value in found.names:
        if name == "state":
            said[name] = LISTS[f"observed_state.{value}"][language]
        elif isinstance(value, list):
            said[name] = said_together(value)[language]
        elif name != "n" and isinstance(value, int):
            said[name] = said_together([value])[language]
        else:
            said[name] = str(value)
    return said


def _told(session: Session, gathered: Gathered, found: list[tuple[str, Found]]) -> list[dict[str, Any]]:
    ids = dict(zip(gathered.filings.codes, gathered.filings.ids.tolist(), strict=True))
    shown = sorted({ids[code] for code, _ in found})
    names, marked = names_of_stations(session, shown), open_follow_ups(session, shown)
    rows = []
    for code, one in found:
        zh, en = sentences(one)
        rows.append({
            "station": code, "name": names.get(ids[code]), "code": one.code, "zh": zh, "en": en,
            "evidence": [_evidence(part) for part in one.evidence],
            "follow_up": marked.get((ids[code], None, one.code.value)),
        })  # fmt: skip
    return rows


def _evidence(part: Evidence) -> dict[str, Any]:
    return {
        "kind": part.kind, "id": part.id, "on": part.on, "says": part.says, "station": part.station,
        "period": None if part.period is None else written(part.period),
        "figures": {field.value: yuan_of(value) if field in MONEY else str(value) for field, value in part.figures},
    }  # fmt: skip
