"""Look into an .xlsx before any reader unpacks it: sizes, dimensions, and the cells a reader would silently blank."""

from __future__ import annotations

import lzma
import posixpath
import re
import struct
import zipfile
import zlib
from io import BytesIO
from xml.etree import ElementTree

from field_app_schema.refusals import Refusal

MOST_BYTES = 25_000_000
MOST_UNPACKED = 300_000_000
MOST_ROWS = 50_000
MOST_COLUMNS = 200
MOST_CELLS = 3_000_000
# Excel's own limit is 32,767 characters a cell; one long shared text used a million times would fill the memory.
MOST_CELL_BYTES = 200_000

_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3})(\d{1,7})["']""")
_STRANGE = re.compile(rb"""<(?:\w+:)?f[\s>/]|\bt\s*=\s*["']e["']""")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

# What a damaged or forged archive makes the readers raise: a fuzzer found each.
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, ElementTree.ParseError, KeyError, ValueError,
           EOFError, OSError, RuntimeError, NotImplementedError)  # fmt: skip

# (row, column) from 0 -> what is wrong: "FORMULA_WITHOUT_VALUE" or the error value such as "#N/A".
Strange = dict[tuple[int, int], str]


def inspect_workbook(content: bytes) -> dict[str, Strange]:
    """Give, by sheet name, the formulas without value and the error cells.

    Refuses with LEDGER_UNREADABLE what is no workbook, too large when unpacked, or too wide or long to be a ledger.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            if sum(item.file_size for item in packed.infolist()) > MOST_UNPACKED or len(packed.infolist()) > 2000:
                raise unreadable("解压后太大", "too large when unpacked")
            for item in packed.infolist():
                # The directory may lie about sizes; reading stops at the stated one, so a lie is a broken file.
                if item.filename.endswith("sharedStrings.xml"):
                    _check_texts(packed.read(item))
            return {name: _strange_cells(packed.read(path)) for name, path in _sheets(packed).items()}
    except _BROKEN as error:
        # RuntimeError: encrypted members; NotImplementedError: an unknown way of packing.
        raise unreadable("文件已损坏、加密或不是 .xlsx", "damaged, encrypted, or no .xlsx") from error


def unreadable(zh: str, en: str) -> Refusal:
    """Make the refusal that says why a file cannot be read."""
    return Refusal("LEDGER_UNREADABLE", errors={"file": [f"{zh} / {en}"]})


def _tree(xml: bytes) -> ElementTree.Element:
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise unreadable("文件含有不允许的 XML 声明", "forbidden XML declarations")
    return ElementTree.fromstring(xml)  # noqa: S314  # no DTD passes the line above, so no entity can expand


def _sheets(packed: zipfile.ZipFile) -> dict[str, str]:
    workbook = _tree(packed.read("xl/workbook.xml"))
    relations = {item.get("Id"): item.get("Target", "") for item in _tree(packed.read("xl/_rels/workbook.xml.rels"))}
    found: dict[str, str] = {}
    for sheet in workbook.iterfind(".//{*}sheet"):
        target = relations.get(sheet.get(_RELATION), "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        if "worksheets" in path:
            found[sheet.get("name", "")] = path
    return found


def _check_texts(xml: bytes) -> None:
    if any(len(piece) > MOST_CELL_BYTES for piece in xml.split(b"</si>")):
        raise unreadable("单元格文字太长", "a cell is too long")


def _strange_cells(xml: bytes) -> Strange:
    rows = columns = cells = 0
    for letters, row in _REFERENCE.findall(xml):
        rows, columns, cells = max(rows, int(row)), max(columns, _index(letters) + 1), cells + 1
    # A sheet formatted to its very end is as large to a reader as one filled to its end.
    if rows > MOST_ROWS + 100 or columns > MOST_COLUMNS or max(cells, rows * columns) > MOST_CELLS:
        raise unreadable(f"表格太大:最多 {MOST_ROWS} 行、{MOST_COLUMNS} 列(请删除末尾的空白行列)",
                         f"at most {MOST_ROWS} rows and {MOST_COLUMNS} columns")  # fmt: skip
    if not _STRANGE.search(xml):
        return {}
    strange: Strange = {}
    for cell in _tree(xml).iterfind(".//{*}c"):
        place = re.fullmatch(r"([A-Z]+)(\d+)", cell.get("r", ""))
        value = cell.findtext("{*}v") or ""
        if place is None:
            continue
        where = (int(place[2]) - 1, _index(place[1].encode()))
        if cell.get("t") == "e":
            strange[where] = value or "#VALUE!"
        elif cell.find("{*}f") is not None and not value and cell.get("t") != "str":
            strange[where] = "FORMULA_WITHOUT_VALUE"
    return strange


def _index(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
