"""Read signs by condition and hold the figures against what was asked: `make bench-signs`.

Without `--folder` the harder set is drawn from its seed; a folder needs `labels.csv` (file, text, class, condition, and
hotline where there is one; class is exact, exact_national or near). Ends with 1 when a figure is missed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.signs.drawn.drawing import SEED, draw_set, drawable, read_labels
from benchmarks.signs.judging import Pair, bounds, confusion, mistakes, rows_by_condition
from benchmarks.signs.reading import read_apart
from benchmarks.signs.truths import Truth


def main(told: Sequence[str] | None = None) -> int:
    """Draw or take the pictures, read them, print the tables; give 1 when a bound is missed."""
    asked = _asked(told)
    with tempfile.TemporaryDirectory() as place:
        folder = asked.folder or asked.keep or Path(place)
        truths = read_labels(folder) if asked.folder else _draw(folder, asked)
        if asked.draw_only:
            return 0
        by_file = {one.file: one for one in truths}
        pairs: list[Pair] = []
        for got in read_apart(folder.resolve(), list(by_file)):
            pairs.append((by_file[got.file], got))
            sys.stderr.write(f"\r{len(pairs)} / {len(by_file)}  {got.file:<40}")
        sys.stderr.write("\n")
    return _report(pairs, all_mistakes=asked.mistakes)


def _asked(told: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.signs", description=__doc__)
    parser.add_argument("--folder", type=Path, help="pictures with labels.csv instead of the drawn set")
    parser.add_argument("--keep", type=Path, help="draw into this folder and leave the pictures there")
    parser.add_argument("--each", type=int, default=6, help="pictures of each drawn condition")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--conditions", nargs="*", default=[], help="only these")
    parser.add_argument("--draw-only", action="store_true", help="draw, read nothing (with --keep)")
    parser.add_argument(
        "--mistakes", action="store_true", help="print each picture that went wrong, with what was read"
    )
    return parser.parse_args(told)


def _draw(folder: Path, asked: argparse.Namespace) -> list[Truth]:
    names, without = drawable(asked.conditions)
    if without:
        sys.stderr.write(f"NOT MEASURED FOR WANT OF LETTERS (.ci/ready-sign-fonts): {', '.join(without)}\n")
    return draw_set(folder, names, each=asked.each, seed=asked.seed)


def _report(pairs: list[Pair], *, all_mistakes: bool) -> int:
    _table(rows_by_condition(pairs))
    _table(confusion(pairs))
    wrong = mistakes(pairs)
    for truth, got in wrong if all_mistakes else ():
        line = truth.hotline.text if truth.hotline else ""
        channels = [(one["number"], one["level"]) for one in got.channels]
        print(f"{truth.file}: {truth.text} [{truth.label}] {line}")
        print(f"    → {got.sign_class} {got.wording} sure={got.is_sure} {channels} of {got.lines}")
    figures = bounds(pairs, max((got.peak_mb for _, got in pairs), default=0.0))
    for one in figures:
        print(f"{'ok    ' if one.holds else 'MISSED'} {one.what}: {one.measured:.4g} (asked {one.asked})")
    return 0 if all(one.holds for one in figures) else 1


def _table(rows: Sequence[tuple[str, ...]]) -> None:
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        print("  ".join(one.ljust(width) for one, width in zip(row, widths, strict=True)).rstrip())
    print()


if __name__ == "__main__":
    sys.exit(main())
