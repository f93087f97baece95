"""For the access test: rates, outliers, contradictions and follow-ups."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from tests.api.sampling import Sample

SAMPLES: dict[str, Sample] = {
    "rates.reporting_rates_of_a_unit": Sample(query="ou={unit}&by=station"),
}


def make(session: Session, things: dict[str, Any]) -> dict[str, Any]:
    """Make what these doors speak of, in the county of `things`, and give their names."""
    return {}
