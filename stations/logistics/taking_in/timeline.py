"""What holds of one thing from when to when, and what a new declaration makes of it. Pure.

Periods of a thing do not overlap; each holds on `starts_on <= day < ends_on`, None has no end. A declaration says
facts from a day on. What it leaves blank it does not state: blank facts and a blank end stay as they were.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Generic, TypeVar

NEW, CHANGED, SAME, ENDED = "new", "changed", "same", "ended"

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Period:
    """Facts that hold for some days; `id` is that of the row on file, None for one that is not there yet."""

    starts_on: dt.date
    ends_on: dt.date | None
    facts: Mapping[str, Any]
    id: int | None = None

    def holds_on(self, day: dt.date) -> bool:
        """Say whether the day lies in the period; the end does not."""
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)


class PeriodsOverlap(ValueError):
    """The end that was declared lies after the beginning of a later period; `begins` is that day."""

    def __init__(self, begins: dt.date) -> None:
        super().__init__(begins)
        self.begins = begins


def declare(
    periods: Iterable[Period], stated: Mapping[str, Any], starts_on: dt.date, ends_on: dt.date | None
) -> tuple[str, list[Period]]:
    """Give what the declaration is (new, changed, same, ended) and the periods after it, in order.

    It speaks to the period that holds on its first day: the same facts and end are nothing; the same facts with
    another end move the end; other facts from a later day end it there and begin a new one. Where none holds, a period
    begins, up to the next. Raises PeriodsOverlap; `ends_on` must lie after `starts_on`.
    """
    told = sorted(periods, key=lambda one: one.starts_on)
    base = next((one for one in told if one.holds_on(starts_on)), None)
    following = min((one.starts_on for one in told if one.starts_on > starts_on), default=None)
    if ends_on is not None and following is not None and ends_on > following:
        raise PeriodsOverlap(following)
    if base is None:
        end = ends_on if ends_on is not None else following
        return NEW, sorted([*told, Period(starts_on, end, dict(stated))], key=lambda one: one.starts_on)
    facts = {**base.facts, **stated}
    end = ends_on if ends_on is not None else base.ends_on
    others = [one for one in told if one is not base]
    if facts == base.facts:
        if end == base.ends_on:
            return SAME, told
        what = ENDED if base.ends_on is None or (end is not None and end < base.ends_on) else CHANGED
        others.append(replace(base, ends_on=end, id=None))
    else:
        what = CHANGED
        if base.starts_on < starts_on:
            others.append(replace(base, ends_on=starts_on, id=None))
        others.append(Period(starts_on, end, facts))
    return what, sorted(others, key=lambda one: one.starts_on)


@dataclass
class Timelines(Generic[Key]):
    """The periods of many things; remembers which rows on file no longer stand and which are to be added."""

    by_key: dict[Key, list[Period]] = field(default_factory=lambda: defaultdict(list))
    key_of: dict[int, Key] = field(default_factory=dict)

    def put(self, key: Key, period: Period) -> None:
        """Add a row that is on file."""
        self.by_key[key].append(period)
        if period.id is not None:
            self.key_of[period.id] = key

    def declare(self, key: Key, stated: Mapping[str, Any], starts_on: dt.date, ends_on: dt.date | None) -> str:
        """Take a declaration about one thing; like the function of this name."""
        what, self.by_key[key] = declare(self.by_key.get(key, ()), stated, starts_on, ends_on)
        return what

    def gone(self) -> list[int]:
        """Give the rows on file that no longer stand."""
        return sorted(self.key_of.keys() - {one.id for periods in self.by_key.values() for one in periods})

    def added(self) -> Iterator[tuple[Key, Period]]:
        """Give the periods that are not on file yet."""
        for key, periods in self.by_key.items():
            for one in periods:
                if one.id is None:
                    yield key, one
