"""Find pictures that look the same among a million: plain bit counting over arrays, coarse first.

Pure but for its memory: 40 bytes a picture for the coarse look, 160 for the fine one. A million pictures are 200 MB
and one search a few milliseconds (benchmarks/photo_hash.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from inspections.photos.pictures.prints import BYTES, BYTES_PER_PART, PARTS

_NAMES: Final = list(PARTS)
# Which part of the asked picture is laid over which part of a known one.
LAID_OVER: Final = tuple(
    (_NAMES.index(asked), _NAMES.index(known))
    for asked, known in (
        ("whole", "whole"),
        ("upper_80", "upper_80"),  # words were written at the foot of one of them
        ("whole", "upper_88"),  # that foot was cut off
        ("whole", "inner_90"),  # a border was cut off
        ("whole", "inner_80"),
        ("inner_90", "whole"),  # the known one is the cut one
    )
)
# Of 64 and of 256 bits; where the figures come from is in docs/decisions.md.
MOST_COARSE: Final = 10
MOST_FINE: Final = 60
_AT_ONCE: Final = 65_536  # so many, that the working arrays stay in the processor's cache
_ROOM: Final = 4_096


class Alike(NamedTuple):
    """A known picture that looks the same; `distance` is how many of 256 bits differ in the part that fits best."""

    sha256: str
    distance: int


class PrintShelf:
    """The fingerprints of known pictures, by SHA-256, to be searched at once."""

    def __init__(self) -> None:
        self._names: list[str] = []
        self._coarse = np.empty((len(PARTS), _ROOM), np.uint64)
        self._fine = np.empty((_ROOM, len(PARTS), BYTES_PER_PART // 8), np.uint64)

    def __len__(self) -> int:
        return len(self._names)

    def add(self, sha256s: Sequence[str], prints: Sequence[bytes]) -> None:
        """Put pictures on the shelf; each fingerprint has 160 bytes."""
        if not sha256s:
            return
        new = _words(b"".join(prints)).reshape(len(sha256s), len(PARTS), -1)
        begin, end = len(self), len(self) + len(sha256s)
        self._make_room(end)
        self._fine[begin:end] = new
        self._coarse[:, begin:end] = new[:, :, 0].T
        self._names.extend(sha256s)

    def nearest(self, asked: bytes, most: int = MOST_FINE, most_coarse: int = MOST_COARSE) -> list[Alike]:
        """Give what looks like the asked picture, the likest first; the picture itself is among it if it is here."""
        words = _words(asked).reshape(len(PARTS), -1)
        found = [Alike(self._names[place], self._distance(words, place, most_coarse))
                 for place in self._near(words[:, 0], most_coarse)]  # fmt: skip
        return sorted((one for one in found if one.distance <= most), key=lambda one: (one.distance, one.sha256))

    def _near(self, asked: NDArray[np.uint64], most: int) -> NDArray[np.int64]:
        """Give the places of all pictures with at most so many of 64 bits different in some pair of parts."""
        differing = np.empty(_AT_ONCE, np.uint64)
        count, least = np.empty(_AT_ONCE, np.uint8), np.empty(_AT_ONCE, np.uint8)
        found = []
        for begin in range(0, len(self), _AT_ONCE):
            n = min(_AT_ONCE, len(self) - begin)
            least[:n] = 255
            for mine, theirs in LAID_OVER:
                np.bitwise_xor(self._coarse[theirs, begin : begin + n], asked[mine], out=differing[:n])
                np.bitwise_count(differing[:n], out=count[:n])
                np.minimum(least[:n], count[:n], out=least[:n])
            found.append(np.flatnonzero(least[:n] <= most) + begin)
        return np.concatenate(found) if found else np.empty(0, np.int64)

    def _distance(self, asked: NDArray[np.uint64], place: int, most_coarse: int) -> int:
        """Count the differing bits of 256 in the best among the pairs of parts that looked alike at first sight."""
        known = self._fine[place]
        counts: list[list[int]] = [np.bitwise_count(asked[a] ^ known[b]).tolist() for a, b in LAID_OVER]
        return min(sum(bits) for bits in counts if bits[0] <= most_coarse)

    def _make_room(self, wanted: int) -> None:
        room = self._coarse.shape[1]
        if wanted <= room:
            return
        room = max(wanted, room * 2)
        coarse, fine = self._coarse, self._fine
        self._coarse = np.empty((len(PARTS), room), np.uint64)
        self._fine = np.empty((room, *fine.shape[1:]), np.uint64)
        self._coarse[:, : len(self)] = coarse[:, : len(self)]
        self._fine[: len(self)] = fine[: len(self)]


def _words(prints: bytes) -> NDArray[np.uint64]:
    if len(prints) % BYTES:
        raise ValueError(f"a fingerprint has {BYTES} bytes, not {len(prints)}")
    return np.frombuffer(prints, np.uint64)
