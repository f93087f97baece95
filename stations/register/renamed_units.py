"""Let stations count as changed when their village or township is called otherwise: phones keep both names."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from stations.records.revision import next_revision
from stations.records.tables import Station
from stations.units.tables import OrgUnit


def note_renamed_units(session: Session, *, changed_at: dt.datetime) -> None:
    """Give the stations of units that an import touched at this instant a new revision; call it in its transaction."""
    touched = select(OrgUnit.code).where(OrgUnit.updated_at == changed_at)
    stands = select(OrgUnit.code).where(or_(OrgUnit.updated_at == changed_at, OrgUnit.parent_code.in_(touched)))
    revision = next_revision(session)
    session.execute(update(Station).where(Station.unit_code.in_(stands)).values(revision=revision),
                    execution_options={"synchronize_session": False})  # fmt: skip
