"""What a station's sign says, as far as anybody may know it: the class that an approved visit settled, and when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.vocab import InspectionState
from inspections.review.tables import SignFinding
from inspections.visits.tables import Inspection
from stations.records.days import day_in_china
from stations.records.tables import Station


@dataclass(frozen=True)
class SettledSign:
    """A class of F6 and the day of the visit that saw it."""

    sign_class: str
    seen_on: dt.date


def settled_sign(session: Session, station_code: str) -> SettledSign | None:
    """Give the sign of the newest approved visit that settled one; None while none is approved: nobody guesses."""
    found = session.execute(
        select(SignFinding.sign_class, Inspection.captured_at)
        .join(Inspection, Inspection.id == SignFinding.inspection_id)
        .join(Station, Station.id == SignFinding.station_id)
        .where(Station.code == station_code, Inspection.state == InspectionState.APPROVED,
               SignFinding.superseded_at.is_(None))
        .order_by(Inspection.captured_at.desc(), SignFinding.id.desc())
        .limit(1)
    ).one_or_none()  # fmt: skip
    return None if found is None else SettledSign(found[0], day_in_china(found[1]))
