"""The life of photos under random kills -9 of server and worker, with figures.

What `make test` shows at each named point once is here drawn many times: at named points and at any moment, while
several phones send at once. A failing round can be played again: `SEEDS=17 python -m benchmarks.photo_faults`.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from api.schema import upgrade
from db import make_engine
from inspections.photos.store import PhotoStore
from tests.inspections.photos.life.deaths import IN_THE_SERVER, IN_THE_WORKER
from tests.inspections.photos.life.phone import LineDown, Phone
from tests.inspections.photos.life.stand import PICTURES, Stand, standing
from tests.inspections.photos.s3_server import KEY, SECRET, s3_server

ROUNDS = int(os.environ.get("ROUNDS", "40"))
SEEDS = [int(seed) for seed in os.environ.get("SEEDS", "").split()] or list(range(ROUNDS))
PHONES = 4
# Pictures differ by their number in size; further rounds begin again on new files.
A_STAND = 20


def main() -> None:
    # Before the first process is forked, which inherits them.
    os.environ |= {"AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET}
    print(f"{len(SEEDS)} rounds of {PHONES} phones under kill -9 (ROUNDS=, SEEDS= change them), photos in a folder;",
          "one in four again in a bucket", flush=True)  # fmt: skip
    lost = campaign("folder", SEEDS, lambda _start: "")
    with s3_server() as bucket:
        PhotoStore(bucket.url("first")).put_new("aa/x", b"1")
        lost += campaign("bucket", SEEDS[::4], lambda start: bucket.url(f"life/{start}"))
    sys.exit(1 if lost else 0)


def campaign(what: str, seeds: list[int], store_url: Callable[[int], str]) -> int:
    """Play these rounds, print figures, and give in how many something was lost."""
    tally: Counter[str] = Counter()
    lost, begun = [], time.perf_counter()
    for start in range(0, len(seeds), A_STAND):
        with tempfile.TemporaryDirectory() as folder:
            engine = make_engine(f"sqlite:///{folder}/server.db")
            upgrade(engine)
            engine.dispose()
            with standing(Path(folder), store_url(start)) as stand:
                for number, seed in enumerate(seeds[start : start + A_STAND]):
                    if wrong := one_round(stand, number, random.Random(seed), tally):
                        lost.append(seed)
                        print(f"seed {seed}: {wrong}", flush=True)
    for point, count in sorted(tally.items()):
        print(f"  {point:56} {count}")
    print(f"{what}: lost, doubled, altered or nobody's in {len(lost)} of {len(seeds)} rounds"
          f"{f' {lost}' if lost else ''}, {time.perf_counter() - begun:.0f} s", flush=True)  # fmt: skip
    return len(lost)


def one_round(stand: Stand, number: int, chance: random.Random, tally: Counter[str]) -> list[object]:
    """Let phones send while the server is killed some times, then workers die some times; give what is wrong."""
    phones = [stand.phone(number * PHONES + one) for one in range(PHONES)]
    with ThreadPoolExecutor(PHONES) as pool:
        sending = [pool.submit(send_until_held, phone, tally) for phone in phones]
        for _ in range(chance.randrange(1, 5)):
            if chance.random() < 0.5:
                point = chance.choice(IN_THE_SERVER)
                stand.processes.serve_until(point)
                tally[f"server, told to: {point}"] += 1
                threading.Event().wait(chance.uniform(0.1, 0.6))
            else:
                threading.Event().wait(chance.uniform(0.0, 0.5))
                stand.processes.kill()
                stand.processes.serve()
                tally["server: at any moment"] += 1
        for one in sending:
            if error := one.exception():
                log = stand.processes.place.var / "log"
                raise RuntimeError(log.read_text(errors="replace")[-4000:]) from error
    stand.processes.place.dies.unlink(missing_ok=True)
    for _ in range(chance.randrange(1, 4)):
        point = chance.choice([point for point in IN_THE_WORKER if "sign" not in point])
        tally[f"worker: {point}"] += stand.processes.work(PICTURES, point) == -9
    stand.processes.work(PICTURES)
    tally["photos acknowledged"] += sum(len(phone.photos) for phone in phones)
    return [fault for phone in phones for fault in stand.wrong(phone)]


def send_until_held(phone: Phone, tally: Counter[str]) -> None:
    """Send, and send again, until the server has acknowledged everything."""
    for _ in range(400):
        with suppress(LineDown):
            phone.send()
            return
        tally["lines that broke"] += 1
        threading.Event().wait(0.05)
    raise AssertionError("the server never came back")


if __name__ == "__main__":
    main()
