"""What may be asked of coverage, as plain values; every figure, run and map of coverage begins with one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from field_app_schema.vocab_network import ConfidenceFloor, Distance


@dataclass(frozen=True)
class CoverageQuestion:
    """Which unit, day, list of villages and reading; None means the caller's unit, today, and what is known now.

    `base_year` None: the newest list not later than the day (`columns.base_years`). `services` None: those of the
    policy; else all of them are required. `poor_year` None: the newest list of registered poverty villages
    not later than the day, else the first.
    """

    ou: str | None = None
    as_of: dt.date | None = None
    known_at: dt.datetime | None = None
    base_year: int | None = None
    services: tuple[str, ...] | None = None
    confidence: str = ConfidenceFloor.ANY
    distance: str = Distance.GREAT_CIRCLE
    poor_year: int | None = None
