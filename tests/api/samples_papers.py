"""For the access test: definitions, pages and papers of the months."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from tests.api.sampling import OPEN, Sample

SAMPLES: dict[str, Sample] = {
    # definitions and pages
    "definitions.all_definitions": Sample(foreign=OPEN),
    "definitions.one_definition": Sample(path={"code": "figure"}, foreign=OPEN),
    # papers
    "papers.bulletin": Sample(query="county={unit}&period=202610"),
}


def make(session: Session, things: dict[str, Any]) -> dict[str, Any]:
    """Make what these doors speak of, in the county of `things`, and give their names."""
    return {"figure": "survival_share_built"}
