"""The named points at which the server of a test kills itself, whole group and without a word.

Each patches a seam between two steps of the product; the product itself holds no code for tests.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import Any

from flask import Flask, request
from sqlalchemy import event
from sqlalchemy.orm import Session

from api.v1 import forms
from field_app_schema.drawing import draw_forms
from inspections.photos.staging import Staging
from inspections.photos.store import PhotoStore
from inspections.photos.tables import Medium

DEATHS = (
    "before the record's commit", "after the record's commit", "after a piece is on the disk",
    "after the photo's file, before its row", "after the photo's row", "after the plan is made",
    "before the preview's commit", "after the preview's commit",
)  # fmt: skip

# What the visit's form asks from version n+1 on.
NEW_QUESTION = "new_question"


def arm(app: Flask, dies: str | None, form_mark: str) -> None:
    """Make this process die at the named point, or never; and let its visit form be of another version."""
    if form_mark:
        _publish(form_mark)
    if dies is None:
        return
    assert dies in DEATHS, dies
    when = dies.partition(" ")[0]
    match dies:
        case "before the record's commit" | "after the record's commit":
            _at_commit(when, lambda _session: _puts("/api/v1/inspections/") or _is_batch())
        case "before the preview's commit" | "after the preview's commit":
            _at_commit(when, lambda _session: _puts("/api/v1/media/") and request.path.endswith("/preview"))
        case "after a piece is on the disk":
            _after(Staging, "append")
        case "after the photo's file, before its row":
            _after(PhotoStore, "put_new")
        case "after the photo's row":
            event.listen(Session, "after_flush", _note_medium)
            _at_commit(when, lambda session: session.info.get("wrote a medium", False))
        case _:
            _after(app.view_functions, "sync.post_plan")


def _die() -> None:
    os.killpg(0, signal.SIGKILL)


def _puts(prefix: str) -> bool:
    return bool(request) and request.method == "PUT" and request.path.startswith(prefix)


def _is_batch() -> bool:
    return bool(request) and request.path == "/api/v1/sync/records"


def _at_commit(when: str, is_it: Callable[[Session], bool]) -> None:
    # A savepoint's end fires the same events; only the outermost transaction is a commit.
    def look(session: Session) -> None:
        if not session.in_nested_transaction() and is_it(session):
            _die()

    event.listen(Session, f"{when}_commit", look)


def _note_medium(session: Session, _flush: Any) -> None:
    if any(isinstance(row, Medium) for row in session.new):
        session.info["wrote a medium"] = True


def _after(place: Any, name: str) -> None:
    """Let a function do its work, and die before its caller goes on."""
    known = isinstance(place, dict)
    work: Callable[..., Any] = place[name] if known else getattr(place, name)

    def last_work(*args: Any, **kwargs: Any) -> Any:
        work(*args, **kwargs)
        _die()

    if known:
        place[name] = last_work
    else:
        setattr(place, name, last_work)


def _publish(mark: str) -> None:
    """Publish the visit's form n+1: another version, and one more question that must be answered."""

    def draw_next() -> dict[str, Any]:
        drawn = draw_forms()
        visit = next(form for form in drawn["forms"] if form["name"] == "inspection")
        asked = {"name": NEW_QUESTION, "type": "boolean", "label_zh": "新问题", "label_en": "New question",
                 "required": True}  # fmt: skip
        visit["version"] += mark
        visit["fields"].append(dict.fromkeys(visit["fields"][0]) | {"left_open": []} | asked)
        return drawn

    forms.draw_forms = draw_next
