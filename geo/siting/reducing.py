"""The same siting problem with less to it: without what is settled, with alike villages and sites merged."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from geo.coverage.situation import Bools, Floats, Ints
from geo.siting.covers import Cover

# Finding out which sites are dominated compares every two that share a village: only while those are so few.
_MOST_COMPARED = 20_000_000


@dataclass(frozen=True)
class Reduced:
    """`matrix` is sites by groups of villages; `sites` are the rows of the cover that are left, `weights` of groups."""

    matrix: csr_array
    sites: Ints
    weights: Floats


def reduced(cover: Cover, weights: Floats, already: Bools) -> Reduced:
    """Leave out villages already covered, out of reach or weightless; merge the alike; drop dominated sites.

    Villages that exactly the same sites reach become one with the sum of their weights. A site whose villages another
    one reaches too is never needed: of two alike the lower row stays. The best value is unchanged.
    """
    open_to = np.flatnonzero(~already & cover.reached() & (weights > 0))
    matrix, merged = _merged(cover.matrix[:, open_to], weights[open_to])
    sites = np.flatnonzero(np.diff(matrix.indptr) > 0)
    matrix = csr_array(matrix[sites])
    if _compared(matrix) <= _MOST_COMPARED:
        kept = ~_dominated(matrix)
        matrix, sites = csr_array(matrix[kept]), sites[kept]
        # With fewer sites more villages are alike.
        matrix, merged = _merged(matrix, merged)
    return Reduced(matrix, sites.astype(np.int64), merged)


def among(problem: Reduced, kept: Ints) -> Reduced:
    """Return the problem over these of its sites alone, with the villages merged that they do not tell apart."""
    matrix, weights = _merged(csr_array(problem.matrix[kept]), problem.weights)
    return Reduced(matrix, problem.sites[kept], weights)


def _merged(matrix: csr_array, weights: Floats) -> tuple[csr_array, Floats]:
    """Return the matrix with alike columns made one, and without those that nobody reaches."""
    columns = matrix.tocsc()
    columns.sort_indices()
    group: dict[bytes, int] = {}
    of = np.empty(matrix.shape[1], dtype=np.int64)
    first: list[int] = []
    for column in range(matrix.shape[1]):
        alike = columns.indices[columns.indptr[column] : columns.indptr[column + 1]].tobytes()
        if not alike:
            of[column] = -1
            continue
        of[column] = group.setdefault(alike, len(group))
        if of[column] == len(first):
            first.append(column)
    summed: Floats = np.bincount(of[of >= 0], weights=weights[of >= 0], minlength=len(first)).astype(np.float64)
    return csr_array(columns[:, first]), summed


def _compared(matrix: csr_array) -> int:
    reached_by = np.bincount(matrix.indices, minlength=matrix.shape[1]).astype(np.int64)
    return int((reached_by**2).sum())


def _dominated(matrix: csr_array) -> NDArray[np.bool_]:
    size = np.diff(matrix.indptr)
    shared = (matrix @ matrix.T).tocoo()
    one, other = shared.row, shared.col
    inside = (shared.data == size[one]) & (one != other)
    beaten = inside & ((size[other] > size[one]) | (other < one))
    found = np.zeros(matrix.shape[0], dtype=np.bool_)
    found[one[beaten]] = True
    return found
