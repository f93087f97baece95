"""A province's whole report, 30,000 villages and 15,000 stations, in a process of its own: time and memory."""

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
from geo.coverage.rules import alive_stations
from geo.coverage.situation import Situation
from geo.delivery.days import delivery_days, promised_of
from geo.distance import unit_vectors
from geo.measure import GreatCircle
from geo.pairing.alignment import align
from geo.pairing.chain import chains

SECONDS, MEGABYTES = 0.5, 300


def run() -> None:
    """Measure time and resident memory where nothing else was ever loaded, the seeding included in the memory."""
    out = subprocess.run([sys.executable, "-m", "benchmarks.geo.province"], capture_output=True, text=True, check=True)
    found = json.loads(out.stdout)
    kept = "kept" if found["whole"] <= SECONDS else "NOT KEPT"
    print(f"report  ours {found['whole']:.3f} s  peer {found['tree']:.3f} s (scipy cKDTree {version('scipy')}: nearest "
          f"station alone)  ratio {found['whole'] / found['tree']:.1f}  bound <= {SECONDS} s  {kept}")  # fmt: skip
    print(f"of which coverage {found['coverage']:.3f} s; the rest is alignment, chains and delivery days")
    kept = "kept" if found["megabytes"] <= MEGABYTES else "NOT KEPT"
    print(f"memory  ours {found['megabytes']:.0f} MB resident at most  peer none  bound <= {MEGABYTES} MB  {kept}")


def alone() -> None:
    """Print the figures of this process as JSON."""
    situation = province()
    villages, stations = situation.villages, situation.stations
    placed = np.isfinite(villages.lon)
    there, asking = unit_vectors(stations.lon, stations.lat), unit_vectors(villages.lon[placed], villages.lat[placed])
    whole, coverage, tree = best_of(
        5, lambda: everything(situation), lambda: coverage_figures(situation, RULES, GreatCircle()),
        lambda: cKDTree(there).query(asking),
    )  # fmt: skip
    print(json.dumps({"whole": whole, "coverage": coverage, "tree": tree, "megabytes": peak_megabytes()}))


def everything(situation: Situation) -> None:
    """Compute all figures: delivery first, since who is late is a reason of coverage."""
    delivery = delivery_days(
        situation.traces, len(situation.villages.code), situation.as_of_day,
        is_remote=situation.villages.is_remote, promised_days=promised_of(situation),
    )  # fmt: skip
    align(situation, alive_stations(situation.stations, RULES))
    chains(situation)
    coverage_figures(situation, RULES, GreatCircle(), late=delivery.villages.late)


def peak_megabytes() -> float:
    """Give the most this process ever had resident; `getrusage` would tell the parent's before the fork."""
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))


if __name__ == "__main__":
    alone()
