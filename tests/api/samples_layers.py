"""For the access test: the layers of the maps of coverage."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from stations.records.network import LogisticsNode
from tests.api.sampling import Sample
from tests.conftest import NOON

SAMPLES: dict[str, Sample] = {
    "map_layers.layer_of_a_theme": Sample(path={"theme": "a_theme"}, query="unit={unit}"),
    "map_layers.one_village": Sample(path={"code": "village"}),
    "map_layers.one_node": Sample(path={"code": "map_node"}),
}


def make(session: Session, things: dict[str, Any]) -> dict[str, Any]:
    """A theme for the address, and a node in the county of `things`."""
    node = LogisticsNode(
        code=f"N{things['unit']}", level="county", name="配送中心", unit_code=things["unit"], unit_path=things["path"],
        coord_quality="missing", starts_on=dt.date(2024, 1, 1), recorded_at=NOON,
    )  # fmt: skip
    session.add(node)
    session.flush()
    return {"a_theme": "gaps", "map_node": node.code}
