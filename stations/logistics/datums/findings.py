"""From the guard's verdicts to findings: which fault, of which county and import, how sure, and which stations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

import numpy as np

from field_app_schema.vocab_network import DatumFault
from geo.areas import Areas
from geo.astray import pair_faults, strayed
from geo.datum_guard import CLEAN, MIXED, PARTLY, REVERSED, CountyCheck, Judgement, check_counties
from stations.logistics.datums.gathering import Gathered

FAULT_OF_TRUTH = {"gcj02": DatumFault.MIXED_GCJ02, "bd09": DatumFault.MIXED_BD09, "cgcs2000": DatumFault.NOT_SHIFTED}
TRUTH_OF_FAULT = {fault: truth for truth, fault in FAULT_OF_TRUTH.items()}
# The worst of several verdicts speaks for a county.
ORDER = (MIXED, REVERSED, PARTLY, "unsure", CLEAN, "too_few")

# Gives the areas of counties by code, as many as are known; the maps know where from, this room does not.
Outlines = Callable[[Collection[str]], Areas]


def no_outlines(_codes: Collection[str]) -> Areas:
    """Know no outline of any county."""
    return {}


@dataclass(frozen=True)
class Finding:
    """One fault of one county: `rows` are the stations it is about, `batch` the import where only that one is at fault.

    `truth` is the datum the pairs are in; `judgement` the figures (None for single pairs); `suspicion` for each row the
    probability where they must be told one by one, and then nothing is mended unless its stations are named.
    """

    county: str
    fault: DatumFault
    declared: str
    truth: str
    rows: tuple[int, ...]
    batch: str | None = None
    judgement: Judgement | None = None
    share: float | None = None
    suspicion: tuple[float, ...] = ()

    @property
    def must_be_named(self) -> bool:
        """Say whether only a person can tell which of the stations are at fault."""
        return bool(self.suspicion)

    @property
    def can_be_mended(self) -> bool:
        """Say whether stations can be put right: shifted villages are put right by importing the villages."""
        return self.fault is not DatumFault.VILLAGES_SHIFTED


@dataclass
class CountyFound:
    """What was found of a county; `whole` are the figures of its stations together, by declared datum."""

    code: str
    stations: int
    verdict: str = "too_few"
    whole: dict[str, Judgement] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)


def find_faults(gathered: Gathered, outlines: Outlines = no_outlines) -> list[CountyFound]:
    """Give every county of the stations gathered with what is at fault there, by code.

    `outlines` gives the areas of those counties that are known; without one, «far from all its villages» must do.
    """
    counties: dict[str, CountyFound] = {}
    for one in gathered.stations:
        counties.setdefault(one.county, CountyFound(one.county, 0)).stations += 1
    verdicts: dict[str, list[str]] = defaultdict(list)
    heaps = _heaps(gathered)
    for check in check_counties(gathered.points):
        found = counties[check.county]
        found.whole[check.declared] = check.whole
        found.findings += _of_datum(check, gathered, heaps[check.county, check.declared])
        verdicts[check.county].append(check.verdict)
    for code, words in verdicts.items():
        counties[code].verdict = min(words, key=ORDER.index)
    for finding in _of_pairs(gathered, outlines(list(counties))):
        counties[finding.county].findings.append(finding)
    return [counties[code] for code in sorted(counties)]


def _heaps(gathered: Gathered) -> dict[tuple[str, str], list[int]]:
    heaps: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row, one in enumerate(gathered.stations):
        heaps[one.county, _plain(one.held.coord_system)].append(row)
    return heaps


def _of_datum(check: CountyCheck, gathered: Gathered, heap: list[int]) -> Iterable[Finding]:
    # Of an import that has not one station to be compared nothing is known: it is left alone.
    witnessed = {gathered.stations[row].batch for row in check.rows.tolist()}
    same = [row for row in heap if gathered.stations[row].batch in witnessed]
    if check.verdict == REVERSED:
        yield Finding(check.county, DatumFault.VILLAGES_SHIFTED, check.declared, check.truth, tuple(same),
                      judgement=check.whole)  # fmt: skip
    elif check.verdict == MIXED:
        yield Finding(check.county, FAULT_OF_TRUTH[check.truth], check.declared, check.truth, tuple(same),
                      judgement=check.whole, share=check.share)  # fmt: skip
    elif check.verdict == PARTLY and check.bad_batches:
        for batch in check.bad_batches:
            truth = check.batches[batch].truth
            rows = tuple(row for row in same if gathered.stations[row].batch == batch)
            yield Finding(check.county, FAULT_OF_TRUTH[truth], check.declared, truth, rows, batch=batch,
                          judgement=check.batches[batch])  # fmt: skip
    elif check.verdict == PARTLY:
        likely = np.flatnonzero(check.suspicion > 0.5)
        order = likely[np.argsort(-check.suspicion[likely], kind="stable")]
        yield Finding(check.county, FAULT_OF_TRUTH[check.truth], check.declared, check.truth,
                      tuple(int(row) for row in check.rows[order]), judgement=check.whole, share=check.share,
                      suspicion=tuple(float(one) for one in check.suspicion[order]))  # fmt: skip


def _of_pairs(gathered: Gathered, areas: Areas) -> Iterable[Finding]:
    points = gathered.points
    words = pair_faults(gathered.raw_lon, gathered.raw_lat)
    away = strayed(points.lon, points.lat, points.county, points.village_lon, points.village_lat, gathered.known_lon,
                   gathered.known_lat, gathered.known_county, areas)  # fmt: skip
    words[away & (words == None)] = DatumFault.WRONG_COUNTY  # noqa: E711  # an array of words, compared one by one
    rows: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row, word in enumerate(words.tolist()):
        if word is not None:
            rows[gathered.stations[row].county, str(word)].append(row)
    for (county, word), some in sorted(rows.items()):
        yield Finding(county, DatumFault(word), "", "", tuple(some))


def _plain(datum: str | None) -> str:
    return "cgcs2000" if datum in (None, "wgs84") else str(datum)
