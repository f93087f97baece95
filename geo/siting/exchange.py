"""A choice of sites made better by exchanges: some out, as many in where they now add the most, kept when it gains.

Interchange after a greedy start (Teitz & Bart 1968), over neighbourhoods of growing size with a few kicks out of local
optima (Mladenović & Hansen 1997); the dice have a seed, so the same question has the same answer.
"""

from __future__ import annotations

import numpy as np

from geo.coverage.situation import Bools, Floats, Ints
from geo.siting.covers import Cover

# How many sites that lie together are exchanged at once, smallest first.
_SIZES = (1, 2, 3, 4, 6, 8)
_GAIN = 1e-9


def exchanged(cover: Cover, weights: Floats, already: Bools, rows: Ints, *, tries: int, seed: int = 0) -> Ints:
    """Return as many sites of at least the same value, after at most so many exchanges have been tried."""
    if not len(rows) or tries < 1:
        return rows
    state = _Choice(cover, weights, already)
    for row in rows:
        state.put_in(int(row))
    dice = np.random.default_rng(seed)
    left = _settle(state, tries)
    best, best_value = list(state.rows), state.value
    while left > 0:
        _kick(state, dice)
        left = _settle(state, left)
        if state.value > best_value * (1 + _GAIN):
            best, best_value = list(state.rows), state.value
        else:
            state.become(best)
    return np.asarray(best, dtype=np.int64)


class _Choice:
    """The chosen sites, how many of them reach each village, what each site would add, and what all add now."""

    def __init__(self, cover: Cover, weights: Floats, already: Bools) -> None:
        self.by_site = cover.matrix
        self.by_village = cover.matrix.T.tocsr()
        self.weights = np.where(already, 0.0, weights)
        self.count = np.zeros(cover.villages, dtype=np.int64)
        self.gains: Floats = cover.matrix @ self.weights
        self.value = 0.0
        self.rows: list[int] = []

    def villages(self, row: int) -> Ints:
        """Return the villages that a site reaches."""
        reached: Ints = self.by_site.indices[self.by_site.indptr[row] : self.by_site.indptr[row + 1]]
        return reached

    def sites(self, villages: Ints) -> tuple[Ints, Ints]:
        """Return the sites that reach these villages, village by village, and how many reach each."""
        pointer = self.by_village.indptr
        many = (pointer[villages + 1] - pointer[villages]).astype(np.int64)
        at = np.repeat(pointer[villages] - (np.cumsum(many) - many), many) + np.arange(int(many.sum()))
        return self.by_village.indices[at], many

    def put_in(self, row: int) -> None:
        """Choose a site: villages that nobody reached add to nobody else any more."""
        reached = self.villages(row)
        self._weigh(reached[self.count[reached] == 0], -1.0)
        self.count[reached] += 1
        self.rows.append(row)

    def take_out(self, row: int) -> None:
        """Give a site up: villages that only it reached can be gained again."""
        reached = self.villages(row)
        self.count[reached] -= 1
        self._weigh(reached[self.count[reached] == 0], 1.0)
        self.rows.remove(row)

    def become(self, rows: list[int]) -> None:
        """Choose exactly these sites."""
        for row in [row for row in self.rows if row not in set(rows)]:
            self.take_out(row)
        for row in [row for row in rows if row not in set(self.rows)]:
            self.put_in(row)

    def _weigh(self, fresh: Ints, sign: float) -> None:
        sites, many = self.sites(fresh)
        np.add.at(self.gains, sites, sign * np.repeat(self.weights[fresh], many))
        self.value -= sign * float(self.weights[fresh].sum())

    def around(self, row: int, many: int) -> list[int]:
        """Return this chosen site and the chosen ones that share the most with its surroundings."""
        if many == 1:
            return [row]
        about = np.unique(self.sites(self.villages(row))[0])
        near = np.zeros(len(self.count), dtype=np.bool_)
        for site in about:
            near[self.villages(int(site))] = True
        shared = [(-int(near[self.villages(other)].sum()), other) for other in self.rows if other != row]
        return [row, *(other for _, other in sorted(shared)[: many - 1])]


def _settle(state: _Choice, tries: int) -> int:
    """Try exchanges of growing size until none gains or the tries are used up; return how many are left."""
    at = 0
    while at < len(_SIZES) and _SIZES[at] <= len(state.rows):
        better = False
        for row in list(state.rows):
            if tries <= 0:
                return 0
            if row in state.rows:
                tries -= 1
                better |= _exchange(state, state.around(row, _SIZES[at]))
        at = 0 if better else at + 1
    return tries


def _exchange(state: _Choice, out: list[int]) -> bool:
    """Exchange these sites for the ones that add the most without them; undo it unless it gains."""
    before = state.value
    for row in out:
        state.take_out(row)
    into = []
    for _ in out:
        into.append(int(np.argmax(state.gains)))
        state.put_in(into[-1])
    if state.value > before * (1 + _GAIN):
        return True
    for row in into:
        state.take_out(row)
    for row in out:
        state.put_in(row)
    return False


def _kick(state: _Choice, dice: np.random.Generator) -> None:
    """Exchange a tenth of the sites, at least one, for any others that reach what they reached."""
    out = dice.choice(state.rows, size=max(1, len(state.rows) // 10), replace=False)
    near = np.unique(state.sites(np.unique(np.concatenate([state.villages(int(row)) for row in out])))[0])
    for row in out:
        state.take_out(int(row))
    # Those given up are among them, so there are always enough.
    free = np.setdiff1d(near, state.rows)
    for row in dice.choice(free, size=len(out), replace=False):
        state.put_in(int(row))
