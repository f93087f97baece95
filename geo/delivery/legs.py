"""Where the days go: from the county to the township, or from the township to the village."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geo.delivery.parcels import Parcels, percentile

LEGS = ("county_township", "township_village")


@dataclass(frozen=True)
class Leg:
    """One leg: parcels that have done it with their median and P90, parcels still on it, and its share of the days.

    The share counts the days of those still on it too; None where no parcel has spent a day on either leg.
    """

    leg: str
    parcels: int
    under_way: int
    median_days: float | None
    p90_days: float | None
    share_of_days: float | None


def legs_of(parcels: Parcels) -> tuple[Leg, Leg]:
    """Return both legs, first the one to the township; arrivals without a day at the township are in neither."""
    spent = parcels.to_township, parcels.from_township
    days = [float(np.nansum(each)) for each in spent]
    both = sum(days)
    told = []
    for which, name in enumerate(LEGS):
        here = parcels.on_leg == which
        done = spent[which][np.isfinite(spent[which]) & ~here]
        told.append(
            Leg(name, len(done), int(here.sum()), percentile(done, 0.5), percentile(done, 0.9),
                days[which] / both if both else None)
        )  # fmt: skip
    return told[0], told[1]


def slowest(legs: tuple[Leg, Leg]) -> str | None:
    """Return the leg with the longer mean, days spent on it over parcels that came to it; None when equal or unknown.

    Every parcel of the second leg was on the first, so sums alone would favour the first.
    """
    means = [_mean(leg, legs) for leg in legs]
    if means[0] is None or means[1] is None or means[0] == means[1]:
        return None
    return LEGS[0] if means[0] > means[1] else LEGS[1]


def _mean(leg: Leg, legs: tuple[Leg, Leg]) -> float | None:
    came = leg.parcels + leg.under_way
    return leg.share_of_days / came if came and leg.share_of_days is not None else None
