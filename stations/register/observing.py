"""Take down what somebody saw of a station; the row is appended and the answer alive or gone follows from it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select, update
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
    observer: Caller, source: str, inspection_id: str | None, now: dt.datetime, instead_of: str | None = None,
) -> Observation:  # fmt: skip
    """Append one observation and refresh the station's vitality in the same transaction.

    `instead_of` names an earlier visit of which this one is the correction: what that one saw is withdrawn, so that
    one look has one voice; it stays on file as what was known until now. ValueError for a method or a state that is
    not a word of its list.
    """
    revision = next_revision(session)
    if instead_of is not None:
        session.execute(
            update(Observation)
            .where(Observation.station_id == station.id, Observation.inspection_id == instead_of,
                   Observation.withdrawn_at.is_(None))
            .values(withdrawn_at=now)
        )  # fmt: skip
    seen = Observation(
        station_id=station.id, observed_at=observed_at, observed_state=observed_state,
        evidence_kind=KIND_OF_METHOD[VisitMethod(method)], method=method, observer_id=observer.account_id,
        observer_unit_code=observer.unit_code, is_independent=observer.role not in NOT_INDEPENDENT, source=source,
        inspection_id=inspection_id, recorded_at=now,
    )  # fmt: skip
    session.add(seen)
    session.flush()
    refresh_vitality(session, [station.id], now=now)
    if instead_of is not None:
        station.last_observed_at, station.last_observed_state = _newest(session, station.id)
    elif station.last_observed_at is None or observed_at >= station.last_observed_at:
        station.last_observed_at, station.last_observed_state = observed_at, observed_state
    station.revision = revision
    session.flush()
    return seen


def _newest(session: Session, station_id: int) -> tuple[dt.datetime, str]:
    """Give when and what was seen last, of what stands."""
    newest = session.execute(
        select(Observation.observed_at, Observation.observed_state)
        .where(Observation.station_id == station_id, Observation.withdrawn_at.is_(None))
        .order_by(Observation.observed_at.desc(), Observation.id.desc())
        .limit(1)
    ).one()
    return newest.observed_at, newest.observed_state
