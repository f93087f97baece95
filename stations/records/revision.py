"""The one counter of the register's changes: what phones and pages compare to learn whether anything is new."""

from __future__ import annotations

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from stations.people.access import Caller, in_scope
from stations.records.tables import Station

# One statement for both databases, and for the first change of all.
_NEXT = text(
    "INSERT INTO register_revision (id, value) VALUES (1, 1) "
    "ON CONFLICT (id) DO UPDATE SET value = register_revision.value + 1 RETURNING value"
)


def next_revision(session: Session) -> int:
    """Take the next number; the row stays locked until the transaction ends.

    A writer takes it before it locks any station: so numbers are in the order of commits (a reader who has seen 7
    never misses a 6), and two writers never wait for each other in a circle.
    """
    session.flush()
    value: int = session.execute(_NEXT).scalar_one()
    return value


def newest_revision(session: Session, caller: Caller) -> tuple[int, int]:
    """Give the greatest revision in the caller's scope and how many stations are in it: together they name a list."""
    found = session.execute(
        select(func.coalesce(func.max(Station.revision), 0), func.count(Station.id)).where(
            in_scope(caller, Station.unit_path, Station.id)
        )
    ).one()
    return int(found[0]), int(found[1])
