"""Money on the wire: decimal strings in 元; inside, whole fen (1 元 = 100 fen), so that no sum is ever rounded.

Standard library only.
"""

from __future__ import annotations

import re
from typing import TypedDict

# A village station that sells more in a month has slipped a key; the column would hold far more.
MOST_YUAN = 100_000_000
MOST_PARCELS = 1_000_000
_WRITTEN = re.compile(r"([0-9]{1,9})(?:\.([0-9]{1,2}))?")


def fen_of(text: str) -> int | None:
    """Read «12000», «12000.5» or «12000.50» as fen; None for anything else, below zero or above MOST_YUAN."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return None
    fen = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))
    return fen if fen <= MOST_YUAN * 100 else None


def yuan_of(fen: int) -> str:
    """Write fen as «12000.00»; below zero, which only goods returned can make, with a minus."""
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}"


class SlipFactor(TypedDict):
    code: str
    factor: int
    money_only: bool


class SlipRule(TypedDict):
    fewest_months: int
    room: float
    close: float
    factors: list[SlipFactor]


# When a figure looks like a slip of unit or key beside the station's own earlier months: one rule, read by the server
# (`stations.sales.filing.hints`) and, with the form, by the phone.
SLIP_RULE: SlipRule = {
    "fewest_months": 3, "room": 3.0, "close": 1.5,
    "factors": [
        {"code": "unit_slip", "factor": 10_000, "money_only": True},
        {"code": "x100", "factor": 100, "money_only": False},
        {"code": "x10", "factor": 10, "money_only": False},
    ],
}  # fmt: skip
