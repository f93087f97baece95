"""What may be asked of the network's lists, and the conditions that follow; every list begins here."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from stations.people.access import Caller, in_scope
from stations.records.days import day_in_china
from stations.records.frames import frame_of, unit_asked
from stations.register.lookup.asking import check_dates
from stations.units.tables import OrgUnit


@dataclass(frozen=True)
class NetworkQuestion:
    """Of which unit, day and instant (None: the caller's own, today, all that is known); which page."""

    ou: str | None = None
    as_of: dt.date | None = None
    known_at: dt.datetime | None = None
    page: int = 1
    page_size: int = 100


@dataclass(frozen=True)
class Asked:
    """A question that was checked: the unit, the day, and what was known."""

    caller: Caller
    unit: OrgUnit
    as_of: dt.date
    known_at: dt.datetime
    question: NetworkQuestion
    now: dt.datetime

    def inside(self, path: Any) -> list[ColumnElement[bool]]:
        """Give the conditions that a unit path lies in the unit and in the caller's scope."""
        return [in_scope(self.caller, path), path.like(f"{self.unit.path}%")]

    def stands(self, table: Any) -> list[ColumnElement[bool]]:
        """Give the conditions that a dated row holds on the day, as known at the instant."""
        return [
            table.recorded_at <= self.known_at,
            or_(table.superseded_at.is_(None), table.superseded_at > self.known_at),
            *self.holds(table),
        ]

    def holds(self, table: Any) -> list[ColumnElement[bool]]:
        """Give the conditions that a row holds on the day: it begins by then and does not end by then."""
        return [table.starts_on <= self.as_of, or_(table.ends_on.is_(None), table.ends_on > self.as_of)]

    def answer(self, rows: list[dict[str, Any]], total: int, kind: str) -> dict[str, Any]:
        """Give one page with its frame."""
        frame = frame_of(self.unit, now=self.now, definitions=(), sources={kind: total}, as_of=self.as_of,
                         known_at=self.question.known_at)  # fmt: skip
        return {"frame": frame, "rows": rows, "total": total, "page": self.question.page,
                "page_size": self.question.page_size}  # fmt: skip


def asked_of(session: Session, caller: Caller, question: NetworkQuestion, *, now: dt.datetime) -> Asked:
    """Check a question; refuses UNIT_UNKNOWN, OUT_OF_SCOPE and BAD_INPUT for impossible dates."""
    check_dates(question.as_of, question.known_at, now)
    unit = unit_asked(session, caller, question.ou)
    return Asked(caller, unit, question.as_of or day_in_china(now), question.known_at or now, question, now)


def one_page(
    session: Session, rows: Select[*tuple[Any, ...]], question: NetworkQuestion
) -> tuple[list[Any], int]:
    """Give one page of a selection in order, and how many rows there are in all."""
    total = session.scalar(select(func.count()).select_from(rows.order_by(None).subquery())) or 0
    size = question.page_size
    return list(session.execute(rows.limit(size).offset((question.page - 1) * size))), total


def dated(row: Any) -> dict[str, Any]:
    """Give the days of a row and when it was recorded."""
    return {"starts_on": row.starts_on, "ends_on": row.ends_on, "recorded_at": row.recorded_at}
