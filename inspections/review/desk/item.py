"""All that a reviewer needs to settle one visit, read at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.vocab import InspectionState
from inspections.photos.tables import Medium
from inspections.plausibility.plausibility_policy import plausibility_policy
from inspections.plausibility.reading import ShownJudgement, shown_judgements
from inspections.review.reading import read_reviewed
from inspections.review.refused_photos import is_stuck, refusals_of
from inspections.review.signs.showing import ShownSign, shown_sign
from inspections.review.tables import VisitDecision, VisitEdit
from inspections.visits.last_visits import LastVisit, visit_before
from inspections.visits.reading import VisitLine, VisitPhoto, find_visit
from inspections.visits.tables import Inspection
from stations.people.access import Caller
from stations.people.tables import Account
from stations.records.tables import Station, StationVersion
from stations.units.tables import OrgUnit

UNDECIDED = (InspectionState.COMPLETE.value, InspectionState.UNDER_REVIEW.value)


@dataclass(frozen=True)
class ReviewedStation:
    """The station as the register has it; `lon`, `lat` in CGCS2000 degrees, None where its place is not known."""

    code: str
    name: str
    county: str | None
    township: str | None
    village: str | None
    lon: float | None
    lat: float | None
    coord_quality: str
    services: list[str]


@dataclass(frozen=True)
class PastAct:
    """A decision or an edit: what, by whom, when, on or to which version, why; `details` are plain values."""

    kind: str
    version: int
    by: str | None
    at: dt.datetime
    why: str | None
    details: dict[str, Any]


@dataclass(frozen=True)
class ReviewItem:
    """One visit as a reviewer decides on it; `judgement` None: nothing was checked yet, which is not clean."""

    visit: VisitLine
    station: ReviewedStation
    # Metres; the accuracy None where the phone did not tell it.
    fix: dict[str, float | None] | None
    on_site_radius_m: float
    judgement: ShownJudgement | None
    sign: ShownSign
    last_visit: LastVisit | None
    # `sha256` and `code` of those that came and were refused, while the visit waits for them.
    refused_photos: list[dict[str, str]]
    # By SHA-256, the best size that is there: screen, thumb (perhaps a preview), or none.
    shown: dict[str, str | None]
    decisions: list[PastAct]
    permissions: dict[str, bool]


def review_item(session: Session, reviewer: Caller, visit_id: str) -> ReviewItem:
    """Give everything about one visit in the reviewer's scope; refuses with INSPECTION_UNKNOWN."""
    row = find_visit(session, reviewer, visit_id)
    visit = read_reviewed(session, reviewer, row.id)
    fix: dict[str, float | None] | None = None
    if row.fix_lon is not None and row.fix_lat is not None:
        fix = {"lon": row.fix_lon, "lat": row.fix_lat, "accuracy_m": row.fix_accuracy_m}
    last = visit_before(session, row)
    return ReviewItem(
        visit=visit, station=_station(session, row), fix=fix,
        on_site_radius_m=plausibility_policy(session).on_site_radius_m,
        judgement=shown_judgements(session, reviewer, [row.id]).get(row.id), sign=shown_sign(session, row),
        last_visit=last, refused_photos=refusals_of(session, row.id), shown=_sizes(session, visit.photos, last),
        decisions=_past(session, row.id), permissions=_may(row, reviewer, stuck=is_stuck(session, row)),
    )  # fmt: skip


def _station(session: Session, visit: Inspection) -> ReviewedStation:
    station = session.get_one(Station, visit.station_id)
    version = session.get(StationVersion, station.version_id) if station.version_id is not None else None
    units = select(OrgUnit.level, OrgUnit.name).where(OrgUnit.code.in_([c for c in station.unit_path.split("/") if c]))
    named = {row.level: row.name for row in session.execute(units)}
    return ReviewedStation(
        code=station.code, name=version.name if version else station.code, county=named.get("county"),
        township=named.get("township"), village=named.get("village"), lon=version.lon if version else None,
        lat=version.lat if version else None, coord_quality=version.coord_quality if version else "missing",
        services=version.services if version else [],
    )  # fmt: skip


def _sizes(session: Session, photos: Sequence[VisitPhoto], last: LastVisit | None) -> dict[str, str | None]:
    names = {photo.sha256 for photo in photos} | ({last.photo.sha256} if last and last.photo else set())
    media = select(Medium.sha256, Medium.screen_at, Medium.thumbnail_at).where(Medium.sha256.in_(names))
    made = {row.sha256: "screen" if row.screen_at else "thumb" if row.thumbnail_at else None
            for row in session.execute(media)}  # fmt: skip
    previewed = {photo.sha256: "thumb" for photo in photos if photo.preview}
    return {name: made.get(name) or previewed.get(name) for name in sorted(names)}


def _past(session: Session, visit_id: str) -> list[PastAct]:
    """Give decisions and edits, the oldest first."""
    decided = session.execute(
        select(VisitDecision, Account.display_name).outerjoin(Account, Account.id == VisitDecision.decided_by)
        .where(VisitDecision.inspection_id == visit_id).order_by(VisitDecision.id)
    )  # fmt: skip
    edited = session.execute(
        select(VisitEdit, Account.display_name).outerjoin(Account, Account.id == VisitEdit.edited_by)
        .where(VisitEdit.inspection_id == visit_id).order_by(VisitEdit.id)
    )  # fmt: skip
    acts = [PastAct(row.kind, row.version, name, row.decided_at, row.why, row.details) for row, name in decided]
    acts += [PastAct("edited", row.version, name, row.edited_at, row.why, {"before": row.before, "after": row.after})
             for row, name in edited]  # fmt: skip
    return sorted(acts, key=lambda act: act.at)


def _may(visit: Inspection, reviewer: Caller, *, stuck: bool) -> dict[str, bool]:
    """Say what the reviewer may do with it now; nobody decides on an own visit."""
    others = visit.account_id != reviewer.account_id
    approved = visit.state == InspectionState.APPROVED
    open_now = visit.state in UNDECIDED
    return {
        "may_approve": others and open_now, "may_return": others and (open_now or approved or stuck),
        "may_correct_sign": others and (open_now or approved), "may_reopen": others and approved,
        "may_edit": open_now or approved, "is_own": not others,
    }  # fmt: skip
