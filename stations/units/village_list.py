"""Read a village list line by line and say at once what is wrong with a line; no database here.

The format is that of npm's `china-division`: a header with `code,name` (and, where present, `streetCode`, `areaCode`,
`cityCode`, `provinceCode`, which must agree with the code), UTF-8 with or without a byte-order mark.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, NamedTuple

from field_app_schema.refusals import Refusal
from stations.units.hierarchy import village_class

CODE = re.compile(r"[1-9][0-9]{11}")
# Column -> how many digits of the village's code it must repeat.
ABOVE = {"streetCode": 9, "areaCode": 6, "cityCode": 4, "provinceCode": 2}
LONGEST_NAME = 80
# File of the same package -> the level whose names it gives.
NAME_FILES = ("provinces.csv", "cities.csv", "areas.csv", "streets.csv")


class Village(NamedTuple):
    """One line of the list: its 12-digit code, its name and the number of the line."""

    code: str
    name: str
    line: int


def read_villages(binary: IO[bytes]) -> Iterator[Village]:
    """Give the villages in the order of the file; refuses with FILE_FORMAT naming the line and what to do."""
    lines = _decoded(binary)
    rows = csv.reader(lines, strict=True)
    header = next(rows, None)
    if header is None:
        raise _wrong(1, "文件是空的", "the file is empty")
    columns = {name.strip(): place for place, name in enumerate(header)}
    if not {"code", "name"} <= set(columns):
        raise _wrong(1, "表头须有 code 和 name 两列", "the header needs the columns code and name")
    code_at, name_at = columns["code"], columns["name"]
    above = [(columns[name], digits, name) for name, digits in ABOVE.items() if name in columns]
    try:
        for row in rows:
            if row:
                yield _village(row, len(header), code_at, name_at, above, rows.line_num)
    except csv.Error as error:
        raise _wrong(rows.line_num, "引号或分隔符有误", f"bad quoting: {error}") from error


def _village(
    row: list[str], width: int, code_at: int, name_at: int, above: list[tuple[int, int, str]], line: int
) -> Village:
    if len(row) != width:
        raise _wrong(line, f"应有 {width} 列,实有 {len(row)} 列", f"{width} columns expected, {len(row)} found")
    code, name = row[code_at].strip(), row[name_at].strip()
    if not CODE.fullmatch(code):
        raise _wrong(line, f"代码“{code[:20]}”不是 12 位数字", "the code is not 12 digits")
    # A county of which the list knows no village stands there as one line ending in zeros (金门县): counted in the
    # list's own total, of no class, never an administrative village.
    if village_class(code) is None and not code.endswith("000000"):
        raise _wrong(line, f"代码 {code} 的末三位不在 001–599", "the last three digits are outside 001-599")
    if not name or len(name) > LONGEST_NAME:
        raise _wrong(line, f"名称为空或超过 {LONGEST_NAME} 字", "the name is empty or too long")
    for place, digits, column in above:
        if row[place].strip() != code[:digits]:
            raise _wrong(line, f"{column} 与代码 {code} 不符", f"{column} does not agree with the code")
    return Village(code, name, line)


def read_names(folder: Path) -> dict[str, str]:
    """Give the names of the units above villages from the files beside the list, as far as they are there."""
    names: dict[str, str] = {}
    for file_name in NAME_FILES:
        path = folder / file_name
        if path.is_file():
            with path.open("rb") as binary:
                names |= dict(_names_in(binary, file_name))
    return names


def _names_in(binary: IO[bytes], file_name: str) -> Iterator[tuple[str, str]]:
    rows = csv.DictReader(_decoded(binary))
    for row in rows:
        code, name = (row.get("code") or "").strip(), (row.get("name") or "").strip()
        if not code.isdecimal() or len(code) not in (2, 4, 6, 9) or not name:
            raise _wrong(rows.line_num, f"{file_name} 的代码或名称有误", f"bad code or name in {file_name}")
        yield code, name


def _decoded(binary: IO[bytes]) -> Iterable[str]:
    text = io.TextIOWrapper(binary, encoding="utf-8-sig", newline="")
    number = 0
    while True:
        try:
            line = text.readline()
        except UnicodeDecodeError as error:
            raise _wrong(number + 1, "不是 UTF-8 编码,请另存为 UTF-8", "not UTF-8; save the file as UTF-8") from error
        if not line:
            text.detach()
            return
        if "\0" in line:
            raise _wrong(number + 1, "含有空字符,可能不是文本文件", "NUL characters; this may not be a text file")
        number += 1
        yield line


def _wrong(line: int, zh: str, en: str) -> Refusal:
    return Refusal("FILE_FORMAT", errors={"file": [f"第 {line} 行:{zh} / line {line}: {en}"]}, line=line)
