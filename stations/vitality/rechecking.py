"""The nightly look: stations whose announced day has come or that another rule decided, in small transactions.

A month closes for everybody on one day, so a whole nation may be due that night.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, sessionmaker

from db import writing
from stations.records.days import day_in_china
from stations.records.tables import Station
from stations.vitality.refreshing import refresh_vitality
from stations.vitality.thresholds import alive_policy

BATCH = 500


@dataclass(frozen=True)
class Rechecked:
    """How many stations were looked at, and the answers of how many changed."""

    looked_at: int
    changed: int


def recheck_due(sessions: sessionmaker[Session], now: dt.datetime, limit: int | None = None) -> Rechecked:
    """Decide again for the stations that are due today in China, at most `limit`, committing each batch by itself.

    Doing it twice on a day changes nothing more; a kill in the middle loses only the batch at hand.
    """
    looked_at = changed = after = 0
    while limit is None or looked_at < limit:
        size = BATCH if limit is None else min(BATCH, limit - looked_at)
        with writing(sessions) as session:
            version = alive_policy(session).rule_version
            ids = due_stations(session, day_in_china(now), size, after, version)
            changed += len(refresh_vitality(session, ids, now=now))
        looked_at += len(ids)
        if len(ids) < size:
            break
        after = ids[-1]
    return Rechecked(looked_at, changed)


def due_stations(
    session: Session, today: dt.date, limit: int, after: int = 0, rule_version: str | None = None
) -> list[int]:
    """Give ids greater than `after`, in order, of stations whose day to look again has come; without a day, never.

    With `rule_version` those last decided by another rule are due too, whatever their day.
    """
    due = Station.vitality_recheck_on <= today
    if rule_version is not None:
        due = or_(due, Station.vitality_rule_version != rule_version)
    return list(session.scalars(select(Station.id).where(due, Station.id > after).order_by(Station.id).limit(limit)))
