"""Long lists in pieces that a database accepts as parameters of one statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

# SQLite takes 32,766 parameters in a statement, PostgreSQL 65,535.
MOST = 5000


def in_batches(items: Sequence[T], size: int = MOST) -> Iterator[Sequence[T]]:
    """Give the items in order, at most `size` at a time."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


# For rows of which some have a value and others None: without it they are inserted in as many statements as the two
# alternate, and the time grows with the square of their number. Not for JSON columns, where None would become `null`.
ALIKE = {"render_nulls": True}
