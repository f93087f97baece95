"""What a station's sign says, as far as anybody may know it: the class that an approved visit settled, and when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.vocab import InspectionState
from inspections.review.findings.finding import STATION_IS_GONE
from inspections.review.tables import SignFinding
from inspections.signage.binding import class_under, sign_duty
from inspections.signage.rules import contradicts
from inspections.visits.tables import Inspection
from stations.records.days import day_in_china
from stations.records.tables import Station


@dataclass(frozen=True)
class SettledSign:
    """A class of F6, or `not_required` where none is there and none is asked for; the day of its visit."""

    sign_class: str
    seen_on: dt.date


def settled_sign(session: Session, station_code: str) -> SettledSign | None:
    """Give the sign of the newest approved visit that settled one; None while none is approved: nobody guesses.

    None also where an approved visit as new found the station gone or its sign taken down, and where the class and the
    words written down with it contradict each other.
    """
    station = session.scalars(select(Station).where(Station.code == station_code)).one_or_none()
    if station is None:
        return None
    approved = (Inspection.station_id == station.id, Inspection.state == InspectionState.APPROVED)
    found = session.execute(
        select(SignFinding.sign_class, SignFinding.wording, Inspection.captured_at)
        .join(Inspection, Inspection.id == SignFinding.inspection_id)
        .where(*approved, SignFinding.superseded_at.is_(None))
        .order_by(Inspection.captured_at.desc(), SignFinding.id.desc())
        .limit(1)
    ).one_or_none()
    if found is None or contradicts(found.sign_class, found.wording):
        return None
    gone = select(Inspection.id).where(
        *approved, Inspection.observed_state.in_(STATION_IS_GONE), Inspection.captured_at >= found.captured_at
    )
    if session.scalars(gone.limit(1)).first() is not None:
        return None
    seen_on = day_in_china(found.captured_at)
    counts_as = class_under(found.sign_class, sign_duty(session, station, seen_on)) or found.sign_class
    return SettledSign(counts_as, seen_on)
