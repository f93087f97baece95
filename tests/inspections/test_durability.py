"""Durable when acknowledged: the order of the calls that put a photo on the disk, and what a full disk does."""

from __future__ import annotations

import errno
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session, sessionmaker

from field_app_schema.refusals import Refusal
from inspections.arriving.arrivals import note_whole
from inspections.photos.disk import DiskCalls
from inspections.photos.previews import note_preview, store_preview
from inspections.photos.receiving import WholeFile, take_piece
from inspections.photos.staging import Piece, Staging
from inspections.photos.store import PhotoStore, photo_key
from inspections.photos.tables import Medium
from tests.conftest import NOON
from tests.visit_making import jpeg, sha
from tests.world import World

PICTURE = jpeg(1)


class Recorder:
    """Does what the system does and writes down, in order, what was made durable."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.seen: list[str] = []

    def calls(self) -> DiskCalls:
        return DiskCalls(fsync=self.fsync, rename=self.rename)

    def fsync(self, handle: int) -> None:
        name = Path(os.readlink(f"/proc/self/fd/{handle}")).relative_to(self.root)
        kind = "folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file"
        self.seen.append(f"fsync {kind} {name.as_posix().partition('.')[0] or '.'} {self._size(handle, kind)}".strip())
        os.fsync(handle)

    def rename(self, source: str | Path, target: str | Path) -> None:
        self.seen.append(f"rename to {Path(target).relative_to(self.root)}")
        os.rename(source, target)

    @staticmethod
    def _size(handle: int, kind: str) -> str:
        return str(os.fstat(handle).st_size) if kind == "file" else ""


def test_file_then_rename_then_folder_then_row(tmp_path: Path, world: World, sessions: sessionmaker[Session]) -> None:
    recorder = Recorder(tmp_path)
    staging = Staging(tmp_path / "staging", recorder.calls())
    store = PhotoStore((tmp_path / "photos").as_uri(), recorder.calls())
    name, size = sha(PICTURE), len(PICTURE)
    whole = take_piece(staging, store, 7, name, Piece(0, size, PICTURE))
    assert isinstance(whole, WholeFile)
    with sessions.begin() as session:
        event.listen(session, "after_flush", lambda *_: recorder.seen.append("row"))
        event.listen(session, "after_commit", lambda *_: recorder.seen.append("commit"))
        note_whole(session, world.callers["chen"], whole, now=NOON)
    folder = f"photos/{name[:2]}"
    assert recorder.seen[:7] == [
        f"fsync file staging/7-{name} {size}", "fsync folder staging", "fsync folder photos",
        f"fsync file {folder}/{name} {size}", f"rename to {folder}/{name}", f"fsync folder {folder}", "row",
    ]  # fmt: skip
    assert recorder.seen[-1] == "commit"


def test_a_preview_is_on_the_disk_before_its_row(
    tmp_path: Path, world: World, sessions: sessionmaker[Session]
) -> None:
    recorder, chen = Recorder(tmp_path), world.callers["chen"]
    store = PhotoStore((tmp_path / "photos").as_uri(), recorder.calls())
    store_preview(store, chen, sha(PICTURE), PICTURE)
    with sessions.begin() as session:
        event.listen(session, "after_flush", lambda *_: recorder.seen.append("row"))
        assert note_preview(session, chen, sha(PICTURE), len(PICTURE), now=NOON)
        assert not note_preview(session, chen, sha(PICTURE), len(PICTURE), now=NOON)
    folder = f"photos/previews/{sha(PICTURE)[:2]}"
    name = f"{folder}/{sha(PICTURE)}-{chen.account_id}"
    assert recorder.seen[:6] == [
        "fsync folder photos", "fsync folder photos/previews", f"fsync file {name} {len(PICTURE)}",
        f"rename to {name}", f"fsync folder {folder}", "row",
    ]  # fmt: skip


def test_a_file_left_by_a_request_that_died_is_used_and_its_folder_made_sure(
    tmp_path: Path, world: World, sessions: sessionmaker[Session]
) -> None:
    PhotoStore(tmp_path.as_uri()).put_new(photo_key(sha(PICTURE)), PICTURE)
    recorder = Recorder(tmp_path)
    PhotoStore(tmp_path.as_uri(), recorder.calls()).put_new(photo_key(sha(PICTURE)), PICTURE)
    assert recorder.seen == [f"fsync folder {sha(PICTURE)[:2]}"]


def test_what_is_stored_is_never_overwritten(tmp_path: Path) -> None:
    store = PhotoStore(tmp_path.as_uri())
    store.put_new("aa/x", b"first")
    store.put_new("aa/x", b"other")
    assert store.get("aa/x") == b"first"
    assert [path.name for path in (tmp_path / "aa").iterdir()] == ["x"]
    assert store.get("aa/missing") is None


def full_disk(_handle: int) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_full_disk_is_said_so_and_leaves_nothing_half(
    tmp_path: Path, world: World, sessions: sessionmaker[Session]
) -> None:
    full = DiskCalls(fsync=full_disk)
    staging = Staging(tmp_path / "staging", full)
    with pytest.raises(Refusal) as refused:
        staging.append(7, sha(PICTURE), Piece(0, len(PICTURE), PICTURE))
    assert (refused.value.code, refused.value.kind.status) == ("STORAGE_FULL", 507)
    assert staging.received_bytes(7, sha(PICTURE)) == 0
    (tmp_path / "photos" / "aa").mkdir(parents=True)
    store = PhotoStore((tmp_path / "photos").as_uri(), full)
    with pytest.raises(Refusal) as refused:
        store.put_new("aa/x", PICTURE)
    assert refused.value.code == "STORAGE_FULL"
    assert list((tmp_path / "photos" / "aa").iterdir()) == []
    with sessions() as session:
        assert session.scalars(select(Medium)).all() == []


PROGRAM = """
import sys, pathlib
from inspections.photos.previews import note_preview, store_preview
from inspections.photos.receiving import take_piece
from inspections.photos.staging import Piece, Staging
from inspections.photos.store import PhotoStore
from tests.visit_making import jpeg, sha
root, body = pathlib.Path(sys.argv[1]), jpeg(1)
take_piece(Staging(root / "staging"), PhotoStore((root / "photos").as_uri()), 7, sha(body), Piece(0, len(body), body))
"""


@pytest.mark.skipif(shutil.which("strace") is None, reason="no strace; the recorder above shows the order")
def test_the_kernel_sees_the_same_order(tmp_path: Path) -> None:
    traced = ["strace", "-f", "-y", "-e", "trace=fsync,fdatasync,rename,renameat,renameat2", sys.executable, "-c"]
    ran = subprocess.run([*traced, PROGRAM, str(tmp_path)], capture_output=True, text=True, check=False, timeout=60)
    if "PTRACE" in ran.stderr or "ptrace" in ran.stderr:
        pytest.skip("tracing is not permitted here; the recorder above shows the order")
    lines = [line for line in ran.stderr.splitlines() if str(tmp_path) in line and "= 0" in line]
    words = [("rename" if "rename" in line else "fsync", line) for line in lines]
    assert [word for word, _ in words] == ["fsync", "fsync", "fsync", "fsync", "rename", "fsync"]
    assert ".part>" in words[3][1]
    assert f"/photos/{sha(PICTURE)[:2]}>" in words[5][1]
