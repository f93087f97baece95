"""A million points back from GCJ-02, beside coord-convert."""

from __future__ import annotations

from importlib.metadata import version

import numpy as np
from coord_convert.transform import gcj2wgs

from benchmarks.geo._seed import best_of, tell
from geo.datum import from_cgcs2000, to_cgcs2000
from geo.distance import haversine_m

MANY, SAMPLE = 1_000_000, 20_000


def run() -> None:
    """Shift points of the mainland's box and bring them back; the peer goes one by one, so a sample is stretched."""
    dice = np.random.default_rng(2)
    lon, lat = dice.uniform(73.0, 135.1, MANY), dice.uniform(17.9, 54.0, MANY)
    there = from_cgcs2000(lon, lat, "gcj02")
    one_by_one = list(zip(there[0][:SAMPLE].tolist(), there[1][:SAMPLE].tolist(), strict=True))
    took, some = best_of(3, lambda: to_cgcs2000(*there, "gcj02"), lambda: [gcj2wgs(x, y) for x, y in one_by_one])
    peer = some * MANY / SAMPLE
    worst = float(haversine_m(*to_cgcs2000(*there, "gcj02"), lon, lat).max())
    back = to_cgcs2000(*from_cgcs2000(lon, lat, "bd09"), "bd09")
    theirs = np.array([gcj2wgs(x, y) for x, y in one_by_one]).T
    apart = float(haversine_m(theirs[0], theirs[1], lon[:SAMPLE], lat[:SAMPLE]).max())
    bd09 = float(haversine_m(*back, lon, lat).max())
    print(f"largest error: ours {worst * 1000:.6f} mm (BD-09 {bd09 * 1000:.6f} mm), peer {apart * 1000:.3f} mm")
    tell("GCJ-02 to CGCS2000, 1 M points", took, peer,
         f"coord-convert {version('coord-convert')}, {SAMPLE:,} stretched", "<= 1 mm and >= 8 times",
         worst <= 0.001 and peer >= 8 * took)  # fmt: skip
