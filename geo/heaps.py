"""Where a heap of points on the ground has its middle, how wide it is, and whether it is one heap or two.

Points are (n, 2) metres. Huber, P. J. (1964), Robust Estimation of a Location Parameter; Dempster, Laird & Rubin (1977)
for the two heaps.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from geo.distance import Floats


def huber_mean(d: Floats) -> tuple[Floats, float]:
    """Return Huber's mean of points (n, 2), bent at 2.5 scales, and the scale on one axis (root mean square, bent).

    The first guess is the median of each axis, its scale the median distance / 1.1774 (Rayleigh's median); n >= 2.
    """
    mean = np.median(d, axis=0)
    scale = max(float(np.median(np.hypot(*(d - mean).T))) / 1.1774, 1.0)
    for _ in range(30):
        far = np.hypot(*(d - mean).T)
        weight = np.minimum(1.0, 2.5 * scale / np.maximum(far, 1e-9))
        before, mean = mean, weight @ d / weight.sum()
        if np.abs(mean - before).max() < 0.01:
            break
    bent = np.minimum(np.hypot(*(d - mean).T), 2.5 * scale)
    return mean, float(np.sqrt((bent**2).sum() / (2.0 * (len(d) - 1))))


def pooled_scale(heaps: list[Floats]) -> float | None:
    """Return the scale on one axis that heaps of their own means share, by their degrees of freedom; None of none."""
    known = [(2.0 * (len(d) - 1), huber_mean(d)[1]) for d in heaps if len(d) > 1]
    weight = sum(freedom for freedom, _ in known)
    return float(np.sqrt(sum(freedom * scale**2 for freedom, scale in known) / weight)) if known else None


@dataclass(frozen=True)
class Two:
    """Two heaps of one width: how many lie at v, how much likelier that is than one heap, each one's probability."""

    share: float
    gain: float
    likelihood: float
    suspicion: Floats


def two_heaps(d: Floats, v: Floats) -> Two:
    """Fit normal heaps of one scale at 0 and at v to offsets (n, 2) by expectation-maximisation, scale >= 50 m.

    `gain` is 2 (log likelihood - that of the better single heap, at 0 or at v, with its own scale).
    """
    to_none, to_v = (d**2).sum(axis=1), ((d - v) ** 2).sum(axis=1)
    share, variance = 0.5, max(float(np.minimum(to_none, to_v).mean()) / 2.0, 2500.0)
    suspicion = np.full(len(d), 0.5)
    for _ in range(100):
        lean = np.log(max(share, 1e-9) / max(1.0 - share, 1e-9)) + (to_none - to_v) / (2.0 * variance)
        suspicion = 1.0 / (1.0 + np.exp(-np.clip(lean, -50.0, 50.0)))
        before, share = share, float(suspicion.mean())
        variance = max(float((suspicion * to_v + (1.0 - suspicion) * to_none).mean()) / 2.0, 2500.0)
        if abs(share - before) < 1e-5:
            break
    both = share * np.exp(-to_v / (2 * variance)) + (1.0 - share) * np.exp(-to_none / (2 * variance))
    likelihood = float(np.log(np.maximum(both, 1e-300) / variance).sum())
    single = max(_one_heap(to_none), _one_heap(to_v))
    return Two(share, 2.0 * (likelihood - single), likelihood, suspicion)


def _one_heap(squares: Floats) -> float:
    variance = max(float(squares.mean()) / 2.0, 2500.0)
    return float((-squares / (2.0 * variance) - np.log(variance)).sum())
