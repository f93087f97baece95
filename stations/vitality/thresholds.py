"""Read the thresholds of the alive rule from the policy rules; where none is loaded, the shipped proposals hold."""

from __future__ import annotations

from dataclasses import fields

from sqlalchemy.orm import Session

from stations.policy.tables import PolicyRule
from stations.vitality.evidence import AlivePolicy

CODE = "alive_rule"


def alive_policy(session: Session) -> AlivePolicy:
    """Give the thresholds of the policy rule `alive_rule`; parameters it does not name keep the proposed value."""
    row = session.get(PolicyRule, CODE)
    if row is None:
        return AlivePolicy()
    known = {field.name for field in fields(AlivePolicy)}
    return AlivePolicy(**{name: value for name, value in row.parameters.items() if name in known})
