"""For the access test: files of the logistics network and the lists of what stands."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from stations.records.network import LogisticsNode, NetworkImport
from tests.api.sampling import HIDDEN, OPEN, Sample
from tests.conftest import NOON

SAMPLES: dict[str, Sample] = {
    "network.take": Sample(query="kind=couriers&unit={unit}&dry_run=true", data=b"{network_body}"),
    "network.imports": Sample(query="ou={unit}"),
    "network.template": Sample(path={"kind": "network_kind"}, foreign=OPEN),
    "network.nodes": Sample(query="ou={unit}"),
    "network.routes": Sample(query="ou={unit}"),
    "network.couriers": Sample(query="ou={unit}"),
    "network.villages": Sample(query="ou={unit}"),
    "staff.network": Sample(foreign=HIDDEN),
}


def make(session: Session, things: dict[str, Any]) -> dict[str, Any]:
    """Make what these doors speak of, in the county of `things`, and give their names."""
    kept = NetworkImport(kind="nodes", unit_code=things["unit"], unit_path=things["path"], file_name="nodes.csv",
                         sha256="0" * 64, counts={"new": 1}, imported_at=NOON)  # fmt: skip
    session.add(kept)
    session.flush()
    session.add(LogisticsNode(code=f"WL-{things['unit']}", level="county", name="县中心", unit_code=things["unit"],
                              unit_path=things["path"], coord_quality="missing", starts_on=dt.date(2024, 1, 1),
                              import_id=kept.id, recorded_at=NOON))  # fmt: skip
    body = f"行政区划代码,快递公司,交付方式,开始日期\n{things['village']},邮政,送到村,2024-01-01\n"
    return {"network_body": body, "network_kind": "nodes"}
