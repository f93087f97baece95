"""For the access test: the datum guard and the road graphs."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from stations.records.network import DatumRepair, RoadGraph
from tests.api.sampling import OPEN, Sample
from tests.conftest import NOON

CHECK = {"nodes": 0, "edges": 0, "components": 0, "share_in_largest": None, "apart": [], "length_km": 0.0, "derived": 0,
         "unknown_classes": 0, "median_speed_km_h": None, "odd_lengths": 0, "odd_length_rows": [], "odd_speeds": 0,
         "odd_speed_rows": [], "unusable": []}  # fmt: skip
SAMPLES: dict[str, Sample] = {
    "staff.places": Sample(foreign=OPEN),
    "datums.check": Sample(query="ou={unit}"),
    # Nothing is at fault in the world of the tests.
    "datums.mend": Sample(json={"ou": "{unit}", "fault": "mixed_gcj02", "dry_run": False}, also=(409,)),
    "datums.repairs": Sample(query="ou={unit}"),
    "datums.take_back": Sample(path={"repair_id": "datum_repair"}),
    "road_graphs.take": Sample(query="unit={unit}&dry_run=false", data=b"{roads_body}"),
    "road_graphs.graphs": Sample(query="ou={unit}"),
    "road_graphs.graph": Sample(path={"graph_id": "road_graph"}),
    "road_graphs.withdraw": Sample(path={"graph_id": "road_graph"}),
}


def make(session: Session, things: dict[str, Any]) -> dict[str, Any]:
    """Make a repair of coordinates of no station, and a road network of no road, in the county of `things`."""
    repair = DatumRepair(unit_code=things["unit"], unit_path=things["path"], fault="mixed_gcj02",
                         evidence={"findings": []}, before={}, repaired_at=NOON)  # fmt: skip
    roads = RoadGraph(unit_code=things["unit"], unit_path=things["path"], name="路", file_name="r.csv", sha256="0" * 64,
                      check=CHECK, columns=b"", imported_at=NOON)  # fmt: skip
    session.add_all([repair, roads])
    session.flush()
    body = f"from,to,length_m,from_lon,from_lat,to_lon,to_lat\na,b,1500,{things['lon']},25.2,{things['lon']},25.21\n"
    return {"datum_repair": repair.id, "road_graph": roads.id, "roads_body": body}
