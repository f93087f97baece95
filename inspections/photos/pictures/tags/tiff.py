"""Read the tags of a TIFF structure, which EXIF is (EXIF 2.32, 4.6), however damaged: bounded, and never raising."""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator
from dataclasses import dataclass

# A phone writes some sixty tags; the rest of a longer list is left unread and said to be.
MOST_TAGS = 400
# No tag with a name has more numbers than this, but for tables of a maker's own.
MOST_VALUES = 32
_BYTE, _RATIONAL, _SRATIONAL = 1, 5, 10
# Format letter and bytes a value, by the type of a field.
_TYPES = {1: ("B", 1), 2: ("s", 1), 3: ("H", 2), 4: ("L", 4), 5: ("LL", 8), 6: ("b", 1), 7: ("s", 1), 8: ("h", 2),
          9: ("l", 4), 10: ("ll", 8), 11: ("f", 4), 12: ("d", 8), 13: ("L", 4)}  # fmt: skip

Value = bytes | int | float | None


@dataclass(frozen=True)
class Tag:
    """One field: its number, the bytes of a text or of unknown make, else its numbers; None: one that is no number."""

    number: int
    raw: bytes | None
    numbers: tuple[int | float | None, ...]


class Tiff:
    """A TIFF structure in memory; `damaged` says that something pointed nowhere, looped, or was too much."""

    def __init__(self, block: bytes) -> None:
        self._block = block
        self._order = {b"II*\0": "<", b"MM\0*": ">"}.get(block[:4])
        self._seen: set[int] = set()
        self._left = MOST_TAGS
        self.damaged = self._order is None and bool(block)

    def first(self) -> int:
        """Give where the first directory is, 0 where there is none."""
        return 0 if self._order is None else self._number(4, "L", 4)

    def directory(self, at: int) -> tuple[list[Tag], int]:
        """Give the tags of the directory at byte `at`, and where the next one is (0: nowhere)."""
        if at in self._seen or not 8 <= at <= len(self._block) - 2:
            self.damaged |= at != 0
            return [], 0
        self._seen.add(at)
        count = self._number(at, "H", 2)
        tags = list(self._fields(at + 2, count))
        return tags, self._number(at + 2 + 12 * count, "L", 4)

    def _fields(self, at: int, count: int) -> Iterator[Tag]:
        for field in range(at, at + 12 * count, 12):
            if field + 12 > len(self._block) or self._left == 0:
                self.damaged = True
                return
            self._left -= 1
            tag = self._field(field)
            if tag is None:
                self.damaged = True
            else:
                yield tag

    def _field(self, at: int) -> Tag | None:
        number, kind = self._number(at, "H", 2), self._number(at + 2, "H", 2)
        count = self._number(at + 4, "L", 4)
        letters, size = _TYPES.get(kind, ("", 0))
        first = at + 8 if count * size <= 4 else self._number(at + 8, "L", 4)
        if not letters or first + count * size > len(self._block):
            return None
        # More bytes than a version has are a text, or a maker's own.
        if letters == "s" or (kind == _BYTE and count > 4):
            return Tag(number, self._block[first : first + count], ())
        count = min(count, MOST_VALUES)
        values = struct.unpack_from(f"{self._order}{letters * count}", self._block, first)
        if kind in (_RATIONAL, _SRATIONAL):
            values = tuple(over / under if under else None for over, under in zip(*[iter(values)] * 2, strict=True))
        return Tag(number, None, tuple(value if _is_number(value) else None for value in values))

    def _number(self, at: int, letter: str, size: int) -> int:
        """Read one whole number; 0 beyond the end."""
        if at + size > len(self._block):
            return 0
        return int(struct.unpack_from(f"{self._order}{letter}", self._block, at)[0])


def _is_number(value: float | None) -> bool:
    return value is not None and math.isfinite(value)
