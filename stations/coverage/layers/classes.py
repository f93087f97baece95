"""Which class each village belongs to on a map; exactly one, so that the counts of a legend add up to all villages.

Pure, by row of the situation; a class is a number into the tuple of its theme.
"""

from __future__ import annotations

import numpy as np

from geo.coverage.gaps import COVERED, REASONS
from geo.coverage.situation import Ints
from geo.coverage.stages import Stages
from geo.delivery.days import Delivery

FUNNEL = ("evidenced", "service", "alive", "geographic", "listed", "built", "none")
PAPER = ("live", "paper_unknown", "paper_only", "none")
GAPS = ("covered", *REASONS)
DELIVERY = ("on_time", "late", "few", "promised", "none")


def funnel_classes(stages: Stages) -> Ints:
    """Return the best that holds: with evidence, with service, an alive station, one nearby, listed, built, none.

    «Nearby» stands above «listed»: a village whose own station is dead may still have an alive one within the radius.
    """
    best = (stages.evidenced, stages.service, stages.alive, stages.geographic, stages.listed, stages.built)
    return _first(best, FUNNEL)


def paper_classes(stages: Stages) -> Ints:
    """Return what a listed station is worth: alive, not known, on paper only; or no listed station (F7)."""
    return _first((stages.alive, stages.listed & stages.service_high, stages.listed), PAPER)


def gap_classes(reasons: Ints) -> Ints:
    """Return the first reason why a village is not covered, «covered» where none holds."""
    return np.where(reasons == COVERED, 0, reasons + 1)


def delivery_classes(delivery: Delivery) -> Ints:
    """Return how parcels reach a village: in time, late, too few to judge, promised and never seen, nothing told."""
    villages = delivery.villages
    promised = np.zeros(len(villages.parcels), dtype=np.bool_)
    promised[delivery.promised_not_observed] = True
    return _first((villages.on_time, villages.late, villages.parcels > 0, promised), DELIVERY)


def _first(holds: tuple[np.ndarray[tuple[int], np.dtype[np.bool_]], ...], classes: tuple[str, ...]) -> Ints:
    """Return the number of the first that holds, else the last class of all."""
    return np.select(holds, [np.int64(number) for number in range(len(holds))], np.int64(len(classes) - 1))
