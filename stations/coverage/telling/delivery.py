"""How soon parcels come as plain values: over all, remote and other villages, by leg and by village."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from geo.coverage.situation import Ints
from geo.delivery.days import Pace, promised_of
from stations.coverage.basis import Basis
from stations.coverage.outcome import Figures

DEFINITIONS = ("delivery_on_time", "delivery_km", "village_on_time")
# A list of names in an answer is a beginning; the count beside it is the whole.
NAMED = 200


def told_delivery(basis: Basis, figures: Figures) -> dict[str, Any]:
    """Give the figures of delivery; an open percentile (`…_is_open`) lies with parcels that have not come yet."""
    found, policy = figures.delivery, basis.policy
    judged = found.villages.judged
    return {
        "limit_days": basis.rules.on_time_days,
        "parcels_at_least": basis.rules.parcels_at_least,
        "window_days": policy.delivery_window_days,
        **_pace(found.whole),
        "village_on_time": found.village_on_time[0],
        "villages_judged": int(np.count_nonzero(judged)),
        "villages_on_time": int(np.count_nonzero(found.villages.on_time)),
        "villages_late": int(np.count_nonzero(found.villages.late)),
        "remote": _pace(found.remote) | {"village_on_time": found.village_on_time[1]},
        "others": _pace(found.others) | {"village_on_time": found.village_on_time[2]},
        "legs": [
            {"leg": leg.leg, "parcels": leg.parcels, "under_way": leg.under_way, "median": leg.median_days,
             "p90": leg.p90_days, "share_of_days": leg.share_of_days}
            for leg in found.legs
        ],
        "slowest_leg": found.slowest_leg,
        "promised_not_observed": _named(basis, found.promised_not_observed),
        "promised_not_observed_count": len(found.promised_not_observed),
        "promise_broken": _named(basis, found.promise_broken),
        "promise_broken_count": len(found.promise_broken),
        "observed_to_promised": found.observed_to_promised,
        "impossible": found.impossible,
    }  # fmt: skip


def rows_by_days(figures: Figures) -> Ints:
    """Give the rows of villages with parcels: the late first, then by P90 and parcels (most first), then row."""
    villages = figures.delivery.villages
    rows = np.flatnonzero(villages.parcels)
    return rows[np.lexsort((rows, -villages.parcels[rows], -villages.p90_days[rows], ~villages.late[rows]))]


def told_village_days(basis: Basis, figures: Figures, rows: Sequence[int]) -> list[dict[str, Any]]:
    """Give the days of these villages, with what was promised."""
    villages, days, promised = basis.situation.villages, figures.delivery.villages, promised_of(basis.situation)
    return [
        {"code": villages.code[row], "name": basis.village_names[row], "township": villages.township[row],
         "is_remote": bool(villages.is_remote[row]), "parcels": int(days.parcels[row]),
         **_days("median_days", float(days.median_days[row])), **_days("p90_days", float(days.p90_days[row])),
         "judged": bool(days.judged[row]), "late": bool(days.late[row]),
         "promised_days": None if np.isnan(promised[row]) else float(promised[row])}
        for row in rows
    ]  # fmt: skip


def _pace(pace: Pace) -> dict[str, Any]:
    return {
        "parcels": pace.parcels, "arrived": pace.arrived, "in_transit": pace.in_transit, "overdue": pace.overdue,
        "on_time": pace.on_time, "km_on_time": pace.km_on_time, **_days("median_days", pace.median_days),
        **_days("p90_days", pace.p90_days),
    }  # fmt: skip


def _days(name: str, days: float | None) -> dict[str, Any]:
    is_open = days is not None and np.isinf(days)
    return {name: days if days is not None and np.isfinite(days) else None, f"{name}_is_open": bool(is_open)}


def _named(basis: Basis, rows: Ints) -> list[dict[str, str]]:
    codes = basis.situation.villages.code
    return [{"code": codes[row], "name": basis.village_names[row]} for row in rows[:NAMED].tolist()]
