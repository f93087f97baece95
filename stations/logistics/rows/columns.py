"""The columns of each kind of network file: one identifier, the heading we print, those that counties write instead."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from field_app_schema.vocab_network import NetworkFile
from stations.logistics.reading.table import Knows
from stations.register.ledger.columns import fold_header

_BRACKETS = re.compile(r"[(\[【〔<].*?[)\]】〕>]")


class Cell(Enum):
    """What a cell of a column holds."""

    TEXT = "text"
    CODE = "code"
    DAY = "day"
    NUMBER = "number"
    COUNT = "count"
    YEAR = "year"
    DEGREES = "degrees"
    WORD = "word"
    LIST = "list"
    SERVICES = "services"


@dataclass(frozen=True)
class Column:
    """A column: its identifier is also accepted as heading; `longest` signs of a text, `most` of a number."""

    key: str
    header: str
    synonyms: tuple[str, ...] = ()
    note: str = ""
    cell: Cell = Cell.TEXT
    required: bool = False
    longest: int = 120
    most: float = 365
    example: str = ""


_UNIT = (
    Column("county", "所在县", ("县", "县市区", "区县", "所属县"), "填代码时可不填"),
    Column("township", "乡镇", ("所在乡镇", "乡镇名称", "镇", "所属乡镇", "town"), "填代码时可不填", example="潇浦镇"),
    Column("village", "行政村", ("村", "村名", "村名称", "所在村", "所属村"), "村名,或填代码", example="何家湾村"),
    Column("village_code", "行政区划代码", ("村代码", "区划代码", "代码", "unit_code", "行政村代码", "12位代码"),
           "12 位村代码;填了就以代码为准", Cell.CODE, longest=12, example="431125100201"),
)  # fmt: skip
_PLACE = (
    Column("lon", "经度", ("longitude", "lng", "x", "东经"), "十进制度", Cell.DEGREES, example="111.3420"),
    Column("lat", "纬度", ("latitude", "y", "北纬"), "十进制度", Cell.DEGREES, example="25.2710"),
    Column("coord_system", "坐标系", ("坐标系统", "datum", "crs"), "不填按导入时所选", Cell.WORD, example="CGCS2000"),
    Column("coord_quality", "坐标来源", ("定位方式", "坐标质量"), "定位、地址解析、村委会位置、乡镇位置", Cell.WORD),
)  # fmt: skip
_DAYS = (
    Column("starts_on", "开始日期", ("起始日期", "生效日期", "开通日期", "启用日期", "开始时间", "start", "from_date"),
           "必填;这些情况自哪天起", Cell.DAY, required=True, example="2026-01-01"),
    Column("ends_on", "结束日期", ("终止日期", "停用日期", "截止日期", "结束时间", "end", "to_date"),
           "不再如此的第一天;不填就是没有结束", Cell.DAY),
)  # fmt: skip
_OPERATOR = Column("operator", "运营单位", ("运营商", "运营企业", "承运单位", "经营单位"),
                   example="江永县供销物流有限公司")  # fmt: skip
_TRIPS = Column("trips_per_week", "每周班次", ("周班次", "每周次数", "每周趟数"), "每周几趟", Cell.NUMBER, most=1000,
                example="6")  # fmt: skip
_PROMISED = Column("promised_days", "承诺时限(天)", ("承诺天数", "承诺送达天数", "时限"), "县到村几天", Cell.NUMBER,
                   example="2")  # fmt: skip
_CARRIER = Column("carrier", "快递公司", ("承运商", "快递", "物流公司", "快递企业", "courier"), "必填", required=True,
                  longest=60, example="邮政")  # fmt: skip

COLUMNS: Mapping[NetworkFile, tuple[Column, ...]] = {
    NetworkFile.NODES: (
        Column("code", "节点编号", ("编号", "节点编码", "节点代码", "node", "node_code"),
               "必填;永远指这个节点", Cell.CODE, required=True, longest=40, example="WL001"),
        Column("name", "节点名称", ("名称", "物流点名称"), "必填", required=True, example="何家湾村级物流点"),
        Column("level", "层级", ("级别", "节点级别", "节点层级", "类型"), "县、乡镇、村", Cell.WORD, required=True,
               example="村"),
        _OPERATOR, *_UNIT, Column("address", "地址", ("详细地址",), longest=200), *_PLACE, _PROMISED,
        Column("parcels_a_day", "日均件量", ("日均包裹", "日均快件", "日处理量"), "每天约几件", Cell.NUMBER, most=1e6),
        Column("villages_served", "服务村", ("覆盖村", "服务行政村", "覆盖行政村", "服务范围"), "村名或代码,用顿号隔开",
               Cell.LIST, example="何家湾村、圳景村"),
        *_DAYS,
    ),
    NetworkFile.ROUTES: (
        Column("from_code", "起点节点编号", ("起点", "起点编号", "始发节点", "from"), "必填", Cell.CODE, required=True,
               longest=40, example="WL000"),
        Column("to_code", "终点节点编号", ("终点", "终点编号", "到达节点", "to"), "必填", Cell.CODE, required=True,
               longest=40, example="WL001"),
        _OPERATOR, _TRIPS,
        Column("days", "在途天数", ("用时(天)", "运输天数", "在途时间"), "几天到", Cell.NUMBER, example="1"),
        *_DAYS,
    ),
    NetworkFile.COURIERS: (
        *_UNIT, _CARRIER,
        Column("handover", "交付方式", ("投递方式", "送达地点", "服务方式"),
               "送到村、到乡镇自取", Cell.WORD, required=True, example="送到村"),
        _TRIPS, _PROMISED, *_DAYS,
    ),
    NetworkFile.TRACES: (
        _CARRIER,
        Column("waybill", "运单号", ("快递单号", "单号", "运单编号", "物流单号"), "必填;只存摘要,不存单号", Cell.CODE,
               required=True, longest=60, example="1234567890"),
        *_UNIT,
        Column("station", "站点编号", ("站点编码", "服务站编号", "station_code"), "到哪个服务站", Cell.CODE,
               longest=40),
        Column("node", "节点编号", ("物流节点", "node_code", "节点编码"), "经哪个物流节点", Cell.CODE, longest=40),
        Column("sent_on", "县发出日期", ("发出日期", "发件日期", "寄出日期", "县级发出日期"),
               "必填", Cell.DAY, required=True, example="2026-11-01"),
        Column("township_on", "到乡镇日期", ("乡镇到达日期", "到镇日期"), "还没到就留空", Cell.DAY),
        Column("arrived_on", "到村日期", ("到达日期", "签收日期", "送达日期", "到站日期"), "还没到就留空", Cell.DAY),
    ),
    NetworkFile.VILLAGES: (
        *_UNIT,
        Column("people", "人口", ("人口数", "常住人口", "户籍人口", "人数"), "与年份同填", Cell.COUNT, most=1e7),
        Column("people_year", "人口年份", ("统计年份", "人口年度"), "人口是哪年的", Cell.YEAR),
        Column("poor", "建档立卡贫困村", ("贫困村", "是否贫困村", "脱贫村"), "是、否;与名单年份同填", Cell.WORD),
        Column("poor_year", "贫困村名单年份", ("名单年份", "贫困村年份"), "哪一年的名单", Cell.YEAR),
        Column("remote", "边远村", ("是否边远", "边远"), "是、否;与边远起始日期同填", Cell.WORD),
        Column("remote_from", "边远起始日期", ("边远认定日期", "边远日期"), "自哪天起", Cell.DAY),
        *_PLACE,
    ),
    NetworkFile.LINKS: (
        Column("station", "站点编号", ("站点编码", "服务站编号", "station_code", "编号"),
               "必填", Cell.CODE, required=True, longest=40, example="JY001"),
        *_UNIT,
        Column("services", "服务内容", ("服务", "服务项目", "服务功能"),
               "必填;用顿号隔开", Cell.SERVICES, required=True, example="代购、快递收发"),
        *_DAYS,
    ),
}  # fmt: skip


def columns_by_key(kind: NetworkFile) -> dict[str, Column]:
    """Give the columns of a kind of file by their identifiers."""
    return {column.key: column for column in COLUMNS[kind]}


def knows(kind: NetworkFile) -> Knows:
    """Give what says which column of a kind a heading means: exact once folded, then without what is in brackets."""
    return _KNOWS[kind]


def _knower(kind: NetworkFile) -> Knows:
    known = {
        fold_header(word): column.key
        for column in COLUMNS[kind] for word in (column.key, column.header, *column.synonyms)
    }  # fmt: skip
    # A heading without its brackets: «承诺时限(天)» is also «承诺时限».
    bare = {_BRACKETS.sub("", word): key for word, key in known.items()}

    def know(heading: str) -> str | None:
        folded = fold_header(heading)
        return known.get(folded) or bare.get(_BRACKETS.sub("", folded))

    return know


_KNOWS = {kind: _knower(kind) for kind in NetworkFile}
