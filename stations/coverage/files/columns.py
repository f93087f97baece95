"""The files of a folder, their columns in English and Chinese, and their words; `docs/coverage-files.md` explains them.
"""

from __future__ import annotations

from field_app_schema.words.closed_lists import WORDS as CLOSED_LISTS
from field_app_schema.words.coverage_figures import WORDS as COVERAGE_WORDS
from field_app_schema.words.vitality import WORDS as VITALITY_WORDS

VILLAGES, STATIONS, LINKS = "villages.csv", "stations.csv", "service_links.csv"
NODES, ROUTES, SERVED = "nodes.csv", "routes.csv", "node_villages.csv"
TRACES, ROADS = "traces.csv", "road_edges.csv"

_DATED = {"starts_on": "开始日期", "ends_on": "结束日期"}
_PLACE = {"lon": "经度", "lat": "纬度"}
# File -> its columns and what they are called in Chinese.
COLUMNS: dict[str, dict[str, str]] = {
    VILLAGES: {
        "code": "村代码", "name": "村名", "township": "乡镇代码", "county": "县代码", **_PLACE,
        "coord_quality": "坐标来源", "township_lon": "乡镇经度", "township_lat": "乡镇纬度", "is_poor": "贫困村",
        "is_remote": "边远村", "people": "人口",
    },
    STATIONS: {
        "code": "站点编号", "name": "站点名称", "village": "村代码", **_PLACE, "level": "层级", "listing": "在册状态",
        "life": "存活状态", "confidence": "把握程度", "services": "服务", "operator": "承办企业",
        "accepted_on": "验收日期",
    },
    LINKS: {"station": "站点编号", "village": "村代码", "services": "服务", **_DATED},
    NODES: {
        "code": "节点编号", "name": "节点名称", "level": "层级", **_PLACE, "village": "村代码", "township": "乡镇代码",
        "operator": "运营企业", "promised_days": "承诺天数", **_DATED,
    },
    ROUTES: {"from": "起点编号", "to": "终点编号", **_DATED},
    SERVED: {"node": "节点编号", "village": "村代码", **_DATED},
    TRACES: {"village": "村代码", "station": "站点编号", "sent_on": "离县日期", "township_on": "到乡镇日期",
             "arrived_on": "到村日期"},
    ROADS: {"from": "起点编号", "to": "终点编号", "length_m": "长度(米)", "class": "道路等级", "minutes": "分钟",
            "from_lon": "起点经度", "from_lat": "起点纬度", "to_lon": "终点经度", "to_lat": "终点纬度"},
}  # fmt: skip
NEEDED_COLUMNS: dict[str, tuple[str, ...]] = {
    VILLAGES: ("code",), STATIONS: ("code", "village", "life", "services"), LINKS: ("station", "village"),
    NODES: ("code", "level"), ROUTES: ("from", "to"), SERVED: ("node", "village"), TRACES: ("village", "sent_on"),
    ROADS: ("from", "to", "length_m", "from_lon", "from_lat", "to_lon", "to_lat"),
}  # fmt: skip
# Without these there is nothing to count.
NEEDED = (VILLAGES, STATIONS)

_LISTS = ("vitality.", "confidence.", "listing_status.", "service.", "coord_quality.", "logistics_level.")
# Chinese word -> the word of the closed list.
CHINESE: dict[str, str] = {
    zh: key.partition(".")[2]
    for key, (zh, _) in (CLOSED_LISTS | VITALITY_WORDS | COVERAGE_WORDS).items() if key.startswith(_LISTS)
}  # fmt: skip
