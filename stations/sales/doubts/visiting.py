"""Stations worth a visit, with the reasons: a plain list by township and code, in which no figure stands."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.vocab import ListingStatus, Vitality
from field_app_schema.vocab_months import FollowUpReason
from field_app_schema.words.doubts import WORDS
from stations.people.access import Caller, in_scope
from stations.records.days import day_in_china
from stations.records.frames import frame_of, unit_asked
from stations.records.tables import Station, StationVersion
from stations.sales.doubts.contradicting import contradictions_of
from stations.sales.doubts.contradictions import sentences, sources_of
from stations.sales.doubts.gathering import gather
from stations.sales.doubts.tables import FollowUp
from stations.sales.doubts.thresholds import contradiction_policy
from stations.units.tables import OrgUnit
from stations.vitality.evidence import Reason
from stations.vitality.thresholds import alive_policy

LISTED = (ListingStatus.ACTIVE.value, ListingStatus.SUSPENDED.value)
ONE_STRIKE = (Reason.ONE_STRIKE.value, Reason.ONE_STRIKE_BUT_FRESH.value)


class _Row(NamedTuple):
    """What the list says of a station, before its reasons."""

    id: int
    code: str
    unit_path: str
    listing_status: str
    vitality: str
    vitality_reason: str
    name: str


def visit_list(
    session: Session, caller: Caller, *, ou: str | None, offset: int, limit: int, now: dt.datetime
) -> dict[str, Any]:
    """Give one page of the listed stations of a unit that are worth a visit, by township and code, each with why.

    Reasons: a contradiction, presumed dead or unknown, seen not at work once, or marked for a visit by staff. A
    suspended station is not asked whether it lives. Refuses with UNIT_UNKNOWN and OUT_OF_SCOPE.
    """
    unit = unit_asked(session, caller, ou)
    policy, day = contradiction_policy(session), day_in_china(now)
    gathered = gather(session, caller, unit, day, policy, now=now)
    contradicting = contradictions_of(gathered.cases, day, policy)
    marked = _marked_for_a_visit(session, caller, unit)
    worth = []
    for row in _stations(session, caller, unit):
        reasons = [_reason(one.code.value, *sentences(one)) for one in contradicting.get(row.code, ())]
        reasons += [_reason(code, *WORDS[f"visit_reason.{code}"]) for code in _of_life(row)]
        if row.id in marked:
            reasons.append(_reason("follow_up", *WORDS["visit_reason.follow_up"]))
        if reasons:
            worth.append((_township(row.unit_path), row, reasons))
    worth.sort(key=lambda one: (one[0], one[1].code))
    named = Counter(reason["code"] for _, _, reasons in worth for reason in reasons)
    return {
        "frame": frame_of(unit, now=now, definitions=("contradiction", "vitality"), sources=sources_of(gathered),
                          rule_version=alive_policy(session).rule_version),
        "townships": _grouped(session, worth[offset : offset + limit]),
        "count": len(worth),
        "reasons": dict(sorted(named.items())),
    }  # fmt: skip


def _of_life(row: _Row) -> list[str]:
    """Give the reasons that the alive rule's answer of today names."""
    if row.listing_status != ListingStatus.ACTIVE.value:
        return []
    found = [row.vitality] if row.vitality in (Vitality.PRESUMED_DEAD, Vitality.UNKNOWN) else []
    return found + (["one_strike"] if row.vitality_reason in ONE_STRIKE else [])


def _reason(code: str, zh: str, en: str) -> dict[str, str]:
    return {"code": code, "zh": zh, "en": en}


def _stations(session: Session, caller: Caller, unit: OrgUnit) -> list[_Row]:
    s = Station
    asked = (
        select(s.id, s.code, s.unit_path, s.listing_status, s.vitality, s.vitality_reason, StationVersion.name)
        .join(StationVersion, StationVersion.id == s.version_id)
        .where(in_scope(caller, s.unit_path, s.id), s.unit_path.like(f"{unit.path}%"))
    )
    # Asked in SQL, the status would tempt SQLite away from the index of the paths.
    return [row for told in session.execute(asked) if (row := _Row(*told)).listing_status in LISTED]


def _marked_for_a_visit(session: Session, caller: Caller, unit: OrgUnit) -> set[int]:
    asked = (
        select(FollowUp.station_id).join(Station, Station.id == FollowUp.station_id)
        .where(in_scope(caller, Station.unit_path, Station.id), Station.unit_path.like(f"{unit.path}%"),
               FollowUp.cleared_at.is_(None), FollowUp.reason_code == FollowUpReason.VISIT.value)
    )  # fmt: skip
    return set(session.scalars(asked))


def _township(path: str) -> str:
    """Give the code of the township on a station's path, or of the unit a station above townships hangs under."""
    parts = path.strip("/").split("/")
    return next((part for part in parts if len(part) == 9), parts[-1])


def _grouped(session: Session, shown: list[tuple[str, _Row, list[dict[str, str]]]]) -> list[dict[str, Any]]:
    codes = sorted({township for township, _, _ in shown})
    rows = session.execute(select(OrgUnit.code, OrgUnit.name).where(OrgUnit.code.in_(codes)))
    names = {row.code: row.name for row in rows}
    stations: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for township, row, reasons in shown:
        stations[township].append({"station": row.code, "name": row.name, "vitality": row.vitality, "reasons": reasons})
    return [{"code": code, "name": names.get(code), "stations": stations[code]} for code in codes]
