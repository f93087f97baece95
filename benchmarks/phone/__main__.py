"""Run every benchmark of the phone one after another in this one process: `python -m benchmarks.phone [name …]`."""

from __future__ import annotations

import sys
from importlib import import_module
from pkgutil import iter_modules

import benchmarks.phone


def main(names: list[str]) -> None:
    """Run the named benchmarks, or all: each module has `run() -> None` that prints its figures and goals."""
    known = [found.name for found in iter_modules(benchmarks.phone.__path__) if not found.name.startswith("_")]
    for name in names or known:
        module = import_module(f"benchmarks.phone.{name}")
        print(f"\n== {name}: {(module.__doc__ or '').splitlines()[0]}", flush=True)
        module.run()


main(sys.argv[1:])
