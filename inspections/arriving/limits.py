"""What makes a visit's times impossible and how near is near; plain values, judged by pure functions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from field_app_schema.refusals import Refusal

MOMENTS = ("started_at", "ended_at", "captured_at")


@dataclass(frozen=True)
class VisitLimits:
    """Thresholds of a visit, all [proposal]: the notices say nothing of clocks or of metres (domain model F5)."""

    on_site_radius_m: float = 100.0
    ahead: dt.timedelta = dt.timedelta(minutes=10)
    oldest: dt.timedelta = dt.timedelta(days=400)


LIMITS = VisitLimits()


def check_times(
    visit: Mapping[str, Any], *, received_at: dt.datetime, limits: VisitLimits, moments: Sequence[str] = MOMENTS
) -> None:
    """Refuse with TIME_IN_FUTURE (more than `ahead`), TIME_TOO_OLD (more than `oldest`) or BAD_INPUT (ends first)."""
    said = received_at.isoformat()
    for name in moments:
        at: dt.datetime = visit[name]
        if at - received_at > limits.ahead:
            raise Refusal("TIME_IN_FUTURE", errors={name: ["在将来 / in the future"]}, server_time=said)
        if received_at - at > limits.oldest:
            raise Refusal("TIME_TOO_OLD", errors={name: ["太早 / too old"]}, server_time=said)
    if moments is MOMENTS and visit["ended_at"] < visit["started_at"]:
        raise Refusal("BAD_INPUT", errors={"ended_at": ["结束早于开始 / ends before it starts"]})
