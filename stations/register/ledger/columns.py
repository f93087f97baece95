"""The columns of a ledger: one identifier, the header we print, and the headers that counties write instead."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# An extra column whose header would be taken for one of ours is printed with this in front; reading takes it off.
EXTRA_MARK = "附加-"


@dataclass(frozen=True)
class Column:
    """A column we know: `key` is also accepted as its header; `note` is what the template says of it."""

    key: str
    header: str
    synonyms: tuple[str, ...] = ()
    note: str = ""


COLUMNS: tuple[Column, ...] = (
    Column("code", "站点编号", ("编号", "站点编码", "编码", "站点代码", "服务站编号", "网点编号", "站号"),
           "可不填,系统自动编号;再次导入时按编号或“村+名称”认出同一站点"),
    Column("name", "站点名称", ("名称", "服务站名称", "服务点名称", "网点名称", "站名", "电商服务站名称",
           "村级站点名称"), "必填"),
    Column("kind", "站点类型", ("类型", "级别", "站点级别", "站点类别", "类别", "层级", "服务站类型"),
           "不填按“村级服务点”"),
    Column("county", "所在县", ("县", "县市区", "县(市、区)", "县区", "区县", "所属县", "县名"), "填村代码时可不填"),
    Column("township", "乡镇", ("所在乡镇", "乡镇名称", "乡(镇)", "镇", "所属乡镇", "乡镇街道", "乡镇(街道)"),
           "填村代码时可不填"),
    Column("village", "行政村", ("村", "所在村", "村名", "村名称", "行政村名称", "建制村", "所属村", "村(社区)",
           "村居"),
           "与村代码二者填一"),
    Column("village_code", "村代码", ("行政区划代码", "区划代码", "行政区划编码", "村编码", "统计用区划代码",
           "行政村代码"),
           "12 位统计用区划代码,设为文本"),
    Column("address", "详细地址", ("地址", "站点地址", "具体地址", "地点", "位置")),
    Column("lon", "经度", ("东经", "坐标经度", "站点经度", "longitude", "lng")),
    Column("lat", "纬度", ("北纬", "坐标纬度", "站点纬度", "latitude")),
    Column("lonlat", "经纬度", ("坐标", "地理坐标", "gps坐标", "经纬度坐标"),
           "经度在前,逗号隔开;与分列的经度、纬度二者用一"),
    Column("coord_system", "坐标系", ("坐标系统", "坐标类型", "坐标基准"), "不填用导入时声明的坐标系"),
    Column("coord_quality", "坐标来源", ("坐标精度", "定位方式")),
    Column("host_type", "承办主体类型", ("经营主体类型", "主体类型", "依托主体", "承办主体", "经营主体", "依托类型")),
    Column("operator", "承办企业", ("运营企业", "承办单位", "运营单位", "运营主体", "企业名称", "承建单位",
           "承建企业")),
    Column("services", "服务内容", ("服务项目", "功能", "服务功能", "业务内容", "主要功能", "开展业务"), "用顿号隔开"),
    Column("is_subsidised", "是否财政补助", ("财政补助", "是否补助", "是否使用财政资金", "是否享受补贴", "是否补贴"),
           "是 / 否"),
    Column("head_name", "负责人", ("站长", "站长姓名", "负责人姓名", "站点负责人", "姓名", "联系人")),
    Column("phone", "联系电话", ("手机", "电话", "手机号", "手机号码", "联系方式", "站长电话", "负责人电话"),
           "设为文本"),
    Column("hours", "营业时间", ("服务时间", "开放时间")),
    Column("accepted_on", "验收日期", ("验收时间", "建成时间", "开业时间", "建成日期", "开业日期", "投运时间",
           "建站时间"),
           "如 2020-05-01;只写到月的按当月 1 日。没有日期的新站点登记为“拟建”"),
    Column("listing_status", "状态", ("运营状态", "站点状态", "经营状态", "运行状态", "目前状态", "运营情况"),
           "台账不能改变已有站点的状态,只记下所称状态"),
    Column("ended_on", "撤销日期", ("摘牌日期", "停业日期", "关停日期", "撤销时间", "摘牌时间", "停业时间",
           "关停时间", "退出时间")),
    Column("villages_served", "服务村", ("覆盖村", "覆盖行政村", "服务范围", "覆盖范围", "服务行政村"),
           "村名或村代码,用顿号隔开"),
    # Known so that they are not kept as extra columns: what they say is computed, or means nothing.
    Column("ignored", "序号", ("序", "no", "no.", "省", "省份", "所在省", "市", "市州", "所在市", "所在市州", "地市",
                                "存活状态", "最后核实时间")),
)  # fmt: skip

BY_KEY: dict[str, Column] = {column.key: column for column in COLUMNS}
_BRACKETS = re.compile(r"[(\[【〔<].*?[)\]】〕>]")


def fold_header(text: str) -> str:
    """Fold what makes no difference in a header: width, case, spaces, line breaks, a closing colon or star."""
    folded = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()
    return folded.strip("*:。.、")


_KNOWN: dict[str, str] = {
    fold_header(word): column.key for column in COLUMNS for word in (column.key, column.header, *column.synonyms)
}


def known_column(header: str) -> str | None:
    """Give the identifier of a header, or None for a column that is kept as extra."""
    folded = fold_header(header)
    if folded.startswith(EXTRA_MARK):
        return None
    return _KNOWN.get(folded) or _KNOWN.get(fold_header(_BRACKETS.sub("", folded)))


def column_letter(index: int) -> str:
    """Give the letters of a column as a spreadsheet shows them, from 0: A, B, ... Z, AA."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
