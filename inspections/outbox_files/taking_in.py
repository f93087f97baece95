"""Take in what stands in a phone's export file, line by line, as its own account's; a repeat gives the same answer.

The file proves no token: a visit says `arrived_by` file and names no phone, and a month counts as entered by whoever
reads the file in (proxy), for anybody could have written it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab import Role
from inspections.arriving.arrivals import note_whole
from inspections.arriving.found_stations import take_in_found
from inspections.arriving.storing import Arrival
from inspections.arriving.taking_in import ReadVisit, accept
from inspections.outbox_files.lines import Thing
from inspections.photos.receiving import MediumStatus, WholeFile
from inspections.quarantine.accepting import KeptReceipt, accept_or_keep
from inspections.quarantine.keeping import FROM_FILE, VISIT, Sent, keep_aside
from inspections.visits.answering import Receipt
from stations.people.access import Caller, in_scope, require
from stations.people.signing_in import caller_of
from stations.people.tables import Account
from stations.records.periods import parse_period
from stations.register.lookup.reading import find_station
from stations.sales.filing.figures import Figures, Filed
from stations.sales.filing.taking_in import Taken
from stations.sales.filing.taking_in import take_in as file_month
from stations.units.tables import OrgUnit

LINE, MONTH, DRAFT, DRAFT_PHOTO = "line", "month", "draft", "draft_photo"
NEW, SAME, KEPT_ASIDE, REFUSED = "new", "same", "kept_aside", "refused"
# As much as the doors for single records take.
MOST_BYTES = 1_000_000


@dataclass(frozen=True)
class Outcome:
    """What became of one line: its status, and for what was kept aside the reason and the row that holds it."""

    status: str
    reason: Refusal | None = None
    quarantine_id: int | None = None


@dataclass(frozen=True)
class Readers:
    """How bytes become checked plain values, by kind of record; the schema room knows the shapes."""

    visit: ReadVisit
    found: ReadVisit
    month: ReadVisit


def sender_of(session: Session, importer: Caller, account_id: int) -> Caller:
    """Give whoever's record it is, as a caller without a phone; refuses with ACCOUNT_UNKNOWN outside the scope."""
    found = session.execute(
        select(Account, OrgUnit.path).join(OrgUnit, Account.unit_code == OrgUnit.code)
        .where(Account.id == account_id, in_scope(importer, OrgUnit.path))
    ).one_or_none()  # fmt: skip
    if found is None:
        raise Refusal("ACCOUNT_UNKNOWN", account_id=account_id)
    return caller_of(found.Account, found.path, None)


def take_record(session: Session, importer: Caller, thing: Thing, readers: Readers, *, now: dt.datetime) -> Outcome:
    """Take one record in; whatever stands against it, it is kept aside whole. Only a busy database raises."""
    try:
        body, sender = thing.content(), sender_of(session, importer, thing.account_id)
        if len(body) > MOST_BYTES:
            raise Refusal("BODY_TOO_LARGE", limit_bytes=MOST_BYTES)
    except Refusal as refusal:
        return keep_line(session, importer, thing, refusal, now=now)
    kind, record_id = thing.told["kind"], thing.record_id
    taken: Any
    if kind == VISIT:
        arrival = Arrival(record_id, body, hashlib.sha256(body).hexdigest(), sender, now, arrived_by="file")

        def accept_visit() -> Receipt:
            require(sender, "visit.record")
            return accept(session, arrival, readers.visit, now=now)

        taken = accept_or_keep(session, sender, Sent(VISIT, record_id, body, FROM_FILE), accept_visit, now=now)
    elif kind == MONTH:
        # The whole line: month, station and version seen stand beside the body, not in it.
        sent = Sent(MONTH, record_id, thing.raw, FROM_FILE)
        file = partial(_file, session, importer, sender, thing, now=now)
        taken = accept_or_keep(session, sender, sent, lambda: file(readers.month(body)), now=now)
    else:
        taken = take_in_found(session, sender, record_id, body, read=readers.found, now=now, user_agent=FROM_FILE,
                              arrived_by="file")  # fmt: skip
    if isinstance(taken, KeptReceipt):
        return Outcome(KEPT_ASIDE, taken.reason, taken.quarantine_id)
    return Outcome(NEW if taken.is_new else SAME)


def keep_line(session: Session, importer: Caller, thing: Thing, refusal: Refusal, *, now: dt.datetime) -> Outcome:
    """Keep a line aside as it stands, for the importer's officers; one too long to be held is only named."""
    if not thing.raw:
        return Outcome(REFUSED, refusal)
    name = hashlib.sha256(thing.raw).hexdigest()
    kept = keep_aside(session, importer, Sent(LINE, name, thing.raw, FROM_FILE), refusal, now=now)
    return Outcome(KEPT_ASIDE, refusal, kept.id)


def keep_draft(session: Session, importer: Caller, thing: Thing, *, now: dt.datetime) -> Outcome:
    """Keep a draft aside as it stands: nobody but its author can say how it was to end."""
    try:
        sender = sender_of(session, importer, thing.account_id)
    except Refusal as refusal:
        return keep_line(session, importer, thing, refusal, now=now)
    reason = Refusal("OUTBOX_DRAFT")
    kept = keep_aside(session, sender, Sent(DRAFT, thing.record_id, thing.raw, FROM_FILE), reason, now=now)
    return Outcome(KEPT_ASIDE, reason, kept.id)


def note_photo(session: Session, sender: Caller, whole: WholeFile, *, now: dt.datetime) -> Outcome:
    """Write the row of a photo whose file is in the store, and complete the visits that waited for it."""
    noted = note_whole(session, sender, whole, now=now)
    return Outcome(NEW) if isinstance(noted, MediumStatus) else Outcome(KEPT_ASIDE, whole.refusal, noted.id)


def note_draft_photo(session: Session, sender: Caller, draft_id: str, whole: WholeFile, *, now: dt.datetime) -> Outcome:
    """Write the row that keeps a draft's photo beside the draft; as no record names it, it is nobody's evidence."""
    refusal = Refusal("OUTBOX_DRAFT")
    sent = Sent(DRAFT_PHOTO, draft_id, b"", FROM_FILE, stored_as=whole.stored_as, stored_sha256=whole.stored_sha256,
                stored_size=whole.size)  # fmt: skip
    return Outcome(KEPT_ASIDE, refusal, keep_aside(session, sender, sent, refusal, now=now).id)


def _file(
    session: Session, importer: Caller, sender: Caller, thing: Thing, form: Mapping[str, Any], *, now: dt.datetime
) -> Taken:
    """File a month as the importer in the owner's place, under the record's own key; as it was filled in, later.

    Refuses with what `take_in` refuses, NOT_ALLOWED for whom the months are none of, STATION_UNKNOWN.
    """
    require(importer, "report.file")
    require(sender, "report.file")
    told, seen = thing.told, thing.told.get("seen_version")
    if seen is not None and (isinstance(seen, bool) or not isinstance(seen, int) or not 0 < seen < 2**31):
        raise Refusal("BAD_INPUT", errors={"seen_version": ["不是版本号 / not a version"]})
    station = find_station(session, importer, str(told.get("station_code")))
    if sender.role is Role.OWNER and sender.station_id != station.id:
        raise Refusal("STATION_UNKNOWN", station=station.code)
    filed = Filed(
        thing.record_id, Figures.named(form), is_nil=form["is_nil"], note=form.get("note") or None,
        reason=(form.get("reason") or "").strip() or None, captured_at=form.get("captured_at"), seen_version=seen,
    )  # fmt: skip
    with session.begin_nested():
        return file_month(session, importer, station, parse_period(str(told.get("period"))), filed, now=now)
