"""What it costs to decide 150,000 stations again, each with up to 46 months (5.5 million reports), on both databases.

The goal: 60 seconds and 1 GB on two cores. Each measure is a process of its own, so that its memory is its own:
`python -m benchmarks.vitality_nation URL` measures a database that `benchmarks.months_seed` has filled.
"""

from __future__ import annotations

import datetime as dt
import resource
import subprocess
import sys
import time

from benchmarks.months_seed import NATION, NOW, seeded
from db import make_engine, session_factory
from stations.vitality.recomputing import Wish, begin_recomputation, run_preview, run_recomputation


class Quiet:
    """A job's context that says nothing."""

    def now(self) -> dt.datetime:
        return NOW

    def progress(self, done: int, total: int | None = None) -> None:
        pass


def main() -> None:
    for backend in ("sqlite", "postgis"):
        print(f"-- {backend}", flush=True)
        url = seeded(backend, "nation")
        subprocess.run([sys.executable, "-m", "benchmarks.vitality_nation", url], check=True)


def measure(url: str) -> None:
    """Print the time of a trial, of everybody decided with many new answers, and again with none new."""
    engine = make_engine(url)
    sessions = session_factory(engine)
    for what, dry_run, run in (
        ("a trial of shorter windows", True, run_preview), ("decide all, many answers new", False, run_recomputation),
        ("decide all, nothing new", False, run_recomputation),
    ):  # fmt: skip
        with sessions.begin() as session:
            wish = Wish({"site_visit_days": 150} if dry_run else {}, dry_run=dry_run)
            begun = begin_recomputation(session, NATION, wish, now=NOW)
        wall, cpu = time.perf_counter(), time.process_time()
        done = run(sessions, begun.payload, Quiet())
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        stations = done["stations"] if dry_run else done["looked_at"]
        print(f"{what:30} {wall:6.1f} s ({cpu:5.1f} s of this process)   {stations:,} stations, "
              f"{done['changed']:,} changed", flush=True)  # fmt: skip
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{'most memory':30} {most:6.0f} MB", flush=True)
    engine.dispose()


if __name__ == "__main__":
    if sys.argv[1:]:
        measure(sys.argv[1])
    else:
        main()
