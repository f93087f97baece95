"""Which stations report by feed: those for which a live feed sent something in the last two closed months."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from db import reading, writing
from stations.batches import in_batches
from stations.records.periods import last_ended, shifted
from stations.records.revision import next_revision
from stations.records.tables import Station
from stations.sales.feeds.tables import Feed, FeedTransaction

FORM, FEED = "form", "feed"
# One silent month may be a dead month of a village shop; after two the form is asked for again.
CLOSED_MONTHS = 2


def turn_modes(sessions: sessionmaker[Session], now: dt.datetime) -> int:
    """Let `Station.reporting_mode` follow the feeds and give how many stations turned; done again it turns none.

    What a revoked feed sent counts no more. Nothing of a month hangs on it: who is reminded of the form does.
    """
    with reading(sessions) as session:
        wanted = _turning(session, now)
    for mode, ids in wanted.items():
        for some in in_batches(ids, 200):
            with writing(sessions) as session:
                next_revision(session)
                session.execute(update(Station).where(Station.id.in_(some)).values(reporting_mode=mode))
    return sum(len(ids) for ids in wanted.values())


def _turning(session: Session, now: dt.datetime) -> dict[str, list[int]]:
    row, newest = FeedTransaction, last_ended(now)
    closed = [shifted(newest, -back) for back in range(CLOSED_MONTHS)]
    sent = select(row.station_id).join(Feed, Feed.id == row.feed_id)
    fed = set(session.scalars(sent.where(row.period.in_(closed), Feed.revoked_at.is_(None)).distinct()))
    marked = set(session.scalars(select(Station.id).where(Station.reporting_mode == FEED)))
    return {FEED: sorted(fed - marked), FORM: sorted(marked - fed)}
