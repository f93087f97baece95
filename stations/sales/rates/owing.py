"""Which station owes which month, for very many at once, as arrays.

The rule is that of `stations.records.expected.expectation`, said once more so that a province's year takes
milliseconds; a property test holds the two together.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from field_app_schema.vocab_months import ExcuseReason
from stations.records.periods import first_day, last_day

# What a cell (a station's month) is: not owed, expected, or excused; excuses follow in the order of REASONS.
NOT_OWED, EXPECTED, FIRST_EXCUSE = 0, 1, 2
REASONS = tuple(ExcuseReason)
STANDINGS = FIRST_EXCUSE + len(REASONS)
# Days are counted as `date.toordinal` does; an interval without end reaches beyond all of them.
WITHOUT_END = 4_000_000

Cells = NDArray[np.uint8]
Numbers = NDArray[np.int64]


class Owing(NamedTuple):
    """Rows of obligations as columns: the station's place in the list, first and last day as ordinals."""

    station: Numbers
    starts: Numbers
    ends: Numbers


class Excusing(NamedTuple):
    """Granted excuses as columns: the places of station and month, and the reason's standing (`standing_of`)."""

    station: Numbers
    month: Numbers
    standing: Numbers


def standings(
    stations: int, periods: Sequence[int], owing: Owing, excusing: Excusing, opened_late_after_day: int
) -> Cells:
    """Give, for stations x months, whether each is not owed, expected, or excused and why.

    Owed is a month that an interval touches. A granted excuse goes before the late opening: began in the month after
    day `opened_late_after_day`, and owed nothing earlier in it.
    """
    first = np.array([first_day(period).toordinal() for period in periods], dtype=np.int64)
    last = np.array([last_day(period).toordinal() for period in periods], dtype=np.int64)
    touching = (owing.starts[:, None] <= last) & (owing.ends[:, None] >= first)
    opened = np.full((stations, len(periods)), WITHOUT_END, dtype=np.int64)
    np.minimum.at(opened, owing.station, np.where(touching, owing.starts[:, None], WITHOUT_END))
    owed = opened < WITHOUT_END
    found = np.where(owed, EXPECTED, NOT_OWED).astype(np.uint8)
    opened_late = owed & (opened >= first) & (opened - first >= opened_late_after_day)
    found[opened_late] = standing_of(ExcuseReason.OPENED_LATE)
    counts = owed[excusing.station, excusing.month]
    found[excusing.station[counts], excusing.month[counts]] = excusing.standing[counts]
    return found


def standing_of(reason: str) -> int:
    """Give the standing of a month that is owed and excused for a reason."""
    return FIRST_EXCUSE + REASONS.index(ExcuseReason(reason))
