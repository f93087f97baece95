"""The next 200 sites of a province, 30,000 x 30,000, existing stations standing; and how near greedy comes."""

from __future__ import annotations

import numpy as np

from benchmarks.geo._county import INSTANCES, cover, ground, whole_ground
from benchmarks.geo._seed import best_of, tell
from geo.siting.chosen import Chosen
from geo.siting.covers import covered_by
from geo.siting.exact import best_sites
from geo.siting.greedy import next_sites

LIMIT_S, GOOD = 1.0, 0.98


def run() -> None:
    """Time the cover and the choice together: no peer does it (spopt's dense table would take 7.2 GB)."""
    lon, lat, people = whole_ground()
    for existing, radius_m in ((1_500, 5_000), (3_000, 3_000)):
        stations = np.random.default_rng(6).choice(len(lon), existing, replace=False)
        found: list[Chosen] = []

        def we(stations: object = stations, radius_m: int = radius_m, found: list[Chosen] = found) -> None:
            reach = cover(lon, lat, radius_m)
            found.append(next_sites(reach, people, covered_by(reach, np.asarray(stations)), 200))

        (took,) = best_of(3, we)
        print(f"R = {radius_m:,} m, {existing:,} existing: +{found[-1].value / people.sum():.2%} of the people, "
              f"at most {found[-1].gap:.2%} below the best")  # fmt: skip
        tell("greedy 30k x 30k, k = 200, existing fixed", took, 0.0, "-", f"<= {LIMIT_S} s", took <= LIMIT_S)
    _against_the_best()


def _against_the_best() -> None:
    lon, lat, people = ground()
    none = np.zeros(len(lon), dtype=np.bool_)
    for sites, radius_m in INSTANCES:
        reach = cover(lon, lat, radius_m)
        best = best_sites(reach, people, none, sites, time_limit_s=300)
        plain, ours = (next_sites(reach, people, none, sites, **more) for more in ({"exchanges": 0}, {}))
        share = ours.value / best.value
        print(f"greedy of the best, k = {sites}, R = {radius_m // 1000} km: {share:.4f} (without exchanges "
              f"{plain.value / best.value:.4f})  bound >= {GOOD}  "
              f"{'kept' if share >= GOOD and best.is_proven else 'NOT KEPT'}")  # fmt: skip
