"""Take in a batch of a feed's transactions: each once, however often it is sent; what cannot be taken is kept whole.

One wrong transaction spoils none of the others.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from field_app_schema.refusals import REFUSALS
from stations.batches import in_batches
from stations.records.monthly_policy import monthly_policy
from stations.records.periods import last_ended
from stations.records.revision import next_revision
from stations.records.tables import Station
from stations.sales.feeds.figures import Transaction
from stations.sales.feeds.months import MonthOutcome, Outcome, locked, write_months
from stations.sales.feeds.tables import Feed, FeedRejection, FeedTransaction


@dataclass(frozen=True, slots=True)
class FeedConflict:
    """A transaction that was not taken in, and why."""

    id: str
    station: str
    code: str
    zh: str
    en: str


@dataclass
class FeedTaken:
    """How many transactions were new, how many were known, which could not be taken, and what became of the months."""

    accepted: int = 0
    repeated: int = 0
    conflicts: list[FeedConflict] = field(default_factory=list)
    months: list[MonthOutcome] = field(default_factory=list)


def take_transactions(session: Session, feed: Feed, sent: Sequence[Transaction], *, now: dt.datetime) -> FeedTaken:
    """Take a batch in; the same id with the same content is a repeat, with another a conflict (FEED_CONFLICT).

    A station that is unknown, or outside the feed's area, is a conflict (STATION_UNKNOWN), and so is an instant beyond
    the clock's tolerance (TIME_IN_FUTURE). Months that have ended become reports at once; those that must not change
    any more are told as held back.
    """
    next_revision(session)
    stations = _stations(session, feed, sent)
    ids = {code: id_ for id_, (code, _) in stations.items()}
    known = _known(session, feed, sent)
    told, new = FeedTaken(), list[tuple[Transaction, str]]()
    refused: list[tuple[Transaction, str, str]] = []
    latest = now + dt.timedelta(minutes=monthly_policy(session).clock_tolerance_minutes)
    for one in sent:
        sha = one.sha256()
        before = known.get(one.id)
        if before == sha:
            told.repeated += 1
        elif (why := _why_not(one, before, ids, latest)) is not None:
            refused.append((one, sha, why))
            told.conflicts.append(FeedConflict(one.id, one.station, why, REFUSALS[why].zh, REFUSALS[why].en))
        else:
            known[one.id] = sha
            new.append((one, sha))
    told.accepted = len(new)
    _keep_refused(session, feed, refused, now)
    if new:
        _store(session, feed, new, ids, now)
        told.months = _months(session, stations, {(one.period, ids[one.station]) for one, _ in new}, now)
    return told


def _why_not(one: Transaction, before: str | None, ids: dict[str, int], latest: dt.datetime) -> str | None:
    if before is not None:
        return "FEED_CONFLICT"
    if one.station not in ids:
        return "STATION_UNKNOWN"
    return "TIME_IN_FUTURE" if one.occurred_at > latest else None


def _stations(session: Session, feed: Feed, sent: Sequence[Transaction]) -> dict[int, tuple[str, str]]:
    """Lock the stations spoken of that lie in the feed's area; give code and unit path by id."""
    inside = Station.unit_path.like(f"{feed.unit_path}%")
    found: list[int] = []
    for codes in in_batches(sorted({one.station for one in sent})):
        found += session.scalars(select(Station.id).where(Station.code.in_(codes), inside))
    return locked(session, sorted(found))


def _known(session: Session, feed: Feed, sent: Sequence[Transaction]) -> dict[str, str]:
    row, found = FeedTransaction, dict[str, str]()
    for names in in_batches(sorted({one.id for one in sent})):
        asked = select(row.external_id, row.content_sha256).where(row.feed_id == feed.id, row.external_id.in_(names))
        found |= {one.external_id: one.content_sha256 for one in session.execute(asked)}
    return found


def _store(
    session: Session, feed: Feed, new: Sequence[tuple[Transaction, str]], ids: dict[str, int], now: dt.datetime
) -> None:
    session.execute(insert(FeedTransaction), [
        {"feed_id": feed.id, "external_id": one.id, "station_id": ids[one.station], "period": one.period,
         "occurred_at": one.occurred_at, "kind": one.kind.value, "amount_fen": one.amount_fen,
         "quantity": one.quantity, "content_sha256": sha, "received_at": now}
        for one, sha in new
    ])  # fmt: skip
    row = FeedRejection
    for some in in_batches(new):
        # What was refused once (the station was not yet known) and is right now needs nobody any more.
        mine = (row.feed_id == feed.id, row.settled_at.is_(None))
        same = (row.external_id.in_([one.id for one, _ in some]), row.content_sha256.in_([sha for _, sha in some]))
        session.execute(update(row).where(*mine, *same).values(settled_at=now))


def _keep_refused(
    session: Session, feed: Feed, refused: Sequence[tuple[Transaction, str, str]], now: dt.datetime
) -> None:
    row, kept = FeedRejection, set[tuple[str, str]]()
    for names in in_batches(sorted({one.id for one, _, _ in refused})):
        asked = select(row.external_id, row.content_sha256).where(row.feed_id == feed.id, row.external_id.in_(names))
        kept |= {(name, sha) for name, sha in session.execute(asked)}
    rows = {
        (one.id, sha): {"feed_id": feed.id, "external_id": one.id, "content_sha256": sha, "item": one.as_plain(),
                        "code": why, "received_at": now}
        for one, sha, why in refused if (one.id, sha) not in kept
    }  # fmt: skip
    if rows:
        session.execute(insert(row), list(rows.values()))


def _months(
    session: Session, stations: dict[int, tuple[str, str]], touched: set[tuple[int, int]], now: dt.datetime
) -> list[MonthOutcome]:
    ended, told = last_ended(now), list[MonthOutcome]()
    for period in sorted({period for period, _ in touched}):
        mine = {id_: stations[id_] for month, id_ in sorted(touched) if month == period}
        if period > ended:
            told += [MonthOutcome(code, period, Outcome.COLLECTING) for code, _ in mine.values()]
        else:
            told += write_months(session, mine, period, now=now)
    return told
