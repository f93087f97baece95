"""Which village each possible site would reach: a sparse matrix, and what each village weighs."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csr_array

from geo.coverage.situation import Bools, Floats
from geo.measure import Measure


@dataclass(frozen=True)
class Cover:
    """Rows are sites, columns villages, every entry 1; `radius` is in `unit`, «m» or «min»."""

    matrix: csr_array
    radius: float
    unit: str

    @property
    def sites(self) -> int:
        """Return how many sites there are to choose from."""
        return int(self.matrix.shape[0])

    @property
    def villages(self) -> int:
        """Return how many villages there are to reach."""
        return int(self.matrix.shape[1])

    def reached(self) -> Bools:
        """Return which villages some site reaches at all: the others are demand that no choice can meet."""
        found = np.zeros(self.villages, dtype=np.bool_)
        found[self.matrix.indices] = True
        return found


def cover_of(
    measure: Measure, site_lon: ArrayLike, site_lat: ArrayLike, village_lon: ArrayLike, village_lat: ArrayLike,
    radius: float,
) -> Cover:  # fmt: skip
    """Return the cover of sites over villages at most `radius` apart (<=) by a measure, in the measure's unit.

    A site or a village without a place reaches nobody and is reached by nobody.
    """
    pairs = measure.within(site_lon, site_lat, village_lon, village_lat, radius)
    shape = len(np.atleast_1d(np.asarray(site_lon))), len(np.atleast_1d(np.asarray(village_lon)))
    return Cover(
        csr_array((np.ones(len(pairs.asking)), (pairs.asking, pairs.found)), shape=shape), radius, measure.unit
    )


def covered_by(cover: Cover, sites: ArrayLike) -> Bools:
    """Return which villages these sites reach together; a village that two of them reach is one village."""
    rows = np.atleast_1d(np.asarray(sites, dtype=np.int64))
    found = np.zeros(cover.villages, dtype=np.bool_)
    found[cover.matrix[rows].indices] = True
    return found


def weights_of(is_poor: Bools, poor_weight: float, people: Floats | None = None) -> Floats:
    """Return what each village weighs: 1, or its people, times `poor_weight` (alpha >= 1) for a poor village.

    Where people are unknown (nan) the mean of the known villages stands in; where none is known, 1. A village of
    nobody weighs nothing. ValueError for an alpha below zero or people below zero.
    """
    if poor_weight < 0 or (people is not None and bool((people < 0).any())):
        raise ValueError("weights must not be negative")
    base = np.ones(len(is_poor))
    if people is not None and np.isfinite(people).any():
        base = np.where(np.isfinite(people), people, people[np.isfinite(people)].mean())
    return base * np.where(is_poor, poor_weight, 1.0)
