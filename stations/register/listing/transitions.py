"""Change a station's listing status, and only here: judge by the table, append the dated row, let effects follow."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab import Role
from stations.people.access import Caller, in_scope, require_inside
from stations.people.audit import note_act
from stations.records.days import day_in_china
from stations.records.revision import next_revision
from stations.records.tables import Observation, Station, StationTransition
from stations.register.listing.conditions import Unmet, unmet_conditions
from stations.register.listing.effects import follow_move, villages_losing_service
from stations.register.listing.move_policy import move_policy
from stations.register.listing.moves import PREFECTURE_MAY, EvidencePhoto, MoveFacts, MoveRequest, Seen
from stations.vitality.refreshing import refresh_vitality


def change_status(
    session: Session, caller: Caller, station: Station, request: MoveRequest, *,
    now: dt.datetime, photos: Collection[EvidencePhoto] = (),
) -> StationTransition:  # fmt: skip
    """Append the transition that `request` asks for and refresh vitality, links and obligations with it.

    `photos` are those of the station's visits whose bytes have arrived. Refuses with OUT_OF_SCOPE, NOT_ALLOWED (a
    prefecture confirms, it does not run a county's register) or TRANSITION_REFUSED with all unmet conditions.
    """
    require_inside(caller, station.unit_path)
    before = station.listing_status
    if caller.role is Role.PREFECTURE and (before, request.to) not in PREFECTURE_MAY:
        raise Refusal("NOT_ALLOWED", action="station.transition")
    revision = next_revision(session)
    successor = _successor(session, caller, request)
    facts = _facts(session, caller, station, request, successor=successor, photos=photos)
    refuse_unmet(unmet_conditions(before, request.to, facts, move_policy(session), day_in_china(now)))
    details = {name: _plain(value) for name, value in request.declared.items() if value is not None}
    if request.to in ("delisted", "merged", "suspended"):
        details["villages_losing_service"] = villages_losing_service(session, station, successor)
    made = StationTransition(
        station_id=station.id, from_status=before, to_status=request.to, effective_on=request.effective_on,
        decided_by=caller.account_id, reason_code=request.reason_code, note=request.note,
        evidence_ids=list(request.evidence_ids), doc_no=request.doc_no, details=details,
        successor_id=None if successor is None else successor.id, recorded_at=now,
    )  # fmt: skip
    session.add(made)
    station.listing_status = request.to
    station.revision = revision
    session.flush()
    follow_move(session, station, made, successor, now=now)
    note_act(session, caller, "station.transition", "station", station.code, now=now,
             before={"listing_status": before}, after={"listing_status": request.to,
             "effective_on": request.effective_on.isoformat()}, reason=request.reason_code)  # fmt: skip
    refresh_vitality(session, [station.id], now=now)
    return made


def refuse_unmet(unmet: list[Unmet]) -> None:
    """Refuse with TRANSITION_REFUSED, naming each unmet condition in both languages; nothing unmet, nothing said."""
    if unmet:
        raise Refusal("TRANSITION_REFUSED", unmet=[{"code": one.code, "zh": one.zh, "en": one.en} for one in unmet])


def newest_transition(session: Session, station_id: int) -> StationTransition | None:
    """Give the transition that made the present status."""
    order = (StationTransition.effective_on.desc(), StationTransition.id.desc())
    rows = select(StationTransition).where(StationTransition.station_id == station_id)
    return session.scalars(rows.order_by(*order).limit(1)).first()


def _successor(session: Session, caller: Caller, request: MoveRequest) -> Station | None:
    if request.successor_code is None or request.to != "merged":
        return None
    mine = in_scope(caller, Station.unit_path, Station.id)
    return session.scalars(select(Station).where(Station.code == request.successor_code, mine)).one_or_none()


def _facts(
    session: Session, caller: Caller, station: Station, request: MoveRequest, *, successor: Station | None,
    photos: Collection[EvidencePhoto],
) -> MoveFacts:  # fmt: skip
    rows = session.scalars(
        select(Observation)
        .where(Observation.station_id == station.id, Observation.withdrawn_at.is_(None))
        .order_by(Observation.observed_at, Observation.id)
    ).all()
    latest = newest_transition(session, station.id)
    known = {f"observation:{row.id}" for row in rows} | {row.inspection_id for row in rows if row.inspection_id}
    return MoveFacts(
        request=request, role=caller.role, since=None if latest is None else latest.effective_on,
        is_subsidised=station.is_subsidised, nearby_checked=_was_checked(session, station.id), seen=_seen(rows, photos),
        successor_status=None if successor is None else successor.listing_status,
        successor_is_self=successor is not None and successor.id == station.id,
        evidence_unknown=tuple(named for named in request.evidence_ids if named not in known),
    )  # fmt: skip


def _seen(rows: Collection[Observation], photos: Collection[EvidencePhoto]) -> tuple[Seen, ...]:
    purposes: dict[str, set[str]] = defaultdict(set)
    for photo in photos:
        purposes[photo.inspection_id].add(photo.purpose)
    return tuple(
        Seen(row.id, row.observed_at, row.observed_state, row.evidence_kind, row.observer_id,
             frozenset(purposes.get(row.inspection_id or "", ())))
        for row in rows
    )  # fmt: skip


def _was_checked(session: Session, station_id: int) -> bool:
    """Say whether somebody looked at the stations near by when it was proposed; a ledger's row was shown them."""
    proposed = select(StationTransition.details).where(
        StationTransition.station_id == station_id, StationTransition.to_status == "proposed"
    )
    details = session.scalars(proposed.order_by(StationTransition.id).limit(1)).first()
    return details is None or bool(details.get("nearby_checked", True))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value
