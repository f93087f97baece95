"""Ask for a siting study, list and read studies; the computing is a job of the same transaction."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session, defer

import jobs
from field_app_schema.refusals import REFUSALS, Refusal
from field_app_schema.vocab_network import Distance, SitingCandidates, SitingWeight, StudyState
from stations.coverage.asking import CoverageQuestion
from stations.coverage.fetching import situation_of
from stations.coverage.rules_in_force import rules_in_force
from stations.coverage.studies.answering import require_small
from stations.coverage.studies.candidates import sites_of
from stations.coverage.tables import SitingStudy
from stations.people.access import Caller, in_scope, may
from stations.people.tables import Account
from stations.records.days import day_in_china
from stations.records.frames import unit_asked
from stations.units.tables import OrgUnit

KIND = "siting_study"
LISTED = 200


@dataclass(frozen=True)
class StudyWish:
    """What is asked; None means the caller's unit, the newest list, and the policy's radius and weight of the poor."""

    k: int
    ou: str | None = None
    exact: bool = False
    radius_m: float | None = None
    radius_min: float | None = None
    poor_weight: float | None = None
    weigh: str = SitingWeight.VILLAGES
    distance: str = Distance.GREAT_CIRCLE
    candidates: str = SitingCandidates.HOSTS
    base_year: int | None = None


def ask_study(
    session: Session, caller: Caller, wish: StudyWish, *, code_version: str, now: dt.datetime
) -> dict[str, Any]:
    """Keep a study and ask for the job that computes it, in one transaction.

    Refuses as `begin_study` does.
    """
    study = begin_study(session, caller, wish, code_version=code_version, now=now)
    job = jobs.ask(session, KIND, {"study": study.id}, now=now, unit_path=study.unit_path, asked_by=caller.account_id)
    return {"id": study.id, "job_id": job.id, "state": study.state}


def begin_study(
    session: Session, caller: Caller, wish: StudyWish, *, code_version: str, now: dt.datetime
) -> SitingStudy:
    """Keep what is asked as a study that waits for its answer.

    Refuses UNIT_UNKNOWN, OUT_OF_SCOPE, BASE_YEAR_UNKNOWN, ROADS_MISSING, BAD_INPUT for a radius in the wrong unit, and
    TOO_LARGE_FOR_EXACT at once, so that nobody waits for a refusal.
    """
    radius = _radius(session, wish)
    question = CoverageQuestion(ou=wish.ou, base_year=wish.base_year, distance=wish.distance)
    fetched = situation_of(session, caller, question, now=now)
    if wish.exact:
        sites = sites_of(fetched.situation, fetched.rules, SitingCandidates(wish.candidates))
        require_small(len(fetched.situation.villages.code), len(sites.village))
    poor_weight = fetched.rules.poor_weight if wish.poor_weight is None else wish.poor_weight
    study = SitingStudy(
        unit_code=fetched.unit.code, unit_path=fetched.unit.path, as_of=day_in_china(now), state=StudyState.WAITING,
        code_version=code_version, asked_by=caller.account_id, asked_at=now,
        parameters={"k": wish.k, "exact": wish.exact, "radius": radius, "poor_weight": poor_weight,
                    "weigh": str(wish.weigh), "distance": str(wish.distance), "candidates": str(wish.candidates),
                    "base_year": fetched.base_year, "known_at": now.isoformat()},
    )  # fmt: skip
    session.add(study)
    session.flush()
    return study


def list_studies(session: Session, caller: Caller, *, ou: str | None) -> dict[str, Any]:
    """Give the studies of a unit, newest first, at most 200, without their answers."""
    unit = unit_asked(session, caller, ou)
    newest = (
        _told(caller).where(SitingStudy.unit_code == unit.code).options(defer(SitingStudy.answer))
        .order_by(SitingStudy.asked_at.desc(), SitingStudy.id.desc()).limit(LISTED)
    )  # fmt: skip
    return {
        "unit": {"code": unit.code, "name": unit.name, "level": unit.level},
        "studies": [_line(row) for row in session.execute(newest)],
        "permissions": {"may_ask": may(caller, "coverage.study")},
    }


def read_study(session: Session, caller: Caller, study_id: int) -> dict[str, Any]:
    """Give a study with its answer; refuses with STUDY_UNKNOWN also what lies outside the caller's scope."""
    row = session.execute(_told(caller).where(SitingStudy.id == study_id)).one_or_none()
    if row is None:
        raise Refusal("STUDY_UNKNOWN", study=study_id)
    kept: Mapping[str, Any] = row.SitingStudy.answer or {}
    code = kept.get("refused")
    refused = None if code is None else {"code": code, "zh": REFUSALS[code].zh, "en": REFUSALS[code].en}
    return _line(row) | {"answer": _answer(kept) if kept and not refused else None, "refused": refused}


def _answer(kept: Mapping[str, Any]) -> dict[str, Any]:
    """Give a kept answer with the day and the instant of its frame as such: JSON keeps them as text."""
    frame = dict(kept["frame"])
    frame["as_of"] = dt.date.fromisoformat(frame["as_of"])
    frame["known_at"] = dt.datetime.fromisoformat(frame["known_at"])
    return {**kept, "frame": frame}


def _radius(session: Session, wish: StudyWish) -> float:
    """Give the radius in the measure's unit; refuses BAD_INPUT for one in the other unit."""
    rules = rules_in_force(session).rules
    by_road = wish.distance == Distance.ROAD
    wrong = "radius_m" if by_road else "radius_min"
    if getattr(wish, wrong) is not None:
        said = "按路网距离请给分钟数 / by road give minutes" if by_road else "按直线距离请给米数 / give metres"
        raise Refusal("BAD_INPUT", errors={wrong: [said]})
    given = wish.radius_min if by_road else wish.radius_m
    return float(rules.geographic("min" if by_road else "m") if given is None else given)


def _told(caller: Caller) -> Any:
    return (
        select(SitingStudy, OrgUnit.name, OrgUnit.level, Account.display_name)
        .join(OrgUnit, OrgUnit.code == SitingStudy.unit_code)
        .outerjoin(Account, Account.id == SitingStudy.asked_by)
        .where(in_scope(caller, SitingStudy.unit_path))
    )


def _line(row: Row[Any]) -> dict[str, Any]:
    kept: SitingStudy = row.SitingStudy
    return {
        "id": kept.id, "unit": {"code": kept.unit_code, "name": row.name, "level": row.level}, "as_of": kept.as_of,
        "parameters": kept.parameters, "state": kept.state, "input_sha256": kept.input_sha256,
        "code_version": kept.code_version, "asked_by": row.display_name, "asked_at": kept.asked_at,
        "answered_at": kept.answered_at,
    }  # fmt: skip
