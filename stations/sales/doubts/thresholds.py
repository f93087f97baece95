"""The thresholds of doubts, read from the policy rules `outliers` and `contradictions`; without them, proposals."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TypeVar

from sqlalchemy.orm import Session

from stations.policy.tables import PolicyRule
from stations.sales.doubts.outlying import UNIT_SLIP, X10, X100


@dataclass(frozen=True, slots=True)
class OutlierPolicy:
    """When a figure is judged by its own past, by its peers, or not at all; every number is ours."""

    # Fewer earlier figures than this say nothing of what is usual.
    values_at_least: int = 6
    months_of_past: int = 24
    # By how much a power of ten may be missed, for each slip.
    bands: dict[str, float] = field(default_factory=lambda: {UNIT_SLIP: 0.5, X100: 0.25, X10: 0.15})


@dataclass(frozen=True, slots=True)
class ContradictionPolicy:
    """When two facts contradict each other; every number is ours."""

    # Reports older than this are history.
    months_back: int = 12
    open_visits_apart_days: int = 365
    silent_months: int = 12
    same_operator_stations: int = 3
    repeated_months: int = 3
    # One figure alone is easily the same by chance.
    figures_at_least: int = 2


T = TypeVar("T", OutlierPolicy, ContradictionPolicy)


def outlier_policy(session: Session) -> OutlierPolicy:
    """Give the thresholds in force."""
    return _read(session, "outliers", OutlierPolicy)


def contradiction_policy(session: Session) -> ContradictionPolicy:
    """Give the thresholds in force."""
    return _read(session, "contradictions", ContradictionPolicy)


def _read(session: Session, code: str, kind: type[T]) -> T:
    """Parameters the rule does not name keep the proposed value."""
    row = session.get(PolicyRule, code)
    known = {one.name for one in fields(kind)}
    return kind(**{name: value for name, value in (row.parameters if row else {}).items() if name in known})
