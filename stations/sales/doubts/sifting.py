"""Leave out, before records are made, the stations at which no rule of contradiction can find anything. Pure.

A province has 180,000 reports a year and some hundred contradictions; with this the rules read hundreds of stations,
and answer the same, which a property test holds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

import numpy as np
from numpy.typing import NDArray

from field_app_schema.vocab import Service
from field_app_schema.vocab_months import ReportField
from stations.sales.doubts.cases import Description, Sight
from stations.sales.doubts.contradicting import NO_MORE
from stations.sales.doubts.figures import FIELDS, Filings, Numbers
from stations.sales.doubts.thresholds import ContradictionPolicy
from stations.sales.rates.fetching import Months
from stations.sales.rates.owing import EXPECTED
from stations.sales.rates.tallying import NO_REPORT

_PARCELS = [FIELDS.index(field) for field in (ReportField.PARCELS_IN, ReportField.PARCELS_OUT)]
# Odd numbers to mix figures with: equal figures give equal marks, and others hardly ever do.
_MIX = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5, 0x85EBCA77C2B2AE63],
                dtype=np.uint64).astype(np.int64)  # fmt: skip


def worth_reading(
    filings: Filings, sights: Mapping[int, Sequence[Sight]], descriptions: Mapping[int, Sequence[Description]],
    silent: Set[int], policy: ContradictionPolicy,
) -> NDArray[np.bool_]:  # fmt: skip
    """Say of each station whether a rule could find something: never no where it would, sometimes yes where not.

    `silent` are the ids of the stations whose newest owed months have no report.
    """
    figures = np.where((filings.values > 0) & ~filings.is_returned[:, :, None], filings.values, 0)
    tells = (figures > 0).sum(axis=2) >= max(1, policy.figures_at_least)
    ids = filings.ids.tolist()
    looked_at = np.array([id_ in silent or _seen_gone(sights.get(id_, ())) for id_ in ids], dtype=np.bool_)
    lacking = np.array([_lacks_parcels(descriptions.get(id_, ())) for id_ in ids], dtype=np.bool_)
    with_parcels = np.any(figures[:, :, _PARCELS] > 0, axis=(1, 2))
    repeats, alike = _repeats(figures, tells, policy), _alike(filings, figures, tells, policy)
    return np.asarray(looked_at | (lacking & with_parcels) | repeats | alike, dtype=np.bool_)


def silent_stations(owed: Months, silent_months: int) -> set[int]:
    """Give the ids of the stations whose newest so many expected months, past their due instant, have no report."""
    expected = (owed.standing == EXPECTED) & owed.is_due
    newest = expected & (np.cumsum(expected[:, ::-1], axis=1)[:, ::-1] <= silent_months)
    is_silent = (newest.sum(axis=1) == silent_months) & ~np.any(newest & (owed.report != NO_REPORT), axis=1)
    return set(owed.ids[is_silent].tolist())


def _seen_gone(sights: Sequence[Sight]) -> bool:
    return any(sight.state in NO_MORE for sight in sights)


def _lacks_parcels(descriptions: Sequence[Description]) -> bool:
    return any(Service.PARCEL not in one.services for one in descriptions)


def _repeats(figures: Numbers, tells: NDArray[np.bool_], policy: ContradictionPolicy) -> NDArray[np.bool_]:
    if policy.repeated_months < 2:
        return np.asarray(tells.any(axis=1), dtype=np.bool_)
    again = tells[:, 1:] & tells[:, :-1] & (figures[:, 1:] == figures[:, :-1]).all(axis=2)
    return np.asarray(again.any(axis=1), dtype=np.bool_)


def _alike(
    filings: Filings, figures: Numbers, tells: NDArray[np.bool_], policy: ContradictionPolicy
) -> NDArray[np.bool_]:
    """Find the stations whose figures of a month enough others of their operator have too."""
    place: dict[str, int] = {}
    operators = [place.setdefault(one, len(place)) if one and one.strip() else -1 for one in filings.operators]
    operator = np.array(operators, dtype=np.int64)[:, None]
    months = np.arange(len(filings.periods), dtype=np.int64)
    asked = tells & (operator >= 0)
    # Whole numbers of 64 bits wrap around, which is what mixing wants.
    marks = (((figures * _MIX).sum(axis=2) * 31 + months) * 1_000_003 + operator)[asked]
    _, which, counts = np.unique(marks, return_inverse=True, return_counts=True)
    found = np.zeros(tells.shape, dtype=np.bool_)
    found[asked] = counts[which] >= policy.same_operator_stations
    return np.asarray(found.any(axis=1), dtype=np.bool_)
