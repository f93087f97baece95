"""The cursor of a phone: for whose eyes, and up to where of the register's revisions it has been told.

Written `1.<scope>.<revision>.<station id>`; opaque to phones. Revisions are in the order of commits (the register's
revision is a lock), so whatever a phone has not been told stands behind its cursor, whoever was writing meanwhile.
"""

from __future__ import annotations

import hashlib
import re
from typing import NamedTuple

from stations.people.access import Caller

# The first number grows when phones keep something else of a station: all of them then begin again.
VERSION = 1
_WRITTEN = re.compile(rf"{VERSION}\.([0-9a-f]{{8}})\.([0-9]{{1,10}})\.([0-9]{{1,10}})")


class Cursor(NamedTuple):
    """Told: all of the revisions before, and of `revision` the stations up to this id; 0 is all of it."""

    revision: int
    station_id: int = 0


# No row has the revision 0.
BEGINNING = Cursor(0)


def scope_mark(caller: Caller) -> str:
    """Give eight signs that differ as soon as somebody else asks, or the same person of another area."""
    scope = (caller.account_id, caller.role.value, caller.unit_path, caller.station_id)
    return hashlib.sha256(repr(scope).encode()).hexdigest()[:8]


def write_cursor(caller: Caller, cursor: Cursor) -> str:
    """Write a cursor down for this caller."""
    return f"{VERSION}.{scope_mark(caller)}.{cursor.revision}.{cursor.station_id}"


def read_cursor(caller: Caller, text: str | None, newest: int) -> Cursor | None:
    """Read a cursor; None where there is none, it is of another scope, or beyond `newest`.

    The last is so after the database was put back from a copy: what the phone has may never have happened.
    """
    found = _WRITTEN.fullmatch(text or "")
    if found is None or found[1] != scope_mark(caller) or int(found[2]) > newest:
        return None
    return Cursor(int(found[2]), int(found[3]))
