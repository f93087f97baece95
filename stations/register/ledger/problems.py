"""What is wrong or worth knowing in a ledger: where it stands, what it is, and what to do, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

# code -> (zh, en, what to do). `{}` takes the particulars.
TEXTS: dict[str, tuple[str, str, str]] = {
    "FORMULA_WITHOUT_VALUE": ("这一格是公式,但文件里没有计算结果。", "A formula without a stored value.",
                              "在表格软件中打开并保存一次,或把公式换成数值。"),
    "CELL_ERROR": ("这一格是错误值{}。", "The cell holds the error value {}.", "改正公式或直接填写内容。"),
    "CODE_ROUNDED": ("编码被表格软件改成了科学计数法或丢了位数:{}。", "The code was rounded by the spreadsheet: {}.",
                     "把该列设为“文本”后重新填写完整编码。"),
    "NAME_MISSING": ("没有站点名称。", "The name is missing.", "填写站点名称;如是空行或小计行请删除。"),
    "VILLAGE_MISSING": ("没有写明在哪个村。", "The village is missing.", "填写行政村名称,或 12 位村代码。"),
    "VILLAGE_UNKNOWN": ("本县没有“{}”。", "No such unit in your area: {}.", "核对村名、乡镇名或代码{}。"),
    "VILLAGE_AMBIGUOUS": ("有多个村叫“{}”:{}。", "Several villages are called {}: {}.", "补上乡镇,或填写村代码。"),
    "OUT_OF_SCOPE": ("“{}”不在您的管理范围内。", "{} is outside your area.", "删除这一行,或请所在县导入。"),
    "WORD_UNKNOWN": ("不认识“{}”。", "Unknown word: {}.", "请用:{}。"),
    "NUMBER_WRONG": ("“{}”不是度数。", "Not a number of degrees: {}.", "填写十进制度,如 111.3420。"),
    "DAY_WRONG": ("“{}”不是完整的日期。", "Not a full date: {}.", "写成 2020-05-01 或 2020年5月;只有年份不行。"),
    "FIELD_WRONG": ("{}。", "{}.", "按提示修改这一格。"),
    "COORDINATES_SWAPPED": ("经度和纬度填反了。", "Longitude and latitude are swapped.", "对调经度与纬度两列。"),
    "COORDINATES_OUTSIDE_CHINA": ("坐标不在中国范围内。", "The coordinates are outside China.",
                                  "经度 73–135,纬度 3–54;没有坐标就留空。"),
    "DUPLICATE_CODE": ("编号“{}”与第 {} 行重复。", "The code {} repeats row {}.",
           "同一站点只留一行;不同站点请改编号。"),
    "DUPLICATE_ROW": ("村与名称和第 {} 行相同。", "The village and the name repeat row {}.",
           "同一站点只留一行;不同站点请填不同编号。"),
    "CODE_ELSEWHERE": ("编号“{}”已属于范围外的站点。", "The code {} belongs to a station outside your area.",
                       "改用本县自己的编号,或清空编号由系统编。"),
    "SEVERAL_MATCH": ("册中有多个同村同名的站点:{}。", "Several stations have this village and name: {}.",
           "填写站点编号。"),
    "STATUS_CONTRADICTS": ("状态“{}”与撤销日期矛盾。", "The status {} contradicts the end date.",
           "改正状态,或清空撤销日期。"),
    "STATUS_NOT_BY_LEDGER": ("新站点不能登记为“{}”。", "A new station cannot enter as {}.",
           "改为在册或已摘牌,或删除这一行。"),
    # notices: shown, never in the way
    "MERGED_CELLS": ("合并单元格已按左上角的内容逐行填充:{}。", "Merged cells were filled from their first cell: {}.",
                     "核对填充后的内容;最好取消合并。"),
    "SHEET_SKIPPED": ("工作表“{}”没有台账表头,未读取。", "Sheet {} has no ledger header and was not read.",
           "如应导入,请补上表头。"),
    "SHEET_HIDDEN": ("工作表“{}”是隐藏的,未读取。", "Sheet {} is hidden and was not read.", "如应导入,请取消隐藏。"),
    "ROWS_PASSED_OVER": ("跳过了不是站点的行:{}。", "Rows that are no stations were passed over: {}.",
           "无需处理;如有误请检查。"),
    "KIND_ASSUMED": ("{} 行没有站点类型,按“村级服务点”读取。", "{} rows without a kind were read as village points.",
                     "如有县级中心或乡镇站,请加“站点类型”列。"),
    "DATUM_ASSUMED": ("{} 行坐标没有写坐标系,按 {} 读取。", "{} rows without a datum were read as {}.",
                      "如坐标取自高德、腾讯(gcj02)或百度(bd09),请重新声明。"),
    "EXTRA_COLUMNS": ("不认识的列已原样保留:{}。", "Unknown columns are kept as they are: {}.",
           "如本应识别,请对照模板改表头。"),
    "NOT_ACCEPTED": ("没有验收日期,登记为“拟建”。", "Without an acceptance date it enters as proposed.",
           "补上验收日期。"),
    "STATUS_IS_A_CLAIM": ("台账称“{}”,册中为“{}”;状态未改,所称已记录。",
                          "The ledger says {}, the register {}; the status stays and the claim is kept.",
                          "请到站点页办理状态变更,附依据。"),
    "ACCEPTANCE_DIFFERS": ("验收日期 {} 与册中 {} 不同,未改。", "The acceptance date {} differs from {} and stays.",
           "请核对依据文件。"),
    "KIND_DIFFERS": ("站点类型“{}”与册中“{}”不同,未改。", "The kind {} differs from {} and stays.",
           "请核对;类型不能用台账改。"),
    "VILLAGE_NAME_DIFFERS": ("村名“{}”与代码对应的“{}”不同,以代码为准。",
           "The village name {} is not {}; the code decides.",
                             "核对村代码。"),
}  # fmt: skip


@dataclass(frozen=True)
class Problem:
    """One finding, placed as the person sees it: sheet, row from 1, column letter, header, and what stood there."""

    sheet: str
    row: int | None
    column: str | None
    header: str | None
    value: str | None
    code: str
    zh: str
    en: str
    what_to_do_zh: str


def problem(
    code: str, *particulars: object, sheet: str = "", row: int | None = None, column: str | None = None,
    header: str | None = None, value: str | None = None, advice: str | None = None,
) -> Problem:  # fmt: skip
    """Word one finding from the table; `advice` fills the gap in what to do."""
    place = {"sheet": sheet, "row": row, "column": column, "header": header, "value": value}
    return worded(code, TEXTS[code], particulars, place, advice=advice)


def worded(
    code: str, texts: tuple[str, str, str], particulars: Sequence[object], place: Mapping[str, Any], *,
    advice: str | None = None,
) -> Problem:  # fmt: skip
    """Word one finding from its row (zh, en, what to do); `place` holds sheet, row, column, header and value."""
    zh, en, todo = texts
    said = [str(one)[:120] for one in particulars]
    value = place["value"]
    return Problem(place["sheet"], place["row"], place["column"], place["header"],
                   None if value is None else value[:200], code, _fill(zh, said), _fill(en, said),
                   _fill(todo, ["" if advice is None else advice]))  # fmt: skip


def _fill(text: str, said: list[str]) -> str:
    # Not str.format: what a cell says may hold braces, and there may be fewer gaps than words.
    for word in said:
        before, gap, after = text.partition("{}")
        text = before + word.replace("{}", "{ }") + after if gap else text
    return text
