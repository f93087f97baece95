"""How much service is within reach of a village, when neighbours share it: the enhanced two-step floating catchment."""

from __future__ import annotations

import numpy as np

from geo.coverage.rules import HAIR, Bands, CoverageRules, alive_stations
from geo.coverage.situation import Floats, Situation
from geo.distance import Pairs
from geo.measure import Measure


def e2sfca(pairs: Pairs, capacity: Floats, weights: Floats, bands: Bands) -> tuple[Floats, Floats]:
    """Return (ratio of each station, access of each village) by E2SFCA (Luo & Wang 2003; Luo & Qi 2009).

    Step 1: R_s = c_s / sum of f(d) w_v over the villages paired with s; step 2: A_v = sum of f(d) R_s over the stations
    paired with v. `pairs.asking` are villages, `pairs.found` stations, each pair once; f(d) is the weight of the first
    band with d <= limit, and 0 beyond the last. `capacity` has one row a station, `weights` (people) one a village;
    what is not known (nan) counts 0. A station nobody could come to has the ratio 0, a village with no pair the
    access 0. What is given out is what there is: sum of A_v w_v = sum of c_s over stations with demand.
    """
    reach = _reach(pairs.distance_m, bands)
    people = np.nan_to_num(weights, nan=0.0)
    demand = np.bincount(pairs.found, weights=reach * people[pairs.asking], minlength=len(capacity))
    ratio = np.divide(np.nan_to_num(capacity, nan=0.0), demand, out=np.zeros(len(capacity)), where=demand > 0)
    access = np.bincount(pairs.asking, weights=reach * ratio[pairs.found], minlength=len(weights))
    return ratio, access.astype(np.float64, copy=False)


def access_of(situation: Situation, rules: CoverageRules, measure: Measure) -> tuple[Pairs, Floats]:
    """Return (pairs of village and alive station within the catchment, access of each village).

    Pairs name stations by their row in the situation. Capacity is parcels a day; a station whose parcels are not known
    counts as the median of the alive ones that are (1 where none is).
    """
    villages, stations = situation.villages, situation.stations
    alive = np.flatnonzero(alive_stations(stations, rules))
    limit = rules.catchment(measure.unit)
    near = measure.within(villages.lon, villages.lat, stations.lon[alive], stations.lat[alive], limit)
    parcels = stations.parcels_a_day[alive]
    known = parcels[np.isfinite(parcels)]
    capacity = np.where(np.isfinite(parcels), parcels, np.median(known) if len(known) else 1.0)
    _, access = e2sfca(near, capacity, villages.people, rules.weights(measure.unit))
    return Pairs(near.asking, alive[near.found], near.distance_m), access


def _reach(far: Floats, bands: Bands) -> Floats:
    """Return the weight of each distance: that of the first band it is within (<=), 0 beyond the last."""
    ordered = sorted(bands)
    limits = np.array([limit + HAIR for limit, _ in ordered], dtype=np.float64)
    weights = np.array([*(weight for _, weight in ordered), 0.0])
    reach: Floats = weights[np.searchsorted(limits, far, side="left")]
    return reach
