"""Read a CSV of histories into lines with their numbers; names of columns in English or Chinese."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

from field_app_schema.refusals import Refusal
from stations.vitality.file_fields import Item, Problems

# Every column with its Chinese name; docs/survival-file.md says what each holds, and a test that it says so.
COLUMNS = {
    "code": "编号", "accepted_on": "验收日期", "last_alive_on": "最近在营日期", "dead_by_on": "确认停业日期",
    "listing_status": "在册状态", "vitality": "存活状态", "operator": "承办企业", "host_type": "依托主体",
    "is_subsidised": "财政补助", "subsidy_ended_on": "补助结束日期", "date": "日期", "event": "事件",
    "known_on": "得知日期", "withdrawn_on": "撤回日期", "reason": "原因", "successor": "接续站点", "name": "名称",
    "note": "备注",
}  # fmt: skip
_ALIASES = {chinese: name for name, chinese in COLUMNS.items()}
_YES = {"是": True, "有": True, "yes": True, "true": True, "1": True, "y": True,
        "否": False, "无": False, "no": False, "false": False, "0": False, "n": False}  # fmt: skip
# A day as spreadsheets write it.
_LOOSE_DAY = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_DAYS = ("accepted_on", "last_alive_on", "dead_by_on", "subsidy_ended_on", "date", "known_on", "withdrawn_on")
# A province has some 15,000 stations; this leaves room for a hundred events of each.
MOST_LINES = 2_000_000


class Line(Item):
    """One line of the file; empty cells read as None."""

    def beside(self, fields: dict[str, str]) -> Line:
        """Give other cells that stand on the same line."""
        return Line(fields, self.path, self._problems)

    def yes_or_no(self, key: str) -> bool | None:
        """Read 是 or 否, yes or no, true or false, 1 or 0."""
        found = self.text(key)
        if found is None:
            return None
        if found.lower() not in _YES:
            self.wrong(key, f"应为 是 或 否,不是“{found}”", f"must be yes or no, not {found!r}")
        return _YES.get(found.lower())


def read_lines(content: bytes, problems: Problems) -> list[Line]:
    """Read UTF-8 or GB 18030 with a header line; refuses with FILE_FORMAT what is no table at all.

    A column that is not known is a fault, because a misspelt one would otherwise be silently without effect. Lines
    without any value are passed over.
    """
    rows = _rows(content)
    place, header = next(rows, (1, []))
    names = [_ALIASES.get(cell.strip(), cell.strip().lower()) for cell in header]
    where = f"第{place}行 line {place}"
    for name in sorted({name for name in names if name not in COLUMNS and name}):
        problems.add(where, f"不认识的列“{name}”", f"unknown column {name!r}")
    for name in sorted({name for name in names if name and names.count(name) > 1}):
        problems.add(where, f"列“{name}”出现两次", f"column {name!r} stands twice")
    if "code" not in names:
        problems.add(where, "缺少“编号”(code)列", "the column code is missing")
    if problems.found:
        raise Refusal("BAD_INPUT", errors=problems.found)
    lines = []
    for number, cells in rows:
        if number > MOST_LINES:
            raise Refusal("BODY_TOO_LARGE", lines=MOST_LINES)
        values = [cell.strip() for cell in cells]
        if not any(values):
            continue
        path = f"第{number}行 line {number}"
        if any(values[len(names) :]):
            problems.add(path, "比表头多出单元格", "more cells than the header has columns")
        told = {name: _plain(name, value) for name, value in zip(names, values, strict=False) if value and name}
        lines.append(Line(told, path, problems))
    return lines


def _rows(content: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030", errors="replace")
    if "\0" in text or "\ufffd" in text:
        raise Refusal("FILE_FORMAT")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise Refusal("FILE_FORMAT", line=reader.line_num, said=str(error)) from error


def _plain(name: str, value: str) -> str:
    loose = _LOOSE_DAY.fullmatch(value) if name in _DAYS else None
    return f"{loose[1]}-{int(loose[2]):02d}-{int(loose[3]):02d}" if loose else value
