"""The demonstration's road graph: the table of edges as a customer would bring it, checked and packed."""

from __future__ import annotations

import csv
import datetime as dt
import io
from hashlib import sha256
from pathlib import Path

import numpy as np

from geo.roads.checking import check_roads
from geo.roads.edges import EdgeTable
from geo.roads.packing import pack
from stations.records.network import RoadGraph

NUMBERS = ("length_m", "minutes", "from_lon", "from_lat", "to_lon", "to_lat")


def road_graph(path: Path, unit_code: str, unit_path: str, imported_at: dt.datetime) -> RoadGraph:
    """Read a table of edges and give the row that keeps it."""
    content = path.read_bytes()
    rows = list(csv.DictReader(io.StringIO(content.decode())))
    numbers = {name: np.asarray([float(row[name] or "nan") for row in rows]) for name in NUMBERS}
    start, end, road_class = ([row[name] for row in rows] for name in ("from", "to", "class"))
    checked = check_roads(EdgeTable(
        start, end, numbers["length_m"], road_class, numbers["minutes"], numbers["from_lon"], numbers["from_lat"],
        numbers["to_lon"], numbers["to_lat"],
    ))  # fmt: skip
    if checked.roads is None:
        raise RuntimeError(f"the demonstration's own roads cannot be used: {checked.unusable}")
    return RoadGraph(
        unit_code=unit_code, unit_path=unit_path, name="江永县道路（演示）", file_name=path.name,
        sha256=sha256(content).hexdigest(), check=checked.figures(), columns=pack(checked.roads),
        imported_at=imported_at,
    )  # fmt: skip
