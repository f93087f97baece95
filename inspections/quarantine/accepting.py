"""Accept what a phone sent, or keep it aside whole with the reason: nothing that came is answered with a refusal."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from inspections.quarantine.keeping import Sent, keep_aside
from stations.people.access import Caller

log = logging.getLogger("cunzhan.visits")

Accepted = TypeVar("Accepted")


@dataclass(frozen=True)
class KeptReceipt:
    """The body was not accepted but is held for good, for a person to settle."""

    quarantine_id: int
    sha256: str
    reason: Refusal
    durable: bool = True


def accept_or_keep(
    session: Session, caller: Caller, sent: Sent, accept: Callable[[], Accepted], *, now: dt.datetime
) -> Accepted | KeptReceipt:
    """Give what `accept` gives, or the receipt of the kept body; a database that is busy or gone still raises."""
    try:
        return accept()
    except Refusal as refusal:
        reason = refusal
    except OperationalError:
        # The database is busy or full: the phone still has the bytes and tries again.
        raise
    except Exception as error:
        # A body nobody foresaw must neither be lost nor come back for ever, nor spoil the others of its batch.
        if isinstance(error, DBAPIError) and error.connection_invalidated:
            raise
        log.exception("a record could not be accepted", exc_info=error)
        reason = Refusal("INTERNAL")
    kept = keep_aside(session, caller, sent, reason, now=now)
    return KeptReceipt(kept.id, sent.sha256, reason)
