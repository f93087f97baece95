"""The stages of coverage, village by village: built, listed, by place, alive, with service, with evidence.

Built holds listed holds alive holds service holds evidenced: each is asked of the same links. The geographic stage asks
for places instead of links and stands apart. A village with two stations is one village; an empty network covers none.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geo.coverage.rules import FLOORS, CoverageRules, alive_stations, has_required, is_within
from geo.coverage.situation import DEAD, Bools, Floats, Ints, Situation
from geo.measure import Measure


@dataclass(frozen=True)
class Stages:
    """One row for each village; `service_high` is what service would be if every station not known dead were alive.

    `nearest_alive` is in the measure's unit, inf where no alive station (or no place) is known, and `nearest_station`
    is then -1.
    """

    built: Bools
    listed: Bools
    geographic: Bools
    alive: Bools
    service: Bools
    evidenced: Bools
    service_high: Bools
    nearest_alive: Floats
    nearest_station: Ints


def stages_of(situation: Situation, rules: CoverageRules, measure: Measure) -> Stages:
    """Compute every stage for every village (F7; 商办建函〔2020〕144号: 重在服务的覆盖,而非地理位置的覆盖).

    built: some station ever built serves it. listed: some listed one does. geographic: an alive station is at most the
    radius of the rules away (<=). alive: an alive station serves it. service: through a link with the required
    services. evidenced: and at least `evidence_parcels` parcels arrived over such links in the window, or such a
    station stands in the village and was verified.
    """
    links, stations = situation.links, situation.stations
    alive = alive_stations(stations, rules)
    nearest, far = nearest_to(situation, alive, measure)
    listed = stations.is_listed[links.station]
    possible = listed & (stations.life[links.station] != DEAD) & has_required(links.services, rules)
    gives = link_counts(situation, rules)
    return Stages(
        built=_villages(situation, np.ones(len(links.station), dtype=np.bool_)),
        listed=_villages(situation, listed),
        geographic=is_within(far, rules.geographic(measure.unit)),
        alive=_villages(situation, alive[links.station]),
        service=_villages(situation, gives),
        evidenced=_evidenced(situation, rules, gives),
        service_high=_villages(situation, possible),
        nearest_alive=far,
        nearest_station=nearest,
    )


def link_counts(situation: Situation, rules: CoverageRules) -> Bools:
    """Return for each link whether it gives service: its station is alive and it has the required services."""
    links = situation.links
    return alive_stations(situation.stations, rules)[links.station] & has_required(links.services, rules)


def service_of(situation: Situation, rules: CoverageRules) -> Bools:
    """Return which villages have service: the one stage, where no other is wanted."""
    return _villages(situation, link_counts(situation, rules))


def nearest_serving(situation: Situation, rules: CoverageRules, measure: Measure) -> tuple[Ints, Floats]:
    """Return for each village (row of the nearest alive station that offers the required services, how far)."""
    offers = alive_stations(situation.stations, rules) & has_required(situation.stations.services, rules)
    return nearest_to(situation, offers, measure)


def nearest_to(situation: Situation, which: Bools, measure: Measure) -> tuple[Ints, Floats]:
    """Return for each village (row of the nearest of these stations, how far); -1 and inf where there is none."""
    villages, stations = situation.villages, situation.stations
    rows = np.flatnonzero(which)
    found, far = measure.nearest(villages.lon, villages.lat, stations.lon[rows], stations.lat[rows])
    nearest: Ints = np.where(found >= 0, rows[found], -1) if len(rows) else np.full(len(found), -1, dtype=np.int64)
    return nearest, far


def _evidenced(situation: Situation, rules: CoverageRules, gives: Bools) -> Bools:
    """Parcels are added up over the links that give service: what arrived at a closed station proves no other."""
    links, stations = situation.links, situation.stations
    many = len(situation.villages.code)
    parcels = np.bincount(links.village[gives], weights=links.parcels[gives], minlength=many)
    stands_here = stations.village[links.station] == links.village
    verified = stations.confidence[links.station] >= FLOORS["verified"]
    enough = (parcels >= rules.evidence_parcels) & _villages(situation, gives)
    return enough | _villages(situation, gives & stands_here & verified)


def _villages(situation: Situation, links: Bools) -> Bools:
    """Return which villages have at least one of these links."""
    reached = np.zeros(len(situation.villages.code), dtype=np.bool_)
    reached[situation.links.village[links]] = True
    return reached
