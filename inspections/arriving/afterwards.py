"""What is asked for once a visit and all its photos are here; done later, by jobs that do no harm when done twice."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

import jobs
from inspections.visits.tables import Inspection
from stations.records.tables import Station

JUDGEMENT = "visit_judgement"
MARKING = "photo_marking"


def ask_for_evidence(session: Session, visit: Inspection, *, now: dt.datetime) -> None:
    """Ask that a complete visit be judged for its plausibility and that marked copies of its photos be made."""
    unit_path = session.get_one(Station, visit.station_id).unit_path
    for kind in (JUDGEMENT, MARKING):
        jobs.ask(session, kind, {"inspection_id": visit.id}, now=now, unique_key=f"{kind}:{visit.id}",
                 unit_path=unit_path, asked_by=visit.account_id)  # fmt: skip
