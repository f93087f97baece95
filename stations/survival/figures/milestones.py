"""How many were alive one, two and three years after their acceptance, and how long they are known to have lived."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Any

from stations.survival.figures.curves import DAYS_PER_MONTH, Curves
from stations.survival.figures.headline import share
from stations.survival.figures.lives import Span
from stations.survival.figures.turnbull import survival_at

MONTHS = (12, 24, 36)


def days_of(months: int) -> int:
    """Give the days of so many months, in whole days: 12 months are 365, 24 are 730, 36 are 1095."""
    return int(months * DAYS_PER_MONTH)


def milestones(spans: Sequence[Span], curves: Curves | None = None) -> list[dict[str, Any]]:
    """Say for 12, 24 and 36 months what is known of the stations accepted that long before D.

    `alive`: a sign of life on that day or later (these are the number at risk); `known_dead`: dead by then; the rest is
    unsure. low = alive/eligible, high = (eligible - known dead)/eligible, unknown_share between them. With `curves`
    also what the curves of all stations say at that day.
    """
    return [_milestone(months, spans, curves) for months in MONTHS]


def _milestone(months: int, spans: Sequence[Span], curves: Curves | None) -> dict[str, Any]:
    day = days_of(months)
    eligible = [(seen, dead) for age, seen, dead in spans if age >= day]
    # Dead by that very day comes first: whoever was seen that morning did not live past it.
    dead = sum(1 for _, died in eligible if died is not None and died <= day)
    alive = sum(1 for seen, died in eligible if seen >= day and (died is None or died > day))
    whole = len(eligible)
    row = {
        "months": months, "eligible": whole, "at_risk": alive, "alive": alive, "known_dead": dead,
        "unsure": whole - alive - dead, "low": share(alive, whole), "high": share(whole - dead, whole),
        "unknown_share": share(whole - alive - dead, whole),
    }  # fmt: skip
    return row | _from_curves(day, curves) if curves and whole else row


def _from_curves(day: int, curves: Curves) -> dict[str, Any]:
    low, high = survival_at(curves.turnbull, [day])
    return {
        "earliest": round(float(curves.earliest.at([day])[0]), 4),
        "latest": round(float(curves.latest.at([day])[0]), 4),
        "turnbull": [round(float(low[0]), 4), round(float(high[0]), 4)],
    }


def median_months_to_last_alive(spans: Sequence[Span]) -> float | None:
    """Give the median months from the first acceptance to the last sign of life, to one place; None of nobody.

    A station without any sign of life after its acceptance has 0: the acceptance was the last.
    """
    return round(median(span.seen for span in spans) / DAYS_PER_MONTH, 1) if spans else None
