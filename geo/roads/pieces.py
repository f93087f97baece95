"""A piece of a network by itself: the stretches among some of its junctions, numbered anew."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array

from geo.roads.edges import Ints


def piece_of(rows: csr_array, piece: Ints, local: Ints) -> csr_array:
    """Return the network among these junctions; `local` has each one's new number, -1 for all others."""
    starts, counts = rows.indptr[piece].astype(np.int64), np.diff(rows.indptr)[piece].astype(np.int64)
    at = np.repeat(starts - (np.cumsum(counts) - counts), counts) + np.arange(int(counts.sum()))
    head = local[rows.indices[at]]
    kept = head >= 0
    tail = np.repeat(np.arange(len(piece)), counts)[kept]
    pointer = np.concatenate(([0], np.cumsum(np.bincount(tail, minlength=len(piece))))).astype(np.int32)
    return csr_array((rows.data[at][kept], head[kept].astype(np.int32), pointer), shape=(len(piece), len(piece)))
