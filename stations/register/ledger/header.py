"""Find the header of a sheet: not always its first row, in any order, above all with the names that counties use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from field_app_schema.refusals import Refusal
from stations.register.ledger.cells import text_of
from stations.register.ledger.columns import BY_KEY, EXTRA_MARK, column_letter, known_column

# Titles, dates and the name of the office may stand above the header.
SEARCHED_ROWS = 30


@dataclass(frozen=True)
class Header:
    """Where the header stands (from 0), which column is which, and what is missing or there twice."""

    row: int
    texts: tuple[str, ...]
    known: dict[str, int]
    extra: dict[str, int]
    missing: tuple[str, ...]


def find_header(grid: Sequence[Sequence[Any]]) -> Header | None:
    """Give the row that holds most of our columns, at least two and a name; the first of equals; None without one."""
    best: Header | None = None
    for number, cells in enumerate(grid[:SEARCHED_ROWS]):
        header = _read_header(number, cells)
        if len(header.known) < 2 or not {"name", "village", "village_code"} & header.known.keys():
            continue
        if best is None or len(header.known) > len(best.known):
            best = header
    return best


def _read_header(number: int, cells: Sequence[Any]) -> Header:
    texts = tuple(text_of(cell) for cell in cells)
    known: dict[str, int] = {}
    extra: dict[str, int] = {}
    for index, text in enumerate(texts):
        if not text:
            continue
        key = known_column(text)
        if key == "ignored":
            continue
        if key is not None and key not in known:
            known[key] = index
            continue
        # The second column of one meaning is kept as extra under its letter, so that no cell is lost.
        name = text if key is None else f"{text}({column_letter(index)})"
        name = name.removeprefix(EXTRA_MARK)
        extra[name if name not in extra else f"{name}({column_letter(index)})"] = index
    return Header(number, texts, known, extra, _missing(known))


def _missing(known: dict[str, int]) -> tuple[str, ...]:
    """Name what must be there: the name, and a way to the village unless every row can be known by its code."""
    missing = [] if "name" in known else ["name"]
    if not {"village", "village_code", "code"} & known.keys():
        missing.append("village")
    return tuple(missing)


def refuse_without_header(found: Sequence[tuple[str, Header | None]]) -> NoReturn:
    """Refuse with LEDGER_COLUMNS, saying for each sheet what is missing and which headers were seen."""
    said = []
    for sheet, header in found:
        if header is None:
            said.append(f"工作表“{sheet}”没有找到表头 / no header found in sheet {sheet}")
        else:
            names = "、".join(BY_KEY[key].header for key in header.missing)
            said.append(f"工作表“{sheet}”缺少列:{names} / sheet {sheet} lacks: {', '.join(header.missing)}")
    seen = {sheet: [text for text in header.texts if text][:60] for sheet, header in found if header is not None}
    raise Refusal("LEDGER_COLUMNS", errors={"file": said or ["文件是空的 / the file is empty"]}, headers_seen=seen)
