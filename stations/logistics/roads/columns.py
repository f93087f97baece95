"""The columns of a road file: one identifier each, the heading we print, and those that others write instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from field_app_schema.refusals import Refusal
from stations.register.ledger.columns import fold_header

# identifier -> the heading in a sentence, then what files call it.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "from": ("起点", "起点编号", "起点路口", "from_node", "fromnode", "source", "from_id", "u", "start", "fnode"),
    "to": ("终点", "终点编号", "终点路口", "to_node", "tonode", "target", "to_id", "v", "end", "tnode"),
    "length_m": ("长度(米)", "长度", "长度_m", "length", "里程(米)", "路长(米)", "len_m", "meters", "metres"),
    "class": ("等级", "道路等级", "道路类型", "行政等级", "技术等级", "road_class", "highway", "fclass", "type"),
    "minutes": ("分钟", "用时(分钟)", "行驶时间(分钟)", "时间(分钟)", "duration_min", "time_min", "mins"),
    "from_lon": ("起点经度", "from_x", "x1", "lon1", "start_lon"),
    "from_lat": ("起点纬度", "from_y", "y1", "lat1", "start_lat"),
    "to_lon": ("终点经度", "to_x", "x2", "lon2", "end_lon"),
    "to_lat": ("终点纬度", "to_y", "y2", "lat2", "end_lat"),
    "node": ("路口", "路口编号", "节点", "node_id", "osmid"),
    "lon": ("路口经度", "经度", "x", "lng", "longitude"),
    "lat": ("路口纬度", "纬度", "y", "latitude"),
}
ENDS = ("from_lon", "from_lat", "to_lon", "to_lat")
_KNOWN = {fold_header(word): key for key, words in COLUMNS.items() for word in (key, *words)}


def knows(heading: str) -> str | None:
    """Say which column a heading means, or None."""
    return _KNOWN.get(fold_header(heading))


def places_of(headings: Sequence[str], *, has_lines: bool) -> dict[str, int]:
    """Give where each known column stands; refuses with NETWORK_COLUMNS when the rest cannot be made up for.

    Lines bring their ends, their lengths and so their junctions; without them the ends must be named and placed, by
    four columns or by a table of junctions (node, lon, lat) in the same file.
    """
    at: dict[str, int] = {}
    for index, heading in enumerate(headings):
        key = knows(heading) if heading else None
        if key is not None:
            at.setdefault(key, index)
    missing = [] if has_lines else [key for key in ("from", "to", "length_m") if key not in at]
    if not has_lines and not ({"node", "lon", "lat"} <= at.keys() or at.keys() >= set(ENDS)):
        missing += [key for key in ENDS if key not in at]
    if missing:
        said = "、".join(f"{COLUMNS[key][0]}({key})" for key in missing)
        raise Refusal("NETWORK_COLUMNS", errors={"file": [f"缺少列:{said} / missing: {', '.join(missing)}"]},
                      headings_seen=[heading[:60] for heading in headings][:60])  # fmt: skip
    return at
