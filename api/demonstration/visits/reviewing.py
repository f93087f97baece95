"""What the demonstration's reviewers find: old visits approved, and a few new ones whose signs ask to be looked at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.demonstration.stories import BEIJING, ToldVisit
from api.demonstration.visits.telling import picture_for, record, send
from inspections.review.deciding import Act, approve_visit
from inspections.visits.tables import Inspection
from stations.people.access import Caller
from stations.policy.tables import CountyProgramme
from stations.register.entry.facts import StationFacts

# What was seen longer ago than this was approved three days later.
SETTLED = dt.timedelta(days=30)
OLD_ANSWER = dt.timedelta(days=3)


class NewVisit(NamedTuple):
    """A visit of the last days: when, which drawing, what the inspector chose, and how far off the fix was."""

    days_ago: int
    hour: int
    picture: str
    sign_wording: str
    other_wording: str | None = None
    off_degrees: float = 0.0
    # The drawing of which visit it shares to the byte; -1: a photo of its own.
    same_photo_as: int = -1


NEW_VISITS = (
    NewVisit(3, 10, "sign_right", "national"),
    NewVisit(3, 15, "sign_wrong", "provincial"),
    # The inspector chose what should stand there, not what does.
    NewVisit(2, 9, "sign_wrong", "national"),
    NewVisit(2, 16, "sign_other", "other_wording", "演示便民超市 村级电商服务点"),
    # The very file of the first visit, at another station.
    NewVisit(1, 9, "sign_right", "national", same_photo_as=0),
    NewVisit(1, 10, "sign_right", "national", off_degrees=0.008),
)


def tell_review(
    session: Session, callers: Mapping[str, Caller], stations: Sequence[StationFacts], *, now: dt.datetime
) -> None:
    """Bind the county by an invented batch of 2020, approve what is old, and leave a few new visits to be reviewed.

    `stations` are open ones, of which the first few are visited. Nothing is dated after `now`.
    """
    session.add(CountyProgramme(
        county_code="431125", batch_year=2020, group="演示批次(虚构)", status="demonstration",
        name_as_printed="江永县(演示)", source_doc="演示 / demonstration",
    ))  # fmt: skip
    session.flush()
    old = select(Inspection.id, Inspection.completed_at).where(
        Inspection.completed_at < now - SETTLED, Inspection.account_id != callers["sheng"].account_id
    )
    for visit_id, completed_at in session.execute(old.order_by(Inspection.completed_at)).all():
        if completed_at is not None:
            approve_visit(session, Act(callers["sheng"], completed_at + OLD_ANSWER), visit_id)
    photos: list[bytes] = []
    for number, (facts, new) in enumerate(zip(stations[2:], NEW_VISITS, strict=False)):
        day = now.astimezone(BEIJING).date() - dt.timedelta(days=new.days_ago)
        at = dt.datetime.combine(day, dt.time(new.hour, 7 * number), BEIJING)
        own = picture_for(new.picture, f"{facts.code} {number}")
        photos.append(own if new.same_photo_as < 0 else photos[new.same_photo_as])
        send(session, callers["jiancha"], facts.code or "", at, _record(facts, new, at, photos[number]), photos[number])


def _record(facts: StationFacts, new: NewVisit, at: dt.datetime, photo: bytes) -> dict[str, object]:
    visit: dict[str, Any] = record(facts, ToldVisit(at, "open_operating", new.picture), sha256(photo).hexdigest(),
                                   len(photo))  # fmt: skip
    answers: dict[str, Any] = {"services": list(facts.services), "sign_wording": new.sign_wording}
    if new.other_wording is not None:
        answers["other_wording"] = new.other_wording
    fix = visit["fix"] | {"lon": visit["fix"]["lon"] + new.off_degrees}
    return visit | {"answers": answers, "fix": fix, "checks": {"staff_present": "yes"}}
