"""Read a phone's export file in: each line in a transaction of its own, so that a long file never holds the database.

What was taken in before a failure stays; the same file again then answers «same» for it and goes on.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, BinaryIO, NamedTuple

from sqlalchemy.orm import Session, sessionmaker

from db import reading, writing
from field_app_schema.found_stations import read_found
from field_app_schema.outbox_files import OUTCOMES, read_month
from field_app_schema.refusals import Refusal
from field_app_schema.visits import read_visit
from inspections.outbox_files.lines import Thing, survey, things_of
from inspections.outbox_files.taking_in import (
    NEW,
    REFUSED,
    SAME,
    Outcome,
    Readers,
    keep_draft,
    keep_line,
    note_draft_photo,
    note_photo,
    sender_of,
    take_record,
)
from inspections.photos.pictures.looking import look_at
from inspections.photos.receiving import check_size, media_present, take_whole
from inspections.photos.store import PhotoStore
from stations.people.access import Caller
from stations.people.audit import note_act

READERS = Readers(read_visit, read_found, read_month)


class Above(NamedTuple):
    """A record or draft whose photos follow it; its bytes are not held."""

    what: str
    account_id: int
    entry: dict[str, Any]


@dataclass
class OutboxImport:
    """One reading of one file by one person; a trial (`dry_run`) says what would come of it and changes nothing."""

    sessions: sessionmaker[Session]
    store: PhotoStore
    importer: Caller
    dry_run: bool
    now: dt.datetime
    entries: list[dict[str, Any]] = field(default_factory=list)
    photos: Counter[str] = field(default_factory=Counter)
    # What stands above in the file, by its id: record or draft, whose, and the entry that counts its photos.
    above: dict[str, Above] = field(default_factory=dict)

    def run(self, file: BinaryIO, name: str) -> dict[str, Any]:
        """Read the file in and report on each line; refuses with OUTBOX_FILE_UNREADABLE before anything is done."""
        looked = survey(file)
        for thing in things_of(file):
            self._take(thing)
        counts = Counter(entry["status"] for entry in self.entries)
        told: dict[str, Any] = vars(looked) | {
            "dry_run": self.dry_run, "sha256": _sha256(file), "counts": _counted(counts),
            "photos": _counted(self.photos), "entries": self.entries,
        }  # fmt: skip
        if not self.dry_run:
            facts = {"name": name, "counts": told["counts"], "photos": told["photos"]}
            with writing(self.sessions) as session:
                note_act(session, self.importer, "outbox.import", "outbox_file", told["sha256"], now=self.now,
                         after=facts)  # fmt: skip
        return told

    def _take(self, thing: Thing) -> None:
        if thing.what == "record":
            self._enter(thing, thing.told["kind"], lambda session: take_record(
                session, self.importer, thing, READERS, now=self.now))  # fmt: skip
        elif thing.what == "draft":
            self._enter(thing, "draft", lambda session: keep_draft(session, self.importer, thing, now=self.now))
        elif thing.what == "photo":
            self._photo(thing)
        elif thing.what == "unreadable":
            refusal = Refusal("OUTBOX_UNREADABLE", errors={"line": [thing.told["why"][:200]]})
            self._enter(thing, "unreadable", lambda _session: Outcome(REFUSED, refusal))
        elif thing.problem:
            refusal = Refusal("OUTBOX_LINE", errors={"line": [thing.problem]})
            self._enter(thing, "damaged", lambda session: keep_line(
                session, self.importer, thing, refusal, now=self.now))  # fmt: skip

    def _enter(self, thing: Thing, kind: str, act: Callable[[Session], Outcome]) -> dict[str, Any]:
        outcome, station = self._done(act), thing.told.get("station_code")
        entry = {
            "line": thing.line, "kind": kind, "id": thing.told.get("id") if kind != "photo" else thing.record_id,
            "station_code": station if isinstance(station, str) else None, "status": outcome.status,
            "reason": _reason(outcome.reason), "quarantine_id": None if self.dry_run else outcome.quarantine_id,
            "photos": _counted(Counter()),
        }  # fmt: skip
        self.entries.append(entry)
        if thing.what in ("record", "draft"):
            self.above[thing.record_id] = Above(thing.what, thing.account_id, entry)
        return entry

    def _photo(self, thing: Thing) -> None:
        of = self.above.get(thing.record_id)
        try:
            body = thing.content()
            check_size(len(body))
        except Refusal as refusal:
            reason = refusal
            outcome = self._done(lambda session: keep_line(session, self.importer, thing, reason, now=self.now))
        else:
            outcome = self._stored(thing, body, of)
        self.photos[outcome.status] += 1
        if of is not None:
            of.entry["photos"][outcome.status] += 1
        else:
            self._enter(thing, "photo", lambda _session: outcome)

    def _stored(self, thing: Thing, body: bytes, of: Above | None) -> Outcome:
        """Put a photo into the store, durable before its row, as the door for photos does."""
        sha256, is_draft = thing.told["sha256"], of is not None and of.what == "draft"
        with reading(self.sessions) as session:
            if sha256 in media_present(session, [sha256]) and not is_draft:
                return Outcome(SAME)
            sender = self._sender(session, of)
        if self.dry_run:
            try:
                look_at(body)
            except Refusal as refusal:
                return Outcome("kept_aside", refusal)
            return Outcome("kept_aside", Refusal("OUTBOX_DRAFT")) if is_draft else Outcome(NEW)
        whole = take_whole(self.store, sha256, body)
        if is_draft:
            return self._done(lambda session: note_draft_photo(session, sender, thing.record_id, whole, now=self.now))
        return self._done(lambda session: note_photo(session, sender, whole, now=self.now))

    def _sender(self, session: Session, of: Above | None) -> Caller:
        """Give whose photo it is; one whose record is damaged or out of reach counts as sent by the importer."""
        try:
            return self.importer if of is None else sender_of(session, self.importer, of.account_id)
        except Refusal:
            return self.importer

    def _done(self, act: Callable[[Session], Outcome]) -> Outcome:
        if not self.dry_run:
            with writing(self.sessions) as session:
                return act(session)
        with self.sessions() as session:
            outcome = act(session)
            session.rollback()
        return outcome


def _counted(counts: Counter[str]) -> dict[str, int]:
    return {status: counts[status] for status in OUTCOMES}


def _reason(refusal: Refusal | None) -> dict[str, Any] | None:
    if refusal is None:
        return None
    return {"code": refusal.code, "zh": refusal.kind.zh, "en": refusal.kind.en, "errors": refusal.errors}


def _sha256(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    file.seek(0)
    while chunk := file.read(1 << 20):
        digest.update(chunk)
    return digest.hexdigest()
