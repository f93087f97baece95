"""What is wrong with a cell of a network file, and what to do, in Chinese and English, placed as a person sees it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from stations.register.ledger.problems import TEXTS as LEDGER_TEXTS
from stations.register.ledger.problems import Problem, worded

# code -> (zh, en, what to do). `{}` takes the particulars. Codes that are not here are those of the ledger.
_TEXTS: dict[str, tuple[str, str, str]] = {
    "CELL_MISSING": ("没有填“{}”。", "{} is missing.", "填写这一格。"),
    "CELL_TOO_LONG": ("超过 {} 个字。", "More than {} characters.", "请缩短。"),
    "DEGREES_WRONG": ("“{}”不是度数。", "Not a number of degrees: {}.", "填写十进制度,如 111.3420。"),
    "NUMBER_WRONG": ("“{}”不是 0 到 {} 之间的数。", "Not a number in range: {}.", "只填数字;没有就留空。"),
    "COUNT_WRONG": ("“{}”不是 0 到 {} 之间的整数。", "Not a whole number in range: {}.", "只填整数;没有就留空。"),
    "YEAR_WRONG": ("“{}”不是年份。", "Not a year: {}.", "填四位年份,不晚于今年。"),
    "DAY_WRONG": ("“{}”不是完整的日期。", "Not a full date: {}.", "写成 2026-05-01。"),
    "DAY_TOO_EARLY": ("日期 {} 太早。", "The date {} is too early.", "请核对年份。"),
    "DAY_IN_FUTURE": ("日期 {} 还没有到。", "The date {} has not come yet.", "请核对。"),
    "DAYS_REVERSED": ("{} 早于 {}。", "{} is before {}.", "请核对两个日期。"),
    "END_NOT_AFTER_START": ("结束日期 {} 不晚于开始日期 {}。", "The end {} is not after the start {}.",
                            "结束日期是不再如此的第一天。"),
    "PERIODS_OVERLAP": ("同一项自 {} 起已有另一段记录。", "Another period of the same begins on {}.",
                        "结束日期不能晚于下一段的开始。"),
    "PAIR_MISSING": ("经度和纬度要同时填写。", "Give both longitude and latitude.", "补上缺的一格,或都留空。"),
    "PLACE_ZERO": ("坐标是 0, 0。", "The coordinates are 0, 0.", "没有坐标就留空。"),
    "LEVEL_OF_UNIT": ("层级是“{}”,但“{}”不在这一级。", "The level is {}, but {} is not of that level.",
                      "县级填县,乡镇级填乡镇,村级填村。"),
    "NODE_UNKNOWN": ("没有编号为“{}”的物流节点。", "No logistics node {}.", "先导入节点,或核对编号。"),
    "NODE_ELSEWHERE": ("编号“{}”已属于范围外的节点。", "The code {} belongs to a node outside.", "改用自己的编号。"),
    "SAME_ENDS": ("起点和终点是同一个节点。", "Both ends are the same node.", "请核对编号。"),
    "STATION_UNKNOWN": ("没有编号为“{}”的站点。", "No station {} here.", "核对站点编号;只能是本地区的站点。"),
    "NOT_A_VILLAGE": ("“{}”不是村。", "{} is no village.", "填写村名或 12 位村代码。"),
    "SEAT_HAS_NO_PEOPLE": ("乡镇只能填驻地坐标。", "A township takes only the place of its seat.",
                           "把人口等填在各村。"),
    "YEAR_MISSING": ("填了“{}”,没有填年份。", "{} without its year.", "补上年份。"),
    "TRACE_CONTRADICTS": ("与已有的同一运单不符(已有:{})。", "Contradicts the same parcel on file ({}).",
                          "核对运单号;已记录的日期和村不能改。"),
    "DUPLICATE_ROW": ("与第 {} 行重复。", "Repeats row {}.", "同一项同一开始日期只留一行。"),
    "SERVICE_UNKNOWN": ("不认识的服务“{}”。", "Unknown service: {}.", "请用:{}。"),
    # notices: shown, never in the way
    "COLUMNS_PASSED_OVER": ("不认识的列没有读:{}。", "Unknown columns were not read: {}.",
                            "如应读取,请对照模板改表头。"),
    "DATUM_ASSUMED": ("{} 行坐标没有写坐标系,按 {} 读取。", "{} rows without a datum were read as {}.",
                      "如取自高德、腾讯(gcj02)或百度(bd09),请重新选择坐标系。"),
    "EXAMPLE_PASSED_OVER": ("跳过了模板的示例行。", "The template's example was passed over.", "无需处理。"),
}  # fmt: skip


def noted(code: str, place: Mapping[str, Any], *particulars: object, advice: str | None = None) -> Problem:
    """Word one finding at a place (sheet, row, column, header, value)."""
    return worded(code, _TEXTS.get(code) or LEDGER_TEXTS[code], particulars, place, advice=advice)


NO_PLACE: Mapping[str, Any] = {"sheet": "", "row": None, "column": None, "header": None, "value": None}
