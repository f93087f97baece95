"""Why a village is not covered: the first reason that holds, in the order in which they would have to be mended."""

from __future__ import annotations

import numpy as np

from geo.coverage.rules import CoverageRules
from geo.coverage.situation import DEAD, Bools, Ints, Situation
from geo.coverage.stages import Stages
from geo.pairing.chain import serving

# In the order in which they are asked; the same words as `GapReason`.
REASONS = (
    "no_station", "station_dead", "station_unknown", "missing_service", "no_evidence", "no_logistics", "late",
)  # fmt: skip
NO_STATION, STATION_DEAD, STATION_UNKNOWN, MISSING_SERVICE, NO_EVIDENCE, NO_LOGISTICS, LATE = range(7)
COVERED = -1


def reasons(situation: Situation, stages: Stages, rules: CoverageRules, late: Bools, has_logistics: Bools) -> Ints:
    """Return for each village the number of the first reason in `REASONS`, or -1 where none holds.

    no_station: none was ever built for it. station_dead: every one is dead or delisted. station_unknown: none counts
    as alive under the rules, but one is not known to be dead. missing_service: no alive one has the required services.
    no_evidence: service is declared and not borne out. no_logistics: no node serves it (`has_logistics`). late: parcels
    come later than promised (whoever asks says which villages).
    """
    del rules  # The stages have been told by them already; a reason needs no threshold of its own.
    stations, links = situation.stations, situation.links
    breathing = (stations.is_listed & (stations.life != DEAD))[links.station]
    may_live = np.zeros(len(stages.built), dtype=np.bool_)
    may_live[links.village[breathing]] = True
    asked = (~stages.built, ~may_live, ~stages.alive, ~stages.service, ~stages.evidenced, ~has_logistics, late)
    return np.select(asked, [np.int64(number) for number in range(len(REASONS))], np.int64(COVERED))


def counts(reason: Ints) -> dict[str, int]:
    """Return how many villages each reason holds for, every reason named."""
    many = np.bincount(reason[reason >= 0], minlength=len(REASONS))
    return {name: int(many[number]) for number, name in enumerate(REASONS)}


def has_logistics(situation: Situation) -> Bools:
    """Return which villages a logistics node serves: as declared, or a village stop that stands there."""
    has = np.zeros(len(situation.villages.code), dtype=np.bool_)
    has[serving(situation)[1]] = True
    return has
