"""The same figures for groups of stations; whom nobody can place is a group of its own."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from stations.survival.figures.headline import headline
from stations.survival.figures.lives import Span, StationLife
from stations.survival.figures.milestones import median_months_to_last_alive, milestones

UNKNOWN = "unknown"


def _subsidy(life: StationLife, _as_of: dt.date) -> str:
    return UNKNOWN if life.is_subsidised is None else "subsidised" if life.is_subsidised else "not_subsidised"


def _sunset(life: StationLife, as_of: dt.date) -> str:
    """Say on which side of its subsidy's end a station stands; one subsidised without a known end is unknown."""
    if life.is_subsidised is False:
        return "not_subsidised"
    if life.subsidy_ended_on is None:
        return UNKNOWN
    return "before" if as_of < life.subsidy_ended_on else "after"


_KEYS: dict[str, Callable[[StationLife, dt.date], str]] = {
    "operator": lambda life, _: life.operator or UNKNOWN,
    "host_type": lambda life, _: life.host_type or UNKNOWN,
    "subsidy": _subsidy,
    "sunset": _sunset,
    "cohort": lambda life, as_of: str((life.accepted_on or as_of).year),
}
GROUPINGS = tuple(_KEYS)


def groups_of(
    built: Sequence[StationLife], spans: Sequence[Span], as_of: dt.date, by: Sequence[str]
) -> dict[str, list[dict[str, Any]]]:
    """Give for each grouping its groups, in order of their keys with `unknown` last, each with its own figures.

    Groupings: operator, host_type, subsidy, sunset (before or after the subsidy's end) and cohort (year of acceptance).
    """
    return {grouping: _groups(built, spans, as_of, _KEYS[grouping]) for grouping in by}


def _groups(
    built: Sequence[StationLife], spans: Sequence[Span], as_of: dt.date, key: Callable[[StationLife, dt.date], str]
) -> list[dict[str, Any]]:
    members: dict[str, tuple[list[StationLife], list[Span]]] = defaultdict(lambda: ([], []))
    for life, span in zip(built, spans, strict=True):
        lives_here, spans_here = members[key(life, as_of)]
        lives_here.append(life)
        spans_here.append(span)
    return [
        {"key": name, **asdict(headline(members[name][0])), "milestones": milestones(members[name][1]),
         "median_months_to_last_alive": median_months_to_last_alive(members[name][1])}
        for name in sorted(members, key=lambda name: (name == UNKNOWN, name))
    ]  # fmt: skip
