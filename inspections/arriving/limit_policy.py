"""Read the limits of a visit from the policy rules; where none is loaded, the shipped proposals hold."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from inspections.arriving.limits import LIMITS, VisitLimits
from stations.policy.tables import PolicyRule

CODE = "visit_limits"


def visit_limits(session: Session) -> VisitLimits:
    """Give the limits of the policy rule `visit_limits`: metres, minutes ahead, days back; what it does not name keeps
    the proposed value.
    """
    row = session.get(PolicyRule, CODE)
    if row is None:
        return LIMITS
    told = row.parameters
    return VisitLimits(
        on_site_radius_m=float(told.get("on_site_radius_m", LIMITS.on_site_radius_m)),
        ahead=dt.timedelta(minutes=told["ahead_minutes"]) if "ahead_minutes" in told else LIMITS.ahead,
        oldest=dt.timedelta(days=told["oldest_days"]) if "oldest_days" in told else LIMITS.oldest,
    )
