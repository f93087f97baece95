"""Read the thresholds of status changes from the policy rules; where none is loaded, the shipped proposals hold."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from stations.policy.tables import PolicyRule
from stations.register.listing.moves import MovePolicy

CODE = "station_transitions"


def move_policy(session: Session) -> MovePolicy:
    """Give the thresholds of the policy rule `station_transitions`; what it does not name keeps the proposed value."""
    row = session.get(PolicyRule, CODE)
    if row is None:
        return MovePolicy()
    told: dict[str, Any] = row.parameters
    shipped = MovePolicy()
    return MovePolicy(
        suspension_max_days=int(told.get("suspension_max_days", shipped.suspension_max_days)),
        strike_gap_days=int(told.get("strike_gap_days", shipped.strike_gap_days)),
        objection_working_days=int(told.get("objection_working_days", shipped.objection_working_days)),
        prefecture_confirms=frozenset(told.get("prefecture_confirms", ())),
    )
