"""What every record of a phone has in common: bytes that are a JSON object, and photos that are named once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from field_app_schema.refusals import Refusal


def check_photos(record: Mapping[str, Any]) -> None:
    """Refuse with BAD_INPUT a record that names one photo twice."""
    hashes = [photo["sha256"] for photo in record["photos"]]
    if len(set(hashes)) < len(hashes):
        raise Refusal("BAD_INPUT", errors={"photos": ["同一张照片列了两次 / a photo is named twice"]})


def parse_record(body: bytes, *, lenient: bool) -> dict[str, Any]:
    """Parse a JSON object; with `lenient`, what cannot be read counts as empty, for a person gives the fields."""
    try:
        content = json.loads(body.decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        if lenient:
            return {}
        raise Refusal("BODY_MALFORMED", errors={"body": [f"不是 JSON / not JSON: {error}"[:200]]}) from error
    if isinstance(content, dict):
        return content
    if lenient:
        return {}
    raise Refusal("BODY_MALFORMED", errors={"body": ["不是 JSON 对象 / not a JSON object"]})


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")
