"""Which return of a county stands for a month, and what the caller may do with it."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from field_app_schema.vocab_months import ReturnState
from stations.batches import in_batches
from stations.people.access import Caller, may
from stations.records.months import CountyReturn

# A return in one of these is held by the province; only a returned one may be sent again.
STANDING = (ReturnState.SENT, ReturnState.ACCEPTED)


def county_in(unit_path: str) -> str | None:
    """Give the code of the county a path lies in (six digits), or None for a path that ends above a county."""
    return next((part for part in unit_path.split("/") if len(part) == 6), None)


def newest_returns(session: Session, counties: Collection[str], period: int) -> dict[str, CountyReturn]:
    """Give the newest version of each county's return of a month; a county that sent none is absent."""
    row = CountyReturn
    newest = (
        select(row.county_code, func.max(row.version).label("version"))
        .where(row.period == period)
        .group_by(row.county_code)
        .subquery()
    )
    is_newest = (newest.c.county_code == row.county_code) & (newest.c.version == row.version)
    asked = select(row).join(newest, is_newest).where(row.period == period)
    found: dict[str, CountyReturn] = {}
    for some in in_batches(sorted(counties)):
        found |= {one.county_code: one for one in session.scalars(asked.where(row.county_code.in_(some)))}
    return found


def permissions(caller: Caller, sent: CountyReturn | None) -> dict[str, bool]:
    """Say what the caller may do with a county's month, given the newest version of its return."""
    waits = sent is not None and sent.state == ReturnState.SENT and caller.covers(sent.county_path)
    decides = waits and may(caller, "return.decide")
    sends = may(caller, "return.send") and (sent is None or sent.state == ReturnState.RETURNED)
    return {"may_send": sends, "may_accept": decides, "may_return": decides}
