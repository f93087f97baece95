"""The whole coverage report of a province, 30,000 villages and 15,000 stations, in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import numpy as np
from scipy.spatial import cKDTree

from benchmarks.geo._seed import RULES, best_of, province
from geo.coverage.report import coverage_figures
from geo.distance import unit_vectors
from geo.measure import GreatCircle

SECONDS, MEGABYTES = 0.5, 300


def run() -> None:
    """Measure time and resident memory where nothing else was ever loaded, the seeding included in the memory."""
    out = subprocess.run([sys.executable, "-m", "benchmarks.geo.province"], capture_output=True, text=True, check=True)
    found = json.loads(out.stdout)
    kept = "kept" if found["ours"] <= SECONDS else "NOT KEPT"
    print(f"report  ours {found['ours']:.3f} s  peer {found['peer']:.3f} s (bare scipy cKDTree {version('scipy')}, one "
          f"figure of it)  ratio {found['ours'] / found['peer']:.1f}  bound <= {SECONDS} s  {kept}")  # fmt: skip
    kept = "kept" if found["megabytes"] <= MEGABYTES else "NOT KEPT"
    print(f"memory  ours {found['megabytes']:.0f} MB resident at most  peer none  bound <= {MEGABYTES} MB  {kept}")
    print(f"villages with service {found['service']:,} of 30,000; Moran's I with {found['permutations']} permutations")


def peak_megabytes() -> float:
    """Give the most this process ever had resident; `getrusage` would tell the parent's before the fork."""
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))


def alone() -> None:
    """Print the figures of this process as JSON."""
    situation = province()
    villages, stations = situation.villages, situation.stations
    placed = np.isfinite(villages.lon)
    there, asking = unit_vectors(stations.lon, stations.lat), unit_vectors(villages.lon[placed], villages.lat[placed])
    report = coverage_figures(situation, RULES, GreatCircle())
    ours, peer = best_of(
        5, lambda: coverage_figures(situation, RULES, GreatCircle()), lambda: cKDTree(there).query(asking)
    )
    service = next(row["covered"] for row in report["funnel"] if row["stage"] == "service")
    print(json.dumps({"ours": ours, "peer": peer, "megabytes": peak_megabytes(), "service": service,
                      "permutations": report["closing"]["permutations"]}))  # fmt: skip


if __name__ == "__main__":
    alone()
