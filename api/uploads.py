"""A form that carries a file: its fields and its file are one body, checked and documented by one schema."""

from __future__ import annotations

from typing import Any

from flask import Request
from marshmallow import RAISE, Schema
from webargs.flaskparser import FlaskParser
from werkzeug.datastructures import CombinedMultiDict


class UploadParser(FlaskParser):
    """Reads `files` as the whole multipart body; OpenAPI 3 knows one request body, not a form beside a file."""

    # A misspelt `dry_run` must not be passed over in silence.
    DEFAULT_UNKNOWN_BY_LOCATION = {**FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION, "files": RAISE}

    def load_files(self, req: Request, schema: Schema) -> Any:
        """Give the form and the files as one; webargs calls this by its name."""
        return self._makeproxy(CombinedMultiDict([req.form, req.files]), schema)
