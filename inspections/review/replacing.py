"""A returned visit, made good: the new visit that names it, accepted once."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab import InspectionState
from inspections.review.tables import VisitReturn
from inspections.visits.tables import Inspection
from stations.people.access import Caller
from stations.people.audit import note_act


def return_to_answer(session: Session, sender: Caller, replaces: str | None, station_id: int) -> VisitReturn | None:
    """Give the return that a visit of this sender to this station answers, None where it names none.

    The caller holds the register's revision, so that of two answers at once the second finds the first. Refuses with
    REPLACES_REFUSED: not this account's visit, not to this station, not returned, or answered already.
    """
    if replaces is None:
        return None
    found = session.execute(
        select(VisitReturn, Inspection)
        .join(Inspection, Inspection.id == VisitReturn.inspection_id)
        .where(VisitReturn.inspection_id == replaces, Inspection.account_id == sender.account_id)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise _refused("not_returned_to_you")
    told: VisitReturn = found.VisitReturn
    old: Inspection = found.Inspection
    if old.station_id != station_id:
        raise _refused("another_station")
    if told.answered_by is not None or old.state != InspectionState.RETURNED:
        raise _refused("answered_already")
    return told


def answer_return(
    session: Session, sender: Caller, told: VisitReturn, by: str, revision: int, *, now: dt.datetime
) -> None:
    """Write that the visit `by` stands in the place of the returned one, which stays readable as it is."""
    told.answered_by, told.revision = by, revision
    note_act(session, sender, "visit.replace", "inspection", told.inspection_id, now=now,
             after={"answered_by": by})  # fmt: skip


_WHY = {
    "not_returned_to_you": "没有退给您的这条检查 / no visit with this id was returned to you",
    "another_station": "退回的检查是另一个站点的 / the returned visit is of another station",
    "answered_already": "这条检查已经更正过 / the returned visit is answered already",
}


def _refused(why: str) -> Refusal:
    return Refusal("REPLACES_REFUSED", errors={"replaces": [_WHY[why]]}, reason=why)
