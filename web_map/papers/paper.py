"""A printed paper as plain texts, and its setting as PDF: what a person typed is data to the typesetter, never markup.

Our own template (`bulletin.typ`) reads one JSON text; the only fonts are ours, so that a paper looks the same anywhere.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import typst

HERE = Path(__file__).parent
FONTS = HERE.parent / "fonts"
PDF = "application/pdf"


@dataclass(frozen=True)
class Table:
    """A table with a heading, its rows as texts, and what is to be said under it.

    `wide` says how much room each column takes beside the others; empty: all alike. No rows: `note` alone is printed.
    """

    heading: str
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    note: str = ""
    wide: Sequence[int] = ()


@dataclass(frozen=True)
class Paper:
    """A paper: title, opening sentences, tables, how its figures are counted, on what they rest, who signs it."""

    title: str
    lead: Sequence[str]
    tables: Sequence[Table]
    definitions_heading: str
    definitions: Sequence[tuple[str, str]]
    frame: Sequence[tuple[str, str]]
    issuer: str
    issued_on: str
    stamp_here: str
    page: str = "第 {0} 页 / 共 {1} 页"
    keywords: Sequence[str] = field(default_factory=tuple)


def set_paper(paper: Paper, *, at: dt.datetime) -> bytes:
    """Set a paper as tagged PDF on A4; `at` is the aware instant written into the file as that of its making."""
    told = json.dumps(asdict(paper), ensure_ascii=False)
    return typst.compile(
        HERE / "bulletin.typ", root=HERE, font_paths=[FONTS], ignore_system_fonts=True, format="pdf",
        sys_inputs={"paper": told}, timestamp=at.astimezone(dt.UTC).replace(microsecond=0),
    )  # fmt: skip
