"""One dated entry of a station's story, whatever it tells of."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Entry:
    """One dated entry: `on` is the day in China from which it holds, `recorded_at` when we came to know it.

    `what` is a word of the kind's list: a listing status, an observed state, a vitality, the state of a month's
    report, `excused`, or `described`.
    """

    id: str
    kind: str
    on: dt.date
    recorded_at: dt.datetime
    what: str
    age_days: int
    at: dt.datetime | None = None
    before: str | None = None
    reason: str | None = None
    method: str | None = None
    confidence: str | None = None
    is_independent: bool | None = None
    observer_unit: str | None = None
    rule_version: str | None = None
    evidence_ids: list[str] = field(default_factory=list)
    doc_no: str | None = None
    note: str | None = None
    details: dict[str, Any] = field(default_factory=dict)
