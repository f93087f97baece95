"""Access by floating catchments over the nation's 1.28 million pairs within 5 km, beside PySAL access."""

from __future__ import annotations

from importlib.metadata import version

import numpy as np
import pandas as pd
from access import Access, weights

from benchmarks.geo._seed import RULES, best_of, nation, tell
from geo.coverage.access import e2sfca
from geo.coverage.situation import Floats
from geo.measure import GreatCircle


def run() -> None:
    """Give both the same pairs, people and capacities, and time the two steps alone."""
    situation = nation()
    villages, stations = situation.villages, situation.stations
    pairs = GreatCircle().within(villages.lon, villages.lat, stations.lon, stations.lat, 5000)
    people = np.nan_to_num(villages.people)
    demand = pd.DataFrame({"people": people}, index=pd.RangeIndex(len(people), name="village"))
    supply = pd.DataFrame({"parcels": stations.parcels_a_day}, index=pd.RangeIndex(len(stations.code), name="station"))
    cost = pd.DataFrame({"village": pairs.asking, "station": pairs.found, "metres": pairs.distance_m})
    decay = weights.step_fn(dict(RULES.bands))
    ours: Floats = np.empty(0)
    theirs: Floats = np.empty(0)

    def we() -> None:
        nonlocal ours
        ours = e2sfca(pairs, stations.parcels_a_day, people, RULES.bands)[1]

    def pysal() -> None:
        nonlocal theirs
        system = Access(
            demand_df=demand, demand_value="people", supply_df=supply, supply_value="parcels",
            cost_df=cost, cost_origin="village", cost_dest="station", cost_name="metres",
        )  # fmt: skip
        found = system.two_stage_fca(cost="metres", max_cost=5000, weight_fn=decay)["2sfca_parcels"]
        theirs = found.reindex(range(len(people))).to_numpy()

    took, peer = best_of(3, we, pysal)
    # There a village no station reaches is missing, and inf where one of its stations has nobody to serve; here such a
    # station gives nothing and the village keeps what the others give.
    both = np.isfinite(theirs)
    worst = float(np.abs(ours[both] - theirs[both]).max())
    print(f"{len(pairs.asking):,} pairs; largest difference {worst:.1e} over {int(both.sum()):,} villages; missing "
          f"there {int(np.isnan(theirs).sum()):,}, inf there {int(np.isinf(theirs).sum()):,}")  # fmt: skip
    tell("E2SFCA", took, peer, f"PySAL access {version('access')}", ">= 20 times and difference <= 1e-12",
         peer >= 20 * took and worst <= 1e-12 and not ours[np.isnan(theirs)].any())  # fmt: skip
