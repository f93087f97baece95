"""Read one field of a written document, and collect what is wrong with it under its path instead of stopping."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, TypeVar

# No station of the programme is older; a date outside is a slip of the pen.
EARLIEST = dt.date(1990, 1, 1)
LATEST = dt.date(2199, 12, 31)
Word = TypeVar("Word", bound=StrEnum)


class Problems:
    """Faults found, by path, each a sentence in Chinese and in English."""

    def __init__(self) -> None:
        self.found: dict[str, list[str]] = {}

    def add(self, path: str, zh: str, en: str) -> None:
        self.found.setdefault(path, []).append(f"{zh} / {en}")


class Item:
    """One object of the document with its path; a field that is absent or null reads as None."""

    def __init__(self, fields: dict[str, Any], path: str, problems: Problems) -> None:
        self.fields, self.path, self._problems = fields, path, problems

    def wrong(self, key: str, zh: str, en: str) -> None:
        """Note a fault of one field."""
        self._problems.add(f"{self.path}.{key}" if self.path else key, zh, en)

    def items(self, key: str) -> Iterator[Item]:
        """Yield the objects of a list; whatever is no object is noted."""
        found = self.fields.get(key)
        if found is None:
            return
        if not isinstance(found, list):
            self.wrong(key, "应为列表", "must be a list")
            return
        for place, fields in enumerate(found):
            if isinstance(fields, dict):
                yield Item(fields, f"{key}[{place}]", self._problems)
            else:
                self.wrong(f"{key}[{place}]", "应为对象", "must be an object")

    def text(self, key: str) -> str | None:
        """Read a text; a number is taken as written."""
        found = self.fields.get(key)
        if found is None or isinstance(found, str):
            return found
        if isinstance(found, int) and not isinstance(found, bool):
            return str(found)
        self.wrong(key, "应为文字", "must be text")
        return None

    def word(self, key: str, words: type[Word], aliases: dict[str, Word] | None = None) -> Word | None:
        """Read one of a closed list of words, or another name for one."""
        found = self.text(key)
        if found is None:
            return None
        if aliases and found in aliases:
            return aliases[found]
        try:
            return words(found)
        except ValueError:
            known = "、".join([*words, *(aliases or {})])
            self.wrong(key, f"不认识“{found}”,可用:{known}", f"unknown {found!r}; one of the words listed")
            return None

    def flag(self, key: str) -> bool | None:
        """Read true or false."""
        found = self.fields.get(key)
        if found is None or isinstance(found, bool):
            return found
        self.wrong(key, "应为 true 或 false", "must be true or false")
        return None

    def number(self, key: str) -> Decimal | None:
        """Read a number not below nothing, written as a number or as text."""
        found = self.fields.get(key)
        if found is None:
            return None
        try:
            value = Decimal(str(found)) if not isinstance(found, bool) else Decimal("NaN")
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite() or value < 0:
            self.wrong(key, "应为不小于零的数", "must be a number not below zero")
            return None
        return value

    def day(self, key: str) -> dt.date | None:
        """Read a date, YYYY-MM-DD."""
        found = self.fields.get(key)
        if found is None:
            return None
        try:
            day = dt.date.fromisoformat(found) if isinstance(found, str) else None
        except ValueError:
            day = None
        return self._in_range(key, day, "日期应写作 2026-08-31", "a date is written 2026-08-31")

    def instant(self, key: str) -> dt.datetime | None:
        """Read an instant with its zone."""
        at = self.day_or_instant(key)
        if at is None or isinstance(at, dt.datetime):
            return at
        self.wrong(key, "应为带时区的时刻,如 2026-08-31T10:00:00+08:00", "an instant with its zone is needed")
        return None

    def day_or_instant(self, key: str) -> dt.datetime | dt.date | None:
        """Read a date, or an instant with its zone; an instant without a zone is a fault, never a guess."""
        found = self.fields.get(key)
        if not isinstance(found, str) or ("T" not in found.upper() and " " not in found.strip()):
            return self.day(key)
        try:
            at = dt.datetime.fromisoformat(found)
        except ValueError:
            self.wrong(key, "时刻应写作 2026-08-31T10:00:00+08:00", "an instant is written 2026-08-31T10:00:00+08:00")
            return None
        if at.tzinfo is None:
            self.wrong(key, "时刻缺少时区,如 +08:00", "the instant lacks its zone, such as +08:00")
            return None
        return at if self._in_range(key, at.date(), "", "") else None

    def month(self, key: str) -> dt.date | None:
        """Read a month, 2026-08 or 202608, as its first day."""
        found = self.text(key)
        if found is None:
            return None
        match = re.fullmatch(r"([0-9]{4})-?(0[1-9]|1[0-2])", found)
        day = dt.date(int(match[1]), int(match[2]), 1) if match and int(match[1]) else None
        return self._in_range(key, day, "月份应写作 2026-08 或 202608", "a month is written 2026-08 or 202608")

    def _in_range(self, key: str, day: dt.date | None, zh: str, en: str) -> dt.date | None:
        if day is None:
            self.wrong(key, zh, en)
            return None
        if not EARLIEST <= day <= LATEST:
            self.wrong(key, f"日期应在 {EARLIEST} 与 {LATEST} 之间", f"must lie between {EARLIEST} and {LATEST}")
            return None
        return day
