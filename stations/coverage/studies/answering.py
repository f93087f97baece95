"""Compute a siting study from the columns of a situation: cover, greedy, the exact answer if asked, least numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from field_app_schema.refusals import Refusal
from field_app_schema.vocab_network import SitingCandidates, SitingWeight
from geo.coverage.situation import Bools, Floats, Ints
from geo.coverage.stages import service_of
from geo.siting.chosen import Chosen
from geo.siting.covers import Cover, cover_of, weights_of
from geo.siting.exact import best_sites
from geo.siting.greedy import next_sites
from geo.siting.least import least_sites
from stations.coverage.basis import Basis
from stations.coverage.studies.candidates import Sites, serving_stations, sites_of

# Villages times candidates up to which an exact answer is tried: beyond, nobody knows when it ends.
LARGEST_EXACT = 4_000_000
TIME_LIMIT_S = 60.0
SHARES = (0.5, 0.8, 1.0)
TOWNSHIP_LEVEL = 1
NAMED = 500


@dataclass(frozen=True)
class SitingWish:
    """What is wanted: k stations, how far each reaches in the measure's unit, and how villages weigh."""

    k: int
    exact: bool
    radius: float
    poor_weight: float
    weigh: SitingWeight = SitingWeight.VILLAGES
    candidates: SitingCandidates = SitingCandidates.HOSTS


@dataclass(frozen=True)
class _Field:
    """What every part of the answer works on."""

    fetched: Basis
    sites: Sites
    cover: Cover
    weights: Floats
    already: Bools


def require_small(villages: int, candidates: int) -> None:
    """Refuse with TOO_LARGE_FOR_EXACT more than 4,000,000 pairs of village and candidate."""
    if villages * candidates > LARGEST_EXACT:
        raise Refusal("TOO_LARGE_FOR_EXACT", villages=villages, candidates=candidates, most=LARGEST_EXACT)


def answer(fetched: Basis, wish: SitingWish, say: Callable[[int, int], None] = lambda done, total: None) -> Any:
    """Give where the next k stations should stand, with the proof of how good that is and the least numbers.

    A village counts as reached that has service already, or lies within the radius (<=) of a station that stays: alive,
    with the required services. Refuses with TOO_LARGE_FOR_EXACT. `say` is told how far it is.
    """
    field = _field(fetched, wish)
    say(1, 4)
    greedy = next_sites(field.cover, field.weights, field.already, wish.k)
    say(2, 4)
    found = [greedy]
    if wish.exact:
        require_small(field.cover.villages, field.cover.sites)
        found.append(best_sites(field.cover, field.weights, field.already, wish.k, time_limit_s=TIME_LIMIT_S))
    say(3, 4)
    # A solver that ran out of time may know less than the greedy answer.
    best = max(found, key=lambda one: one.value)
    told = _told(field, wish, best) | {"proofs": [_proof(one) for one in found], **_least(field)}
    say(4, 4)
    return told


def _field(fetched: Basis, wish: SitingWish) -> _Field:
    situation, measure, rules = fetched.situation, fetched.measure, fetched.rules
    villages = situation.villages
    sites = sites_of(situation, rules, wish.candidates)
    cover = cover_of(measure, sites.lon, sites.lat, villages.lon, villages.lat, wish.radius)
    people = villages.people if wish.weigh is SitingWeight.PEOPLE else None
    weights = weights_of(villages.is_poor, wish.poor_weight, people)
    return _Field(fetched, sites, cover, weights, already_reached(fetched, wish.radius))


def already_reached(fetched: Basis, radius: float) -> Bools:
    """Return which villages need no new station: with service, or at most the radius (<=) from one that stays."""
    situation, rules = fetched.situation, fetched.rules
    villages, stations = situation.villages, situation.stations
    serving = np.flatnonzero(serving_stations(situation, rules))
    _, far = fetched.measure.nearest(villages.lon, villages.lat, stations.lon[serving], stations.lat[serving])
    reached: Bools = service_of(situation, rules) | (far <= radius)
    return reached


def _told(field: _Field, wish: SitingWish, best: Chosen) -> dict[str, Any]:
    situation = field.fetched.situation
    poor, after = situation.villages.is_poor, field.already.copy()
    for rows in best.villages:
        after[rows] = True
    return {
        "unit": field.cover.unit, "radius": wish.radius, "villages": len(after), "poor": int(poor.sum()),
        "covered_before": int(field.already.sum()), "covered_after": int(after.sum()),
        "poor_before": int((field.already & poor).sum()), "poor_after": int((after & poor).sum()),
        "existing": int(serving_stations(situation, field.fetched.rules).sum()),
        "candidates": field.cover.sites, "candidates_from": field.sites.taken_from.value,
        "sites": _sites(field, best),
    }  # fmt: skip


def _sites(field: _Field, best: Chosen) -> list[dict[str, Any]]:
    fetched, sites = field.fetched, field.sites
    villages = fetched.situation.villages
    supply, far = _supply(field, best.rows)
    told = []
    chosen = zip(best.rows.tolist(), best.gains.tolist(), best.villages, strict=True)
    for rank, (row, gain, reached) in enumerate(chosen):
        village, node = int(sites.village[row]), int(supply[rank])
        told.append({
            "rank": rank + 1, "code": villages.code[village], "name": fetched.village_names[village],
            "township": villages.township[village], "lon": float(sites.lon[row]), "lat": float(sites.lat[row]),
            "host": sites.host[row], "gain": float(gain), "villages": len(reached),
            "poor_villages": int(villages.is_poor[reached].sum()),
            "people": int(np.nan_to_num(villages.people[reached], nan=0.0).sum()),
            "covers": [villages.code[one] for one in reached.tolist()],
            "supply": None if node < 0 else {
                "code": fetched.situation.nodes.code[node], "name": fetched.node_names[node],
                "distance": round(float(far[rank]), 1)},
        })  # fmt: skip
    return told


def _supply(field: _Field, rows: Ints) -> tuple[Ints, Floats]:
    """Give for each site the row of the nearest township point, and how far it is; -1 and inf where there is none."""
    nodes = field.fetched.situation.nodes
    points = np.flatnonzero(nodes.level == TOWNSHIP_LEVEL)
    found, far = field.fetched.measure.nearest(
        field.sites.lon[rows], field.sites.lat[rows], nodes.lon[points], nodes.lat[points]
    )
    return (np.where(found >= 0, points[found], -1) if len(points) else np.full(len(rows), -1)), far


def _proof(found: Chosen) -> dict[str, Any]:
    return {"method": found.method, "weight": found.value, "bound": found.bound, "gap": found.gap,
            "is_proven": found.is_proven}  # fmt: skip


def _least(field: _Field) -> dict[str, Any]:
    """Give the least numbers, and the villages that no candidate reaches and no station serves."""
    fetched = field.fetched
    codes = fetched.situation.villages.code
    lost = np.flatnonzero(~field.already & ~field.cover.reached())
    least = [least_sites(field.cover, field.already, share, time_limit_s=TIME_LIMIT_S / 3) for share in SHARES]
    return {
        "least": [{"share": share, "stations": one.number, "bound": one.at_least, "is_proven": one.is_proven}
                  for share, one in zip(SHARES, least, strict=True)],
        "unreachable_count": len(lost),
        "unreachable": [{"code": codes[row], "name": fetched.village_names[row]} for row in lost[:NAMED].tolist()],
    }  # fmt: skip
