"""Prints the OpenAPI document, from which the phone's types are drawn: `python -m api.document`.

Needs no database, no folder and nothing of the environment, so that it is the same wherever it is made.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from api.app import create_app
from api.config import Config


def openapi_document() -> dict[str, Any]:
    """Give the document as `/api/openapi.json` serves it; nothing is opened and no file is made."""
    nowhere = Path("nowhere")
    app = create_app(Config("sqlite://", nowhere, nowhere.absolute().as_uri()))
    answer = app.test_client().get("/api/openapi.json")
    if answer.status_code != 200:
        raise SystemExit(f"the OpenAPI document could not be made: {answer.status} {answer.text}")
    document: dict[str, Any] = json.loads(answer.text)
    return document


if __name__ == "__main__":
    print(json.dumps(openapi_document(), ensure_ascii=False, indent=1))
