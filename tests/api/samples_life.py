"""For the access test: survival, vitality over time, snapshots and recomputation."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import Any

from sqlalchemy.orm import Session

from stations.survival.figures.headline import headline
from stations.survival.tables import Snapshot
from tests.api.sampling import Sample
from tests.conftest import NOON

SAMPLES: dict[str, Sample] = {
    "survival.survival_of_a_unit": Sample(query="ou={unit}"),
    "survival.vitality_by_month": Sample(query="ou={unit}"),
    "recomputations.recompute": Sample(json={"unit": "{unit}", "dry_run": True}),
    "snapshots.freeze": Sample(json={"ou": "{unit}", "quarter": "2026Q2"}),
    "snapshots.snapshots_of_a_unit": Sample(query="ou={unit}"),
    "snapshots.one_snapshot": Sample(path={"snapshot_id": "snapshot"}),
    "snapshots.differences_from_now": Sample(path={"snapshot_id": "snapshot"}),
}


def make(session: Session, things: dict[str, Any]) -> dict[str, Any]:
    """Make what these doors speak of, in the county of `things`, and give their names."""
    kept = Snapshot(
        unit_code=things["unit"], unit_path=things["path"], quarter="2026Q3", as_of=dt.date(2026, 9, 30), taken_at=NOON,
        rule_version="v1", figures={"headline": asdict(headline([]))},
    )  # fmt: skip
    session.add(kept)
    session.flush()
    return {"snapshot": kept.id}
