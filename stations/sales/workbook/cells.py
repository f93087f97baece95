"""One cell of a month's workbook as a figure, a yes or a text; what it cannot be is said, never guessed.

Pure. Full-width digits and thousands separators are read; 万, minus signs and fractions of a parcel are refused.
"""

from __future__ import annotations

import math
import re
import unicodedata
from typing import Any

from field_app_schema.money import MOST_PARCELS, MOST_YUAN, fen_of
from stations.register.ledger.cells import text_of

# code -> (zh, en, what to do). `{}` takes the particulars.
CELL_TEXTS: dict[str, tuple[str, str, str]] = {
    "FORMULA_WITHOUT_VALUE": ("这一格是公式,但文件里没有计算结果。", "A formula without a stored value.",
                              "把公式换成数值。"),
    "CELL_ERROR": ("这一格是错误值{}。", "The cell holds the error value {}.", "直接填写数值。"),
    "NUMBER_WRONG": ("“{}”不是数。", "Not a number: {}.", "只填数字,如 12000 或 12000.50;没有就留空。"),
    "NUMBER_NEGATIVE": ("“{}”小于零。", "Below zero: {}.", "退货请从本月销售额中扣除后填写,最少填 0。"),
    "NUMBER_DECIMALS": ("“{}”的小数位太多。", "Too many decimals: {}.", "金额至多两位小数,件数填整数。"),
    "NUMBER_TOO_LARGE": ("“{}”太大。", "Too large: {}.", "请核对单位(元、件)和位数。"),
    "UNIT_WAN": ("“{}”带有“万”。", "A figure in ten thousands: {}.", "请换算成元填写,如 1.2万 写成 12000。"),
    "HEADER_IN_WAN": ("表头“{}”的单位是万元。", "The header {} is in 万元.",
                      "这一列要填元:请换算后把表头改回“(元)”。"),
    "NIL_WRONG": ("“本月零”只认“是”。", "Only «是» says nil.", "本月什么都没有就填“是”,否则留空。"),
    "TEXT_COULD_RUN": ("文字不能以 = + - @ 开头。", "A text must not begin with = + - @.", "在前面加一个字,如“注:”。"),
    "TEXT_TOO_LONG": ("文字太长,至多 {} 字。", "At most {} characters.", "请缩短。"),
    "DUPLICATE_CODE": ("编号“{}”与第 {} 行重复。", "The code {} repeats row {}.", "每个站点只留一行。"),
    "CODE_MISSING": ("没有站点编号。", "The station's code is missing.", "填写站点编号,或删除这一行。"),
    "MERGED_CELLS": ("数据区有合并单元格:{}。", "Merged cells among the rows: {}.", "取消合并,逐站填写。"),
    "WRONG_MONTH": ("工作表“{}”不是这个月的月报。", "Sheet {} is of another month.", "请选择同一个月的表,或下载新表。"),
}  # fmt: skip
MOST_TEXT = 500
_YES = frozenset({"是", "1", "√", "✓", "true", "yes", "y", "零", "nil"})
_NO = frozenset({"", "否", "0", "×", "false", "no", "n"})
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_NUMBER = re.compile(r"\d+(?:\.(\d+))?")
_MINUS = str.maketrans("−–—﹣", "----")
_ACTIVE = ("=", "+", "-", "@")
# What is left of a sum of decimals in a double: far below a fen.
_DUST = 1e-4


class CellWrong(ValueError):
    """A cell that cannot be read: a code of CELL_TEXTS and what stood there."""

    def __init__(self, code: str, *particulars: object) -> None:
        super().__init__(code, *particulars)
        self.code, self.particulars = code, particulars


def figure_of(value: Any, *, is_money: bool) -> int | None:
    """Read a figure: money in 元 as whole fen, parcels in pieces; None for an empty cell; raises CellWrong."""
    scale, most = (100, MOST_YUAN) if is_money else (1, MOST_PARCELS)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _of_number(float(value), scale, most)
    text = text_of(value).translate(_MINUS)
    if not text:
        return None
    if "万" in text:
        raise CellWrong("UNIT_WAN", text)
    digits = text.removesuffix("元" if is_money else "件").strip()
    if digits.startswith("-") and _read(digits[1:].strip()):
        raise CellWrong("NUMBER_NEGATIVE", text)
    found = _read(digits)
    if found is None:
        raise CellWrong("NUMBER_WRONG", text)
    if len((found[1] or "").rstrip("0")) > (2 if is_money else 0):
        raise CellWrong("NUMBER_DECIMALS", text)
    whole, _, decimals = found[0].partition(".")
    fen = fen_of(f"{whole.lstrip('0') or '0'}.{(decimals or '0')[:2]}")
    if fen is None or fen > most * 100:
        raise CellWrong("NUMBER_TOO_LARGE", text)
    return fen if is_money else fen // 100


def nil_of(value: Any) -> bool:
    """Read the column that says nil; raises CellWrong for anything but yes, no or nothing."""
    text = text_of(value).casefold()
    if text not in _YES | _NO:
        raise CellWrong("NIL_WRONG", text)
    return text in _YES


def note_of(value: Any) -> str | None:
    """Read a text that will be shown and exported again, so it must not look like a formula; None when empty."""
    text = text_of(value)
    if unicodedata.normalize("NFKC", text)[:1] in _ACTIVE and text:
        raise CellWrong("TEXT_COULD_RUN")
    if len(text) > MOST_TEXT:
        raise CellWrong("TEXT_TOO_LONG", MOST_TEXT)
    return "".join(sign for sign in text if sign.isprintable()) or None


def shown_note(text: str | None) -> str:
    """Give a stored note as the workbook shows it and reads it back; nothing where it could not come back."""
    try:
        return note_of(text) or ""
    except CellWrong:
        return ""


def _read(digits: str) -> re.Match[str] | None:
    plain = digits.replace(",", "") if _GROUPED.fullmatch(digits) else digits
    return _NUMBER.fullmatch(plain) if plain.isascii() else None


def _of_number(value: float, scale: int, most: int) -> int:
    said = text_of(value)
    if not math.isfinite(value):
        raise CellWrong("NUMBER_WRONG", said)
    if value < 0:
        raise CellWrong("NUMBER_NEGATIVE", said)
    if value > most:
        raise CellWrong("NUMBER_TOO_LARGE", said)
    scaled = round(value * scale)
    if abs(value * scale - scaled) > _DUST:
        raise CellWrong("NUMBER_DECIMALS", said)
    return scaled
