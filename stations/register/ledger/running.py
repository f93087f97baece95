"""Take in a ledger file: at once, or kept whole and done later as a job; the same import either way."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker, undefer

import jobs
from db import reading, writing
from field_app_schema.refusals import Refusal
from field_app_schema.vocab import Role
from geo.datum import DATUMS
from stations.people.access import Caller, in_scope, require, require_inside
from stations.people.profile import find_account_id
from stations.people.tables import Account
from stations.register.ledger.importing import import_ledger
from stations.register.ledger.placed import PlaceGuard
from stations.register.ledger.reading_sheet import Ledger, read_ledger
from stations.register.ledger.result import LedgerResult, refuse_unsaved
from stations.register.ledger.tables import LedgerImport
from stations.units.tables import OrgUnit

KIND = "ledger_import"
# Longer files are done later, so that no request holds the database for seconds.
ROWS_AT_ONCE = 2000


@dataclass(frozen=True)
class LedgerWish:
    """How a file is to be read: try only, save the good rows in spite of wrong ones, and the datum it is in.

    `as_job` None: as a job when the file is long.
    """

    dry_run: bool = True
    save_good_rows: bool = False
    coord_system: str = "cgcs2000"
    as_job: bool | None = None

    def options(self) -> dict[str, Any]:
        """Give what the import itself needs to know."""
        return {"dry_run": self.dry_run, "save_good_rows": self.save_good_rows, "coord_system": self.coord_system}


@dataclass(frozen=True)
class Taken:
    """What came of a file: its result, or the job that will make one; the import's number if it was kept."""

    import_id: int | None
    job_id: int | None
    result: dict[str, Any] | None


class Progress(Protocol):
    """What a job's function is given: the clock, and a place to say how far it is."""

    def now(self) -> dt.datetime:
        """Give the present instant."""

    def progress(self, done: int, total: int | None = None) -> None:
        """Say how far the work is."""


def take_ledger(
    session: Session, caller: Caller, name: str, content: bytes, wish: LedgerWish, *, now: dt.datetime,
    guard: PlaceGuard | None = None,
) -> Taken:  # fmt: skip
    """Import a file now, or ask for a job when it is long or asked so; a dry run done now leaves no trace.

    Refuses with LEDGER_UNREADABLE, LEDGER_COLUMNS, BAD_INPUT (datum), and LEDGER_ROWS when wrong rows kept all from
    being saved; a job stores that answer as its result instead.
    """
    if wish.coord_system not in DATUMS:
        raise Refusal("BAD_INPUT", errors={"coord_system": [f"只能是 / must be one of: {', '.join(DATUMS)}"]})
    ledger = read_ledger(content)
    if wish.as_job or (wish.as_job is None and len(ledger.rows) > ROWS_AT_ONCE):
        kept = _keep(session, caller, name, content, wish, now=now)
        job = jobs.ask(session, KIND, {"import_id": kept.id}, now=now, unique_key=f"{KIND}:{kept.id}",
                       unit_path=caller.unit_path, asked_by=caller.account_id)  # fmt: skip
        return Taken(kept.id, job.id, None)
    result = import_ledger(session, caller, ledger, now=now, guard=guard, **wish.options())
    refuse_unsaved(result)
    if wish.dry_run:
        return Taken(None, None, result.as_plain())
    kept = _keep(session, caller, name, content, wish, now=now)
    _finish(kept, result, now)
    return Taken(kept.id, None, kept.result)


def find_import(session: Session, caller: Caller, import_id: int) -> LedgerImport:
    """Give a kept import of the caller's area; refuses with NOT_FOUND, whatever the cause."""
    found = session.scalars(
        select(LedgerImport).where(LedgerImport.id == import_id, in_scope(caller, LedgerImport.unit_path))
    ).one_or_none()
    if found is None:
        raise Refusal("NOT_FOUND")
    return found


def run_ledger_import(
    sessions: sessionmaker[Session], payload: dict[str, Any], context: Progress, *, guard: PlaceGuard | None = None
) -> dict[str, Any] | None:
    """Do the import that a job asks for; done again it gives the first result, and a second import changes nothing."""
    with reading(sessions) as session:
        kept = session.get_one(LedgerImport, payload["import_id"], options=[undefer(LedgerImport.content)])
        if kept.result is not None:
            return _job_result(kept)
        ledger: Ledger = read_ledger(kept.content)
    with writing(sessions) as session:
        kept = session.get_one(LedgerImport, payload["import_id"], with_for_update=True)
        if kept.result is None:
            caller = _caller_of(session, kept)
            result = import_ledger(session, caller, ledger, now=context.now(), progress=context.progress,
                                   guard=guard, **kept.options)  # fmt: skip
            _finish(kept, result, context.now())
        return _job_result(kept)


def _keep(
    session: Session, caller: Caller, name: str, content: bytes, wish: LedgerWish, *, now: dt.datetime
) -> LedgerImport:
    kept = LedgerImport(
        unit_code=caller.unit_code, unit_path=caller.unit_path, account_id=caller.account_id,
        file_name="".join(sign for sign in name if sign.isprintable())[-200:] or "ledger",
        file_sha256=hashlib.sha256(content).hexdigest(), content=content, options=wish.options(), asked_at=now,
    )  # fmt: skip
    session.add(kept)
    session.flush()
    return kept


def _finish(kept: LedgerImport, result: LedgerResult, now: dt.datetime) -> None:
    kept.result = result.as_plain()
    kept.finished_at = now


def _job_result(kept: LedgerImport) -> dict[str, Any]:
    return {"import_id": kept.id, "summary": (kept.result or {})["summary"]}


def _caller_of(session: Session, kept: LedgerImport) -> Caller:
    """Give whoever asked, as they stand now: who has left or moved since may no longer write there."""
    if kept.account_id is None:
        return caller_of_unit(session, kept.unit_code)
    account = session.get_one(Account, kept.account_id)
    if account.closed_at is not None:
        raise Refusal("NOT_ALLOWED", action="ledger.import")
    caller = _caller_of_account(session, account)
    require(caller, "ledger.import")
    require_inside(caller, kept.unit_path)
    return caller


def caller_named(session: Session, username: str) -> Caller:
    """Give the caller that an open account is, if it may import; refuses with ACCOUNT_UNKNOWN or NOT_ALLOWED."""
    caller = _caller_of_account(session, session.get_one(Account, find_account_id(session, username)))
    require(caller, "ledger.import")
    return caller


def _caller_of_account(session: Session, account: Account) -> Caller:
    unit = session.get_one(OrgUnit, account.unit_code)
    return Caller(account.id, Role(account.role), unit.code, unit.path, account.station_id,
                  display_name=account.display_name)  # fmt: skip


def caller_of_unit(session: Session, code: str) -> Caller:
    """Give the machine's own hand, bounded by a unit; refuses with UNIT_UNKNOWN."""
    unit = session.get(OrgUnit, code)
    if unit is None:
        raise Refusal("UNIT_UNKNOWN", errors={"unit": ["没有这个行政区划 / no such unit"]}, unit=code)
    return Caller(None, Role.COUNTY, unit.code, unit.path, display_name="flask")
