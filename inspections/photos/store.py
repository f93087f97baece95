"""Where photos lie: a folder or an S3 bucket behind one small door; only this file knows the storage library.

obstore writes a local file with open, write and rename and never calls fsync (seen under strace, version 0.12.1), so
after a power cut an acknowledged photo could be missing or torn. A local photo is therefore written here: file,
fsync, rename, fsync of its folder. Reading, listing and S3 go through obstore. An object in a bucket is there whole or
not at all, and a bucket's answer is its word that the object is durable.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit

from obstore.exceptions import AlreadyExistsError, BaseError, PermissionDeniedError, UnauthenticatedError
from obstore.store import LocalStore, S3Store

from field_app_schema.refusals import Refusal
from inspections.photos.disk import FULL, DiskCalls, fsync_folder, move_file, write_file

if TYPE_CHECKING:
    from obstore.store import S3Config

log = logging.getLogger("cunzhan.photos")

_KEY = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*(?:/[a-z0-9]+(?:[._-][a-z0-9]+)*)*")
# A bucket that hangs keeps a phone waiting no longer than this, and one that refuses far less; a job tries again.
_CONNECT, _REQUEST, _WITH_RETRIES = dt.timedelta(seconds=3), dt.timedelta(seconds=15), dt.timedelta(seconds=10)


@dataclass(frozen=True)
class StoredFile:
    """A file as a list of the store names it: key, size, and when it was last written."""

    key: str
    size_bytes: int
    modified_at: dt.datetime


def photo_key(sha256: str) -> str:
    """Give where an accepted photo lies."""
    return f"{sha256[:2]}/{sha256}"


def aside_key(sha256: str) -> str:
    """Give where the bytes of a photo that was not accepted lie; `sha256` is that of the bytes themselves."""
    return f"aside/{sha256[:2]}/{sha256}"


def thumbnail_key(sha256: str) -> str:
    """Give where the small picture made from a photo lies."""
    return f"thumbnails/{sha256[:2]}/{sha256}.webp"


def screen_key(sha256: str) -> str:
    """Give where the picture lies that a screen shows of a photo."""
    return f"screens/{sha256[:2]}/{sha256}.webp"


def marked_key(inspection_id: str, sha256: str) -> str:
    """Give where a photo's copy lies that bears time, place and inspector of this visit."""
    return f"marked/{sha256[:2]}/{sha256}-{inspection_id}.jpg"


def crop_key(sha256: str, engine: str) -> str:
    """Give where the piece of a photo lies on which this version of the engine read the sign."""
    return f"crops/{sha256[:2]}/{sha256}-{hashlib.sha256(engine.encode()).hexdigest()[:12]}.webp"


def preview_key(sha256: str, sent_by: int) -> str:
    """Give where the preview that an account sent of a photo lies."""
    return f"previews/{sha256[:2]}/{sha256}-{sent_by:d}"


class PhotoStore:
    """Files by key. Refuses with STORAGE_FULL, and with STORAGE_AWAY where a bucket does not answer or denies it.

    What lies under a key is left as it is: a key names its content (or what is made from it), so the second of two
    writers has the same bytes. Only a file of another size is replaced, whole: a copy or a backup was cut short.
    """

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
        _check(key)
        if self.folder is None:
            self._put_in_bucket(key, body)
            return
        target = self.folder / key
        if target.exists() and target.stat().st_size == len(body):
            # Perhaps written by a request that died before its row: its folder may not be on the disk yet.
            fsync_folder(self.calls, target.parent)
            return
        try:
            write_file(self.calls, target, body)
        except OSError as error:
            if error.errno in FULL:
                raise Refusal("STORAGE_FULL") from error
            raise

    def get(self, key: str) -> bytes | None:
        """Give the bytes of a key, or None when there is no such file."""
        _check(key)
        with _answering():
            try:
                return bytes(self._store.get(key).bytes())
            except FileNotFoundError as missing:
                if "NoSuchBucket" in str(missing):
                    raise
                return None

    def size(self, key: str) -> int | None:
        """Give how many bytes lie under a key, or None when there is no such file."""
        _check(key)
        with _answering():
            try:
                return int(self._store.head(key)["size"])
            except FileNotFoundError:
                return None

    def remove(self, key: str) -> None:
        """Remove what no row names; a key that is not there is removed already."""
        _check(key)
        with _answering(), suppress(FileNotFoundError):
            self._store.delete(key)

    def move(self, key: str, to: str) -> None:
        """Give a file another key, written last at this moment; a key that is not there is moved already."""
        _check(key)
        _check(to)
        if self.folder is None:
            with _answering(), suppress(FileNotFoundError):
                self._store.rename(key, to)
            return
        with suppress(FileNotFoundError):
            move_file(self.calls, self.folder / key, self.folder / to)

    def list_files(self, at_once: int = 1000) -> Iterator[list[StoredFile]]:
        """Give all files in portions, in no order; what is written or moved meanwhile may be there or not."""
        with _answering():
            for portion in self._store.list(chunk_size=at_once):
                yield [StoredFile(one["path"], one["size"], one["last_modified"]) for one in portion]

    def _put_in_bucket(self, key: str, body: bytes) -> None:
        with _answering():
            try:
                self._store.put(key, body, mode="create")
            except AlreadyExistsError:
                if self._store.head(key)["size"] != len(body):
                    self._store.put(key, body)


def _check(key: str) -> None:
    """Let no key leave the folder or the prefix; keys are made here, so a wrong one is a fault of ours."""
    if not _KEY.fullmatch(key):
        raise ValueError(f"no key of a photo store: {key!r}")


@contextmanager
def _answering() -> Iterator[None]:
    """Turn what a bucket's failure raises into a refusal that can be retried; the log says what it was."""
    try:
        yield
    except (PermissionDeniedError, UnauthenticatedError) as error:
        log.error("the photo store denies access; check its keys: %s", _first_line(error))
        raise Refusal("STORAGE_AWAY", reason="denied") from error
    except FileNotFoundError as error:
        log.error("the photo store has no such bucket: %s", _first_line(error))
        raise Refusal("STORAGE_AWAY", reason="no_bucket") from error
    except BaseError as error:
        denied = "403 Forbidden" in str(error)
        log.error("the photo store does not answer: %s", _first_line(error))
        raise Refusal("STORAGE_AWAY", reason="denied" if denied else "unreachable") from error


def _first_line(error: BaseException) -> str:
    return str(error).partition("\n")[0][:300]


def _bucket(bucket: str, prefix: str, query: dict[str, list[str]]) -> S3Store:
    """Open `s3://bucket/prefix?endpoint=…&region=…`; keys come from the environment in the usual names."""
    config: S3Config = {"region": query.get("region", ["us-east-1"])[0]}
    endpoint = query.get("endpoint", [""])[0]
    if endpoint:
        config["endpoint"] = endpoint
    return S3Store(
        bucket, prefix=prefix or None, config=config, retry_config={"max_retries": 2, "retry_timeout": _WITH_RETRIES},
        client_options={"connect_timeout": _CONNECT, "timeout": _REQUEST,
                        "allow_http": endpoint.startswith("http://")},
    )  # fmt: skip
