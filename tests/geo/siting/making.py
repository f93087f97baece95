"""Small siting problems: a matrix written out, or points drawn with a seed."""

import itertools

import numpy as np
from hypothesis import strategies as st
from scipy.sparse import csr_array

from geo.siting.covers import Cover


def cover(rows, villages):
    """Each row names the villages that a site reaches."""
    pairs = [(site, village) for site, reached in enumerate(rows) for village in sorted(set(reached))]
    at = tuple(np.array([p[k] for p in pairs], dtype=np.int64) for k in (0, 1))
    return Cover(csr_array((np.ones(len(pairs)), at), shape=(len(rows), villages)), 3000.0, "m")


def value(made, weights, already, rows):
    """Return what these sites add, counted plainly."""
    reached = set()
    for row in rows:
        reached |= set(made.matrix.indices[made.matrix.indptr[row] : made.matrix.indptr[row + 1]].tolist())
    return sum(weights[village] for village in reached if not already[village])


def best_by_trying(made, weights, already, k):
    sites = range(made.sites)
    return max(value(made, weights, already, rows) for rows in itertools.combinations(sites, min(k, made.sites)))


@st.composite
def problems(draw, most_sites=7, most_villages=9):
    """Return (cover, weights, already) with villages out of reach, empty sites and alike ones among them."""
    villages = draw(st.integers(1, most_villages))
    one = st.lists(st.integers(0, villages - 1), max_size=5)
    rows = draw(st.lists(one, min_size=1, max_size=most_sites))
    weights = draw(st.lists(st.integers(0, 5), min_size=villages, max_size=villages))
    already = draw(st.lists(st.booleans(), min_size=villages, max_size=villages))
    return cover(rows, villages), np.array(weights, float), np.array(already, bool)
