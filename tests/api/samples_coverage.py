"""For the access test: coverage, villages, alignment and delivery."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from tests.api.sampling import Sample

SAMPLES: dict[str, Sample] = {
    "coverage.coverage_of_a_unit": Sample(query="ou={unit}"),
    "coverage.villages_of_a_unit": Sample(query="ou={unit}&reason=no_station"),
    "coverage.alignment_of_a_unit": Sample(query="ou={unit}"),
    "coverage.delivery_of_a_unit": Sample(query="ou={unit}"),
}


def make(session: Session, things: dict[str, Any]) -> dict[str, Any]:
    """These doors speak of units alone."""
    return {}
