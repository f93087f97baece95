"""For the access test: the datum guard and the road graphs."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from stations.records.network import DatumRepair
from tests.api.sampling import Sample
from tests.conftest import NOON

SAMPLES: dict[str, Sample] = {
    "datums.check": Sample(query="ou={unit}"),
    # Nothing is at fault in the world of the tests.
    "datums.mend": Sample(json={"ou": "{unit}", "fault": "mixed_gcj02", "dry_run": False}, also=(409,)),
    "datums.repairs": Sample(query="ou={unit}"),
    "datums.take_back": Sample(path={"repair_id": "datum_repair"}),
}


def make(session: Session, things: dict[str, Any]) -> dict[str, Any]:
    """Make a repair of coordinates of no station in the county of `things`."""
    repair = DatumRepair(unit_code=things["unit"], unit_path=things["path"], fault="mixed_gcj02",
                         evidence={"findings": []}, before={}, repaired_at=NOON)  # fmt: skip
    session.add(repair)
    session.flush()
    return {"datum_repair": repair.id}
