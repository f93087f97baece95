"""What the server lacks of what a phone holds: visits, stations found and months, each named by the phone's own id."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import literal, select, union_all
from sqlalchemy.orm import Session

from inspections.found.tables import FoundStation
from inspections.visits.tables import Inspection
from stations.records.months import SalesReportVersion


def plan_records(session: Session, claims: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Say of each (id, SHA-256) a phone holds: `missing`, `same` or `conflict`.

    A month is compared by its content, not its bytes, and only when it is sent: known by its key, it counts as `same`.
    """
    ids = [record_id.lower() for record_id, _ in claims]
    if not ids:
        return {}
    held = union_all(
        select(Inspection.id, Inspection.body_sha256).where(Inspection.id.in_(ids)),
        select(FoundStation.id, FoundStation.body_sha256).where(FoundStation.id.in_(ids)),
        select(SalesReportVersion.client_uuid, literal("")).where(SalesReportVersion.client_uuid.in_(ids)),
    )
    stored = dict(session.execute(held).all())
    return {record_id: _status(stored.get(record_id.lower()), sha256) for record_id, sha256 in claims}


def _status(stored: str | None, claimed: str) -> str:
    if stored is None:
        return "missing"
    return "same" if stored in ("", claimed) else "conflict"
