"""The rows of doubts: worth what is taken without any, whole, and obeyed."""

from __future__ import annotations

from dataclasses import asdict

import pytest
from sqlalchemy.orm import Session

from stations.policy.loading import shipped_rules
from stations.policy.tables import PolicyRule
from stations.sales.doubts.thresholds import (
    ContradictionPolicy,
    OutlierPolicy,
    contradiction_policy,
    outlier_policy,
)

SHIPPED = {row["code"]: row["parameters"] for row in shipped_rules()}


def test_shipped_thresholds_are_those_taken_without_any(session: Session) -> None:
    assert SHIPPED["outliers"] == asdict(OutlierPolicy())
    assert SHIPPED["contradictions"] == asdict(ContradictionPolicy())
    assert (outlier_policy(session), contradiction_policy(session)) == (OutlierPolicy(), ContradictionPolicy())


@pytest.mark.parametrize("code", ["outliers", "contradictions"])
def test_a_row_that_names_one_leaves_the_others(session: Session, code: str) -> None:
    told = {"outliers": {"values_at_least": 4}, "contradictions": {"repeated_months": 4}}[code]
    session.add(PolicyRule(code=code, kind="x", parameters=told | {"unheard": 1}, batch_years=[], source_doc="省",
                           quote="四个月"))  # fmt: skip
    session.flush()
    assert outlier_policy(session).values_at_least == (4 if code == "outliers" else 6)
    assert contradiction_policy(session).repeated_months == (4 if code == "contradictions" else 3)
    assert outlier_policy(session).months_of_past == 24
