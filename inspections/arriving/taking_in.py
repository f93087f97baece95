"""Take in what a phone sent, once: the same bytes get the same answer, other bytes under the same id are kept aside."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from inspections.arriving.limit_policy import visit_limits
from inspections.arriving.limits import VisitLimits
from inspections.arriving.once import accept_once
from inspections.arriving.storing import Arrival, store_visit
from inspections.quarantine.accepting import KeptReceipt, accept_or_keep
from inspections.quarantine.keeping import VISIT, Sent
from inspections.visits.answering import Receipt, receipt_of
from inspections.visits.tables import Inspection
from stations.people.access import Caller
from stations.records.revision import next_revision

# Bytes -> checked plain values; the schema room knows the shape, this room does not.
ReadVisit = Callable[[bytes], Mapping[str, Any]]


def take_in(
    session: Session,
    caller: Caller,
    inspection_id: str,
    body: bytes,
    *,
    read: ReadVisit,
    now: dt.datetime,
    limits: VisitLimits | None = None,
    user_agent: str | None = None,
) -> Receipt | KeptReceipt:
    """Store a visit and give its receipt, or keep the whole body aside with the reason; nothing is refused here."""
    arrival = Arrival(inspection_id.lower(), body, hashlib.sha256(body).hexdigest(), caller, now)
    sent = Sent(VISIT, arrival.visit_id, body, user_agent)
    wanted = partial(accept, session, arrival, read, now=now, limits=limits)
    return accept_or_keep(session, caller, sent, wanted, now=now)


def accept(
    session: Session, arrival: Arrival, read: ReadVisit, *, now: dt.datetime, limits: VisitLimits | None = None
) -> Receipt:
    """Store a visit inside a savepoint, or answer again; raises the Refusal with nothing stored.

    `limits` left out are those of the policy rules.
    Refuses with INSPECTION_CONFLICT where other bytes stand under the id, and with what `store_visit` refuses.
    """

    def store() -> Receipt:
        row = store_visit(session, arrival, read(arrival.body), now=now, limits=limits or visit_limits(session))
        return receipt_of(session, row, is_new=True)

    return accept_once(session, arrival, VISIT, again=lambda: _answer_again(session, arrival), store=store, now=now)


def take_in_many(
    session: Session,
    caller: Caller,
    records: Iterable[tuple[str, bytes]],
    *,
    read: ReadVisit,
    now: dt.datetime,
    user_agent: str | None = None,
) -> list[Receipt | KeptReceipt]:
    """Take in a batch, each record in its own savepoint, and answer in the order given."""
    # Taken first, so that two batches with the same records wait for each other here and never in a circle.
    next_revision(session)
    return [
        take_in(session, caller, visit_id, body, read=read, now=now, user_agent=user_agent)
        for visit_id, body in records
    ]


def _answer_again(session: Session, arrival: Arrival) -> Receipt | None:
    row = session.get(Inspection, arrival.visit_id, populate_existing=True)
    if row is None:
        return None
    if row.body_sha256 != arrival.sha256:
        raise Refusal("INSPECTION_CONFLICT", stored_sha256=row.body_sha256)
    return receipt_of(session, row, is_new=False)
