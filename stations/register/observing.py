"""Take down what somebody saw of a station; the row is appended and the answer alive or gone follows from it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from field_app_schema.vocab import EvidenceKind, Role, VisitMethod
from stations.people.access import Caller
from stations.records.revision import next_revision
from stations.records.tables import Observation, Station
from stations.vitality.refreshing import refresh_vitality

# What kind of evidence a visit of each method is (alive rule v1): whoever stood there is a site visit.
KIND_OF_METHOD: dict[VisitMethod, EvidenceKind] = {
    VisitMethod.SITE_VISIT: EvidenceKind.SITE_VISIT,
    VisitMethod.UNANNOUNCED: EvidenceKind.SITE_VISIT,
    VisitMethod.CROSS: EvidenceKind.SITE_VISIT,
    VisitMethod.LOOK_BACK: EvidenceKind.SITE_VISIT,
    VisitMethod.VIDEO_LINK: EvidenceKind.VIDEO_LINK,
    VisitMethod.PHONE_CALLBACK: EvidenceKind.PHONE_CALLBACK,
    VisitMethod.DOCUMENT_REVIEW: EvidenceKind.DOCUMENT_REVIEW,
}

# A county judging its own station is recorded and is not independent (F9); an owner even less.
NOT_INDEPENDENT = frozenset({Role.COUNTY, Role.OWNER})


def observe(
    session: Session, station: Station, *, observed_at: dt.datetime, observed_state: str, method: str,
    observer: Caller, source: str, inspection_id: str | None, now: dt.datetime,
) -> Observation:  # fmt: skip
    """Append one observation and refresh the station's vitality in the same transaction.

    ValueError for a method or a state that is not a word of its list.
    """
    revision = next_revision(session)
    seen = Observation(
        station_id=station.id, observed_at=observed_at, observed_state=observed_state,
        evidence_kind=KIND_OF_METHOD[VisitMethod(method)], method=method, observer_id=observer.account_id,
        observer_unit_code=observer.unit_code, is_independent=observer.role not in NOT_INDEPENDENT, source=source,
        inspection_id=inspection_id, recorded_at=now,
    )  # fmt: skip
    session.add(seen)
    session.flush()
    refresh_vitality(session, [station.id], now=now)
    if station.last_observed_at is None or observed_at >= station.last_observed_at:
        station.last_observed_at = observed_at
        station.last_observed_state = observed_state
    station.revision = revision
    session.flush()
    return seen
