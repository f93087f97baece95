"""For the access test: definitions, pages and papers of the months."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from tests.api.sampling import HIDDEN, OPEN, Sample

SAMPLES: dict[str, Sample] = {
    # definitions and pages
    "definitions.all_definitions": Sample(foreign=OPEN),
    "definitions.one_definition": Sample(path={"code": "figure"}, foreign=OPEN),
    "charts.rates": Sample(query="ou={unit}&pe=202610"),
    "charts.survival": Sample(query="ou={unit}"),
    "charts.vitality": Sample(query="ou={unit}"),
    "charts.coverage_funnel": Sample(query="ou={unit}"),
    "charts.coverage_gaps": Sample(query="ou={unit}"),
    "charts.alignment": Sample(query="ou={unit}"),
    "tables.coverage": Sample(query="ou={unit}&format=csv"),
    "tables.coverage_villages": Sample(query="ou={unit}&format=csv"),
    "tables.alignment": Sample(query="ou={unit}&list=orphans&format=csv"),
    "tables.delivery": Sample(query="ou={unit}&format=csv"),
    "tables.rates": Sample(query="ou={unit}&by=station&format=csv"),
    "tables.month": Sample(path={"period": "closed_month"}, query="ou={unit}&format=csv"),
    "tables.survival": Sample(query="ou={unit}&format=csv"),
    "tables.vitality": Sample(query="ou={unit}&format=csv"),
    "tables.outlying": Sample(query="ou={unit}&format=csv"),
    "tables.contradicting": Sample(query="ou={unit}&format=csv"),
    "figure_pages.newest_month": Sample(foreign=HIDDEN),
    "figure_pages.month": Sample(path={"period": "closed_month"}, foreign=HIDDEN),
    "figure_pages.figures": Sample(foreign=HIDDEN),
    "figure_pages.survival": Sample(foreign=HIDDEN),
    "figure_pages.coverage": Sample(foreign=HIDDEN),
    "figure_pages.doubts": Sample(foreign=HIDDEN),
    "figure_pages.definitions": Sample(foreign=OPEN),
    "figure_pages.definition": Sample(path={"code": "figure"}, foreign=OPEN),
    # papers
    "papers.bulletin": Sample(query="county={unit}&period=202610"),
    "papers.pack": Sample(query="county={unit}&period=202610"),
}


def make(session: Session, things: dict[str, Any]) -> dict[str, Any]:
    """Make what these doors speak of, in the county of `things`, and give their names."""
    return {"figure": "survival_share_built", "closed_month": "202610"}
