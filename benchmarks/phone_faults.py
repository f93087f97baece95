"""The phone under random schedules: visits, syncs, cuts, kills of browser and server, with figures.

What a test of a few examples shows in `make test` is here drawn many times, each schedule from its own seed, so that a
failing one can be played again: `SEEDS=17 python -m benchmarks.phone_faults`.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import sync_playwright

from api.schema import upgrade
from db import make_engine
from tests.phone.conftest import Stand, standing
from tests.phone.stand.schedules import ACTIONS, Step, Tally, run_schedule

SCHEDULES = int(os.environ.get("SCHEDULES", "60"))
SEEDS = [int(seed) for seed in os.environ.get("SEEDS", "").split()] or list(range(SCHEDULES))
STEPS = 9
# A stand has sixty stations, and each visit wants its own.
A_STAND = 8


def main() -> None:
    print(f"{len(SEEDS)} random schedules of {STEPS + 1} steps (SCHEDULES=, SEEDS= change them)", flush=True)
    tally, lost, begun = Tally(), [], time.perf_counter()
    with sync_playwright() as playwright:
        for start in range(0, len(SEEDS), A_STAND):
            with tempfile.TemporaryDirectory() as folder:
                url = f"sqlite:///{folder}/server.db"
                engine = make_engine(url)
                upgrade(engine)
                engine.dispose()
                with standing(playwright, Path(folder), url) as stand:
                    lost += [seed for seed in SEEDS[start : start + A_STAND] if not survives(stand, seed, tally)]
                    tally.done["visits"] = tally.done.get("visits", 0) + len(stand.visits)
                    tally.done["photos"] = tally.done.get("photos", 0) + len(stand.photos)
    for what, count in sorted(tally.done.items()):
        print(f"  {what:16} {count}")
    print(f"lost, doubled or altered in {len(lost)} of {len(SEEDS)} schedules{f' {lost}' if lost else ''}, "
          f"{time.perf_counter() - begun:.0f} s")  # fmt: skip
    sys.exit(1 if lost else 0)


def survives(stand: Stand, seed: int, tally: Tally) -> bool:
    """Run one schedule; say whether what the phone held is at the server, once and to the byte."""
    stand.line.heal()
    if stand.server.place.dies or stand.server.is_dead():
        stand.server.start()
    try:
        run_schedule(stand, stand.phone(), schedule(seed), tally)
    except (AssertionError, PlaywrightError) as error:
        print(f"seed {seed}: {schedule(seed)}\n{error}", flush=True)
        stand.phone().kill()
        return False
    return True


def schedule(seed: int) -> list[Step]:
    """Give the schedule of a seed; it begins with a visit, for without one nothing is shown."""
    dice = random.Random(seed)
    drawn = dice.choices(list(ACTIONS), weights=(3, 2, 3, 2, 2, 1, 1), k=STEPS)
    return [("visit", dice.randrange(3)), *((what, dice.randrange(ACTIONS[what])) for what in drawn)]


if __name__ == "__main__":
    main()
