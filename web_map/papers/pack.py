"""Several files as one ZIP that comes out in pieces; the same files are the same bytes, each with its SHA-256."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from io import RawIOBase
from typing import Any

ZIP = "application/zip"
SUMS = "SHA256SUMS"
# The earliest day a ZIP can name: the files have no other time of their own than the one printed in them.
_NO_TIME = (1980, 1, 1, 0, 0, 0)


class _Outlet(RawIOBase):
    """Holds what was written until it is taken; it cannot go back, so the archive is written straight through."""

    def __init__(self) -> None:
        self.held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self.held += piece
        return len(piece)

    def taken(self) -> bytes:
        """Give what was written since the last time."""
        piece = bytes(self.held)
        self.held.clear()
        return piece


def with_manifest(files: Sequence[tuple[str, bytes]], name: str, about: Mapping[str, Any]) -> list[tuple[str, bytes]]:
    """Put before the files a manifest (`about`, and each file's name, length and SHA-256) and a list of sums.

    The list is what `sha256sum -c` reads.
    """
    entries = [{"name": one, "bytes": len(content), "sha256": sha256(content).hexdigest()} for one, content in files]
    manifest = json_bytes({**about, "files": entries})
    sums = "".join(f"{entry['sha256']}  {entry['name']}\n" for entry in entries)
    return [(name, manifest), (SUMS, sums.encode()), *files]


def zipped(files: Sequence[tuple[str, bytes]]) -> Iterator[bytes]:
    """Give the archive in pieces, a file at a time; names are UTF-8 and marked so."""
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name, _NO_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            # Readable by whoever unpacks it; the same on every system that packs.
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            archive.writestr(entry, content)
            yield outlet.taken()
    yield outlet.taken()


def json_bytes(value: Any) -> bytes:
    """Write plain values, with days and instants as ISO texts, as JSON that people can read."""
    text = json.dumps(value, ensure_ascii=False, indent=1, default=_written)
    return f"{text}\n".encode()


def _written(value: Any) -> str:
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    raise TypeError(f"{type(value).__name__} has no place in a paper")
