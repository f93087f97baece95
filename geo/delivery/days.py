"""From the county to the village in three days: who gets parcels how soon, and what promises were worth.

«县到村配送时间一般不超过3天» (商办建函〔2020〕144号 附件1). A parcel that is still under way is neither on time nor
forgotten: the Kaplan-Meier share counts it for as long as it has been waiting.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geo.coverage.situation import Bools, Floats, Ints, Situation, Traces
from geo.delivery.kaplan_meier import kaplan_meier
from geo.delivery.legs import Leg, legs_of, slowest
from geo.delivery.parcels import Parcels, parcels_of, percentile, percentiles_by
from geo.pairing.chain import serving


@dataclass(frozen=True)
class DeliveryRules:
    """On time is at most so many days (<=); a village is judged from so many parcels on (>=); the window in days."""

    on_time_days: int = 3
    parcels_at_least: int = 5
    window_days: int = 90


@dataclass(frozen=True)
class Pace:
    """Figures of a set of parcels; None where there is nothing to say.

    `on_time` is the share of the arrived that took at most the limit, `km_on_time` the Kaplan-Meier P(T <= limit) with
    those under way censored at the as-of day. `overdue` are under way for longer than the limit already. Median and P90
    are by nearest rank over the arrived and the overdue, these behind all others: inf says that it has not come yet.
    """

    parcels: int
    arrived: int
    in_transit: int
    overdue: int
    on_time: float | None
    km_on_time: float | None
    median_days: float | None
    p90_days: float | None


@dataclass(frozen=True)
class VillageDays:
    """One row for each village: parcels arrived or overdue, their median and P90 (nan for none, inf for not yet).

    `judged` have enough of them; `on_time` are judged with a P90 within the limit, `late` judged without.
    """

    parcels: Ints
    median_days: Floats
    p90_days: Floats
    judged: Bools
    on_time: Bools
    late: Bools


@dataclass(frozen=True)
class Delivery:
    """What parcels of the window tell: over all, in remote villages and in the others, by village and by leg.

    `village_on_time` is on-time villages over judged ones, of all, of the remote, of the others. Rows of
    `promised_not_observed` are villages with a promise and no arrival; of `promise_broken`, judged villages whose P90
    is longer than promised; `observed_to_promised` is days by median over days promised, summed over the villages with
    both. `impossible` parcels arrived before they were sent and are in no figure.
    """

    whole: Pace
    remote: Pace
    others: Pace
    village_on_time: tuple[float | None, float | None, float | None]
    villages: VillageDays
    legs: tuple[Leg, Leg]
    slowest_leg: str | None
    promised_not_observed: Ints
    promise_broken: Ints
    observed_to_promised: float | None
    impossible: int


def delivery_days(
    traces: Traces, villages: int, as_of_day: int, *, is_remote: Bools | None = None,
    promised_days: Floats | None = None, rules: DeliveryRules | None = None,
) -> Delivery:  # fmt: skip
    """Compute every figure of delivery over the parcels sent in the window: as_of - window < sent <= as_of.

    `promised_days` is nan for a village that nobody promises anything (`promised_of`); a parcel whose village is
    unknown (-1) counts over all and among the others.
    """
    known = rules or DeliveryRules()
    parcels, impossible = parcels_of(traces, as_of_day, known.window_days)
    remote = np.zeros(villages, dtype=np.bool_) if is_remote is None else is_remote
    promised = np.full(villages, np.nan) if promised_days is None else promised_days
    there = (parcels.village >= 0) & np.append(remote, False)[parcels.village]
    by_village = _by_village(parcels, villages, known)
    legs = legs_of(parcels)
    arrivals = np.bincount(parcels.village[parcels.arrived & (parcels.village >= 0)], minlength=villages)
    promises = np.isfinite(promised)
    return Delivery(
        whole=_pace(parcels, known),
        remote=_pace(parcels.only(there), known),
        others=_pace(parcels.only(~there), known),
        village_on_time=(
            _share(by_village, np.ones(villages, dtype=np.bool_)), _share(by_village, remote),
            _share(by_village, ~remote),
        ),
        villages=by_village,
        legs=legs,
        slowest_leg=slowest(legs),
        promised_not_observed=np.flatnonzero(promises & (arrivals == 0)),
        promise_broken=np.flatnonzero(promises & by_village.judged & (by_village.p90_days > promised)),
        observed_to_promised=_observed_to_promised(by_village.median_days, promised),
        impossible=impossible,
    )  # fmt: skip


def promised_of(situation: Situation) -> Floats:
    """Return the least days that a node serving each village promises; nan where none does."""
    node, village = serving(situation)
    days = situation.nodes.promised_days[node]
    least = np.full(len(situation.villages.code), np.inf)
    np.minimum.at(least, village, np.where(np.isnan(days), np.inf, days))
    return np.where(np.isfinite(least), least, np.nan)


def _pace(parcels: Parcels, rules: DeliveryRules) -> Pace:
    settled = _settled(parcels, rules)
    arrived = parcels.days[parcels.arrived]
    waiting = kaplan_meier(parcels.days, parcels.arrived)
    return Pace(
        parcels=len(parcels.days),
        arrived=len(arrived),
        in_transit=len(parcels.days) - len(arrived),
        overdue=int(np.isinf(settled).sum()),
        on_time=float((arrived <= rules.on_time_days).mean()) if len(arrived) else None,
        km_on_time=waiting.arrived_by(rules.on_time_days) if len(parcels.days) else None,
        median_days=percentile(settled[~np.isnan(settled)], 0.5),
        p90_days=percentile(settled[~np.isnan(settled)], 0.9),
    )


def _settled(parcels: Parcels, rules: DeliveryRules) -> Floats:
    """Return days of the arrived, inf for the overdue, nan for those of whom nothing is known yet."""
    waiting = np.where(parcels.days > rules.on_time_days, np.inf, np.nan)
    settled: Floats = np.where(parcels.arrived, parcels.days, waiting)
    return settled


def _by_village(parcels: Parcels, many: int, rules: DeliveryRules) -> VillageDays:
    days = _settled(parcels, rules)
    told = ~np.isnan(days) & (parcels.village >= 0)
    village, days = parcels.village[told], days[told]
    counts = np.bincount(village, minlength=many).astype(np.int64)
    p90 = percentiles_by(village, days, many, 0.9)
    judged = counts >= rules.parcels_at_least
    with np.errstate(invalid="ignore"):
        within = p90 <= rules.on_time_days
    return VillageDays(
        counts, percentiles_by(village, days, many, 0.5), p90, judged, judged & within, judged & ~within
    )  # fmt: skip


def _share(villages: VillageDays, among: Bools) -> float | None:
    judged = int((villages.judged & among).sum())
    return int((villages.on_time & among).sum()) / judged if judged else None


def _observed_to_promised(median: Floats, promised: Floats) -> float | None:
    both = np.isfinite(median) & np.isfinite(promised)
    days = float(promised[both].sum())
    return float(median[both].sum()) / days if days else None
