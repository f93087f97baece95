"""Find the figures that lie far from the station's own past or, where that is short, from its peers'. Pure.

Peers are the stations of the same kind in the same county, in the same month, the station itself left out. What the
county sent back is looked at, but says nothing of what is usual.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from field_app_schema.vocab_months import ReportField
from stations.records.periods import shifted
from stations.sales.doubts.figures import EMPTY, FIELDS, Filings
from stations.sales.doubts.outlying import Floats, Judged, judge, slip_of
from stations.sales.doubts.thresholds import OutlierPolicy
from stations.sales.filing.figures import MONEY

OWN, PEERS = "own", "peers"


class Outlier(NamedTuple):
    """A figure worth a look: places of station and month, and how it compares.

    `value`, `median` and `last_year` are in 元 or pieces; `z` is None where all earlier figures are the same.
    """

    station: int
    period: int
    field: ReportField
    value: float
    median: float
    n: int
    z: float | None
    basis: str
    last_year: float | None
    slip: str | None


class Comparison(NamedTuple):
    """What was found, how many figures were looked at, and how many of them nothing could be compared with."""

    outliers: list[Outlier]
    looked_at: int
    unjudged: int


def compare(filings: Filings, periods: Sequence[int], policy: OutlierPolicy, threshold: float) -> Comparison:
    """Compare every figure of `periods`; `filings` also hold the months of the past that `policy` asks.

    The answer is in the order of station code, month and field.
    """
    usual = _usual(filings)
    groups = _groups(filings)
    found: list[Outlier] = []
    looked_at = unjudged = 0
    for period in periods:
        month = filings.periods.index(period)
        for place, field in enumerate(FIELDS):
            value = _in_units(filings.values[:, month, place], field)
            filed = np.flatnonzero(value > 0)
            looked_at += len(filed)
            past = usual[filed, max(0, month - policy.months_of_past) : month, place]
            own = judge(value[filed], past)
            known = own.n >= policy.values_at_least
            lines = np.flatnonzero(known)
            last_year = _last_year(filings, month, field)
            found += _far(filed[lines], value, own.only(lines), last_year, period, field, OWN, policy, threshold)
            short = filed[~known]
            for stations, judged in _by_peers(short, groups, value, usual[:, month, place]):
                enough = judged.n >= policy.values_at_least
                unjudged += int((~enough).sum())
                found += _far(stations[enough], value, judged.only(enough), last_year, period, field, PEERS, policy,
                              threshold)  # fmt: skip
    found.sort(key=lambda one: (filings.codes[one.station], one.period, FIELDS.index(one.field)))
    return Comparison(found, looked_at, unjudged)


def _far(
    stations: np.ndarray, value: Floats, judged: Judged, last_year: Floats, period: int, field: ReportField,
    basis: str, policy: OutlierPolicy, threshold: float,
) -> Iterator[Outlier]:  # fmt: skip
    """Give those of the judged stations that lie beyond the threshold or have slipped by a unit."""
    power = np.abs(np.log10(value[stations] / judged.median))
    # Nearly everything is ordinary: only what could be named is looked at one by one.
    candidates = (np.abs(judged.z) > threshold) | np.isnan(judged.z) | (power > 4 - policy.bands["unit_slip"])
    for line in np.flatnonzero(candidates):
        station, median, z = int(stations[line]), float(judged.median[line]), float(judged.z[line])
        is_far = abs(z) > threshold
        # Among peers a station ten times as large is nothing strange; 元 for 万元 still shows.
        slip = slip_of(float(value[station]), median, is_money=field in MONEY, bands=policy.bands,
                       is_far=basis == OWN and (is_far or np.isnan(z)))  # fmt: skip
        if is_far or slip:
            before = float(last_year[station])
            yield Outlier(station, period, field, float(value[station]), median, int(judged.n[line]),
                          None if np.isnan(z) else z, basis, None if np.isnan(before) else before, slip)  # fmt: skip


def _by_peers(
    short: np.ndarray, groups: Sequence[object], value: Floats, usual: Floats
) -> Iterator[tuple[np.ndarray, Judged]]:
    """Judge the stations with a short past against those of their group in the same month."""
    members: dict[object, list[int]] = defaultdict(list)
    for station in np.flatnonzero(~np.isnan(usual)).tolist():
        members[groups[station]].append(station)
    asking: dict[object, list[int]] = defaultdict(list)
    for station in short.tolist():
        asking[groups[station]].append(station)
    for group, some in asking.items():
        stations, peers = np.array(some), np.array(members.get(group, []), dtype=np.int64)
        others = np.where(stations[:, None] == peers, np.nan, usual[peers])
        yield stations, judge(value[stations], others)


def _usual(filings: Filings) -> Floats:
    """Give the figures that say what is usual, in 元 or pieces; nan for nothing, nil and what was sent back."""
    values = np.stack([_in_units(filings.values[:, :, place], field) for place, field in enumerate(FIELDS)], axis=2)
    return np.where((values > 0) & ~filings.is_returned[:, :, None], values, np.nan)


def _last_year(filings: Filings, month: int, field: ReportField) -> Floats:
    before = shifted(filings.periods[month], -12)
    if before not in filings.periods:
        return np.full(len(filings.ids), np.nan)
    values = filings.values[:, filings.periods.index(before), FIELDS.index(field)]
    return np.where(values == EMPTY, np.nan, _in_units(values, field))


def _in_units(values: np.ndarray, field: ReportField) -> Floats:
    """Give fen as 元, so that the logarithm of one more is taken of 元; pieces stay pieces."""
    found: Floats = values / 100 if field in MONEY else values.astype(np.float64)
    return found


def _groups(filings: Filings) -> list[tuple[str, str]]:
    """Give kind and county of each station; the county is the part of its path with six digits."""
    return [
        (kind, next((part for part in path.split("/") if len(part) == 6), path))
        for kind, path in zip(filings.kinds, filings.paths, strict=True)
    ]
