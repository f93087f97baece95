"""The parcels of a window as durations: what arrived after how many days, what is under way, what is overdue."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geo.coverage.situation import Bools, Floats, Ints, Traces


@dataclass(frozen=True)
class Parcels:
    """One row for each counted parcel; days are calendar days, date minus date.

    `days` runs to the arrival, or to the as-of day where `arrived` is False. `to_township` and `from_township` are nan
    where a leg has no beginning or is told in an impossible order; `on_leg` is 0 or 1 for a parcel under way, else -1.
    """

    village: Ints
    days: Floats
    arrived: Bools
    to_township: Floats
    from_township: Floats
    on_leg: Ints

    def only(self, which: Bools) -> Parcels:
        """Return these rows alone."""
        return Parcels(
            self.village[which], self.days[which], self.arrived[which], self.to_township[which],
            self.from_township[which], self.on_leg[which],
        )  # fmt: skip


def parcels_of(traces: Traces, as_of_day: int, window_days: int) -> tuple[Parcels, int]:
    """Return the parcels sent in the window, as they stood at the as-of day, and how many were impossible.

    as_of - window < sent <= as_of. What arrived (or passed the township) after the as-of day had not by then. A parcel
    that arrived before it was sent is impossible: left out, and counted.
    """
    sent = traces.sent_day
    with np.errstate(invalid="ignore"):
        counted = (sent <= as_of_day) & (sent > as_of_day - window_days)
        end = np.where(traces.arrived_day <= as_of_day, traces.arrived_day, np.nan)
        township = np.where(traces.township_day <= as_of_day, traces.township_day, np.nan)
        impossible = counted & (end < sent)
    arrived = np.isfinite(end)
    last = np.where(arrived, end, float(as_of_day))
    with np.errstate(invalid="ignore"):
        township = np.where((township >= sent) & (township <= last), township, np.nan)
    passed = np.isfinite(township)
    # An arrival without a day at the township cannot be split; a parcel under way without one is on the first leg.
    to_township = np.where(passed, township - sent, np.where(arrived, np.nan, last - sent))
    from_township = np.where(passed, last - township, np.nan)
    on_leg = np.where(arrived, -1, passed.astype(np.int64))
    whole = Parcels(traces.village, last - sent, arrived, to_township, from_township, on_leg)
    return whole.only(counted & ~impossible), int(impossible.sum())


def percentile(days: Floats, share: float) -> float | None:
    """Return the least day that at least this share of the parcels took at most (nearest rank); None for no parcel."""
    if not len(days):
        return None
    rank = max(int(np.ceil(share * len(days) - 1e-9)), 1)
    return float(np.partition(days, rank - 1)[rank - 1])


def percentiles_by(rows: Ints, days: Floats, many: int, share: float) -> Floats:
    """Return the same for each of `many` villages at once; nan for a village without a parcel."""
    order = np.lexsort((days, rows))
    counts = np.bincount(rows, minlength=many)
    rank = np.maximum(np.ceil(share * counts - 1e-9).astype(np.int64), 1)
    at = np.cumsum(counts) - counts + rank - 1
    found = np.full(many, np.nan)
    some = counts > 0
    found[some] = days[order][at[some]]
    return found
