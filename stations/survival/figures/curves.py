"""How long stations live: two Kaplan-Meier curves for the ends of the gap, and Turnbull's estimate between them.

A death is known only to lie after the last sign of life and by the first sign of death. «Earliest» puts each death at
the start of its gap, «latest» at its end; a station not known to be dead is censored at its last sign of life. Time is
days since the first acceptance, so a station that came back after a delisting is one life with a death at its last end.

What holds: as long as no station has left observation (before the first censored day), earliest <= Turnbull <= latest
at every whole day. Beyond it that is not so in general, though three curves this near seldom cross: of two stations,
one censored on day 5, the other dead between days 1 and 9, the earliest curve ends at a half, the latest at nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from stations.survival.figures.lives import Span
from stations.survival.figures.turnbull import Estimate, Floats, estimate, survival_at

DAYS_PER_MONTH = 30.4375


class Times(NamedTuple):
    """Days since the first acceptance, one of each a station: last seen alive, known dead by (inf: not known dead)."""

    seen: Floats
    dead: Floats

    @property
    def lo(self) -> Floats:
        """The open left ends for Turnbull: a death on the very day of the last sign of life is known to the day."""
        return np.where(self.dead <= self.seen, self.dead - 1, self.seen)


class Steps(NamedTuple):
    """A survival curve: from each day on, until the next, the share still alive; it begins with 1 on day 0."""

    day: Floats
    share: Floats

    def at(self, days: Any) -> Floats:
        """Give the share alive after each of some days (0 or later)."""
        return self.share[np.searchsorted(self.day, np.asarray(days, dtype=float), side="right") - 1]


class Curves(NamedTuple):
    """The three curves of one set of stations."""

    earliest: Steps
    latest: Steps
    turnbull: Estimate


def times_of(spans: Sequence[Span]) -> Times:
    """Give the times of the stations as arrays."""
    seen = np.array([span.seen for span in spans], dtype=float)
    return Times(seen, np.array([np.inf if span.dead is None else span.dead for span in spans], dtype=float))


def kaplan_meier(day: Floats, is_death: Any) -> Steps:
    """Give Kaplan and Meier's curve; who is censored on a day is at risk that day."""
    days, place = np.unique(day, return_inverse=True)
    deaths = np.bincount(place, np.asarray(is_death, dtype=float), days.size)
    at_risk = day.size - np.concatenate([[0], np.cumsum(np.bincount(place, minlength=days.size))[:-1]])
    fallen = deaths > 0
    left = np.cumprod(1.0 - deaths[fallen] / at_risk[fallen])
    begin = np.array([0.0]) if not fallen.any() or days[fallen][0] > 0 else np.empty(0)
    return Steps(np.concatenate([begin, days[fallen]]), np.concatenate([np.ones(begin.size), left]))


def curves_of(times: Times) -> Curves | None:
    """Give the three curves, None where there is no station."""
    if not times.seen.size:
        return None
    died = np.isfinite(times.dead)
    earliest = kaplan_meier(times.seen, died)
    latest = kaplan_meier(np.where(died, times.dead, times.seen), died)
    return Curves(earliest, latest, estimate(times.lo, times.dead))


def drawn(curves: Curves | None) -> dict[str, Any]:
    """Give the curves as lists of steps in months: [months, share], for Turnbull [months, low, high].

    Each step holds from its month until that of the next. A step that changes nothing in four places is left out.
    """
    if curves is None:
        return {"earliest": [], "latest": [], "turnbull": [], "turnbull_gap": None}
    found = curves.turnbull
    # At the very start of an interval nothing has fallen yet: the band opens just after it.
    day = np.unique(np.concatenate([[0.0], found.start, found.end[np.isfinite(found.end)]])).clip(0)
    low, _ = survival_at(found, np.nextafter(day, np.inf))
    _, high = survival_at(found, day)
    return {
        "earliest": _thinned(curves.earliest.day, curves.earliest.share),
        "latest": _thinned(curves.latest.day, curves.latest.share),
        "turnbull": _thinned(day, low, high),
        "turnbull_gap": found.gap,
    }


def _thinned(day: Floats, *shares: Floats) -> list[list[float]]:
    columns = np.column_stack([day / DAYS_PER_MONTH, *shares])
    rows: list[list[float]] = []
    for month, *values in columns.tolist():
        rounded = [round(value, 4) for value in values]
        if not rows or rounded != rows[-1][1:]:
            rows.append([round(month, 3), *rounded])
    return rows
