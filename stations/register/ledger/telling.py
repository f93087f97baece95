"""What one row tells, read cell by cell without the register: values of our own types, and what could not be read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from stations.register.ledger.cells import EXACT, SCIENTIFIC, day_of, degrees_of, is_blank, text_of
from stations.register.ledger.columns import column_letter
from stations.register.ledger.problems import Problem, problem
from stations.register.ledger.reading_sheet import SheetRow
from stations.register.ledger.terms import allowed, meaning, split_list

CODES = ("code", "village_code", "phone")
TEXTS = ("code", "name", "county", "township", "village", "village_code", "address", "operator", "head_name", "phone",
         "hours")  # fmt: skip
WORDS = ("kind", "coord_system", "coord_quality", "listing_status", "is_subsidised")
DAYS = ("accepted_on", "ended_on")
# What a cell says beyond our lists is kept under these names, as an extra column is.
OTHER_SERVICES, HOST_AS_WRITTEN, STATUS_CLAIMED = "其他服务", "主体原文", "台账所称状态"
LONGEST_EXTRA = 2000


@dataclass
class Told:
    """The filled cells of a row; a key that is absent was not stated. `errors` say what could not be read."""

    row: SheetRow
    values: dict[str, Any] = field(default_factory=dict)
    extra: dict[str, str] = field(default_factory=dict)
    errors: list[Problem] = field(default_factory=list)

    def complain(self, key: str, code: str, *particulars: object, advice: str | None = None) -> None:
        """Add an error at the cell of a known column."""
        self.errors.append(problem(code, *particulars, advice=advice, **self.row.place(key)))

    def text(self, key: str) -> str:
        """Give a stated text, or an empty one."""
        return str(self.values.get(key, ""))


def read_row(row: SheetRow) -> Told:
    """Read every cell of a row; a wrong cell is an error and its value absent."""
    told = Told(row)
    _complain_of_strange_cells(told)
    for key in TEXTS:
        _read_text(told, key)
    for key in WORDS:
        _read_word(told, key)
    for key in DAYS:
        text = text_of(row.cell(key))
        day = None if is_blank(text) else day_of(row.cell(key))
        if day is not None:
            told.values[key] = day
        elif not is_blank(text):
            told.complain(key, "DAY_WRONG", text)
    told.extra |= row.extra()
    _read_lists(told)
    _read_coordinates(told)
    for header, text in told.extra.items():
        if len(text) > LONGEST_EXTRA:
            told.errors.append(problem("FIELD_WRONG", f"“{header}”超过 {LONGEST_EXTRA} 个字", f"{header} is too long",
                                       sheet=row.sheet, row=row.number, header=header))  # fmt: skip
    return told


def _complain_of_strange_cells(told: Told) -> None:
    for index, what in told.row.strange.items():
        header = told.row.header.texts[index] if index < len(told.row.header.texts) else ""
        where: dict[str, Any] = {"sheet": told.row.sheet, "row": told.row.number, "column": column_letter(index),
                                 "header": header}  # fmt: skip
        if what == "FORMULA_WITHOUT_VALUE":
            told.errors.append(problem(what, value="", **where))
        else:
            told.errors.append(problem("CELL_ERROR", what, what, value=what, **where))


def _read_text(told: Told, key: str) -> None:
    cell = told.row.cell(key)
    text = text_of(cell)
    if not text or (key != "name" and is_blank(text)):
        return
    if key in CODES and ((isinstance(cell, float) and abs(cell) >= EXACT) or SCIENTIFIC.fullmatch(text)):
        told.complain(key, "CODE_ROUNDED", text)
        return
    told.values[key] = text.replace(" ", "") if key == "village_code" else text


def _read_word(told: Told, key: str) -> None:
    text = text_of(told.row.cell(key))
    # «无» and «否» are answers to a question of yes or no, not blanks.
    if not text or (is_blank(text) and not (key == "is_subsidised" and text == "无")):
        return
    value = meaning(key, text)
    if value is None:
        told.complain(key, "WORD_UNKNOWN", text, advice="、".join(allowed(key)))
        return
    told.values[key] = value == "yes" if key == "is_subsidised" else value


def _read_lists(told: Told) -> None:
    services = text_of(told.row.cell("services"))
    if not is_blank(services):
        known = {word: meaning("services", word) for word in split_list(services)}
        told.values["services"] = tuple(dict.fromkeys(value for value in known.values() if value is not None))
        if strange := [word for word, value in known.items() if value is None]:
            told.extra[OTHER_SERVICES] = "、".join(strange)
    host = text_of(told.row.cell("host_type"))
    if not is_blank(host):
        value = meaning("host_type", host)
        told.values["host_type"] = value or "other"
        if value is None:
            told.extra[HOST_AS_WRITTEN] = host
    served = text_of(told.row.cell("villages_served"))
    if not is_blank(served):
        told.values["villages_served"] = split_list(served)


def _read_coordinates(told: Told) -> None:
    pair = text_of(told.row.cell("lonlat"))
    if not is_blank(pair):
        pieces = [piece for piece in re.split(r"[,;、/\s]+", pair) if piece]
        degrees = [degrees_of(piece) for piece in pieces]
        if len(degrees) == 2 and None not in degrees:
            told.values["lon"], told.values["lat"] = degrees
        else:
            told.complain("lonlat", "NUMBER_WRONG", pair)
    for key in ("lon", "lat"):
        text = text_of(told.row.cell(key))
        if is_blank(text):
            continue
        number = degrees_of(told.row.cell(key))
        if number is None:
            told.complain(key, "NUMBER_WRONG", text)
        else:
            told.values[key] = number
