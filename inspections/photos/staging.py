"""Where pieces of a photo wait until it is whole: one growing file for each sender and SHA-256, on the local disk.

An offset is answered only after fsync, so an acknowledged byte survives a power cut. Two requests for one file take
turns by a lock that ends with its process. On several machines the folder must be shared, or phones must keep to one.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from field_app_schema.refusals import Refusal
from inspections.photos.disk import FULL, DiskCalls


@dataclass(frozen=True)
class Piece:
    """Bytes of a photo from offset `first`; the whole photo has `total` bytes."""

    first: int
    total: int
    body: bytes


class Staging:
    """The waiting files of a folder."""

    def __init__(self, folder: Path, calls: DiskCalls | None = None) -> None:
        self.folder = folder
        self.calls = calls or DiskCalls()
        folder.mkdir(parents=True, exist_ok=True)

    def received_bytes(self, sender: int, sha256: str) -> int:
        """Say how many bytes of a photo wait here; 0 when nothing does."""
        try:
            return self._path(sender, sha256).stat().st_size
        except FileNotFoundError:
            return 0

    def append(self, sender: int, sha256: str, piece: Piece) -> int:
        """Add what is new of a piece and give how many bytes are held now; bytes already held are not written again.

        Refuses with PHOTO_OFFSET (details.offset) where the piece would leave a gap, and with STORAGE_FULL.
        """
        path = self._path(sender, sha256)
        with self._locked(path) as handle:
            held = os.fstat(handle).st_size
            if piece.first > held:
                raise Refusal("PHOTO_OFFSET", offset=held)
            new = piece.body[held - piece.first :]
            if new:
                self._write(handle, held, new)
                if held == 0:
                    self._fsync_folder()
            return held + len(new)

    def read(self, sender: int, sha256: str) -> bytes:
        """Give all bytes that wait here; none when there is no file."""
        try:
            return self._path(sender, sha256).read_bytes()
        except FileNotFoundError:
            return b""

    def drop(self, sender: int, sha256: str) -> None:
        """Forget what waits here: the photo is stored for good, or must be sent again from its beginning."""
        self._path(sender, sha256).unlink(missing_ok=True)

    def sweep(self, older_than: float) -> int:
        """Remove files untouched since `older_than` (seconds since 1970) and say how many; their phones start again."""
        return sum(self._drop_if_old(path, older_than) for path in self.folder.iterdir())

    def _drop_if_old(self, path: Path, older_than: float) -> bool:
        try:
            handle = os.open(path, os.O_RDWR)
        except FileNotFoundError:
            return False  # its photo became whole while we looked around
        try:
            # In turn with `append`, so that a piece that comes just now is never acknowledged and then lost.
            fcntl.flock(handle, fcntl.LOCK_EX)
            if os.fstat(handle).st_mtime >= older_than or not _is_still(path, handle):
                return False
            path.unlink()
            return True
        finally:
            os.close(handle)

    def _path(self, sender: int, sha256: str) -> Path:
        # The sender is in the name: nobody can spoil what another's phone has sent so far.
        return self.folder / f"{sender:d}-{sha256}"

    @contextmanager
    def _locked(self, path: Path) -> Iterator[int]:
        while True:
            handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o640)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX)
                if _is_still(path, handle):
                    yield handle
                    return
            finally:
                os.close(handle)

    def _write(self, handle: int, held: int, new: bytes) -> None:
        try:
            written = 0
            while written < len(new):
                written += os.pwrite(handle, new[written:], held + written)
            self.calls.fsync(handle)
        except OSError as error:
            os.ftruncate(handle, held)
            if error.errno in FULL:
                raise Refusal("STORAGE_FULL") from error
            raise

    def _fsync_folder(self) -> None:
        handle = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            self.calls.fsync(handle)
        finally:
            os.close(handle)


def _is_still(path: Path, handle: int) -> bool:
    """Say whether the locked file still has this name: it may have been dropped while we waited."""
    try:
        return os.path.samestat(os.stat(path), os.fstat(handle))
    except FileNotFoundError:
        return False
