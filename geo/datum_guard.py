"""Are the pairs of a county in the datum they are said to be in? Told by how they lie beside their villages.

A pair in GCJ-02 or BD-09 that is taken for CGCS2000 stands 300-1300 m from where it should, always the same way within
a county. Its village's own point does not. So, over a county: d = station - village (metres east, north), v = what the
wrong name would add there, p = mean(d).v / |v|^2; nothing added gives p about 0, all added about 1. Mixed means
p > 0.5 (geo study, section 2e). The tests against several datums together say: the mean lies nearest to another
hypothesis than «as declared», since p > 0.5 is the far side of the line halfway.

The mean is Huber's (1964), so that one station entered in a wrong village does not decide for its county. Metres are
local: east = R cos(lat) dlon, north = R dlat, R = 6371008.8 m.

What to expect of ten stations: standing 400 m (root mean square) from their villages, 122 of 122 mixed counties are
found with no false alarm (tests, five seeds); with 400 m on each axis halfway is 2.4 standard errors away, so that no
rule whatever does better than one county in 140 on each side.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geo.datum import from_cgcs2000, to_cgcs2000
from geo.distance import EARTH_RADIUS_M, Floats, Integers
from geo.heaps import Two, huber_mean, pooled_scale, two_heaps

CLEAN, MIXED, PARTLY, UNSURE, TOO_FEW = "clean", "mixed", "partly", "unsure", "too_few"
# The villages' points are the shifted ones: stations lie a whole vector the other way, p about -1.
REVERSED = "reversed"
# What a pair may be in truth; WGS-84 and CGCS2000 are one.
TRUTHS = ("cgcs2000", "gcj02", "bd09")
Texts = NDArray[np.object_]


@dataclass(frozen=True)
class GuardRules:
    """When to speak: p > `threshold` of the vector, from `at_least` stations, `certain` standard errors from p = 0.

    An import among others must be `certain_batch` errors away: there are several, and each may err by chance. Stations
    more than `far_m` from their village say nothing of datums. `gain` is 2 log(likelihood ratio) at which two heaps
    are believed rather than one.
    """

    threshold: float = 0.5
    at_least: int = 5
    certain: float = 2.0
    certain_batch: float = 3.0
    far_m: float = 5000.0
    gain: float = 12.0


@dataclass(frozen=True)
class Points:
    """Stations beside their villages' own points: CGCS2000 degrees as stored (NaN: no place), one row a station.

    `declared` is the datum that the pair was said to be in, `county` and `batch` (an import, a source) are any keys.
    """

    lon: Floats
    lat: Floats
    village_lon: Floats
    village_lat: Floats
    county: Texts
    declared: Texts
    batch: Texts


@dataclass(frozen=True)
class Judgement:
    """What the stations of one heap say: `projections` by datum is p, `errors` its standard error.

    `truth` is the datum nearest to their mean; `typical_m` how far stations stand from their villages on one axis when
    the mean is taken off; `needed` how many stations it takes to be `certain` at that jitter: n >= (2 z s / |v|)^2.
    """

    verdict: str
    truth: str
    stations: int
    projections: dict[str, float] = field(default_factory=dict)
    errors: dict[str, float] = field(default_factory=dict)
    shift_m: float = 0.0
    typical_m: float = 0.0
    needed: int = 0


@dataclass(frozen=True)
class CountyCheck:
    """A county's stations of one declared datum: together, by import, and one by one.

    `suspicion` is for each of `rows` the probability that it is in `truth`, not as declared; `share` estimates how
    many are. A verdict `partly` means that two heaps are there that no import tells apart, or that only some imports
    (those of `bad_batches`) are mixed.
    """

    county: str
    declared: str
    verdict: str
    truth: str
    whole: Judgement
    batches: dict[str, Judgement]
    share: float
    rows: Integers
    suspicion: Floats

    @property
    def bad_batches(self) -> list[str]:
        """Give the imports that are mixed while others are not."""
        return [name for name, one in self.batches.items() if one.verdict == MIXED]


def offsets_m(lon: ArrayLike, lat: ArrayLike, to_lon: ArrayLike, to_lat: ArrayLike) -> Floats:
    """Return (n, 2) metres east and north from (lon, lat) to the other point; degrees in."""
    x, y, to_x, to_y = (np.asarray(one, np.float64) for one in (lon, lat, to_lon, to_lat))
    a_degree = np.deg2rad(1.0) * EARTH_RADIUS_M
    metres: Floats = np.stack(((to_x - x) * a_degree * np.cos(np.deg2rad(y)), (to_y - y) * a_degree), axis=-1)
    return metres


def shift_m(lon: ArrayLike, lat: ArrayLike, truth: str, declared: str = "cgcs2000") -> Floats:
    """Return (n, 2) metres by which a pair in `truth` stands off when it is converted as if in `declared`."""
    return offsets_m(lon, lat, *to_cgcs2000(*from_cgcs2000(lon, lat, truth), declared))


def check_counties(points: Points, rules: GuardRules | None = None) -> list[CountyCheck]:
    """Judge every county and declared datum, by county; rows without either place are left aside, an empty set is [].

    WGS-84 counts as CGCS2000. A heap of fewer than `at_least` stations is `too_few`, never an alarm.
    """
    rules = rules or GuardRules()
    off = offsets_m(points.village_lon, points.village_lat, points.lon, points.lat)
    far = np.hypot(off[:, 0], off[:, 1])
    # A station exactly on its village's point has been put there from the village list: it witnesses nothing.
    usable = np.isfinite(far) & (far <= rules.far_m) & (far > 0)
    return [
        _check(points, off, county, declared, rows[usable[rows]], rules) for county, declared, rows in _heaps(points)
    ]


def _heaps(points: Points) -> Iterator[tuple[str, str, Integers]]:
    """Give the rows of each county and declared datum, found in one sorting: a nation has thousands of counties."""
    if not len(points.county):
        return
    names, county = np.unique(points.county.astype(str), return_inverse=True)
    plain = np.where(points.declared == "wgs84", "cgcs2000", points.declared)
    heap = county * len(TRUTHS) + np.array([TRUTHS.index(one) for one in plain])
    order = np.argsort(heap, kind="stable")
    for rows in np.split(order, np.flatnonzero(np.diff(heap[order])) + 1):
        number, truth = divmod(int(heap[rows[0]]), len(TRUTHS))
        yield str(names[number]), TRUTHS[truth], rows.astype(np.int64)


def _check(points: Points, off: Floats, county: str, declared: str, rows: Integers, rules: GuardRules) -> CountyCheck:
    d = off[rows]
    vectors = {
        truth: shift_m(points.village_lon[rows], points.village_lat[rows], truth, declared).mean(axis=0)
        for truth in TRUTHS
        if truth != declared and len(rows)
    }
    whole = judge(d, vectors, declared, rules, rules.certain)
    batch_of = points.batch[rows]
    names = sorted(set(batch_of.tolist()))
    # Several small heaps share one scale: five stations alone know theirs too badly.
    typical = pooled_scale([d[batch_of == name] for name in names])
    batches = {name: judge(d[batch_of == name], vectors, declared, rules, rules.certain_batch, typical)
               for name in names if len(names) > 1}  # fmt: skip
    nothing = Two(0.0, 0.0, 0.0, np.zeros(len(rows)))
    heaps = {truth: two_heaps(d, v) for truth, v in vectors.items()} if len(rows) >= rules.at_least else {}
    # Of the two ways of being shifted the likelier one speaks.
    truth = whole.truth if whole.verdict == MIXED else max(heaps, key=lambda one: heaps[one].likelihood, default="")
    two = heaps.get(truth, nothing)
    bad = {one.truth for one in batches.values() if one.verdict == MIXED}
    sound = any(one.verdict == CLEAN for one in batches.values())
    verdict = whole.verdict
    if bad and sound:
        verdict, truth = PARTLY, next(iter(sorted(bad)))
        two = heaps[truth]
    elif two.gain > rules.gain and min(two.share, 1.0 - two.share) * len(rows) >= 3.0:
        verdict = PARTLY
    told = truth if verdict in (MIXED, PARTLY) else whole.truth if verdict == REVERSED else declared
    return CountyCheck(county, declared, verdict, told, whole, batches, two.share, rows, two.suspicion)


def judge(
    d: Floats, vectors: dict[str, Floats], declared: str, rules: GuardRules, certain: float,
    known_scale: float | None = None,
) -> Judgement:  # fmt: skip
    """Judge offsets (n, 2) in metres against the mean vectors of the other datums; fewer than `at_least`: too_few.

    Mixed: some p > threshold, and the p of the nearest datum at least `certain` errors above 0. Clean: no p above the
    threshold, and each at least `certain` errors below 1. Reversed: the mean turned round would be mixed, of pairs that
    are declared plain. Else unsure.
    """
    n = len(d)
    if n < rules.at_least:
        return Judgement(TOO_FEW, declared, n, needed=rules.at_least)
    mean, own_scale = huber_mean(d)
    typical = known_scale or own_scale
    length = {truth: float(np.hypot(*v)) for truth, v in vectors.items()}
    p = {truth: float(mean @ v / length[truth] ** 2) for truth, v in vectors.items()}
    error = {truth: float(typical / np.sqrt(n) / length[truth]) for truth in vectors}
    turned = declared == "cgcs2000" and min(p.values()) < -rules.threshold
    side = -1.0 if turned else 1.0
    nearest = min(vectors, key=lambda truth: float(np.hypot(*(side * mean - vectors[truth]))))
    if turned or max(p.values()) > rules.threshold:
        sure = side * p[nearest] >= certain * error[nearest]
        verdict, truth = (REVERSED if turned else MIXED, nearest) if sure else (UNSURE, declared)
    else:
        sure = all(1.0 - p[truth] >= certain * error[truth] for truth in vectors)
        verdict, truth = CLEAN if sure else UNSURE, declared
    shortest = min(length.values())
    needed = max(rules.at_least, int(np.ceil((2.0 * certain * typical / shortest) ** 2)))
    return Judgement(verdict, truth, n, p, error, length[nearest], typical, needed)
