"""The nation of `benchmarks.months_seed` with its stations where their counties would be, for maps."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from sqlalchemy import text

from benchmarks.months_seed import seed
from db import make_engine

# Roughly where each province has its middle (lon, lat), and how far its counties lie from it, in degrees.
MIDDLES = {
    "11": (116.4, 40.1, 0.5), "12": (117.3, 39.3, 0.4), "13": (115.5, 38.5, 2.2), "14": (112.3, 37.6, 1.8),
    "15": (111.5, 42.0, 4.0), "21": (122.8, 41.3, 1.9), "22": (126.2, 43.6, 2.2), "23": (128.0, 47.0, 3.2),
    "31": (121.4, 31.1, 0.3), "32": (119.5, 33.0, 1.8), "33": (120.1, 29.2, 1.5), "34": (117.2, 31.9, 1.9),
    "35": (118.1, 26.1, 1.6), "36": (115.7, 27.6, 1.8), "37": (118.2, 36.4, 2.0), "41": (113.6, 33.9, 2.0),
    "42": (112.3, 31.0, 2.1), "43": (111.6, 27.5, 2.2), "44": (113.4, 23.3, 2.0), "45": (108.8, 23.8, 2.1),
    "46": (109.8, 19.2, 0.7), "50": (107.9, 30.0, 1.5), "51": (102.9, 30.5, 2.8), "52": (106.8, 26.9, 1.7),
    "53": (101.5, 25.0, 2.8), "54": (88.5, 31.0, 4.0), "61": (108.8, 35.2, 2.0), "62": (103.8, 36.2, 3.0),
    "63": (97.5, 35.7, 3.0), "64": (106.2, 37.3, 1.2), "65": (85.5, 42.0, 5.0),
}  # fmt: skip
HERE_DEGREES = 0.22


def seed_nation(folder: Path) -> str:
    """Fill a new SQLite database in `folder` with 150,000 stations, 15,000 of them in Hunan; give its URL."""
    url = f"sqlite:///{folder / 'nation.db'}"
    seed(url, size="nation", months=4)
    place(url)
    return url


def place(url: str) -> None:
    """Put every station near the middle of its county; the same places in every run."""
    engine, dice = make_engine(url), np.random.default_rng(4)
    with engine.begin() as connection:
        rows = connection.execute(text("select id, village_code from station_version order by id")).all()
        middles: dict[str, tuple[float, float]] = {}
        for county in sorted({code[:6] for _, code in rows}):
            lon, lat, far = MIDDLES.get(county[:2], (105.0, 35.0, 5.0))
            r, angle = far * np.sqrt(dice.random()), 2 * np.pi * dice.random()
            middles[county] = (lon + 1.15 * r * np.cos(angle), lat + r * np.sin(angle))
        off = dice.normal(0.0, HERE_DEGREES / 2, (len(rows), 2)).round(5)
        moved = [
            {"id": row[0], "lon": round(middles[row[1][:6]][0] + dx, 5), "lat": round(middles[row[1][:6]][1] + dy, 5)}
            for row, (dx, dy) in zip(rows, off.tolist(), strict=True)
        ]
        connection.execute(text("update station_version set lon = :lon, lat = :lat where id = :id"), moved)
    engine.dispose()


if __name__ == "__main__":
    seed_nation(Path(sys.argv[1]))
