"""Rows of one file that say something of the same thing from the same day: only one may stay."""

from __future__ import annotations

from collections.abc import Hashable

from stations.logistics.rows.telling import Told


class Repeats:
    """Remembers what was said in which row."""

    def __init__(self) -> None:
        self._seen: dict[Hashable, int] = {}

    def check(self, told: Told, key: str, *thing: Hashable) -> None:
        """Complain at the cell of `key` when an earlier row spoke of the same thing; blank things are no things."""
        if any(one in (None, "") for one in thing):
            return
        earlier = self._seen.setdefault(thing, told.number)
        if earlier != told.number:
            told.complain(key, "DUPLICATE_ROW", earlier)
