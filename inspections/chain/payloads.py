"""What a phone signed when a photo was kept, read leniently: a payload that cannot be read is judged, never refused.

The phone signs the UTF-8 of one JSON object: {"v": 1, "number", "sha256", "station" (code), "inspector" (account),
"device", "taken_at", "wall", "monotonic_ms", "signed_time", "fix": {"lon", "lat", "accuracy_m", "age_s"} | null,
"previous": SHA-256 | null}. `number` counts the photos that this phone ever kept, from 1; `previous` is the one before.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass
from typing import Any

_SHA256 = re.compile(r"[0-9a-f]{64}")
_MOST = 2**31 - 1


@dataclass(frozen=True)
class Sealed:
    """The parts of a payload; None where it says nothing or nothing sensible."""

    sha256: str | None = None
    station: str | None = None
    inspector: int | None = None
    device: int | None = None
    number: int | None = None
    previous: str | None = None
    taken_at: dt.datetime | None = None
    wall: dt.datetime | None = None
    signed_time: str | None = None
    fix: dict[str, float] | None = None


def read_payload(payload: str) -> Sealed:
    """Read what a payload says; never raises."""
    try:
        told = json.loads(payload)
    except (ValueError, RecursionError):
        return Sealed()
    if not isinstance(told, dict) or told.get("v") != 1:
        return Sealed()
    return Sealed(
        sha256=_hash(told.get("sha256")), station=_text(told.get("station")), inspector=_whole(told.get("inspector")),
        device=_whole(told.get("device")), number=_whole(told.get("number")), previous=_hash(told.get("previous")),
        taken_at=_instant(told.get("taken_at")), wall=_instant(told.get("wall")),
        signed_time=_text(told.get("signed_time")), fix=_fix(told.get("fix")),
    )  # fmt: skip


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _hash(value: Any) -> str | None:
    return value if isinstance(value, str) and _SHA256.fullmatch(value) else None


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= _MOST else None


def _instant(value: Any) -> dt.datetime | None:
    try:
        found = dt.datetime.fromisoformat(value) if isinstance(value, str) else None
        # Beyond the calendar's ends there is no such instant in UTC.
        return None if found is None or found.tzinfo is None else found.astimezone(dt.UTC)
    except (ValueError, OverflowError):
        return None


def _fix(value: Any) -> dict[str, float] | None:
    if not isinstance(value, dict):
        return None
    named = ("lon", "lat", "accuracy_m", "age_s")
    found = {name: float(value[name]) for name in named if _is_number(value.get(name))}
    return found if {"lon", "lat"} <= found.keys() else None


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e9
