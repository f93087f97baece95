"""Who may send transactions for stations: feeds that a county creates, sees and revokes."""

from __future__ import annotations

import datetime as dt
import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from stations.people.access import Caller, in_scope
from stations.people.audit import note_act
from stations.records.frames import unit_asked
from stations.sales.feeds.tables import Feed, FeedRejection, FeedTransaction


@dataclass(frozen=True, slots=True)
class FeedLine:
    """A feed as its county sees it, without its secret: since when, when it last sent, what waits for a person."""

    id: str
    name: str
    unit_code: str
    created_at: dt.datetime
    revoked_at: dt.datetime | None
    last_received_at: dt.datetime | None
    transactions: int
    rejected: int


def add_feed(session: Session, caller: Caller, name: str, unit_code: str | None, *, now: dt.datetime) -> Feed:
    """Let a sender speak for the stations of a unit, the caller's own for None; its secret is told this once.

    Refuses with UNIT_UNKNOWN and OUT_OF_SCOPE.
    """
    unit = unit_asked(session, caller, unit_code)
    # Not drawn from a seed: this is the key with which the feed signs.
    feed = Feed(id=str(uuid.uuid4()), name=name, unit_code=unit.code, unit_path=unit.path,
                secret=secrets.token_hex(32), created_by=caller.account_id, created_at=now)  # fmt: skip
    session.add(feed)
    session.flush()
    note_act(session, caller, "feed.add", "feed", feed.id, now=now, after={"name": name, "unit": unit.code})
    return feed


def list_feeds(session: Session, caller: Caller) -> list[FeedLine]:
    """Give the feeds of the caller's area, the revoked ones too, newest first."""
    newest_first = (Feed.created_at.desc(), Feed.id)
    feeds = session.scalars(select(Feed).where(in_scope(caller, Feed.unit_path)).order_by(*newest_first)).all()
    ids, sent, refused = [one.id for one in feeds], FeedTransaction, FeedRejection
    counts = select(sent.feed_id, func.count(sent.id), func.max(sent.received_at)).where(sent.feed_id.in_(ids))
    came = {id_: (count, last) for id_, count, last in session.execute(counts.group_by(sent.feed_id))}
    open_ones = (refused.feed_id.in_(ids), refused.settled_at.is_(None))
    waits = select(refused.feed_id, func.count(refused.id).label("n")).where(*open_ones).group_by(refused.feed_id)
    waiting = {row.feed_id: row.n for row in session.execute(waits)}
    return [
        FeedLine(one.id, one.name, one.unit_code, one.created_at, one.revoked_at, came.get(one.id, (0, None))[1],
                 came.get(one.id, (0, None))[0], waiting.get(one.id, 0))
        for one in feeds
    ]  # fmt: skip


def list_rejections(
    session: Session, caller: Caller, feed_id: str, *, offset: int, limit: int
) -> tuple[Sequence[FeedRejection], int]:
    """Give a page of what a feed sent and could not be taken in, newest first, and how much there is."""
    feed, row = _own(session, caller, feed_id), FeedRejection
    mine = row.feed_id == feed.id
    page = session.scalars(select(row).where(mine).order_by(row.id.desc()).offset(offset).limit(limit)).all()
    return page, session.scalar(select(func.count(row.id)).where(mine)) or 0


def revoke_feed(session: Session, caller: Caller, feed_id: str, *, now: dt.datetime) -> None:
    """Turn a feed away from its next batch on; what it sent stands; refuses with FEED_UNKNOWN."""
    feed = _own(session, caller, feed_id)
    if feed.revoked_at is None:
        feed.revoked_at = now
        note_act(session, caller, "feed.revoke", "feed", feed.id, now=now)


def live_feed(session: Session, feed_id: str) -> Feed:
    """Give a feed that may send; refuses with FEED_UNKNOWN one that does not exist or was revoked."""
    feed = session.get(Feed, feed_id) if feed_id.isascii() and feed_id.isprintable() and len(feed_id) <= 36 else None
    if feed is None or feed.revoked_at is not None:
        raise Refusal("FEED_UNKNOWN")
    return feed


def _own(session: Session, caller: Caller, feed_id: str) -> Feed:
    asked = select(Feed).where(Feed.id == feed_id[:40], in_scope(caller, Feed.unit_path))
    feed = session.scalars(asked).one_or_none() if feed_id.isprintable() else None
    if feed is None:
        raise Refusal("FEED_UNKNOWN")
    return feed
