"""Accept a record once: the same bytes get the same answer, other bytes under the same id are refused."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from inspections.arriving.storing import Arrival
from inspections.quarantine.keeping import supersede

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
R = TypeVar("R")


def accept_once(
    session: Session, arrival: Arrival, kind: str, *, again: Callable[[], R | None], store: Callable[[], R],
    now: dt.datetime,
) -> R:  # fmt: skip
    """Give the receipt of `store`, done inside a savepoint, or that of `again` where the record stands already.

    `again` refuses with INSPECTION_CONFLICT where other bytes stand under the id. Refuses with BAD_INPUT what is no
    UUID, and with what `store` refuses; then nothing is stored.
    """
    if not UUID.fullmatch(arrival.visit_id):
        raise Refusal("BAD_INPUT", errors={"id": ["不是 UUID / not a UUID"]})
    held = again()
    if held is not None:
        return held
    try:
        with session.begin_nested():
            made = store()
    except IntegrityError:
        # Another request with this id was quicker; by now it has committed, so its row is there to be read.
        held = again()
        if held is None:
            raise
        return held
    supersede(session, kind, arrival.visit_id, arrival.sha256, now=now)
    return made
