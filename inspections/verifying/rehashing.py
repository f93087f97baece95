"""Whether the stored bytes of a photo are still those it was named by; asked often, hashed at most once a minute."""

from __future__ import annotations

import datetime as dt
import hashlib

from inspections.photos.store import PhotoStore, photo_key

# A door open to all must not be a way to keep the disk busy.
GOOD_FOR = dt.timedelta(minutes=1)
_MOST = 1000

SAME, DIFFER, MISSING = "same", "differ", "missing"


class Rehashing:
    """One a process: what was found of which photo, and when."""

    def __init__(self) -> None:
        self._found: dict[str, tuple[dt.datetime, str]] = {}

    def look(self, store: PhotoStore, sha256: str, *, now: dt.datetime) -> str:
        """Say `same`, `differ` or `missing` of the bytes stored under a SHA-256."""
        known = self._found.get(sha256)
        if known is not None and dt.timedelta(0) <= now - known[0] < GOOD_FOR:
            return known[1]
        body = store.get(photo_key(sha256))
        said = MISSING if body is None else SAME if hashlib.sha256(body).hexdigest() == sha256 else DIFFER
        if len(self._found) >= _MOST:
            self._found.clear()
        self._found[sha256] = (now, said)
        return said
