"""`make bench-photos`: pictures found again after alterations, look-alikes told apart, one search among a million."""

from __future__ import annotations

import time
from collections.abc import Iterator

import numpy as np
from tqdm import tqdm

from benchmarks.photo_scenes import MAY_FIND, MUST_FIND, jpeg, shop_front
from inspections.photos.pictures.prints import BYTES, fingerprint
from inspections.plausibility.likeness import PrintShelf

SHOPS, OTHERS, MILLION = 120, 240, 1_000_000
MOST_MS = 10.0


def main() -> None:
    shelf = PrintShelf()
    fronts = [shop_front(seed) for seed in tqdm(range(SHOPS), desc="shops", leave=False, disable=None)]
    prints = _timed([jpeg(front, 88) for front in fronts])
    shelf.add([str(number) for number in range(SHOPS)], prints)
    right = wrong = asked = 0
    print(f"{SHOPS} pictures known; each altered:")
    for group, alterations in (("asked for", MUST_FIND), ("beyond", MAY_FIND)):
        for name, alter in alterations.items():
            hits = [{one.sha256 for one in shelf.nearest(fingerprint(alter(front)))} for front in fronts]
            found = sum(str(number) in hit for number, hit in enumerate(hits))
            other = sum(len(hit - {str(number)}) for number, hit in enumerate(hits))
            print(f"  {group:9}  {name:38} found {found / SHOPS:7.1%}   other pictures {other}")
            if group == "asked for":
                right, wrong, asked = right + found, wrong + other, asked + SHOPS
    print(f"  asked for, together: recall {right / asked:.4f}, precision {right / max(1, right + wrong):.4f}")
    strangers = sum(bool(shelf.nearest(fingerprint(jpeg(shop_front(1_000 + n))))) for n in range(OTHERS))
    print(f"look-alikes: {OTHERS} other shops with the same wording: {strangers} taken for a known picture")
    again = sum(str(n) in {one.sha256 for one in shelf.nearest(fingerprint(jpeg(shop_front(n, 1 + v), 88)))}
                for n in range(SHOPS) for v in range(2))  # fmt: skip
    print(f"the same shop on another visit: {again} of {SHOPS * 2} look like the former picture (a weaker reason)")
    _search_a_million(shelf, prints)


def _timed(bodies: list[bytes]) -> list[bytes]:
    began = time.process_time()
    prints = [fingerprint(body) for body in bodies]
    each = (time.process_time() - began) * 1000 / len(bodies)
    print(f"fingerprint of a 1600-px photo, decoding included: {each:.0f} CPU-ms, {BYTES} bytes")
    return prints


def _search_a_million(shelf: PrintShelf, prints: list[bytes]) -> None:
    random, portion = np.random.default_rng(7), 100_000
    for part in range((MILLION - len(shelf)) // portion + 1):
        n = min(portion, MILLION - len(shelf))
        shelf.add([f"{part}-{number}" for number in range(n)], list(_rows(random, n)))
    times, own = [], []
    for bits in prints:
        began, began_own = time.perf_counter(), time.process_time()
        shelf.nearest(bits)
        times.append((time.perf_counter() - began) * 1000)
        own.append((time.process_time() - began_own) * 1000)
    print(f"one search among {len(shelf):,}: median {np.median(times):.1f} ms, 95 of 100 within "
          f"{np.percentile(times, 95):.1f} ms; {np.median(own):.1f} CPU-ms (bound {MOST_MS:.0f})")  # fmt: skip


def _rows(random: np.random.Generator, n: int) -> Iterator[bytes]:
    rows = np.frombuffer(random.bytes(BYTES * n), np.uint8).reshape(n, BYTES)
    return (row.tobytes() for row in rows)


if __name__ == "__main__":
    main()
