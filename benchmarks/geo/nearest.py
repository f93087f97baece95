"""The nearest alive station with its services for 600,000 villages among 150,000 stations, rolled up by county."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree
from sklearn.neighbors import BallTree

from benchmarks.geo._seed import RULES, best_of, nation, tell
from geo.coverage.rules import alive_stations, has_required, is_within
from geo.coverage.shares import RollUp, roll_up, units_of
from geo.coverage.situation import Floats, Ints
from geo.coverage.stages import nearest_serving
from geo.distance import unit_vectors
from geo.measure import GreatCircle

SAMPLE = 20_000


def run() -> None:
    """Time ours (filter, nearest, share within 3 km of every county) against the bare tree over the same stations."""
    situation = nation()
    villages, stations = situation.villages, situation.stations
    offers = np.flatnonzero(alive_stations(stations, RULES) & has_required(stations.services, RULES))
    placed = np.flatnonzero(np.isfinite(villages.lon))
    there = unit_vectors(stations.lon[offers], stations.lat[offers])
    asking = unit_vectors(villages.lon[placed], villages.lat[placed])
    ours: tuple[Ints, Floats, RollUp] | None = None
    raw: NDArray[Any] | None = None

    def we() -> None:
        nonlocal ours
        rows, far = nearest_serving(situation, RULES, GreatCircle())
        ours = rows, far, roll_up(is_within(far, 3000), units_of(villages.county))

    def tree() -> None:
        nonlocal raw
        raw = cKDTree(there).query(asking)[1]

    took, bare = best_of(3, we, tree)
    assert ours is not None
    assert raw is not None
    rows, _, counties = ours
    same = bool((rows[placed] == offers[raw]).all())
    print(
        f"{len(offers):,} stations serve; the same station as the tree for every village: {same}; "
        f"within 3 km in {len(counties.codes):,} counties: {counties.covered.sum() / counties.of.sum():.4f}"
    )
    tell("nearest alive with services, county roll-up", took, bare, f"scipy cKDTree {version('scipy')}", "<= 1.5",
         same and took <= 1.5 * bare)  # fmt: skip
    _ball_tree(situation.villages.lon[placed], situation.villages.lat[placed], offers, rows[placed], took)


def _ball_tree(lon: Floats, lat: Floats, offers: Ints, rows: Ints, took: float) -> None:
    """A sample only: the whole takes it half a minute."""
    stations = nation().stations
    some = np.random.default_rng(0).choice(len(lon), SAMPLE, replace=False)
    found: NDArray[Any] = np.empty(0)

    def ball() -> None:
        nonlocal found
        tree = BallTree(np.deg2rad(np.column_stack((stations.lat[offers], stations.lon[offers]))), metric="haversine")
        found = tree.query(np.deg2rad(np.column_stack((lat[some], lon[some]))))[1][:, 0]

    (peer,) = best_of(1, ball)
    same = bool((offers[found] == rows[some]).all())
    whole = peer * len(lon) / SAMPLE
    tell(f"the same, {SAMPLE:,} villages of it, ids alike: {same}", took, whole,
         f"scikit-learn BallTree {version('scikit-learn')}, stretched to all", ">= 30 times",
         same and whole >= 30 * took)  # fmt: skip
