"""What is wrong with a cell of a road file, why a network cannot be used, and what is worth knowing of one that can."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from stations.register.ledger.problems import Problem, worded

# The reasons of `geo.roads` and our own -> (zh, en, what to do). `{}` takes the particulars.
_TEXTS: dict[str, tuple[str, str, str]] = {
    "missing": ("缺少“{}”。", "{} is missing.", "填写这一格。"),
    "negative": ("“{}”小于 0。", "{} is negative.", "改为 0 或正数。"),
    "not_a_number": ("“{}”不是数。", "{} is no number.", "只填数字,不带单位。"),
    "unknown_node": ("路口表里没有“{}”的这个路口。", "The junction of {} is not in the table of junctions.",
                     "补上路口,或核对编号。"),
    "out_of_range": ("“{}”超出经纬度的范围。", "{} is outside the range of degrees.", "填写十进制度。"),
    "two_places": ("同一个路口在前面的行里在 50 米以外。", "An earlier row puts this junction more than 50 m away.",
                   "同一编号只能指一个路口。"),
    "not_a_line": ("几何不是一条线。", "The geometry is not one line.", "只留单条线的要素。"),
    "no_edges": ("文件里没有一条路段。", "The file holds no edge.", "核对文件和图层。"),
    "faulty_rows": ("有路段填写有误。", "Some edges are at fault.", "按行、列的提示修改。"),
    "lengths_in_km": ("长度像是公里,不是米。", "Lengths look like kilometres, not metres.", "换算成米。"),
    "minutes_in_hours": ("时间像是小时,不是分钟。", "Times look like hours, not minutes.", "换算成分钟。"),
    "minutes_in_seconds": ("时间像是秒,不是分钟。", "Times look like seconds, not minutes.", "换算成分钟。"),
    # notices: shown, never in the way
    "derived": ("{} 条路段没有填分钟,按长度和等级推算。", "{} edges without minutes: taken from length and class.",
                "有实测时间就填上。"),
    "measured": ("{} 条路段没有填长度,按线形量出。", "{} edges without a length were measured along their line.",
                 "无需处理。"),
    "unknown_classes": ("其中 {} 条等级不认识,按每小时 25 公里。", "{} of them have no known class: 25 km/h.",
                        "等级写国道、省道、县道、乡道、村道或技术等级。"),
    "in_parts": ("路网分成互不相通的 {} 片,最大一片有 {} 的路口。",
                 "The network is in {} parts; the largest has {} of the junctions.",
                 "补上连接的路段;不相通的地方互相到不了。"),
    "odd_lengths": ("{} 条路段比两端的直线还短。", "{} edges are shorter than the straight line.", "核对长度。"),
    "odd_speeds": ("{} 条路段的速度在每小时 2 到 130 公里之外。", "{} edges are slower than 2 or faster than 130 km/h.",
                   "核对长度和分钟。"),
}  # fmt: skip


def road_problem(code: str, place: Mapping[str, Any], *particulars: object) -> Problem:
    """Word one finding at a place (sheet, row, column, header, value)."""
    return worded(code, _TEXTS[code], particulars, place)


NOWHERE: Mapping[str, Any] = {"sheet": "", "row": None, "column": None, "header": None, "value": None}


def notices_of(figures: Mapping[str, Any], measured: int) -> list[Problem]:
    """Give what is worth knowing of a network that was checked."""
    told = [road_problem(code, NOWHERE, figures[code])
            for code in ("derived", "unknown_classes", "odd_lengths", "odd_speeds") if figures[code]]  # fmt: skip
    if measured:
        told.insert(0, road_problem("measured", NOWHERE, measured))
    if figures["components"] > 1:
        share = figures["share_in_largest"] or 0.0
        told.append(road_problem("in_parts", NOWHERE, figures["components"], f"{share:.1%}"))
    return told
