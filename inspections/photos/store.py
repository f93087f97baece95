"""Where photos lie: a folder or an S3 bucket behind one small door; only this file knows the storage library.

obstore writes a local file with open, write and rename and never calls fsync (seen under strace, version 0.12.1), so
after a power cut an acknowledged photo could be missing or torn. A local photo is therefore written here: file,
fsync, rename, fsync of its folder. Reading, listing and S3 go through obstore.
"""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from obstore.exceptions import AlreadyExistsError
from obstore.store import LocalStore, S3Store

from field_app_schema.refusals import Refusal

FULL = (errno.ENOSPC, errno.EDQUOT)


@dataclass(frozen=True)
class DiskCalls:
    """The calls that make bytes durable; a test hands in a recorder to see their order."""

    fsync: Callable[[int], None] = os.fsync
    rename: Callable[[str | Path, str | Path], None] = os.rename


def photo_key(sha256: str) -> str:
    """Give where an accepted photo lies."""
    return f"{sha256[:2]}/{sha256}"


def aside_key(sha256: str) -> str:
    """Give where the bytes of a photo that was not accepted lie; `sha256` is that of the bytes themselves."""
    return f"aside/{sha256[:2]}/{sha256}"


def thumbnail_key(sha256: str) -> str:
    """Give where the small picture made from a photo lies."""
    return f"thumbnails/{sha256[:2]}/{sha256}.webp"


def preview_key(sha256: str, sent_by: int) -> str:
    """Give where the preview that an account sent of a photo lies."""
    return f"previews/{sha256[:2]}/{sha256}-{sent_by:d}"


class PhotoStore:
    """Photos by key; what is once written under a key is never overwritten. Refuses with STORAGE_FULL."""

    def __init__(self, url: str, calls: DiskCalls | None = None) -> None:
        parts = urlsplit(url)
        self.calls = calls or DiskCalls()
        self.folder: Path | None = None
        if parts.scheme == "file":
            self.folder = Path(unquote(parts.path))
            self.folder.mkdir(parents=True, exist_ok=True)
            self._store: Any = LocalStore(str(self.folder))
        elif parts.scheme == "s3":
            self._store = _bucket(parts.netloc, parts.path.strip("/"), parse_qs(parts.query))
        else:
            raise ValueError(f"a photo store is file:///folder or s3://bucket, not {url!r}")

    def put_new(self, key: str, body: bytes) -> None:
        """Write a file and return when it would survive a power cut; a key that exists is left as it is."""
        if self.folder is None:
            try:
                self._store.put(key, body, mode="create")
            except AlreadyExistsError:
                return
            return
        target = self.folder / key
        if target.exists() and target.stat().st_size == len(body):
            # Perhaps written by a request that died before its row: its folder may not be on the disk yet.
            self._fsync_folder(target.parent)
            return
        try:
            self._write(target, body)
        except OSError as error:
            if error.errno in FULL:
                raise Refusal("STORAGE_FULL") from error
            raise

    def get(self, key: str) -> bytes | None:
        """Give the bytes of a key, or None when there is no such file."""
        try:
            return bytes(self._store.get(key).bytes())
        except FileNotFoundError:
            return None

    def remove(self, key: str) -> None:
        """Remove what is no evidence (a preview, never a photo); a key that is not there is removed already."""
        with suppress(FileNotFoundError):
            self._store.delete(key)

    def _write(self, target: Path, body: bytes) -> None:
        self._make_folders(target.parent)
        waiting = target.with_name(f"{target.name}.{secrets.token_hex(8)}.part")
        try:
            with waiting.open("wb") as file:
                file.write(body)
                file.flush()
                self.calls.fsync(file.fileno())
            self.calls.rename(waiting, target)
        except BaseException:
            waiting.unlink(missing_ok=True)
            raise
        self._fsync_folder(target.parent)

    def _make_folders(self, folder: Path) -> None:
        """Make what is missing of a path; each new folder's name is made durable in the one above."""
        if folder.is_dir():
            return
        self._make_folders(folder.parent)
        folder.mkdir(exist_ok=True)
        self._fsync_folder(folder.parent)

    def _fsync_folder(self, folder: Path) -> None:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            self.calls.fsync(handle)
        finally:
            os.close(handle)


def _bucket(bucket: str, prefix: str, query: dict[str, list[str]]) -> S3Store:
    """Open `s3://bucket/prefix?endpoint=…&region=…`; keys come from the environment in the usual names."""
    endpoint = query.get("endpoint", [None])[0]
    options: dict[str, Any] = {"region": query.get("region", ["us-east-1"])[0]}
    if endpoint:
        options |= {"endpoint": endpoint, "client_options": {"allow_http": endpoint.startswith("http://")}}
    # Without bounds a dead endpoint is retried for up to nine seconds while a phone waits.
    return S3Store(bucket, prefix=prefix or None, retry_config={"max_retries": 2}, **options)
