"""The whole report of coverage of one situation as plain numbers, ready to be written down or sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, get_args

import numpy as np

from geo.coverage import gaps
from geo.coverage.access import access_of
from geo.coverage.dependency import STAGES, redundant_stations, shares_of, single_points
from geo.coverage.rules import FLOORS, CoverageRules, Floor, alive_stations, is_within
from geo.coverage.shares import (
    Share,
    Units,
    hollow_rate,
    interval,
    paper,
    roll_up,
    share,
    tilt,
    units_of,
    wilson,
)
from geo.coverage.situation import ALIVE, DEAD, QUALITIES, WEAK, Bools, Floats, Ints, Situation
from geo.coverage.spread import gini, morans_i, touching
from geo.coverage.stages import Stages, service_of, stages_of
from geo.measure import Measure

PERMUTATIONS = 999
SEED = 20200522
# A list of names in a report is a beginning; the count beside it is the whole.
NAMED = 100

Figures = dict[str, Any]


def coverage_figures(
    situation: Situation, rules: CoverageRules, measure: Measure,
    late: Bools | None = None, units: Sequence[str] | None = None,
) -> Figures:  # fmt: skip
    """Return every row of coverage for the villages of one situation.

    `late` says which villages get their parcels late (none, where it is not known); `units` is the code each village
    is rolled up by, its county where not given. Shares are of all villages, whether or not their place is known; a
    share of nothing is None, and an empty network is 0 % with the reason `no_station` for every village.
    """
    stages = stages_of(situation, rules, measure)
    nobody = np.zeros(len(stages.built), dtype=np.bool_)
    why = gaps.reasons(situation, stages, rules, nobody if late is None else late, gaps.has_logistics(situation))
    return figures_of(situation, rules, measure, stages, why, units)


def figures_of(
    situation: Situation, rules: CoverageRules, measure: Measure,
    stages: Stages, reason: Ints, units: Sequence[str] | None = None,
) -> Figures:  # fmt: skip
    """Return the same report where stages and reasons are already there."""
    villages = situation.villages
    low, high = interval(stages)
    written = paper(stages)
    where = units_of(villages.county if units is None else units)
    reachable, access = _access(situation, rules, measure)
    return {
        "distance_unit": measure.unit,
        "placed": _placed(situation),
        "funnel": _funnel(shares_of(stages)),
        "hollow_rate": hollow_rate(stages.service, stages.built),
        "interval": {"low": low.share, "high": high.share},
        "checked": checked(situation),
        "geographic": [
            {f"radius_{measure.unit}": radius, **_plain(share(is_within(stages.nearest_alive, radius)))}
            for radius in rules.radii(measure.unit)
        ],
        "poor": _poor(situation, stages),
        "people": _people(situation, stages),
        "floors": _floors(situation, rules),
        "paper": {"listed_share": written.listed_share, "live_share": written.live_share,
                  "paper_only": written.paper_only},
        "access": {**reachable, "gini": gini(access, villages.people)},
        "closing": closing(situation),
        "gaps": gaps.counts(reason),
        "single_points": _single(situation, rules),
        "redundant": [situation.stations.code[row] for row in redundant_stations(situation, rules)],
        "units": _units(stages, where, access, villages.people),
    }  # fmt: skip


def checked(situation: Situation) -> Figures:
    """Return the alive share among listed stations somebody verified, with Wilson's bounds: what a sample says."""
    stations = situation.stations
    seen = stations.is_listed & (stations.confidence >= FLOORS["verified"])
    alive = seen & ((stations.life == ALIVE) | (stations.life == WEAK))
    k, n = int(np.count_nonzero(alive)), int(np.count_nonzero(seen))
    low, high = wilson(k, n)
    return {"alive": k, "checked": n, "share": k / n if n else None, "low": low, "high": high}


def closing(situation: Situation, permutations: int = PERMUTATIONS, seed: int = SEED) -> Figures:
    """Return Moran's I of the townships' closing rate: dead or delisted stations / stations ever built there.

    A township stands at the mean of its villages that have a place; one without a station or a place is left out.
    Neighbours are those of `touching`.
    """
    villages, stations = situation.villages, situation.stations
    towns = units_of(villages.township)
    many = len(towns.codes)
    stands = np.flatnonzero(stations.village >= 0)
    town = towns.row[stations.village[stands]]
    stands, town = stands[town >= 0], town[town >= 0]
    gone = (~stations.is_listed | (stations.life == DEAD))[stands]
    built = np.bincount(town, minlength=many)
    closed = np.bincount(town[gone], minlength=many)
    placed = np.isfinite(villages.lon) & np.isfinite(villages.lat) & (towns.row >= 0)
    villages_there = np.bincount(towns.row[placed], minlength=many)
    rows = np.flatnonzero((built > 0) & (villages_there > 0))
    lon, lat = (
        np.bincount(towns.row[placed], weights=degrees[placed], minlength=many)[rows] / villages_there[rows]
        for degrees in (villages.lon, villages.lat)
    )
    found = morans_i(closed[rows] / built[rows], touching(lon, lat), permutations, seed)
    return {"townships": len(rows), "moran_i": found.i, "expected": found.expected, "p": found.p,
            "permutations": permutations, "seed": seed}  # fmt: skip


def _placed(situation: Situation) -> Figures:
    """How well the villages' places are known; those without one are never near anything, and are counted here.

    `exact_share` have a place of their own, not their township's seat.
    """
    villages = situation.villages
    placed = np.isfinite(villages.lon) & np.isfinite(villages.lat)
    by = np.bincount(villages.placed_by, minlength=len(QUALITIES))
    exact = placed & (villages.placed_by >= QUALITIES.index("village"))
    return {
        **_plain(share(placed)),
        "exact_share": share(exact).share,
        "by_quality": dict(zip(QUALITIES, by.tolist(), strict=True)),
        "unplaced": [villages.code[row] for row in np.flatnonzero(~placed)[:NAMED]],
    }


def _poor(situation: Situation, stages: Stages) -> Figures:
    poor = situation.villages.is_poor
    low, high = interval(stages, poor)
    return {"funnel": _funnel(shares_of(stages, situation)), "tilt": tilt(stages.service, poor),
            "interval": {"low": low.share, "high": high.share}}  # fmt: skip


def _people(situation: Situation, stages: Stages) -> Figures:
    """The funnel weighed by people; villages whose people are not known are left out and their share is said."""
    people = situation.villages.people
    unknown = share(~np.isfinite(people)).share
    funnel = {stage: share(getattr(stages, stage), weights=people) for stage in STAGES}
    return {"funnel": _funnel(funnel), "unknown_share": unknown}


def _floors(situation: Situation, rules: CoverageRules) -> list[Figures]:
    floors: tuple[Floor, ...] = get_args(Floor)
    return [{"confidence": floor, **_plain(share(service_of(situation, rules.with_floor(floor))))} for floor in floors]


def _access(situation: Situation, rules: CoverageRules, measure: Measure) -> tuple[Figures, Floats]:
    pairs, access = access_of(situation, rules, measure)
    villages = situation.villages
    near = np.zeros(len(access), dtype=np.bool_)
    near[pairs.asking] = True
    known = np.isfinite(villages.people)
    weight = float(villages.people[known].sum())
    mean = float((access * np.where(known, villages.people, 0.0)).sum()) / weight if weight else None
    capacity = situation.stations.parcels_a_day[alive_stations(situation.stations, rules)]
    return {
        "catchment": rules.catchment(measure.unit),
        "mean_per_thousand": None if mean is None else 1000.0 * mean,
        "capacity_known": share(np.isfinite(capacity)).share,
        "unreachable": int(np.count_nonzero(~near)),
        "unreachable_villages": [villages.code[row] for row in np.flatnonzero(~near)[:NAMED]],
    }, access


def _single(situation: Situation, rules: CoverageRules) -> Figures:
    found = single_points(situation, rules)
    shown = zip(found.stations[:NAMED].tolist(), found.count.tolist(), found.poor.tolist(), found.weight.tolist(),
                strict=False)  # fmt: skip
    stations = [
        {"code": situation.stations.code[row], "villages": villages, "poor": poor, "people": people}
        for row, villages, poor, people in shown
    ]
    return {"villages": len(found.villages), "of_stations": len(found.stations), "stations": stations}


def _units(stages: Stages, units: Units, access: Floats, people: Floats) -> list[Figures]:
    built, listed, service, evidenced = (
        roll_up(each, units) for each in (stages.built, stages.listed, stages.service, stages.evidenced)
    )
    order = np.argsort(units.row, kind="stable")
    edges = np.searchsorted(units.row[order], np.arange(len(units.codes) + 1))
    rows = []
    for at, code in enumerate(units.codes):
        mine = order[edges[at] : edges[at + 1]]
        stood, serves = built.covered[at], service.covered[at]
        rows.append({
            "code": code, "of": int(service.of[at]), "covered": int(serves), "share": float(service.share[at]),
            "built_share": float(built.share[at]), "listed_share": float(listed.share[at]),
            "evidenced_share": float(evidenced.share[at]),
            "hollow_rate": 1.0 - float(serves / stood) if stood else None, "gini": gini(access[mine], people[mine]),
        })  # fmt: skip
    return rows


def _funnel(shares: dict[str, Share]) -> list[Figures]:
    return [{"stage": stage, **_plain(each)} for stage, each in shares.items()]


def _plain(of: Share) -> Figures:
    return {"covered": of.covered, "of": of.of, "share": of.share}
