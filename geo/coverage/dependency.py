"""Who hangs on whom: villages with one station only, stations nobody would miss, and what a delisting costs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from geo.coverage.rules import CoverageRules
from geo.coverage.shares import Share, share
from geo.coverage.situation import DEAD, Floats, Ints, Situation
from geo.coverage.stages import Stages, link_counts, stages_of
from geo.measure import Measure

STAGES = ("built", "listed", "geographic", "alive", "service", "evidenced")


@dataclass(frozen=True)
class SinglePoints:
    """Villages with service from one station only and which that is; and the stations, the most critical first.

    `weight` is the people of the villages that would be lost with each of `stations` (unknown people count 0).
    """

    villages: Ints
    only_station: Ints
    stations: Ints
    count: Ints
    poor: Ints
    weight: Floats


@dataclass(frozen=True)
class Loss:
    """What removing stations costs: villages that lose service, poor ones first, and every share before and after."""

    villages: Ints
    poor: int
    people: float
    out_of_reach: Ints
    before: dict[str, Share]
    after: dict[str, Share]
    poor_before: dict[str, Share]
    poor_after: dict[str, Share]


def single_points(situation: Situation, rules: CoverageRules) -> SinglePoints:
    """Return the covered villages that lose service if one given station closes, and that station.

    Criticality of a station = number and people of those villages; stations are ordered by poor villages, villages,
    people (most first), then row.
    """
    station, village = _service_links(situation, rules)
    helpers = np.bincount(village, minlength=len(situation.villages.code))
    alone = helpers[village] == 1
    villages, only = village[alone], station[alone]
    order = np.argsort(villages)
    villages, only = villages[order], only[order]
    many = len(situation.stations.code)
    people = np.nan_to_num(situation.villages.people[villages], nan=0.0)
    count = np.bincount(only, minlength=many)
    poor = np.bincount(only[situation.villages.is_poor[villages]], minlength=many)
    weight = np.bincount(only, weights=people, minlength=many).astype(np.float64)
    rows = np.flatnonzero(count)
    rows = rows[np.lexsort((rows, -weight[rows], -count[rows], -poor[rows]))]
    return SinglePoints(villages, only, rows, count[rows], poor[rows], weight[rows])


def redundant_stations(situation: Situation, rules: CoverageRules) -> Ints:
    """Return stations that can go all together and no village loses service, in row order («避免重复建设»).

    Greedy prune: stations that give service are tried in the order of fewest villages, then row; one goes when every
    village it serves keeps another. What is left cannot be pruned further, but need not be the least number.
    """
    station, village = _service_links(situation, rules)
    helpers = np.bincount(village, minlength=len(situation.villages.code)).tolist()
    rows, first, many = np.unique(station, return_index=True, return_counts=True)
    starts, counts, served = first.tolist(), many.tolist(), village.tolist()
    gone = []
    for at in np.lexsort((rows, many)).tolist():
        mine = served[starts[at] : starts[at] + counts[at]]
        if all(helpers[each] > 1 for each in mine):
            gone.append(at)
            for each in mine:
                helpers[each] -= 1
    return rows[np.array(sorted(gone), dtype=np.int64)]


def without(situation: Situation, removed: Sequence[int] | Ints) -> Situation:
    """Return the situation after these stations (rows) were delisted: built once, listed and alive no more."""
    stations = situation.stations
    is_listed, life = stations.is_listed.copy(), stations.life.copy()
    rows = np.asarray(removed, dtype=np.int64)
    is_listed[rows], life[rows] = False, DEAD
    return replace(situation, stations=replace(stations, is_listed=is_listed, life=life))


def what_if(situation: Situation, rules: CoverageRules, measure: Measure, removed: Sequence[int] | Ints) -> Loss:
    """Return what delisting these stations (rows) together costs (domain model F7, «delisting impact»).

    Villages that lose service come poor first, then by people (most first, unknown last), then row. `out_of_reach`
    are those that had an alive station within the radius of the rules and then have none.
    """
    before = stages_of(situation, rules, measure)
    after = stages_of(without(situation, removed), rules, measure)
    villages = situation.villages
    lost = np.flatnonzero(before.service & ~after.service)
    people = np.nan_to_num(villages.people[lost], nan=0.0)
    lost = lost[np.lexsort((lost, -people, ~villages.is_poor[lost]))]
    return Loss(
        villages=lost,
        poor=int(np.count_nonzero(villages.is_poor[lost])),
        people=float(people.sum()),
        out_of_reach=np.flatnonzero(before.geographic & ~after.geographic),
        before=shares_of(before),
        after=shares_of(after),
        poor_before=shares_of(before, situation),
        poor_after=shares_of(after, situation),
    )


def shares_of(stages: Stages, poor_of: Situation | None = None) -> dict[str, Share]:
    """Return the share of every stage of the funnel, of all villages or of a situation's poor ones."""
    among = None if poor_of is None else poor_of.villages.is_poor
    return {stage: share(getattr(stages, stage), among) for stage in STAGES}


def _service_links(situation: Situation, rules: CoverageRules) -> tuple[Ints, Ints]:
    """Return (station, village) of the links that give service, each pair once, by station, then village."""
    gives = link_counts(situation, rules)
    many = max(len(situation.villages.code), 1)
    pairs = np.unique(situation.links.station[gives] * many + situation.links.village[gives])
    return pairs // many, pairs % many
