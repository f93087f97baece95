"""The process that reads: pinned to one core, it prints a JSON object for each picture named on its input."""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import asdict
from pathlib import Path

from benchmarks.signs.reading import Got
from inspections.signage.engine import SignReader
from inspections.signage.suggesting import suggest


def main(folder: Path, files: list[str]) -> None:
    """Read and tell; a picture's time is this process's own on the core, so that a neighbour's work does not count."""
    reader = SignReader()
    reader.load()
    for file in files:
        body = (folder / file).read_bytes()
        began = time.process_time()
        read = reader.read(body)
        told = suggest(read)
        took = (time.process_time() - began) * 1000
        got = Got(file, str(told.sign_class), told.wording, told.confidence, told.is_sure,
                  [asdict(one) for one in told.channels], [one.text for one in read.lines], read.width_px,
                  read.height_px, took, _peak_mb())  # fmt: skip
        print(json.dumps(asdict(got), ensure_ascii=False), flush=True)


def _peak_mb() -> float:
    """Give the most this process ever held; what `getrusage` tells begins with what its parent held while it drew."""
    held = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(held.split()[1]) / 1024


if __name__ == "__main__":
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    main(Path(sys.argv[1]), sys.stdin.read().split("\n"))
