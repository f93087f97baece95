"""What a county's return, as sent upwards, does to a month: the question that filing and review ask before a change.

It stands with the records because a return that stands binds rooms below the returns themselves.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from field_app_schema.vocab_months import ReturnState
from stations.records.months import CountyReturn


def county_in(unit_path: str) -> str | None:
    """Give the code of the county a path lies in (six digits), or None for a path that ends above a county."""
    return next((part for part in unit_path.split("/") if len(part) == 6), None)


def newest_returns(session: Session, counties: Collection[str], period: int) -> dict[str, CountyReturn]:
    """Give the newest version of each county's return of a month; a county that sent none is absent."""
    row = CountyReturn
    newest = (
        select(row.county_code, func.max(row.version).label("version"))
        .where(row.period == period, row.county_code.in_(counties))
        .group_by(row.county_code)
        .subquery()
    )
    is_newest = (newest.c.county_code == row.county_code) & (newest.c.version == row.version)
    asked = select(row).join(newest, is_newest).where(row.period == period)
    return {found.county_code: found for found in session.scalars(asked)}


def return_state(session: Session, unit_path: str, period: int) -> ReturnState | None:
    """Say where the return of the county that a station's path lies in stands for a month; None: none was sent.

    SENT or ACCEPTED: accepted figures go back to no owner. ACCEPTED: the month is locked (`state_on(return_stands)`).
    """
    county = county_in(unit_path)
    found = newest_returns(session, [county], period).get(county) if county else None
    return None if found is None else ReturnState(found.state)


def accepted_return(session: Session, unit_path: str, period: int) -> bool:
    """Say whether the province has accepted the month of the county that a path lies in: then the month is locked."""
    return return_state(session, unit_path, period) is ReturnState.ACCEPTED
