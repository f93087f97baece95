"""Run every geo benchmark one after another in this one process: `python -m benchmarks.geo [name …]`."""

from __future__ import annotations

import sys
from importlib import import_module
from pkgutil import iter_modules

import benchmarks.geo


def main(names: list[str]) -> None:
    """Run the named benchmarks, or all: each module has `run() -> None` that prints its figures and bounds."""
    known = [found.name for found in iter_modules(benchmarks.geo.__path__) if not found.name.startswith("_")]
    for name in names or known:
        module = import_module(f"benchmarks.geo.{name}")
        if hasattr(module, "run"):
            print(f"\n== {name}: {(module.__doc__ or '').splitlines()[0]}", flush=True)
            module.run()


main(sys.argv[1:])
