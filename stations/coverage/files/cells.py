"""Read one CSV file into lines of cells that know their place; what is wrong is named by file, line and column."""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from field_app_schema.refusals import Refusal
from stations.coverage.files.columns import CHINESE, COLUMNS, NEEDED_COLUMNS

# More than this is named by number only: nobody reads the thousandth of one mistake.
MOST_PROBLEMS = 100
# Also the full-width semicolon and comma.
_PARTING = str.maketrans(dict.fromkeys(";|、,\uff1b\uff0c", " "))
_YES, _NO = {"1", "yes", "true", "y", "是"}, {"", "0", "no", "false", "n", "否"}


@dataclass
class Problems:
    """What is wrong so far: «stations.csv 第 3 行 lon» -> sentences."""

    found: dict[str, list[str]] = field(default_factory=dict)
    more: int = 0

    def add(self, file: str, line: int | None, column: str | None, zh: str, en: str) -> None:
        """Keep a sentence about a place."""
        where = " ".join(part for part in (file, f"第 {line} 行" if line else "", column or "") if part)
        if where not in self.found and len(self.found) >= MOST_PROBLEMS:
            self.more += 1
            return
        self.found.setdefault(where, []).append(f"{zh} / {en}")

    def refuse_if_any(self) -> None:
        """Refuse with COVERAGE_INPUT when something is wrong; everything found is named at once."""
        if self.found:
            raise Refusal("COVERAGE_INPUT", errors=self.found, more=self.more)


@dataclass(frozen=True)
class Line:
    """One line of a file; a cell that is empty or whose column is not there is the empty word."""

    file: str
    number: int
    cells: dict[str, str]
    problems: Problems

    def text(self, column: str) -> str:
        """Give a cell without surrounding blanks."""
        return self.cells.get(column, "")

    def wrong(self, column: str, zh: str, en: str) -> None:
        """Say what is wrong with a cell."""
        self.problems.add(self.file, self.number, column, zh, en)

    def needed(self, column: str) -> str:
        """Give a cell that must not be empty."""
        told = self.text(column)
        if not told:
            self.wrong(column, "不能为空", "must not be empty")
        return told

    def number_in(self, column: str, least: float = -math.inf, most: float = math.inf) -> float:
        """Give a number between two bounds (both included), nan for an empty cell."""
        told = self.text(column)
        if not told:
            return math.nan
        try:
            value = float(told)
        except ValueError:
            value = math.nan
        if not (math.isfinite(value) and least <= value <= most):
            self.wrong(column, f"应为数字 {least:g} 至 {most:g}", f"must be a number from {least:g} to {most:g}")
            return math.nan
        return value

    def day(self, column: str) -> dt.date | None:
        """Give a day YYYY-MM-DD, None for an empty cell."""
        told = self.text(column)
        try:
            return dt.date.fromisoformat(told) if told else None
        except ValueError:
            self.wrong(column, "应为日期 YYYY-MM-DD", "must be a date YYYY-MM-DD")
            return None

    def word(self, column: str, words: Sequence[str], default: str) -> str:
        """Give a word of a closed list, the default for an empty cell."""
        told = self.text(column) or default
        told = CHINESE.get(told, told)
        if told not in words:
            self.wrong(column, f"应为 {'、'.join(words)}", "must be one of these words")
            return words[0]
        return told

    def words(self, column: str, words: Sequence[str]) -> list[str]:
        """Give words of a closed list, parted by «;», «|», «、» or blanks."""
        cells = self.text(column).translate(_PARTING).split()
        told = [CHINESE.get(word, word) for word in cells]
        unknown = [word for word in told if word not in words]
        if unknown:
            self.wrong(column, f"没有 {'、'.join(unknown)};应为 {'、'.join(words)}", "must be words of this list")
        return [word for word in told if word in words]

    def flag(self, column: str) -> bool:
        """Give yes or no: 1, yes, true, 是; an empty cell is no."""
        told = self.text(column).lower()
        if told not in _YES | _NO:
            self.wrong(column, "应为 1 或 0", "must be 1 or 0")
        return told in _YES

    def holds_on(self, day: dt.date) -> bool:
        """Say whether the line holds on a day: starts_on <= day < ends_on, an empty end is none."""
        starts, ends = self.day("starts_on"), self.day("ends_on")
        return (starts is None or starts <= day) and (ends is None or ends > day)


def lines_of(file: str, content: bytes | None, problems: Problems) -> list[Line]:
    """Read a CSV file (UTF-8 or GB 18030; the first line names the columns); none for a file that is not there.

    A column that is missing, unknown or told twice is named: a slip in a heading must not empty a column in silence.
    """
    if content is None:
        return []
    reader = csv.reader(io.StringIO(_text(content), newline=""), strict=True)
    try:
        columns = _columns(file, next(reader, []), problems)
        return [] if columns is None else list(_lines(file, columns, reader, problems))
    except csv.Error as error:
        problems.add(file, reader.line_num, None, f"不是 CSV:{error}", "is not CSV")
        return []


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What a Chinese spreadsheet program saves; a code that names nobody is found out below.
        return content.decode("gb18030", errors="replace")


def _columns(file: str, headings: Sequence[str], problems: Problems) -> list[str] | None:
    """Give the columns in their order by their English names; None where they cannot be used."""
    known = COLUMNS[file]
    english = {zh: name for name, zh in known.items()}
    columns = [english.get(heading.strip(), heading.strip().lower()) for heading in headings]
    before = len(problems.found) + problems.more
    for name in NEEDED_COLUMNS[file]:
        if name not in columns:
            problems.add(file, 1, f"{name}({known[name]})", "缺少这一列", "this column is missing")
    for name in sorted(set(columns)):
        if name not in known:
            said = f"没有这一列;可用:{'、'.join(f'{one}({zh})' for one, zh in known.items())}"
            problems.add(file, 1, name or "(空)", said, "no such column")
        elif columns.count(name) > 1:
            problems.add(file, 1, name, "这一列出现两次", "this column stands twice")
    return columns if len(problems.found) + problems.more == before else None


def _lines(file: str, columns: Sequence[str], reader: Any, problems: Problems) -> Iterator[Line]:
    for row in reader:
        number = reader.line_num
        if not any(cell.strip() for cell in row):
            continue
        if len(row) > len(columns):
            problems.add(file, number, None, f"有 {len(row)} 格,只有 {len(columns)} 列", "has more cells than columns")
            continue
        yield Line(file, number, {c: cell.strip() for c, cell in zip(columns, row, strict=False)}, problems)
