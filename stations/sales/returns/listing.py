"""The returns of a unit's counties, every version, and the counties from which none stands."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from field_app_schema.vocab import UnitLevel
from stations.people.access import Caller
from stations.records.frames import frame_of, unit_asked
from stations.records.months import CountyReturn, ReportingStart
from stations.sales.returns.standing import STANDING, permissions
from stations.sales.returns.sums import on_the_wire
from stations.units.tables import OrgUnit

# A province has some 120 counties: three years of their months, with a second version here and there.
MOST_RETURNS = 6000
DEFINITIONS = ("coverage_line", "month_total")


@dataclass(frozen=True)
class ToldReturn:
    """A return with its county's name, its sums on the wire, and what the caller may do with it."""

    row: CountyReturn
    county_name: str
    permissions: dict[str, bool]

    def told(self) -> dict[str, Any]:
        """Give it as it is sent: money as decimal strings, by the parts total, accepted, feed, unaccepted."""
        names = ("id", "period", "version", "state", "timeliness", "note", "sent_at", "decided_at", "decided_note")
        return {name: getattr(self.row, name) for name in names} | {
            "county": self.row.county_code, "county_name": self.county_name, "coverage": self.row.coverage,
            "figures": {part: on_the_wire(sums) for part, sums in self.row.figures.items()},
            "permissions": self.permissions,
        }  # fmt: skip


def tell_return(session: Session, caller: Caller, row: CountyReturn) -> dict[str, Any]:
    """Give one return as it is sent."""
    county = session.get(OrgUnit, row.county_code)
    name = row.county_code if county is None else county.name
    return ToldReturn(row, name, permissions(caller, row)).told()


def list_returns(
    session: Session, caller: Caller, unit_code: str | None, period: int | None, *, now: dt.datetime
) -> dict[str, Any]:
    """Give the returns below a unit, by county, newest month and version first; of one month if `period` is given.

    At most MOST_RETURNS of them; `count` says how many there are.
    `waited_for` names the counties that collect reports and of which no return of that month stands; empty without a
    month. Refuses with UNIT_UNKNOWN and OUT_OF_SCOPE.
    """
    unit = unit_asked(session, caller, unit_code)
    row = CountyReturn
    asked = select(row, OrgUnit.name).join(OrgUnit, OrgUnit.code == row.county_code)
    inside = [row.county_path.like(f"{unit.path}%")] + ([] if period is None else [row.period == period])
    asked = asked.where(*inside)
    ordered = asked.order_by(row.county_code, row.period.desc(), row.version.desc()).limit(MOST_RETURNS)
    found = session.execute(ordered).all()
    newest: set[tuple[str, int]] = set()
    returns = []
    for sent, name in found:
        is_newest = (sent.county_code, sent.period) not in newest
        newest.add((sent.county_code, sent.period))
        rights = permissions(caller, sent) if is_newest else dict.fromkeys(permissions(caller, sent), False)
        returns.append(ToldReturn(sent, name, rights).told())
    standing = {sent.county_code for sent, _ in found if sent.state in STANDING}
    return {
        "frame": frame_of(unit, now=now, definitions=DEFINITIONS, sources={"county_return": len(returns)},
                          periods=None if period is None else [period]),
        "returns": returns,
        "count": session.scalar(select(func.count()).select_from(row).where(*inside)) or 0,
        "waited_for": [] if period is None else _waited_for(session, unit, period, standing),
    }  # fmt: skip


def _waited_for(session: Session, unit: OrgUnit, period: int, standing: set[str]) -> list[dict[str, str]]:
    asked = (
        select(OrgUnit.code, OrgUnit.name)
        .join(ReportingStart, ReportingStart.county_code == OrgUnit.code)
        .where(OrgUnit.path.like(f"{unit.path}%"), OrgUnit.level == UnitLevel.COUNTY)
        .where(ReportingStart.first_period <= period)
        .order_by(OrgUnit.code)
    )
    return [{"county": code, "name": name} for code, name in session.execute(asked) if code not in standing]
