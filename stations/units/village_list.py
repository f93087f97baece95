"""Read a village list line by line and say at once what is wrong with a line; no database here.

The format is that of npm's `china-division`: a header with `code,name` (and, where present, `streetCode`, `areaCode`,
`cityCode`, `provinceCode`, which must agree with the code), UTF-8 with or without a byte-order mark.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple

from field_app_schema.refusals import Refusal
from stations.units.hierarchy import village_class

CODE = re.compile(r"[1-9][0-9]{11}")
CODE_ABOVE = re.compile(r"[1-9][0-9](?:[0-9]{2}|[0-9]{4}|[0-9]{7})?")
# Not `isprintable`: the national list writes two rare characters in the private use area (U+E170, U+E08B).
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
CHUNK_BYTES = 1 << 16
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
    rows = csv.reader(_decoded(binary), strict=True)
    try:
        yield from _villages(rows)
    except csv.Error as error:
        raise _wrong(rows.line_num, "引号或分隔符有误", f"bad quoting: {error}") from error


def _villages(rows: Any) -> Iterator[Village]:
    header = next(rows, None)
    if header is None:
        raise _wrong(1, "文件是空的", "the file is empty")
    columns = {name.strip(): place for place, name in enumerate(header)}
    if not {"code", "name"} <= set(columns):
        raise _wrong(1, "表头须有 code 和 name 两列", "the header needs the columns code and name")
    code_at, name_at = columns["code"], columns["name"]
    above = [(columns[name], digits, name) for name, digits in ABOVE.items() if name in columns]
    for row in rows:
        if any(row):
            yield _village(row, len(header), code_at, name_at, above, rows.line_num)


def _village(
    row: list[str], width: int, code_at: int, name_at: int, above: list[tuple[int, int, str]], line: int
) -> Village:
    if len(row) != width:
        raise _wrong(line, f"应有 {width} 列,实有 {len(row)} 列", f"{len(row)} columns instead of {width}")
    code, name = row[code_at].strip(), row[name_at].strip()
    if not CODE.fullmatch(code):
        raise _wrong(line, f"代码“{code[:20]}”不是 12 位数字", "the code is not 12 digits")
    # A county of which the list knows no village stands there as one line ending in zeros (金门县): counted in the
    # list's own total, of no class, never an administrative village.
    if village_class(code) is None and not code.endswith("000000"):
        raise _wrong(line, f"代码 {code} 末三位不在 001–599", "last three digits outside 001-599")
    if not _is_name(name):
        raise _wrong(line, f"名称为空、超过 {LONGEST_NAME} 字或含控制字符", "the name is empty, long or unprintable")
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
    rows = csv.DictReader(_decoded(binary), strict=True)
    try:
        for row in rows:
            code, name = (row.get("code") or "").strip(), (row.get("name") or "").strip()
            if not CODE_ABOVE.fullmatch(code) or not _is_name(name):
                raise _wrong(rows.line_num, f"{file_name} 的代码或名称有误", f"bad code or name in {file_name}")
            yield code, name
    except csv.Error as error:
        raise _wrong(rows.line_num, f"{file_name} 的引号有误", f"bad quoting in {file_name}: {error}") from error


def _is_name(name: str) -> bool:
    return 0 < len(name) <= LONGEST_NAME and CONTROL.search(name) is None


def _decoded(binary: IO[bytes]) -> Iterator[str]:
    # Decoded line by line: a decoder that reads ahead would name a line long before the one at fault.
    for number, raw in enumerate(_raw_lines(binary), start=1):
        try:
            line = raw.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise _wrong(number, "不是 UTF-8 编码,请另存为 UTF-8", "not UTF-8; save the file as UTF-8") from error
        if "\0" in line:
            raise _wrong(number, "含有空字符,可能不是文本文件", "NUL characters; this may not be a text file")
        yield line


def _raw_lines(binary: IO[bytes]) -> Iterator[bytes]:
    rest, number = b"", 1
    while chunk := binary.read(CHUNK_BYTES):
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            yield line + b"\n"
        number += len(lines)
        if len(rest) > CHUNK_BYTES:
            raise _wrong(number, "一行太长,可能不是文本文件", "the line is too long; this may not be a text file")
    if rest:
        yield rest


def _wrong(line: int, zh: str, en: str) -> Refusal:
    return Refusal("FILE_FORMAT", errors={"file": [f"第 {line} 行:{zh} / line {line}: {en}"]}, line=line)
