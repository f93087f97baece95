"""The named points of a photo's life at which a server or a worker of a test kills itself, without a word.

Each is a seam between two steps of the product; the product itself holds no code for tests.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from flask import Flask, request
from sqlalchemy import event
from sqlalchemy.orm import Session

import jobs
from inspections.marking import making as marking
from inspections.photos import making
from inspections.photos.disk import DiskCalls
from inspections.photos.store import PhotoStore
from inspections.photos.tables import Medium, PhotoFingerprint
from inspections.signage.engine import SignReader
from inspections.visits.tables import Inspection

IN_THE_SERVER = (
    "in a piece, before its fsync", "after a piece, before its answer", "before the photo's file",
    "in the photo's file, before its fsync", "after the photo's name, before its folder's fsync",
    "after the photo's file, before its row", "after the row, before its commit", "after the commit, before the answer",
    "before the record's commit",
)  # fmt: skip
IN_THE_WORKER = (
    "before decoding", "after the thumbnail, before the screen", "after the files, before their row",
    "after their row, before its commit", "after their commit, before the job is done", "before marking",
    "between a marked copy and its row", "after the marks, before the job is done", "in reading the sign",
)  # fmt: skip


def arm(app: Flask, dies: str | None) -> None:
    """Make this process die at the named point, or never."""
    match dies:
        case None:
            return
        case "in a piece, before its fsync":
            _after(os, "pwrite")
        case "after a piece, before its answer":
            _after(app.view_functions, "media.put_medium")
        case "before the photo's file":
            _before(PhotoStore, "put_new")
        case "in the photo's file, before its fsync":
            _disk(app, DiskCalls(fsync=lambda _handle: die()))
        case "after the photo's name, before its folder's fsync":
            _disk(app, DiskCalls(rename=_rename_and_die))
        case "after the photo's file, before its row":
            _after(PhotoStore, "put_new")
        case "after the row, before its commit":
            _at("before_commit", _puts_a_photo, Medium)
        case "after the commit, before the answer":
            _at("after_commit", _puts_a_photo, Medium)
        case "before the record's commit":
            _at("before_commit", lambda: bool(request) and request.path.startswith("/api/v1/inspections/"), Inspection)
        case _:
            _arm_worker(dies)


def _arm_worker(dies: str) -> None:
    match dies:
        case "before decoding":
            _before(making, "derive")
        case "after the thumbnail, before the screen":
            _after(PhotoStore, "put_new")
        case "after the files, before their row":
            _after(PhotoStore, "put_new", times=2)
        case "after their row, before its commit":
            _at("before_commit", lambda: True, PhotoFingerprint)
        case "after their commit, before the job is done" | "after the marks, before the job is done":
            _before(jobs, "finish")
        case "before marking":
            _before(marking, "mark_photo")
        case "between a marked copy and its row":
            _after(PhotoStore, "put_new")
        case "in reading the sign":
            _before(SignReader, "read")
        case _:
            raise ValueError(dies)


def die() -> NoReturn:
    """End this process as kill -9 does."""
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("still alive")


def _puts_a_photo() -> bool:
    return bool(request) and request.method == "PUT" and request.path.startswith("/api/v1/media/")


def _disk(app: Flask, calls: DiskCalls) -> None:
    app.extensions["cunzhan_photo_store"] = PhotoStore(app.extensions["cunzhan_config"].photo_store_url, calls)


def _rename_and_die(source: str | Path, target: str | Path) -> None:
    os.rename(source, target)
    die()


def _at(when: str, is_it: Callable[[], bool], row: type[Any]) -> None:
    """Die at the outermost commit of a transaction that wrote a row of this table."""

    def note(session: Session, _flush: Any) -> None:
        if any(isinstance(one, row) for one in session.new):
            session.info["wrote"] = True

    def look(session: Session) -> None:
        if not session.in_nested_transaction() and session.info.get("wrote") and is_it():
            die()

    event.listen(Session, "after_flush", note)
    event.listen(Session, when, look)


def _before(place: Any, name: str) -> None:
    assert hasattr(place, name)
    setattr(place, name, lambda *_args, **_more: die())


def _after(place: Any, name: str, times: int = 1) -> None:
    """Let a function do its work so many times, and die before its caller goes on."""
    known = isinstance(place, dict)
    work: Callable[..., Any] = place[name] if known else getattr(place, name)
    left = [times]

    def last_work(*args: Any, **kwargs: Any) -> Any:
        done = work(*args, **kwargs)
        left[0] -= 1
        return done if left[0] else die()

    if known:
        place[name] = last_work
    else:
        setattr(place, name, last_work)
