"""Cards to print, cut and hand out: each with a QR code, several on a page of A4.

Rows in, PDF out; the code to be scanned is drawn here, as lines and not as dots, so that any printer sets it sharp.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from io import BytesIO

import segno
import typst

from web_map.papers.paper import FONTS, HERE


@dataclass(frozen=True)
class Card:
    """One card: what stands largest, lines below it, the text of its QR code, a code to be typed, small print."""

    heading: str
    lines: Sequence[str]
    scanned: str
    typed: str = ""
    small: Sequence[str] = ()
    mark: str = ""


@dataclass(frozen=True)
class CardSheet:
    """Cards in columns; `qr_mm` is the width of a code with its white border, `height_mm` that of a card."""

    title: str
    cards: Sequence[Card]
    columns: int
    height_mm: int
    qr_mm: int
    page: str


def set_cards(sheet: CardSheet, *, at: dt.datetime) -> bytes:
    """Set the cards as PDF; `at` is the aware instant written into the file as that of its making."""
    told = asdict(sheet)
    for card, drawn in zip(sheet.cards, told["cards"], strict=True):
        drawn["qr"] = qr_svg(card.scanned)
        del drawn["scanned"]
    return typst.compile(
        HERE / "cards.typ", root=HERE, font_paths=[FONTS], ignore_system_fonts=True, format="pdf",
        sys_inputs={"sheet": json.dumps(told, ensure_ascii=False)},
        timestamp=at.astimezone(dt.UTC).replace(microsecond=0),
    )  # fmt: skip


def qr_svg(text: str) -> str:
    """Give a text as a QR code in SVG, with the white border that readers need; a sixth may be dirty or torn."""
    out = BytesIO()
    segno.make(text, error="m", micro=False).save(out, kind="svg", border=4, xmldecl=False, svgns=True)
    return out.getvalue().decode()
