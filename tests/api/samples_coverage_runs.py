"""For the access test: coverage runs, what-if, siting studies and the planning page."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from stations.coverage.runs.packing import Kept, pack
from stations.coverage.tables import CoverageRun, SitingStudy
from tests.api.sampling import HIDDEN, Sample
from tests.conftest import NOON

RUN = {"run_id": "run"}

SAMPLES: dict[str, Sample] = {
    "coverage_runs.run": Sample(json={"ou": "{unit}"}),
    "coverage_runs.runs_of_a_unit": Sample(query="ou={unit}"),
    "coverage_runs.one_run": Sample(path=RUN),
    "coverage_runs.again": Sample(path=RUN),
    "siting.study": Sample(json={"ou": "{unit}", "k": 1}),
    "siting.studies_of_a_unit": Sample(query="ou={unit}"),
    "siting.one_study": Sample(path={"study_id": "study"}),
    "staff.planning": Sample(foreign=HIDDEN),
    "what_if.what_if": Sample(json={"ou": "{unit}", "remove": ["{station}"]}),
    "coverage_runs.differences_between_runs": Sample(path=RUN, query="from={run}"),
}

EMPTY = Kept(
    {name: [] for name in ("code", "name", "poor", "lon", "lat", "stages", "reason", "nearest")},
    {name: [] for name in ("code", "life", "confidence", "listed", "lon", "lat", "counts")},
    {name: [] for name in ("station", "village", "services", "parcels")},
)
HEADLINE = dict.fromkeys(("villages", "built", "listed", "geographic", "alive", "service", "evidenced"), 0)


def make(session: Session, things: dict[str, Any]) -> dict[str, Any]:
    """Make what these doors speak of, in the county of `things`, and give their names."""
    asked = {"services": None, "confidence": "any", "distance": "great_circle", "poor_year": None}
    run = CoverageRun(
        unit_code=things["unit"], unit_path=things["path"], as_of=dt.date(2026, 11, 1), known_at=NOON, base_year=2023,
        parameters=asked, input_sha256="0" * 64, code_version="0.0.1", report={"headline": HEADLINE, "input": {}},
        villages=pack(EMPTY), run_at=NOON,
    )  # fmt: skip
    study = SitingStudy(
        unit_code=things["unit"], unit_path=things["path"], as_of=dt.date(2026, 11, 1), parameters={"k": 3},
        state="waiting", code_version="0.0.1", asked_at=NOON,
    )  # fmt: skip
    session.add_all([run, study])
    session.flush()
    return {"run": run.id, "study": study.id}
