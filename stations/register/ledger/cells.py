"""One cell: what a spreadsheet gives, as the text, the day or the number that the person meant."""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from typing import Any

# What people write for «nothing here» in a column that may be empty.
NOTHING = frozenset({"", "/", "\\", "-", "--", "—", "——", "无", "暂无", "空", "null", "none", "n/a"})
# Doubles hold whole numbers exactly up to 2^53; beyond 15 digits a spreadsheet has already rounded.
EXACT = 10**15
SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+\d{1,2}", re.IGNORECASE)

_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})(?:[-./月](\d{1,2})日?|月)?(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?")
# Days since 1899 of 1954 to 2118; shorter and longer numbers are years, months or days written as digits.
_SERIAL = re.compile(r"[2-7]\d{4}")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})?")
_DEGREES = re.compile(r"(\d{1,3}(?:\.\d+)?)[°度](?:(\d{1,2}(?:\.\d+)?)['分](?:(\d{1,2}(?:\.\d+)?)(?:''|秒))?)?")
_SERIAL_ZERO = dt.date(1899, 12, 30)


def fold(text: str) -> str:
    """Fold width (NFKC) and runs of spaces and line breaks; two texts that fold alike are the same fact."""
    return " ".join(unicodedata.normalize("NFKC", text).split())


def text_of(value: Any) -> str:
    """Give a cell as folded text: 431125100201.0 is a code again, a date is ISO, true is 是."""
    if isinstance(value, str):
        return fold(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < EXACT else repr(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    return value.isoformat() if isinstance(value, dt.date | dt.time) else str(value)


def is_blank(text: str) -> bool:
    """Say whether a cell's text says nothing."""
    return text.casefold() in NOTHING


def day_of(value: Any) -> dt.date | None:
    """Give the day of a cell: a date, an Excel serial, 2020-5-1, 2020年5月1日, 20200501; of a month, the first.

    None when it is no day; a year alone is none either, because the register must not invent a month.
    """
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = text_of(float(math.floor(value))) if math.isfinite(value) else ""
    return _day_of_text(re.sub(r"(?<=[年月]) | (?=[年月日])", "", text_of(value)))


def _day_of_text(text: str) -> dt.date | None:
    if _SERIAL.fullmatch(text):
        return _SERIAL_ZERO + dt.timedelta(days=int(text))
    found = _DAY.fullmatch(text) or _DIGITS.fullmatch(text)
    if found is None:
        return None
    year, month, day = (int(part) if part else 1 for part in found.groups())
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def degrees_of(value: Any) -> float | None:
    """Give degrees from a number, «111.342», «E111.342°» or 111°20′31″; None when it is none of them."""
    if isinstance(value, float | int) and not isinstance(value, bool):
        return float(value)
    text = text_of(value).upper().replace(" ", "")
    text = text.removeprefix("东经").removeprefix("北纬").strip("EN")
    for sign, plain in (("′", "'"), ("’", "'"), ("″", "''"), ("”", "''"), ('"', "''")):
        text = text.replace(sign, plain)
    found = _DEGREES.fullmatch(text)
    if found is not None:
        whole, minutes, seconds = (float(part or 0) for part in found.groups())
        return round(whole + minutes / 60 + seconds / 3600, 8)
    if re.fullmatch(r"[+-]?\d+(\.\d*)?", text):
        return float(text)
    return None
