"""The columns of a month's workbook: what we print, which of them are read back, and by which headers.

Money is written in 元. A header that says 万元 is refused, not converted: nobody can tell whether the figures below
were divided too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from field_app_schema.vocab_months import ReportField
from stations.register.ledger.cells import text_of

CODE, NIL, NOTE, REASON = "code", "is_nil", "note", "reason"
FIGURE_HEADERS: dict[ReportField, str] = {
    ReportField.ONLINE_SALES_OUT: "网络销售额(元)",
    ReportField.PURCHASE_AGENCY_AMOUNT: "代购额(元)",
    ReportField.UPSTREAM_SALES: "其中农产品上行额(元)",
    ReportField.PARCELS_IN: "代收快递(件)",
    ReportField.PARCELS_OUT: "代寄快递(件)",
}
# Printed in this order: who, what is to be filled in, what is only to look at.
READ_HEADERS: dict[str, str] = {
    CODE: "站点编号", **{field.value: header for field, header in FIGURE_HEADERS.items()},
    NIL: "本月零(填“是”)", NOTE: "备注", REASON: "更正原因",
}  # fmt: skip
NAME, HEAD, STATE = "站点名称", "负责人", "现状(只供参考)"
LAST_MONTH = "上月"
PRINTED = (
    READ_HEADERS[CODE], NAME, HEAD, *list(READ_HEADERS.values())[1:], STATE,
    *(f"{LAST_MONTH}{header}" for header in FIGURE_HEADERS.values()),
)  # fmt: skip
_SYNONYMS: dict[str, str] = {
    "编号": CODE, "站点编码": CODE, "站点代码": CODE, "零报": NIL, "零报告": NIL, "说明": NOTE,
    "农产品上行额": "upstream_sales", "代购金额": "purchase_agency_amount", "收件数": "parcels_in",
    "发件数": "parcels_out",
}  # fmt: skip
SEARCHED_ROWS = 30
_SHEET = re.compile(r"(\d{6})月报")


@dataclass(frozen=True, slots=True)
class MonthHeader:
    """Where the header stands (from 0), which column is which, and the columns said to be in 万元."""

    row: int
    texts: tuple[str, ...]
    known: dict[str, int]
    in_wan: tuple[str, ...]


def sheet_name(period: int) -> str:
    """Name the sheet by its month, so that a file cannot be imported into another month by mistake."""
    return f"{period}月报"


def month_of_sheet(name: str) -> int | None:
    """Give the month a sheet says it is of, None when it says none."""
    found = _SHEET.match(name.strip())
    return int(found[1]) if found else None


def find_month_header(grid: Sequence[Sequence[Any]]) -> MonthHeader | None:
    """Give the first row that names the stations' codes and at least one thing to be read; None without one."""
    for number, cells in enumerate(grid[:SEARCHED_ROWS]):
        texts = tuple(text_of(cell) for cell in cells)
        known: dict[str, int] = {}
        in_wan: list[str] = []
        for index, text in enumerate(texts):
            key = _key_of(text)
            if key is None or key in known:
                continue
            known[key] = index
            if "万" in text:
                in_wan.append(key)
        if CODE in known and len(known) > 1:
            return MonthHeader(number, texts, known, tuple(in_wan))
    return None


def _plain(text: str) -> str:
    return re.sub(r"[((].*?[))]|\s", "", text)


_KEYS = {_plain(text_of(header)): key for key, header in READ_HEADERS.items()} | _SYNONYMS


def _key_of(text: str) -> str | None:
    plain = _plain(text)
    return _KEYS.get(plain) or _KEYS.get(plain.removesuffix("万元").removesuffix("元"))
