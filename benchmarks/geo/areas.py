"""Which county each of 600,000 points lies in, beside geopandas, with no pandas at our side."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

import geopandas
import numpy as np
from numpy.typing import NDArray

from benchmarks.geo._seed import best_of, counties, scattered, tell
from geo.areas import locate


def run() -> None:
    """Time ours from arrays to codes; geopandas gets its points ready-made and joins the faster way round."""
    shapes = counties()
    lon, lat, drawn = scattered(600_000, "", seed=1)
    points = geopandas.GeoSeries(geopandas.points_from_xy(lon, lat), crs=4490).to_frame("geometry")
    areas = geopandas.GeoDataFrame({"code": list(shapes)}, geometry=list(shapes.values()), crs=4490)
    ours: NDArray[Any] = np.empty(0)
    theirs: Any = None

    def we() -> None:
        nonlocal ours
        ours = locate(shapes, lon, lat)

    def within() -> Any:
        return geopandas.sjoin(points, areas, predicate="within")

    def contains() -> None:
        nonlocal theirs
        theirs = geopandas.sjoin(areas, points, predicate="contains")

    took, one_way, other_way = best_of(3, we, within, contains)
    codes = np.full(len(lon), None, dtype=object)
    codes[theirs["index_right"].to_numpy()] = theirs["code"].to_numpy()
    same = int((codes == ours).sum())
    true = int((ours == drawn).sum())
    print(f"{len(shapes):,} counties; the same answer for {same:,} of {len(lon):,}, true for {true:,}; "
          f"geopandas within {one_way:.3f} s, contains {other_way:.3f} s")  # fmt: skip
    peer = min(one_way, other_way)
    tell("points to counties", took, peer, f"geopandas sjoin {version('geopandas')}", "<= 1.2",
         took <= 1.2 * peer and same == len(lon))  # fmt: skip
