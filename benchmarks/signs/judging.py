"""Hold what was suggested against what is right: by condition, as a confusion table, and against the bounds. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.signs.reading import Got
from benchmarks.signs.truths import LABELS, LOOK_ALIKES, NEARLY, NONE, RANK_LOST, RIGHT, Truth

# Of the issue: milliseconds on one core for a 1600-px and a 12-megapixel photo, and megabytes.
MAX_MS, MAX_MS_LARGE, MAX_MB, MIN_RECALL = 1500.0, 4000.0, 600.0, 0.95
# Of forgeries by one look-alike letter some are read as the right one with full score (迸, 囯): the engine's own limit.
MOST_MISLED = 0.2
LARGE_PIXELS = 6_000_000
SUGGESTED = ("national", "provincial", "other_wording", "unreadable", "absent")
Pair = tuple[Truth, Got]


def is_right(truth: Truth, got: Got) -> bool:
    """Say whether an exact wording was read as what it is, sure or not."""
    return got.sign_class == RIGHT.get(truth.label)


def is_exact(got: Got) -> bool:
    """Say whether the suggestion is one of the two wordings of the notices."""
    return got.sign_class in {"national", "provincial"}


def passes_wrongly(truth: Truth, got: Got) -> bool:
    """Say whether a wrong, lost or absent wording passed as right; what the reader is not sure of does not pass."""
    if truth.label in {*RIGHT, RANK_LOST}:
        return got.is_sure and got.sign_class == "national" != RIGHT.get(truth.label)
    return got.is_sure and is_exact(got)


def is_too_sure(truth: Truth, got: Got) -> bool:
    """Say whether a sign was held to be surely provincial though 全国 may stand where nobody can see."""
    return truth.label == RANK_LOST and got.is_sure and got.sign_class == "provincial"


def found_channel(truth: Truth, got: Got) -> bool | None:
    """Say whether the number was found with its level, or a shop's own telephone left alone; None without a number."""
    line = truth.hotline
    if line is None:
        return None
    told = {("".join(filter(str.isdigit, one["number"])), one["level"]) for one in got.channels}
    if not line.is_channel:
        return not any(number == line.number for number, _ in told)
    return any(number == line.number and (line.level is None or level == line.level) for number, level in told)


@dataclass(frozen=True)
class Bound:
    """One figure that was asked for."""

    what: str
    measured: float
    asked: str
    holds: bool


def bounds(pairs: Sequence[Pair], peak_mb: float) -> list[Bound]:
    """Give the figures of the issue with what was measured."""
    exact = [pair for pair in pairs if pair[0].label in RIGHT]
    plain = [pair for pair in exact if pair[0].is_plain]
    near = [pair for pair in pairs if pair[0].label in {NEARLY, NONE}]
    alike = [pair for pair in near if pair[0].condition == LOOK_ALIKES]
    as_exact = [pair for pair in near if pair not in alike and is_exact(pair[1])]
    wrongly = [pair for pair in pairs if pair not in alike and passes_wrongly(*pair)]
    too_sure = sum(is_too_sure(*pair) for pair in pairs)
    misled = sum(is_exact(got) for _, got in alike) / len(alike) if alike else 0.0
    large = [got.ms for _, got in pairs if got.width_px * got.height_px > LARGE_PIXELS]
    usual = [got.ms for _, got in pairs if got.width_px * got.height_px <= LARGE_PIXELS]
    return [
        Bound("near or absent wordings classed as exact", len(as_exact), "0", not as_exact),
        Bound("wrong, lost or absent wordings that pass (exact and sure)", len(wrongly), "0", not wrongly),
        Bound(
            "one letter replaced by a look-alike, read as right (share)",
            misled,
            f"<= {MOST_MISLED}",
            misled <= MOST_MISLED,
        ),
        Bound("全国 hidden, told as surely provincial", too_sure, "0", not too_sure),
        _at_least("recall of exact wordings on plain pictures", plain, 1.0),
        _at_least("recall of exact wordings on all pictures", exact, MIN_RECALL),
        _at_most("ms, slowest up to 1600 px, one core", usual, MAX_MS),
        _at_most("ms, slowest of 12 megapixels, one core", large, MAX_MS_LARGE),
        Bound("peak memory of the process, MB", peak_mb, f"< {MAX_MB:.0f}", peak_mb < MAX_MB),
    ]


def _at_least(what: str, pairs: Sequence[Pair], least: float) -> Bound:
    share = sum(is_right(*pair) for pair in pairs) / len(pairs) if pairs else 1.0
    return Bound(f"{what} ({len(pairs)})", share, f">= {least:.2f}", share >= least)


def _at_most(what: str, taken: Sequence[float], most: float) -> Bound:
    slowest = max(taken, default=0.0)
    half = median(taken) if taken else 0.0
    return Bound(f"{what} (n {len(taken)}, median {half:.0f})", slowest, f"<= {most:.0f}", slowest <= most)


def rows_by_condition(pairs: Sequence[Pair]) -> list[tuple[str, ...]]:
    """Give a heading and a row for each condition, in the order in which they first appear, and one for all."""
    heading = ("condition", "n", "exact read", "near as exact", "passed wrongly", "too sure", "not sure", "channel",
               "ms", "slowest", "MB")  # fmt: skip
    names = list(dict.fromkeys(truth.condition for truth, _ in pairs))
    return [heading, *(_row(name, [pair for pair in pairs if pair[0].condition == name]) for name in names),
            _row("all", pairs)]  # fmt: skip


def _row(name: str, pairs: Sequence[Pair]) -> tuple[str, ...]:
    exact = [pair for pair in pairs if pair[0].label in RIGHT]
    near = [pair for pair in pairs if pair[0].label in {NEARLY, NONE}]
    channels = [found for pair in pairs if (found := found_channel(*pair)) is not None]
    return (
        name, str(len(pairs)), _share(sum(is_right(*pair) for pair in exact), len(exact)),
        _share(sum(is_exact(got) for _, got in near), len(near)), str(sum(passes_wrongly(*pair) for pair in pairs)),
        str(sum(is_too_sure(*pair) for pair in pairs)),
        str(sum(got.sign_class == "unreadable" or not got.is_sure for _, got in pairs)),
        _share(sum(channels), len(channels)), f"{median(got.ms for _, got in pairs):.0f}",
        f"{max(got.ms for _, got in pairs):.0f}", f"{max(got.peak_mb for _, got in pairs):.0f}",
    )  # fmt: skip


def confusion(pairs: Sequence[Pair]) -> list[tuple[str, ...]]:
    """Give the labels (rows) against what was suggested (columns); in brackets how many of them it was sure of."""
    told = Counter((truth.label, got.sign_class) for truth, got in pairs)
    sure = Counter((truth.label, got.sign_class) for truth, got in pairs if got.is_sure)
    return [("is \\ suggested", *SUGGESTED),
            *((label, *(f"{told[label, one]} ({sure[label, one]})" if told[label, one] else "·" for one in SUGGESTED))
              for label in LABELS if any(told[label, one] for one in SUGGESTED))]  # fmt: skip


def mistakes(pairs: Sequence[Pair]) -> list[Pair]:
    """Give the pictures that a reader should look at: not read, passed wrongly, or its channel missed."""
    return [
        (truth, got)
        for truth, got in pairs
        if (truth.label in RIGHT and not is_right(truth, got))
        or (truth.label in {NEARLY, NONE} and is_exact(got))
        or passes_wrongly(truth, got)
        or is_too_sure(truth, got)
        or found_channel(truth, got) is False
    ]


def _share(count: int, of: int) -> str:
    return f"{count}/{of}" if of else "—"
