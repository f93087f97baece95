"""The product-limit estimate: how soon parcels arrive when some of them are still on their way."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geo.coverage.situation import Bools, Floats, Ints


@dataclass(frozen=True)
class Waiting:
    """One row for each day on which something arrived, ascending.

    `at_risk` were not there before that day, `arrivals` came on it, `still_waiting` is S: the share not there after it.
    """

    day: Floats
    at_risk: Ints
    arrivals: Ints
    still_waiting: Floats

    def arrived_by(self, day: float) -> float:
        """Return 1 - S(day), the share that arrives in at most so many days (<=); 0 before the first arrival.

        Beyond the longest wait seen it stays where it was: a least value, since nobody has waited longer.
        """
        seen = int(np.searchsorted(self.day, day, side="right"))
        return 1.0 - float(self.still_waiting[seen - 1]) if seen else 0.0


def kaplan_meier(days: Floats, arrived: Bools) -> Waiting:
    """Return S(t) = product over arrival days u <= t of 1 - arrivals(u) / at_risk(u) (Kaplan & Meier 1958).

    `days` is how long each parcel took, or has taken so far where `arrived` is False; one that is still under way after
    u days was at risk on day u and arrived later, so it is taken out after the arrivals of that day.
    """
    event, arrivals = np.unique(days[arrived], return_counts=True)
    at_risk = len(days) - np.searchsorted(np.sort(days), event, side="left")
    share = np.cumprod(1.0 - arrivals / at_risk).astype(np.float64)
    return Waiting(event, at_risk.astype(np.int64), arrivals.astype(np.int64), share)
