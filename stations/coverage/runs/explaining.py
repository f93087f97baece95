"""Two runs village by village: which stages were gained or lost, and what of the input changed there; pure.

A cause is a fact that differs between the runs and touches the village through one of its links, its nearest station or
its own row. Causes that can only help are not named for a pure loss, nor those that can only harm for a pure gain.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from geo.coverage.dependency import STAGES
from stations.coverage.runs.packing import Kept, KeptLink, KeptStation, KeptVillage

GAINED, LOST, MIXED, OTHER_REASON, ADDED, REMOVED = "gained", "lost", "mixed", "other_reason", "added", "removed"
HELPS, HARMS, EITHER = 1, -1, 0
# Life that somebody saw or concluded; the rest is not knowing.
DEAD = "dead"
_GONE = frozenset({DEAD, "presumed_dead"})
# How sure an answer must be to prove service by itself (a check by video is a check).
_VERIFIED = frozenset({"verified_remote", "verified"})


@dataclass(frozen=True)
class Cause:
    """One fact that differs: its code, the station it is about («» for none), what it was and what it is."""

    code: str
    station: str = ""
    was: str | None = None
    now: str | None = None
    side: int = field(default=EITHER, compare=False)


@dataclass(frozen=True)
class Side:
    """One of the two runs: its outcome, its parameters as plain values, its base year and the code that made it."""

    kept: Kept
    parameters: Mapping[str, Any]
    base_year: int
    code_version: str


@dataclass(frozen=True)
class VillageDifference:
    """A village that came out otherwise; `before` or `after` is None where it does not stand in that list."""

    code: str
    name: str
    is_poor: bool
    change: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    before: KeptVillage | None
    after: KeptVillage | None
    causes: tuple[Cause, ...]


def explain(before: Side, after: Side) -> list[VillageDifference]:
    """Give every village whose stages or gap reason differ, by code, each with at least one cause."""
    then, now = before.kept.by_village, after.kept.by_village
    general = [*_general(before, after)]
    found = []
    for code in sorted({*then, *now}):
        was, is_ = then.get(code), now.get(code)
        if was is not None and is_ is not None and (was.stages, was.reason) == (is_.stages, is_.reason):
            continue
        found.append(_one(code, was, is_, before, after, general))
    return found


def _one(
    code: str, was: KeptVillage | None, is_: KeptVillage | None, before: Side, after: Side, general: list[Cause]
) -> VillageDifference:
    known = is_ or was
    name, is_poor = (known.name, known.is_poor) if known else ("", False)
    if was is None or is_ is None:
        change = ADDED if was is None else REMOVED
        listed = Cause("base_year" if before.base_year != after.base_year else "village_list", "",
                       str(before.base_year), str(after.base_year))  # fmt: skip
        return VillageDifference(code, name, is_poor, change, (), (), was, is_, (listed,))
    gained = tuple(stage for stage in STAGES if stage in is_.stages - was.stages)
    lost = tuple(stage for stage in STAGES if stage in was.stages - is_.stages)
    change = MIXED if gained and lost else GAINED if gained else LOST if lost else OTHER_REASON
    wanted = {GAINED: HELPS, LOST: HARMS}.get(change, EITHER)
    local = [cause for cause in _local(was, is_, before.kept, after.kept) if wanted * cause.side >= 0]
    causes = [*dict.fromkeys([*local, *general])]
    if not causes:
        # Only delivery and the logistics network are judged by columns that a run does not keep.
        causes = [Cause("logistics" if change == OTHER_REASON else "input")]
    return VillageDifference(code, name, is_poor, change, gained, lost, was, is_, tuple(causes))


def _general(before: Side, after: Side) -> Iterator[Cause]:
    """Name what holds for every village: another parameter, another list, other code."""
    for name in sorted({*before.parameters, *after.parameters}):
        was, is_ = before.parameters.get(name), after.parameters.get(name)
        if was != is_:
            yield Cause("parameter", "", f"{name}={_word(was)}", f"{name}={_word(is_)}")
    if before.code_version != after.code_version:
        yield Cause("code_version", "", before.code_version, after.code_version)


def _local(was: KeptVillage, is_: KeptVillage, before: Kept, after: Kept) -> Iterator[Cause]:
    """Name what differs about the village's place and nearest stations, where nearness changed, and about its links."""
    changed = was.stages ^ is_.stages
    if "geographic" in changed:
        if was.place != is_.place:
            yield Cause("village_place", "", _word(was.place), _word(is_.place))
        for code in sorted({was.nearest, is_.nearest} - {""}):
            yield from _station(before.by_station.get(code), after.by_station.get(code), with_place=True)
    if not changed - {"geographic"} and was.reason == is_.reason:
        return
    links = before.links_of.get(was.code, {}), after.links_of.get(is_.code, {})
    for code in sorted({*links[0], *links[1]}):
        yield from _station(before.by_station.get(code), after.by_station.get(code))
        for cause in _link(code, links[0].get(code), links[1].get(code), before, after):
            # Parcels prove a service and do nothing else.
            if "evidenced" in changed or not cause.code.startswith("evidence"):
                yield cause


def _station(was: KeptStation | None, is_: KeptStation | None, *, with_place: bool = False) -> Iterator[Cause]:
    if was is None and is_ is not None:
        yield Cause("station_built", is_.code, None, is_.life, HELPS)
    if was is not None and is_ is None:
        yield Cause("station_left", was.code, was.life, None, HARMS)
    if was is None or is_ is None:
        return
    if was.is_listed != is_.is_listed:
        code, side = ("station_relisted", HELPS) if is_.is_listed else ("station_delisted", HARMS)
        yield Cause(code, was.code, None, None, side)
    counts = int(is_.counts) - int(was.counts)
    # Between two lives that both count, or two that neither count nor are death, no stage and no reason can tell.
    if was.life != is_.life and (counts or DEAD in (was.life, is_.life)):
        yield Cause(_life_change(was, is_), was.code, was.life, is_.life, counts)
    verified = int(is_.confidence in _VERIFIED) - int(was.confidence in _VERIFIED)
    if (was.counts and is_.counts and verified) or (was.life == is_.life and counts):
        yield Cause("confidence", was.code, was.confidence, is_.confidence, counts or verified)
    if with_place and was.place != is_.place:
        yield Cause("station_place", was.code, _word(was.place), _word(is_.place))


def _life_change(was: KeptStation, is_: KeptStation) -> str:
    if is_.life in _GONE and was.life not in _GONE:
        return "station_died"
    if is_.counts and not was.counts:
        return "station_revived"
    return "station_in_doubt" if was.counts and not is_.counts else "station_life"


def _link(code: str, was: KeptLink | None, is_: KeptLink | None, before: Kept, after: Kept) -> Iterator[Cause]:
    if was is None and is_ is not None and code in before.by_station:
        yield Cause("link_began", code, None, None, HELPS)
    if was is not None and is_ is None and code in after.by_station:
        yield Cause("link_ended", code, None, None, HARMS)
    if was is None or is_ is None:
        return
    if was.services != is_.services:
        fewer, more = was.services & ~is_.services, is_.services & ~was.services
        yield Cause("link_services", code, str(was.services), str(is_.services),
                    EITHER if fewer and more else HELPS if more else HARMS)  # fmt: skip
    if was.parcels != is_.parcels:
        came = is_.parcels > was.parcels
        yield Cause("evidence_came" if came else "evidence_went", code, str(was.parcels), str(is_.parcels),
                    HELPS if came else HARMS)  # fmt: skip


def _word(value: Any) -> str:
    return "" if value is None else str(value)
