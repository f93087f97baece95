"""Open an .xlsx or .csv as sheets of cells, whoever made it; refuses with LEDGER_UNREADABLE what is neither."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Any

import python_calamine

from stations.register.ledger.columns import column_letter
from stations.register.ledger.guards import unguard
from stations.register.ledger.problems import Problem, problem
from stations.register.ledger.workbook_safety import (
    MOST_BYTES,
    MOST_COLUMNS,
    MOST_ROWS,
    Strange,
    inspect_workbook,
    unreadable,
)

_Corner = tuple[int, int]


@dataclass(frozen=True)
class Sheet:
    """One sheet: its cells row by row, the merged ranges by their last row (from 0), and what is strange where."""

    name: str
    grid: list[list[Any]]
    merged: list[tuple[int, str]]
    strange: Strange


def open_sheets(content: bytes, notices: list[Problem], most_rows: int = MOST_ROWS) -> list[Sheet]:
    """Give the visible sheets, known by the first bytes and not by a name; hidden ones are named in `notices`.

    `most_rows` is for CSV alone: a workbook may have no more than MOST_ROWS.
    """
    if len(content) > MOST_BYTES:
        raise unreadable("文件超过 25 MB", "larger than 25 MB")
    return list(_read_xlsx(content, notices)) if content[:4] == b"PK\x03\x04" else [_read_csv(content, most_rows)]


def _read_xlsx(content: bytes, notices: list[Problem]) -> Iterator[Sheet]:
    strange = inspect_workbook(content)
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(BytesIO(content))
        for meta in workbook.sheets_metadata:
            if meta.name not in strange:
                continue
            if meta.visible != python_calamine.SheetVisibleEnum.Visible:
                notices.append(problem("SHEET_HIDDEN", meta.name, sheet=meta.name))
                continue
            sheet = workbook.get_sheet_by_name(meta.name)
            grid: list[list[Any]] = sheet.to_python(skip_empty_area=False)
            merged = _fill_merged(grid, sheet.merged_cell_ranges or [])
            yield Sheet(meta.name, grid, merged, strange[meta.name])
    except (python_calamine.CalamineError, ValueError) as error:
        raise unreadable("文件已损坏或加了密码", "damaged or protected by a password") from error


def _fill_merged(grid: list[list[Any]], ranges: Sequence[tuple[_Corner, _Corner]]) -> list[tuple[int, str]]:
    """Copy the first cell of each merged range into the others; give their last rows and their names."""
    named: list[tuple[int, str]] = []
    for (top, left), (bottom, right) in ranges:
        if top >= len(grid) or left >= len(grid[top]):
            continue
        for row in grid[top : bottom + 1]:
            for index in range(left, min(right + 1, len(row))):
                row[index] = grid[top][left]
        named.append((bottom, f"{column_letter(left)}{top + 1}:{column_letter(right)}{bottom + 1}"))
    return named


def _read_csv(content: bytes, most_rows: int) -> Sheet:
    if b"\x00" in content or content[:4] == b"\xd0\xcf\x11\xe0":
        raise unreadable("不是 .xlsx 或 .csv(旧版 .xls 请另存为 .xlsx)", "neither .xlsx nor .csv; save .xls as .xlsx")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("gb18030")
        except UnicodeDecodeError as error:
            raise unreadable("文字编码无法识别,请存为 UTF-8", "unknown encoding; save it as UTF-8") from error
    head = text[:5000]
    delimiter = max(",\t;", key=head.count)
    try:
        records = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
        grid: list[list[Any]] = [[unguard(cell) for cell in record] for record in records]
    except csv.Error as error:
        raise unreadable(f"CSV 格式有误({error})", f"malformed CSV ({error})") from error
    if len(grid) > most_rows + 100 or any(len(row) > MOST_COLUMNS for row in grid):
        raise unreadable(f"最多 {most_rows} 行、{MOST_COLUMNS} 列", f"at most {most_rows} rows, {MOST_COLUMNS} columns")
    return Sheet("CSV", grid, [], {})
