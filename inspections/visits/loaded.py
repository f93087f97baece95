"""Values as the schemas load them, turned into what rows hold."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from field_app_schema.refusals import Refusal
from stations.register.entry.coordinates import Place, place_of


def place_of_fix(fix: Mapping[str, Any] | None) -> Place | None:
    """Give where a phone was; refuses with COORDINATES_SWAPPED or COORDINATES_OUTSIDE_CHINA, naming `fix`."""
    if fix is None:
        return None
    try:
        return place_of(fix["lon"], fix["lat"], str(fix["coord_system"].value))
    except Refusal as refusal:
        raise Refusal(refusal.code, errors={"fix": refusal.errors}, **refusal.details) from refusal


def plain(value: Any) -> Any:
    """Turn loaded values into what JSON can hold: words of closed lists as text, instants as ISO 8601."""
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    if isinstance(value, dt.datetime):
        return value.isoformat()
    return str(value.value) if hasattr(value, "value") else value
