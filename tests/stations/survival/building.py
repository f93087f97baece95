"""Small builders for tests of survival: one station's life in a line, and the worked case of F3."""

from __future__ import annotations

import datetime as dt
from typing import Any

from stations.survival.figures.lives import StationLife

DAY = dt.date(2026, 9, 30)
ACCEPTED = dt.date(2024, 5, 10)


def life(code: str = "A1", vitality: str = "alive", listing: str = "active", **more: Any) -> StationLife:
    told: dict[str, Any] = {"accepted_on": ACCEPTED, "last_alive_on": None, "dead_by_on": None} | more
    return StationLife(code, listing_status=listing, vitality=vitality, **told)


def worked_case() -> list[StationLife]:
    """F3: ten accepted; two delisted (dead), five alive, one dormant, one presumed dead, one unknown."""
    return [
        life("D1", "dead", "delisted", dead_by_on=dt.date(2026, 3, 1)),
        life("D2", "dead", "delisted", dead_by_on=dt.date(2026, 4, 1)),
        *(life(f"A{number}", last_alive_on=dt.date(2026, 9, 1)) for number in range(1, 6)),
        life("S1", "dormant"), life("P1", "presumed_dead"), life("U1", "unknown"),
    ]  # fmt: skip
