"""Answer a question of coverage: fetch, compute, tell; nothing is stored."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from stations.batches import in_batches
from stations.coverage.asking import CoverageQuestion
from stations.coverage.fetching import situation_of
from stations.coverage.framing import coverage_frame
from stations.coverage.outcome import Outcome, outcome_of
from stations.coverage.telling import alignment, coverage, delivery, villages
from stations.people.access import Caller
from stations.units.tables import OrgUnit


def answer_coverage(
    session: Session, caller: Caller, question: CoverageQuestion, *, now: dt.datetime
) -> dict[str, Any]:
    """Answer `GET /coverage`; refuses as `situation_of` does."""
    outcome = outcome_of(situation_of(session, caller, question, now=now))
    fetched = outcome.fetched
    units = coverage.codes_below(fetched.unit.level, fetched.situation.villages.code)
    told = coverage.told_coverage(fetched, outcome.figures, units, _names(session, sorted(set(units))))
    return {"frame": coverage_frame(fetched, now=now, definitions=coverage.DEFINITIONS)} | told


def answer_villages(
    session: Session, caller: Caller, question: CoverageQuestion, *, reason: str | None, page: int, page_size: int,
    now: dt.datetime,
) -> dict[str, Any]:  # fmt: skip
    """Answer `GET /coverage/villages`: one page by code, and how many there are; refuses as `situation_of` does."""
    outcome = outcome_of(situation_of(session, caller, question, now=now))
    rows = villages.rows_with(outcome.figures, reason)
    shown = rows[(page - 1) * page_size : page * page_size].tolist()
    return {
        "frame": coverage_frame(outcome.fetched, now=now, definitions=villages.DEFINITIONS),
        "total": len(rows), "page": page, "page_size": page_size,
        "villages": _with_townships(session, villages.told_villages(outcome.fetched, outcome.figures, shown)),
    }  # fmt: skip


def answer_alignment(
    session: Session, caller: Caller, question: CoverageQuestion, *, now: dt.datetime, named: int = alignment.NAMED
) -> dict[str, Any]:
    """Answer `GET /alignment`, `named` names of each list at most; refuses as `situation_of` does."""
    outcome = outcome_of(situation_of(session, caller, question, now=now))
    frame = coverage_frame(outcome.fetched, now=now, definitions=alignment.DEFINITIONS)
    return {"frame": frame} | alignment.told_alignment(outcome.fetched, outcome.figures, named)


def answer_delivery(
    session: Session, caller: Caller, question: CoverageQuestion, *, page: int, page_size: int, now: dt.datetime
) -> dict[str, Any]:
    """Answer `GET /delivery-days`: the figures, and one page of villages, the late ones first."""
    outcome = outcome_of(situation_of(session, caller, question, now=now))
    rows = delivery.rows_by_days(outcome.figures)
    return {
        "frame": coverage_frame(outcome.fetched, now=now, definitions=delivery.DEFINITIONS),
        **delivery.told_delivery(outcome.fetched, outcome.figures),
        "total": len(rows), "page": page, "page_size": page_size,
        "villages": _days_of(session, outcome, rows[(page - 1) * page_size : page * page_size].tolist()),
    }  # fmt: skip


def _days_of(session: Session, outcome: Outcome, rows: list[int]) -> list[dict[str, Any]]:
    return _with_townships(session, delivery.told_village_days(outcome.fetched, outcome.figures, rows))


def _with_townships(session: Session, told: list[dict[str, Any]]) -> list[dict[str, Any]]:
    names = _names(session, sorted({one["township"] for one in told}))
    return [one | {"township_name": names.get(one["township"], one["township"])} for one in told]


def _names(session: Session, codes: list[str]) -> dict[str, str]:
    """Give the names of units by code; names of units are public facts."""
    named: dict[str, str] = {}
    for some in in_batches(codes):
        found = session.execute(select(OrgUnit.code, OrgUnit.name).where(OrgUnit.code.in_(some)))
        named |= dict(found.all())
    return named
