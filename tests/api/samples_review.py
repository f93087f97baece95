"""For the access test: reviewing reports, workbooks of a month and feeds."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from tests.api.sampling import Sample

SAMPLES: dict[str, Sample] = {}


def make(session: Session, things: dict[str, Any]) -> dict[str, Any]:
    """Make what these doors speak of, in the county of `things`, and give their names."""
    return {}
