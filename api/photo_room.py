"""Where this application's photos and waiting pieces lie, opened once from the configuration."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import Flask, Response, current_app, request
from sqlalchemy.orm import Session, sessionmaker

from api.config import Config
from api.job_loop import JobContext, JobFunction
from inspections.photos.previews import sweep_previews
from inspections.photos.showing import ShownPhoto
from inspections.photos.staging import Staging
from inspections.photos.store import PhotoStore
from inspections.photos.thumbnails import make_thumbnail
from inspections.visits.last_visits import note_shown

# A phone that has not gone on with a photo for so long starts it again from its first byte.
STAGED_FOR = dt.timedelta(days=30)


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
        "private, no-cache" if shown.is_preview else "private, max-age=31536000, immutable"
    )
    if shown.is_preview:
        response.headers["Cunzhan-Preview"] = "?1"
    response.headers["X-Content-Type-Options"] = "nosniff"
    # An original may hold more than a picture; opened by itself it must run nothing.
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.make_conditional(request)
    return response


def photo_jobs(app: Flask) -> dict[str, JobFunction]:
    """Give the functions of the jobs that need the store or the waiting pieces, by kind."""
    store, place = _store_of(app), _staging_of(app)

    def thumbnail(sessions: sessionmaker[Session], payload: dict[str, Any], context: JobContext) -> dict[str, Any]:
        return make_thumbnail(sessions, store, payload, now=context.now(), tell=note_shown)

    def sweep(_sessions: sessionmaker[Session], _payload: dict[str, Any], context: JobContext) -> dict[str, Any]:
        return {"removed": place.sweep(older_than=(context.now() - STAGED_FOR).timestamp())}

    def sweep_outlived(
        sessions: sessionmaker[Session], _payload: dict[str, Any], _context: JobContext
    ) -> dict[str, Any]:
        return {"removed": sweep_previews(sessions, store)}

    return {"photo_thumbnail": thumbnail, "staging_sweep": sweep, "preview_sweep": sweep_outlived}


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
