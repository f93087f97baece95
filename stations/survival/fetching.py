"""Fetch the lives that the figures of survival count: today from the register's columns, other days from the facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from field_app_schema.vocab import ListingStatus, Vitality
from stations.batches import in_batches
from stations.people.access import Caller, in_scope
from stations.records.days import day_in_china
from stations.records.tables import Station
from stations.register.lookup.recounting import listing_on
from stations.survival.figures.lives import StationLife
from stations.vitality.fetching import NOTHING, Decided, decide_many, facts_of
from stations.vitality.thresholds import alive_policy
from stations.vitality.trimming import Question

_NOT_BUILT = (ListingStatus.PROPOSED.value, ListingStatus.REJECTED.value, ListingStatus.MERGED.value)


def within(caller: Caller, unit_path: str) -> list[ColumnElement[bool]]:
    """Give the conditions that a station lies in a unit, and in the caller's scope; the unit is that of today."""
    return [in_scope(caller, Station.unit_path, Station.id), Station.unit_path.like(f"{unit_path}%")]


def fetch_lives(
    session: Session, caller: Caller, unit_path: str, *, now: dt.datetime, as_of: dt.date | None = None,
    known_at: dt.datetime | None = None,
) -> list[StationLife]:  # fmt: skip
    """Give every station of a unit that was built by `as_of` as it was then, by what was known at `known_at`.

    Without either, or for today, the register's columns answer. Operator, host and subsidy are those of today in any
    case, because the register keeps no history of them; nobody has told the register when a subsidy ended.
    """
    today = day_in_china(now)
    where = within(caller, unit_path)
    if known_at is None and as_of in (None, today):
        return _of_today(session, where, today)
    return recomputed(session, where, as_of or today, known_at)


def recomputed(
    session: Session, where: Sequence[ColumnElement[bool]], as_of: dt.date, known_at: dt.datetime | None
) -> list[StationLife]:
    """Give the lives of the stations that fit the conditions (on `Station` only), decided from the dated facts."""
    rows = session.execute(_columns().where(*where).order_by(Station.id)).all()
    policy = alive_policy(session)
    which, question = select(Station.id).where(*where), Question(as_of, policy)
    facts = facts_of(session, which, known_at=known_at, question=question)
    asked = {row.id: facts.get(row.id, NOTHING) for row in rows}
    decided = decide_many(
        session, asked, as_of=as_of, policy=policy, known_at=known_at, foretell=False, lives=True
    )
    return [_decided_life(row, decided[row.id], as_of) for row in rows]


def _of_today(session: Session, where: Sequence[ColumnElement[bool]], today: dt.date) -> list[StationLife]:
    s = Station
    rows = session.execute(
        _columns()
        .add_columns(s.accepted_on, s.last_alive_on, s.dead_by_on, s.listing_status, s.vitality, s.vitality_reason,
                     s.vitality_confidence)
        .where(*where, s.listing_status.not_in(_NOT_BUILT))
        .order_by(s.id)
    ).all()  # fmt: skip
    lives = [
        StationLife(
            row.code, row.accepted_on, row.last_alive_on, row.dead_by_on, row.listing_status, row.vitality,
            row.vitality_reason, row.operator, row.host_type, row.is_subsidised, None, row.vitality_confidence, row.id,
        )
        for row in rows
    ]  # fmt: skip
    # A row of before the columns were there: nothing has looked at it since.
    unfilled = [life.station_id for life in lives if life.accepted_on is None]
    lives = [life for life in lives if life.accepted_on is not None]
    for ids in in_batches(unfilled):
        lives += recomputed(session, [s.id.in_(ids)], today, None)
    return lives


def _columns() -> Any:
    s = Station
    return select(s.id, s.code, s.operator, s.host_type, s.is_subsidised)


def _decided_life(row: Any, decided: Decided, as_of: dt.date) -> StationLife:
    verdict, life = decided.verdict, decided.life
    accepted_on = None if verdict.vitality is Vitality.NOT_STARTED else life.accepted_on
    return StationLife(
        row.code, accepted_on, life.last_alive_on, life.dead_by_on, listing_on(decided.facts, as_of), verdict.vitality,
        verdict.reason, row.operator, row.host_type, row.is_subsidised, None, verdict.confidence, row.id,
    )  # fmt: skip
