"""`make bench`: run every benchmark and print its figures; a ratio below 1 means less time than the peer."""

from __future__ import annotations

import importlib
import platform

BENCHMARKS = (
    "divisions", "ledger", "vitality", "vitality_nation", "survival", "rates", "http", "query_plans", "owners_hour",
    "review",
)  # fmt: skip


def main() -> None:
    print(f"Python {platform.python_version()} · {platform.machine()}")
    for name in BENCHMARKS:
        print(f"\n== {name}", flush=True)
        importlib.import_module(f"benchmarks.{name}").main()


if __name__ == "__main__":
    main()
