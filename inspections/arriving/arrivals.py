"""The row of a photo that arrived whole, and the visits that waited for it, completed with their last.

The order is the promise: staging file fsynced before its offset is told; photo file, rename and folder on the disk
before the row; the row committed before «durable» is said.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import exists, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab import InspectionState
from inspections.arriving.afterwards import ask_for_evidence
from inspections.photos.making import ask_for_derivatives
from inspections.photos.receiving import MediumStatus, WholeFile
from inspections.photos.tables import Medium
from inspections.quarantine.keeping import MEDIUM, Sent, keep_aside
from inspections.quarantine.tables import KeptAside
from inspections.visits.states import COMPLETE, step
from inspections.visits.tables import Inspection, InspectionStep, Photo
from stations.people.access import Caller
from stations.records.revision import next_revision


def note_whole(session: Session, caller: Caller, whole: WholeFile, *, now: dt.datetime) -> MediumStatus | KeptAside:
    """Write the row of a file that is in the store, bind it to the photos that wait for it, ask for its derivatives.

    Two phones that send the same photo at once both succeed.
    """
    if whole.picture is None:
        sent = Sent(MEDIUM, whole.sha256, b"", stored_as=whole.stored_as, stored_sha256=whole.stored_sha256,
                    stored_size=whole.size)  # fmt: skip
        return keep_aside(session, caller, sent, whole.refusal or Refusal("PHOTO_FORMAT"), now=now)
    # Taken first: a record that arrives at the same moment waits here, so that photo and record cannot miss each other.
    next_revision(session)
    medium = Medium(sha256=whole.sha256, size_bytes=whole.size, mime=whole.picture.mime,
                    width_px=whole.picture.width_px, height_px=whole.picture.height_px, stored_at=now,
                    sent_by=caller.account_id)  # fmt: skip
    try:
        with session.begin_nested():
            session.add(medium)
    except IntegrityError:
        # The same photo from elsewhere was quicker, and its row is as good as ours.
        return MediumStatus(whole.sha256, whole.size, complete=True)
    bind_medium(session, whole.sha256, now=now)
    ask_for_derivatives(session, whole.sha256, now=now, unit_path=caller.unit_path, asked_by=caller.account_id)
    return MediumStatus(whole.sha256, whole.size, complete=True)


def bind_medium(session: Session, sha256: str, *, now: dt.datetime) -> list[str]:
    """Mark every photo of this hash received and give the ids of the visits that became complete by it.

    The caller holds the register's revision, so a record that is arriving meanwhile is either wholly seen here or
    sees this medium itself.
    """
    waiting = (Photo.sha256 == sha256, Photo.received_at.is_(None))
    visits = session.scalars(select(Photo.inspection_id).where(*waiting).distinct()).all()
    session.execute(update(Photo).where(*waiting).values(received_at=now))
    return [visit_id for visit_id in visits if _complete(session, visit_id, now)]


def _complete(session: Session, visit_id: str, now: dt.datetime) -> bool:
    still = select(exists().where(Photo.inspection_id == visit_id, Photo.received_at.is_(None)))
    visit = session.get_one(Inspection, visit_id)
    if visit.state != InspectionState.SUBMITTED or session.scalar(still):
        return False
    visit.state = step(InspectionState.SUBMITTED, COMPLETE).value
    visit.completed_at = now
    session.add(InspectionStep(inspection_id=visit_id, from_state=InspectionState.SUBMITTED.value,
                               to_state=visit.state, at=now, reason="last_photo_arrived"))  # fmt: skip
    ask_for_evidence(session, visit, now=now)
    return True
