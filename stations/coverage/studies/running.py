"""Do the job of a siting study: fetch, compute outside any transaction, keep the answer once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy.orm import Session, sessionmaker

from db import reading, writing
from field_app_schema.refusals import Refusal
from field_app_schema.vocab import Role
from field_app_schema.vocab_network import SitingCandidates, SitingWeight, StudyState
from stations.coverage.asking import CoverageQuestion
from stations.coverage.fetching import Fetched, situation_of
from stations.coverage.framing import coverage_frame
from stations.coverage.runs.hashing import input_sha256, table_hashes
from stations.coverage.runs.reporting import as_plain
from stations.coverage.studies.answering import SitingWish, answer
from stations.coverage.tables import SitingStudy
from stations.people.access import Caller

DEFINITIONS = ("siting", "lscp_min", "service_coverage", "poor_coverage")


@dataclass(frozen=True)
class Outcome:
    """What is kept of a study: how it ended, the answer or why there is none, and the hash of the input."""

    state: StudyState
    answer: dict[str, Any]
    input_sha256: str | None = None


class Progress(Protocol):
    """What a job's function is given: the clock, and a place to say how far it is."""

    def now(self) -> dt.datetime:
        """Give the present instant."""

    def progress(self, done: int, total: int | None = None) -> None:
        """Say how far the work is."""


@dataclass(frozen=True)
class Prepared:
    """What a study is computed from once the database has been asked: columns, frame and wish."""

    fetched: Fetched
    frame: dict[str, Any]
    wish: SitingWish


def run_study(sessions: sessionmaker[Session], payload: dict[str, Any], context: Progress) -> dict[str, Any]:
    """Compute a study as known when it was asked for, outside any transaction; one that is answered stays as it is.

    A refusal is the answer: the study has failed and says why. Done twice it computes the same.
    """
    with reading(sessions) as session:
        study = session.get_one(SitingStudy, payload["study"])
        if study.state != StudyState.WAITING:
            return {"study": study.id, "state": study.state}
        prepared = prepare(session, study, now=context.now())
    outcome = compute(prepared, context.progress)
    with writing(sessions) as session:
        return {"study": payload["study"], "state": keep(session, payload["study"], outcome, now=context.now())}


def prepare(session: Session, study: SitingStudy, *, now: dt.datetime) -> Prepared | Outcome:
    """Fetch what a study rests on, or give its refusal."""
    asked = dict(study.parameters)
    # The study's own hand: it reaches the unit that was asked about and nothing else.
    hand = Caller(study.asked_by, Role.PROVINCE, study.unit_code, study.unit_path)
    question = CoverageQuestion(
        ou=study.unit_code, as_of=study.as_of, known_at=dt.datetime.fromisoformat(asked["known_at"]),
        base_year=asked["base_year"], distance=asked["distance"],
    )  # fmt: skip
    try:
        fetched = situation_of(session, hand, question, now=now)
    except Refusal as refusal:
        return Outcome(StudyState.FAILED, {"refused": refusal.code})
    return Prepared(fetched, coverage_frame(fetched, now=now, definitions=DEFINITIONS), _wish(asked))


def compute(prepared: Prepared | Outcome, say: Callable[[int, int], None]) -> Outcome:
    """Compute the answer; needs no database."""
    if isinstance(prepared, Outcome):
        return prepared
    fetched = prepared.fetched
    found = input_sha256(table_hashes(fetched.situation, fetched.roads_sha256))
    try:
        told = answer(fetched, prepared.wish, say)
    except Refusal as refusal:
        return Outcome(StudyState.FAILED, {"refused": refusal.code}, found)
    frame = {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in prepared.frame.items()}
    return Outcome(StudyState.DONE, as_plain({"frame": frame, **told}), found)


def keep(session: Session, study_id: int, told: Outcome, *, now: dt.datetime) -> str:
    """Keep the answer unless there is one already; give the study's state."""
    study = session.get_one(SitingStudy, study_id)
    if study.state == StudyState.WAITING:
        study.state, study.answer, study.input_sha256 = told.state.value, told.answer, told.input_sha256
        study.answered_at = now
    return study.state


def _wish(asked: dict[str, Any]) -> SitingWish:
    return SitingWish(asked["k"], asked["exact"], asked["radius"], asked["poor_weight"], SitingWeight(asked["weigh"]),
                      SitingCandidates(asked["candidates"]))  # fmt: skip
