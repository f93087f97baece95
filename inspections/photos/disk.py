"""Make bytes durable on the local disk: file, fsync, rename, fsync of the folder that holds the name."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

FULL = (errno.ENOSPC, errno.EDQUOT)


@dataclass(frozen=True)
class DiskCalls:
    """The calls that make bytes durable; a test hands in a recorder to see their order."""

    fsync: Callable[[int], None] = os.fsync
    rename: Callable[[str | Path, str | Path], None] = os.rename


def write_file(calls: DiskCalls, target: Path, body: bytes) -> None:
    """Write a file under a name of its own, then give it its name; returns when it would survive a power cut."""
    make_folders(calls, target.parent)
    waiting = target.with_name(f"{target.name}.{secrets.token_hex(8)}.part")
    try:
        with waiting.open("wb") as file:
            file.write(body)
            file.flush()
            calls.fsync(file.fileno())
        calls.rename(waiting, target)
    except BaseException:
        waiting.unlink(missing_ok=True)
        raise
    fsync_folder(calls, target.parent)


def move_file(calls: DiskCalls, source: Path, target: Path) -> None:
    """Give a file another name, as if written at this moment; raises FileNotFoundError."""
    make_folders(calls, target.parent)
    os.utime(source)
    calls.rename(source, target)
    fsync_folder(calls, target.parent)


def make_folders(calls: DiskCalls, folder: Path) -> None:
    """Make what is missing of a path; each new folder's name is made durable in the one above."""
    if folder.is_dir():
        return
    make_folders(calls, folder.parent)
    folder.mkdir(exist_ok=True)
    fsync_folder(calls, folder.parent)


def fsync_folder(calls: DiskCalls, folder: Path) -> None:
    """Make the names in a folder durable."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        calls.fsync(handle)
    finally:
        os.close(handle)
