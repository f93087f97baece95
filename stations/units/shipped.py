"""The facts that come with the product, read from `facts/`: units of three levels, former names, one whole county."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from stations.units.gazetteer import Former, Gazetteer, Unit
from stations.units.hierarchy import NATION, level_of, parent_of, path_of

FACTS = Path(__file__).resolve().parent / "facts"
BASE_YEAR = 2023
DEMONSTRATION_COUNTY = "431125"


@dataclass(frozen=True)
class FormerFact:
    """One line of `former_units.csv`: the former name with the parent and the source that goes into the database."""

    former: Former
    parent_code: str | None
    source: str


def unit(code: str, name: str) -> Unit:
    """Make the record of a unit from its code."""
    return Unit(code, level_of(code).value, name, parent_of(code), path_of(code))


def shipped_units() -> list[Unit]:
    """Give the nation, provinces, prefectures and counties of mid-2023, each after the one above it."""
    rows = {row["code"]: row["name"] for row in _rows("divisions_2023.csv")} | {NATION: "中国"}
    return [unit(code, rows[code]) for code in sorted(rows, key=lambda code: (code != NATION, len(code), code))]


def demonstration_units() -> list[Unit]:
    """Give the townships and villages of the demonstration county, townships first."""
    rows = list(_rows("jiangyong_2023.csv"))
    return [unit(row["code"], row["name"]) for row in sorted(rows, key=lambda row: (len(row["code"]), row["code"]))]


def shipped_formers() -> list[FormerFact]:
    """Give the names and codes that old notices print, with their sources."""
    return [
        FormerFact(
            Former(row["unit_code"], row["former_name"], row["former_code"] or None, row["kind"],
                   _day(row["valid_from"]), _day(row["valid_to"])),
            row["former_parent_code"] or None, row["source"],
        )
        for row in _rows("former_units.csv")
    ]  # fmt: skip


def lookalikes() -> list[str]:
    """Give groups of characters that are misprinted for each other."""
    return [row["characters"] for row in _rows("lookalike_characters.csv")]


def shipped_gazetteer() -> Gazetteer:
    """Give a gazetteer of the shipped facts alone, for a look-up that needs no database."""
    return Gazetteer(shipped_units(), [fact.former for fact in shipped_formers()], lookalikes())


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FACTS / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
