"""Read a month out of a short line: «202006 销12000 件35», «202006 零» (domain §5, consequence e). Pure.

`[who] month figures [更正 reason]`: who is a station's code, telephone or name; the month is 202006, 2020年6月 or
2020-06; a figure is a word and a number, money in 元 or, when written so, 万. Everything on the line must be read:
a word nobody knows makes the whole line unread, for half a line is a wrong report.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from field_app_schema.money import MOST_PARCELS, MOST_YUAN
from field_app_schema.refusals import Refusal
from field_app_schema.vocab_months import ReportField
from stations.records.periods import parse_period
from stations.sales.filing.figures import COLUMNS, MONEY, Figures

WORDS: dict[str, ReportField] = {
    word: field
    for field, words in {
        ReportField.ONLINE_SALES_OUT: ("销", "销售", "销售额", "网销", "卖", "卖出", "代销", "代卖"),
        ReportField.UPSTREAM_SALES: ("农", "农产品", "上行", "农产品上行"),
        ReportField.PURCHASE_AGENCY_AMOUNT: ("购", "代购", "代买", "买"),
        # «件» alone is what comes in: that is what a village counts, and the form of the notices says 收发快递.
        ReportField.PARCELS_IN: ("件", "收", "收件", "收快递", "快递"),
        ReportField.PARCELS_OUT: ("发", "寄", "发件", "寄件", "发快递", "寄快递"),
    }.items()
    for word in words
}
NIL = frozenset({"零", "0", "无", "没有", "零报告", "零报"})
MOST_LINE = 200
_MONTH = re.compile(r"(?<!\d)((?:19|20|21)\d\d)(?:年|[-./])?(0[1-9]|1[0-2]|[1-9](?=月))月?(?!\d)")
# What ends where an amount begins: 销202001 and 收:202001 are figures, though they look like months.
_WORD_BEFORE = re.compile(rf"(?:{'|'.join(sorted(WORDS, key=len, reverse=True))})\s*[::]?\s*$")
_CORRECTION = re.compile(r"(?:更正|改正|更改)[::\s]*(.*)$")
_FIGURE = re.compile(r"([^\d\s:,;。.]+)\s*[::]?\s*(\d{1,12}(?:\.\d{1,6})?)(万元|万|元|(?:件|个)(?![::\s]*\d))?")
_BETWEEN = re.compile(r"[\s,;、。]*")


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line as it was understood; `who` is empty where the line names nobody, `reason` None where it corrects nothing.

    Money is in whole fen.
    """

    who: str
    period: int
    figures: Figures
    is_nil: bool
    reason: str | None


def read_line(text: str) -> ReadLine:
    """Read one line; refuses with LINE_UNREAD (what stands in the way is in `errors.text`) or PERIOD_UNKNOWN."""
    if len(text) > MOST_LINE:
        raise _unread(f"超过 {MOST_LINE} 字 / longer than {MOST_LINE} characters")
    folded = unicodedata.normalize("NFKC", text).strip()
    told, reason = _split_correction(folded)
    months = list(_MONTH.finditer(told))
    if not months or not all(_WORD_BEFORE.search(told, 0, amount.start()) for amount in months[1:]):
        raise Refusal("PERIOD_UNKNOWN", errors={"text": ["要写一个月份,如 202006 / one month, as in 202006"]})
    month = months[0]
    who, rest = told[: month.start()].strip(" ,;、:"), told[month.end() :]
    period = parse_period(f"{month[1]}{int(month[2]):02d}")
    if rest.strip(" ,;、。:") in NIL:
        return ReadLine(who, period, Figures(), True, reason)
    return ReadLine(who, period, _figures(rest), False, reason)


def _split_correction(folded: str) -> tuple[str, str | None]:
    found = _CORRECTION.search(folded)
    if found is None:
        return folded, None
    return folded[: found.start()], found[1].strip() or "短信更正"


def _figures(rest: str) -> Figures:
    """Read figure after figure until the end; refuses at the first thing that is none."""
    given: dict[str, int] = {}
    at = _skip(rest, 0)
    while at < len(rest):
        found = _FIGURE.match(rest, at)
        field = WORDS.get(found[1]) if found else None
        if found is None or field is None:
            raise _unread(f"读不懂“{rest[at : at + 20]}” / cannot read «{rest[at : at + 20]}»")
        if field in given:
            raise _unread(f"“{found[1]}”写了两次 / «{found[1]}» twice")
        given[field] = _amount(field, found)
        at = _skip(rest, found.end())
    if not given:
        raise _unread("没有数,也没有写零 / neither a figure nor nil")
    return Figures(**{COLUMNS[ReportField(field)]: value for field, value in given.items()})


def _skip(text: str, at: int) -> int:
    found = _BETWEEN.match(text, at)
    return found.end() if found else at


def _amount(field: ReportField, found: re.Match[str]) -> int:
    """Give fen, or pieces; refuses what has parts of a fen or of a parcel, and a unit that does not fit."""
    number, unit = Decimal(found[2]), found[3]
    money = field in MONEY
    if (money and unit in ("件", "个")) or (not money and unit in ("元", "万元", "万")):
        raise _unread(f"“{found[0]}”的单位不对 / the unit of «{found[0]}» does not fit")
    scaled = number * (1_000_000 if unit in ("万", "万元") else 100) if money else number
    if scaled != int(scaled):
        raise _unread(f"“{found[0]}”不是整数{'分' if money else '件'} / «{found[0]}» is no whole number")
    most = MOST_YUAN * 100 if money else MOST_PARCELS
    if scaled > most:
        raise _unread(f"“{found[0]}”太大 / «{found[0]}» is too large")
    return int(scaled)


def _unread(why: str) -> Refusal:
    return Refusal("LINE_UNREAD", errors={"text": [why]})
