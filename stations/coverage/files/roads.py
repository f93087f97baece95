"""The roads of the files as a measure; what is wrong with them is named by line."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from geo.measure import GreatCircle, Measure
from geo.roads.checking import check_roads
from geo.roads.edges import EdgeTable, Floats
from geo.roads.graph import RoadGraph
from geo.roads.measure import RoadMeasure
from stations.coverage.files.cells import Line, Problems
from stations.coverage.files.columns import ROADS

_UNUSABLE = {
    "no_edges": ("没有路段", "no stretch of road"),
    "lengths_in_km": ("长度像是公里,应为米", "lengths look like kilometres, metres are asked for"),
    "minutes_in_hours": ("时间像是小时,应为分钟", "minutes look like hours"),
    "minutes_in_seconds": ("时间像是秒,应为分钟", "minutes look like seconds"),
}


def measure_of(distance: str, lines: Sequence[Line], problems: Problems) -> tuple[Measure, dict[str, object] | None]:
    """Give the measure asked for, and for roads what their check found; great circles when the roads are no use."""
    if distance != "road":
        return GreatCircle(), None
    numbers = {name: _numbers(lines, name) for name in
               ("length_m", "minutes", "from_lon", "from_lat", "to_lon", "to_lat")}  # fmt: skip
    table = EdgeTable(
        start=[line.text("from") for line in lines], end=[line.text("to") for line in lines],
        road_class=[line.text("class") for line in lines], **numbers,
    )  # fmt: skip
    check = check_roads(table)
    for fault in check.faults:
        lines[fault.row].wrong(fault.column, "有错误或缺少", f"{fault.reason}")
    for reason in check.unusable:
        if reason in _UNUSABLE:
            problems.add(ROADS, None, None, *_UNUSABLE[reason])
    if check.roads is None:
        return GreatCircle(), check.figures()
    return RoadMeasure(RoadGraph(check.roads)), check.figures()


def _numbers(lines: Sequence[Line], column: str) -> Floats:
    return np.array([line.number_in(column) for line in lines], dtype=np.float64)
