"""Count months by what they are: each cell (a station's month) is counted under the names its pair of codes has.

The definitions of the reporting rates stand here, in `names_of`, and nowhere else. A report that the county sent back
is «received, being corrected»: it counts as `actual` and is shown apart as `returned`. A month is `missing` only after
its due instant; before it, not yet filed is `outstanding`.
"""

from __future__ import annotations

import numpy as np

from field_app_schema.vocab_months import ReportSource, ReportState, Timeliness
from stations.sales.rates.owing import EXPECTED, FIRST_EXCUSE, NOT_OWED, REASONS, STANDINGS, Cells, Numbers

TIMELY = (Timeliness.ON_TIME, Timeliness.LATE_SYNC, Timeliness.LATE)
SOURCES = tuple(ReportSource)
NO_REPORT = 0
REPORTS = 1 + len(TIMELY) * len(SOURCES) * 2 * 2
NAMES = (
    "owed", "expected", "excused", "actual", "on_time", "late_sync", "late", "returned", "nil", "missing",
    "outstanding", "feed", "beyond",
    *(f"source_{source}" for source in SOURCES), *(f"excused_{reason}" for reason in REASONS),
)  # fmt: skip


def report_code(timeliness: str, source: str, *, is_nil: bool, state: str) -> int:
    """Number what a report is, from 1; 0 is none."""
    place = TIMELY.index(Timeliness(timeliness)) * len(SOURCES) + SOURCES.index(ReportSource(source))
    return 1 + (place * 2 + is_nil) * 2 + (state == ReportState.RETURNED)


def names_of(standing: int, report: int, *, is_due: bool) -> set[str]:
    """Give the names under which a cell is counted; `is_due` says that the month's due instant has passed.

    expected = owed less excused; actual = expected with a report, nil included; on time includes late_sync when it is
    asked as a rate. `feed` is any report from a feed, expected or excused; `beyond` a report that nobody expected.
    """
    names: set[str] = set()
    if standing != NOT_OWED:
        names.add("owed")
    if standing >= FIRST_EXCUSE:
        names |= {"excused", f"excused_{REASONS[standing - FIRST_EXCUSE]}"}
    if report == NO_REPORT:
        return names | {"expected", "missing" if is_due else "outstanding"} if standing == EXPECTED else names
    place, flags = divmod(report - 1, 4)
    timeliness, source = TIMELY[place // len(SOURCES)], SOURCES[place % len(SOURCES)]
    if source is ReportSource.FEED:
        names.add("feed")
    if standing != EXPECTED:
        return names | {"beyond"}
    names |= {"expected", "actual", timeliness.value, f"source_{source}"}
    return names | ({"nil"} if flags & 2 else set()) | ({"returned"} if flags & 1 else set())


# One row for each pair of codes, one column for each name; the second half is for months that are not due yet.
_COUNTED: Numbers = np.array(
    [
        [name in names for name in NAMES]
        for is_due in (True, False)
        for standing in range(STANDINGS)
        for report in range(REPORTS)
        for names in [names_of(standing, report, is_due=is_due)]
    ],
    dtype=np.int64,
)


def tally(standing: Cells, report: Cells, is_due: np.ndarray, group: Numbers, groups: int) -> Numbers:
    """Give, for each group of cells and each of NAMES, how many cells count under it.

    `standing` and `report` are stations x months; `is_due` and `group` are broadcast to that shape, so that a group
    may be a station, a unit of stations or a month.
    """
    pair = standing.astype(np.int64) * REPORTS + report + np.where(is_due, 0, STANDINGS * REPORTS)
    # Of the 686 pairs some dozens occur; only those are told apart, so that a group may be each of 150,000 stations.
    occurring = np.flatnonzero(np.bincount(pair.ravel(), minlength=len(_COUNTED)))
    place = np.zeros(len(_COUNTED), dtype=np.int64)
    place[occurring] = np.arange(len(occurring))
    joint = place[pair] + np.broadcast_to(group, pair.shape) * len(occurring)
    counted = np.bincount(joint.ravel(), minlength=groups * len(occurring)).reshape(groups, len(occurring))
    return counted @ _COUNTED[occurring]
