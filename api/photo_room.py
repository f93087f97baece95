"""Where this application's photos and waiting pieces lie, opened once from the configuration."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from flask import Flask, Response, current_app, request
from sqlalchemy.orm import Session, sessionmaker

from api.config import Config
from api.job_loop import JobContext, JobFunction
from field_app_schema.words.closed_lists import WORDS as LISTS
from field_app_schema.words.marks import WORDS as MARKS
from inspections.arriving.afterwards import MARKING, ask_for_missing_marks, tell_of_derivatives
from inspections.marking.making import MarkStyle, mark_visit
from inspections.photos.making import JOB as DERIVATIVES
from inspections.photos.making import ask_for_missing, make_derivatives
from inspections.photos.previews import sweep_previews
from inspections.photos.showing import ShownPhoto
from inspections.photos.staging import Staging
from inspections.photos.store import PhotoStore
from inspections.photos.upkeep.sweeping import media_keys, sweep_orphans
from inspections.plausibility import judging
from inspections.quarantine.reading import aside_keys
from inspections.signage.engine import SignReader
from inspections.signage.photos.asking import tell_of_reading
from inspections.signage.readings import JOB as SIGN_READING
from inspections.signage.readings import crop_keys, read_sign
from inspections.visits.photos import marked_keys
from web_map.papers.paper import FONTS

# A phone that has not gone on with a photo for so long starts it again from its first byte.
STAGED_FOR = dt.timedelta(days=30)
# Every room whose rows name files of the store; a file that none of them names is an orphan.
NAMERS = (media_keys, aside_keys, marked_keys, crop_keys)
# One for all threads of a process; its models are loaded when the first sign is read, so only where work is done.
READER = SignReader()


def photo_store() -> PhotoStore:
    """Give the application's store of photos."""
    return _store_of(current_app)


def staging() -> Staging:
    """Give the folder where pieces of photos wait."""
    return _staging_of(current_app)


def photo_answer(shown: ShownPhoto) -> Response:
    """Answer with a picture: kept by the browser for good, but for a preview, which says so and is asked for again."""
    response = Response(shown.body, content_type=shown.mime)
    response.set_etag(shown.tag)
    response.headers["Cache-Control"] = (
        "private, no-cache" if shown.is_preview or shown.may_change else "private, max-age=31536000, immutable"
    )
    if shown.is_preview:
        response.headers["Cunzhan-Preview"] = "?1"
    if shown.name is not None:
        response.headers["Content-Disposition"] = f'inline; filename="{shown.name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    # An original may hold more than a picture; opened by itself it must run nothing.
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.make_conditional(request)
    return response


def photo_jobs(app: Flask) -> dict[str, JobFunction]:
    """Give the functions of the jobs that need the store or the waiting pieces, by kind."""
    return _makers(app, _store_of(app)) | _sweepers(_store_of(app), _staging_of(app))


def _makers(app: Flask, store: PhotoStore) -> dict[str, JobFunction]:
    style = _mark_style(app)

    def derive(sessions: sessionmaker[Session], payload: dict[str, Any], context: JobContext) -> dict[str, Any]:
        tell = partial(tell_of_derivatives, now=context.now())
        return make_derivatives(sessions, store, payload, now=context.now(), tell=tell)

    def mark(sessions: sessionmaker[Session], payload: dict[str, Any], context: JobContext) -> dict[str, Any]:
        return mark_visit(sessions, store, payload, style, now=context.now, progress=context.progress)

    def read(sessions: sessionmaker[Session], payload: dict[str, Any], context: JobContext) -> dict[str, Any]:
        tell = partial(tell_of_reading, now=context.now())
        return read_sign(sessions, store, READER, payload, now=context.now(), tell=tell)

    return {DERIVATIVES: derive, MARKING: mark, SIGN_READING: read}


def _sweepers(store: PhotoStore, place: Staging) -> dict[str, JobFunction]:
    def sweep(_sessions: sessionmaker[Session], _payload: dict[str, Any], context: JobContext) -> dict[str, Any]:
        return {"removed": place.sweep(older_than=(context.now() - STAGED_FOR).timestamp())}

    def sweep_outlived(
        sessions: sessionmaker[Session], _payload: dict[str, Any], _context: JobContext
    ) -> dict[str, Any]:
        return {"removed": sweep_previews(sessions, store)}

    def sweep_unnamed(sessions: sessionmaker[Session], _payload: dict[str, Any], context: JobContext) -> dict[str, Any]:
        return sweep_orphans(sessions, store, NAMERS, now=context.now(), progress=context.progress)

    def catch_up(sessions: sessionmaker[Session], _payload: dict[str, Any], context: JobContext) -> dict[str, Any]:
        now = context.now()
        return {"photos": ask_for_missing(sessions, now=now), "visits": ask_for_missing_marks(sessions, now=now),
                "judgements": judging.ask_for_missing(sessions, now=now)}  # fmt: skip

    return {"staging_sweep": sweep, "preview_sweep": sweep_outlived, "orphan_sweep": sweep_unnamed,
            "derivative_catch_up": catch_up}  # fmt: skip


def _mark_style(app: Flask) -> MarkStyle:
    config: Config = app.extensions["cunzhan_config"]
    words = {key: zh for key, (zh, _en) in (LISTS | MARKS).items()}
    return MarkStyle(words, FONTS / "NotoSansSC_400Regular.ttf", config.public_url)


def _store_of(app: Flask) -> PhotoStore:
    found: PhotoStore | None = app.extensions.get("cunzhan_photo_store")
    if found is None:
        config: Config = app.extensions["cunzhan_config"]
        found = app.extensions["cunzhan_photo_store"] = PhotoStore(config.photo_store_url)
    return found


def _staging_of(app: Flask) -> Staging:
    found: Staging | None = app.extensions.get("cunzhan_staging")
    if found is None:
        config: Config = app.extensions["cunzhan_config"]
        found = app.extensions["cunzhan_staging"] = Staging(config.staging_dir)
    return found
