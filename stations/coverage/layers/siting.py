"""The map of a siting study: where stations are suggested, what they would newly cover, and what stays uncovered.

Without a study the map shows what is covered now, and says that nobody has asked yet.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab_network import MapTheme, StudyState
from stations.coverage.asking import CoverageQuestion
from stations.coverage.fetching import Fetched, situation_of
from stations.coverage.layers.making import Layer, Points
from stations.coverage.studies.answering import already_reached
from stations.coverage.studies.candidates import serving_stations
from stations.coverage.tables import SitingStudy
from stations.people.access import Caller, in_scope
from stations.records.frames import unit_asked

SITING = ("suggested", "existing", "newly", "already", "still")
SUGGESTED, EXISTING, NEWLY, ALREADY, STILL = range(len(SITING))


@dataclass(frozen=True)
class SitingMap:
    """The layer with the columns it was made from, the headline, and the suggested sites in the order of their keys."""

    fetched: Fetched
    layer: Layer
    headline: dict[str, Any]
    sites: list[dict[str, Any]]


def siting_map(
    session: Session, caller: Caller, question: CoverageQuestion, study_id: int | None, *, now: dt.datetime
) -> SitingMap:
    """Give the map of a study, by default the newest finished one of the unit, as of its day and as known then.

    Refuses STUDY_UNKNOWN for a study outside the caller's scope or not finished, and as `situation_of` does.
    """
    study = _find(session, caller, question, study_id)
    if study is None:
        fetched = situation_of(session, caller, question, now=now)
        return _drawn(fetched, fetched.rules.geographic(fetched.measure.unit), None)
    told = study.parameters
    asked = replace(
        question, ou=study.unit_code, as_of=study.as_of, known_at=dt.datetime.fromisoformat(told["known_at"]),
        distance=told["distance"], base_year=told["base_year"],
    )  # fmt: skip
    return _drawn(situation_of(session, caller, asked, now=now), told["radius"], study)


def _find(session: Session, caller: Caller, question: CoverageQuestion, study_id: int | None) -> SitingStudy | None:
    known = select(SitingStudy).where(in_scope(caller, SitingStudy.unit_path), SitingStudy.state == StudyState.DONE)
    if study_id is not None:
        found = session.scalar(known.where(SitingStudy.id == study_id))
        if found is None:
            raise Refusal("STUDY_UNKNOWN", study=study_id)
        return found
    unit = unit_asked(session, caller, question.ou)
    newest = known.where(SitingStudy.unit_code == unit.code).order_by(SitingStudy.id.desc()).limit(1)
    return session.scalar(newest)


def _drawn(fetched: Fetched, radius: float, study: SitingStudy | None) -> SitingMap:
    answer = (study.answer if study else None) or {}
    sites: list[dict[str, Any]] = answer.get("sites", [])
    situation = fetched.situation
    villages, stations = situation.villages, situation.stations
    newly = np.isin(villages.code, [code for site in sites for code in site["covers"]])
    reached = already_reached(fetched, radius)
    klass = np.select([reached, newly], [np.int64(ALREADY), np.int64(NEWLY)], np.int64(STILL))
    rows = np.flatnonzero(serving_stations(situation, fetched.rules))
    none = ("",)
    layer = Layer(MapTheme.SITING, SITING, (
        Points("villages", np.arange(len(klass)), klass, villages.lon, villages.lat, villages.code,
               villages.township, villages.county),
        Points("stations", rows, np.full(len(rows), EXISTING), stations.lon[rows], stations.lat[rows],
               tuple(stations.code[row] for row in rows), none * len(rows), none * len(rows)),
        Points("sites", np.arange(len(sites)), np.full(len(sites), SUGGESTED),
               np.array([site["lon"] for site in sites], dtype=np.float64),
               np.array([site["lat"] for site in sites], dtype=np.float64),
               tuple(str(at) for at in range(len(sites))), none * len(sites), none * len(sites)),
    ))  # fmt: skip
    return SitingMap(fetched, layer, _headline(study, answer, reached.size, int(reached.sum())), sites)


def _headline(study: SitingStudy | None, answer: dict[str, Any], villages: int, reached: int) -> dict[str, Any]:
    if study is None:
        return {"study": None, "before": reached, "after": reached, "of": villages, "gap": None}
    best = max(answer["proofs"], key=lambda one: one["weight"])
    return {
        "study": study.id, "k": study.parameters["k"], "suggested": len(answer["sites"]), "unit": answer["unit"],
        "radius": answer["radius"], "before": answer["covered_before"], "after": answer["covered_after"],
        "of": answer["villages"], "gap": best["gap"], "method": best["method"], "is_proven": best["is_proven"],
    }  # fmt: skip
