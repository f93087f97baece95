"""What a published quarter would say today, station by station and why; published + differences = now, always."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.words.survival import WORDS
from stations.batches import in_batches
from stations.people.access import Caller
from stations.records.frames import frame_of, unit_asked
from stations.records.tables import Station
from stations.survival.fetching import recomputed, within
from stations.survival.figures.headline import headline
from stations.survival.figures.lives import StationLife, built_by
from stations.survival.figures.report import DEFINITIONS, sources_of
from stations.survival.quarters.freezing import find_snapshot
from stations.survival.tables import Snapshot, SnapshotStation
from stations.vitality.dating import date_fact
from stations.vitality.evidence import AlivePolicy, StationFacts
from stations.vitality.fetching import NOTHING, facts_of
from stations.vitality.thresholds import alive_policy

# What a station adds to each count of the headline.
PARTS: dict[str, Callable[[StationLife], bool]] = {
    "built": lambda life: True,
    "listed": lambda life: life.is_listed,
    "alive": lambda life: life.is_living,
    "known_dead": lambda life: life.is_known_dead,
    "unsure": lambda life: not life.is_living and not life.is_known_dead,
}
_SHOWN = ("listing_status", "vitality", "confidence", "reason")


def differences(session: Session, caller: Caller, snapshot_id: int, *, now: dt.datetime) -> dict[str, Any]:
    """Compare a published quarter with the same day as it is known now.

    Each station that is counted otherwise, or for another reason, comes with what it was and is, what it adds to each
    count, and why: facts recorded, withdrawn or changed since (by their ids), another rule, another unit. Refuses with
    SNAPSHOT_UNKNOWN.
    """
    kept = find_snapshot(session, caller, snapshot_id)
    unit = unit_asked(session, caller, kept.unit_code)
    lives_now = built_by(recomputed(session, within(caller, unit.path), kept.as_of, None), kept.as_of)
    after = {life.station_id: life for life in lives_now}
    before = _as_published(session, kept)
    changed = [id_ for id_ in sorted({*before, *after}) if _shown(before.get(id_)) != _shown(after.get(id_))]
    why = Causes(session, kept, changed)
    rows = [
        _difference(before.get(id_), after.get(id_), why.of(id_, was_in=id_ in before, is_in=id_ in after))
        for id_ in changed
    ]
    published = {name: _count(name, before.values()) for name in PARTS}
    found = headline(lives_now)
    return {
        "frame": frame_of(unit, now=now, definitions=DEFINITIONS[:4], as_of=kept.as_of,
                          sources=sources_of(life.reason for life in lives_now), unknown_share=found.unknown_share,
                          rule_version=why.policy.rule_version),
        "snapshot": kept.id, "quarter": kept.quarter, "taken_at": kept.taken_at,
        "rule_version_published": kept.rule_version, "published": kept.figures["headline"], "now": asdict(found),
        "sums": {name: {"published": published[name], "difference": sum(row["adds"][name] for row in rows),
                        "now": getattr(found, name)} for name in PARTS},
        "stations": rows,
    }  # fmt: skip


def _as_published(session: Session, kept: Snapshot) -> dict[int, StationLife]:
    p = SnapshotStation
    rows = session.execute(
        select(p.station_id, Station.code, p.listing_status, p.vitality, p.reason, p.confidence)
        .join(Station, Station.id == p.station_id)
        .where(p.snapshot_id == kept.id)
    )
    return {
        id_: StationLife(code, kept.as_of, None, None, listing, vitality, reason, confidence=confidence, station_id=id_)
        for id_, code, listing, vitality, reason, confidence in rows
    }


def _shown(life: StationLife | None) -> dict[str, Any] | None:
    return None if life is None else {name: _word(getattr(life, name)) for name in _SHOWN}


def _word(value: Any) -> str | None:
    return None if value is None else str(value)


def _count(name: str, lives: Iterable[StationLife]) -> int:
    return sum(map(PARTS[name], lives))


def _difference(before: StationLife | None, after: StationLife | None, why: list[dict[str, Any]]) -> dict[str, Any]:
    one = after or before
    adds = {name: _adds(name, after) - _adds(name, before) for name in PARTS}
    return {"station": one.code if one else None, "before": _shown(before), "after": _shown(after), "adds": adds,
            "why": why}  # fmt: skip


def _adds(name: str, life: StationLife | None) -> int:
    return int(life is not None and PARTS[name](life))


def _cause(code: str, facts: Sequence[str] = ()) -> dict[str, Any]:
    zh, en = WORDS[f"snapshot_cause.{code}"]
    return {"code": code, "facts": list(facts), "zh": zh, "en": en}


class Causes:
    """Why some stations are counted otherwise: their facts as known when the quarter was published, and now."""

    def __init__(self, session: Session, kept: Snapshot, stations: list[int]) -> None:
        self.policy: AlivePolicy = alive_policy(session)
        self._kept = kept
        self._then, self._now = dict[int, StationFacts](), dict[int, StationFacts]()
        self._paths = dict[int, str]()
        for ids in in_batches(stations):
            which = select(Station.id).where(Station.id.in_(ids))
            self._then |= facts_of(session, which, known_at=kept.taken_at)
            self._now |= facts_of(session, which)
            paths = session.execute(select(Station.id, Station.unit_path).where(Station.id.in_(ids)))
            self._paths |= {row.id: row.unit_path for row in paths}

    def of(self, station_id: int, *, was_in: bool, is_in: bool) -> list[dict[str, Any]]:
        """Name the causes, each a code with the ids of the facts; the rule is one where nothing else can be."""
        then, now = (self._dated(facts.get(station_id, NOTHING)) for facts in (self._then, self._now))
        found = [
            _cause(code, ids)
            for code, ids in (
                ("recorded_since", sorted(now.keys() - then.keys())),
                ("withdrawn_since", sorted(then.keys() - now.keys())),
                ("changed_since", sorted(id_ for id_ in then.keys() & now.keys() if then[id_] != now[id_])),
            )
            if ids
        ]
        left = not is_in and not self._paths[station_id].startswith(self._kept.unit_path)
        if left or (not was_in and not found):
            found.append(_cause("unit_changed"))
        if self._kept.rule_version != self.policy.rule_version or not found:
            found.append(_cause("rule_changed"))
        return found

    def _dated(self, facts: StationFacts) -> Mapping[str, Any]:
        """Give what counts by the quarter's last day, by its id; obligations are named by their days."""
        day = self._kept.as_of
        placed = ((one, date_fact(one, self.policy)) for one in facts.evidence)
        counted: dict[str, Any] = {one.id: one for one, dated in placed if dated and dated.counts_from <= day}
        counted |= {one.id: one for one in facts.listing if one.effective_on <= day}
        return counted | {
            f"obligation:{one.starts_on}/{one.ends_on or ''}": one for one in facts.obligations if one.starts_on <= day
        }
