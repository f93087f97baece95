"""What is told of a station when it enters the register or changes: plain values, before any check."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class StationFacts:
    """Everything a proposal or a ledger row says; coordinates as given, in the datum `coord_system` names.

    `accepted_on` (ledgers) enters it as accepted; `suspended_on` or `delisted_on` then says what became of it.
    `villages_served` None means: the village it stands in. `code` None means: the next one of the county.
    """

    name: str
    village_code: str
    kind: str = "village_point"
    host_type: str = "other"
    code: str | None = None
    operator: str | None = None
    is_subsidised: bool | None = None
    address: str | None = None
    lon: float | None = None
    lat: float | None = None
    coord_system: str | None = None
    coord_quality: str = "gps"
    services: tuple[str, ...] = ()
    head_name: str | None = None
    phone: str | None = None
    hours: str | None = None
    villages_served: tuple[str, ...] | None = None
    extra: dict[str, Any] = field(default_factory=dict)
    valid_from: dt.date | None = None
    accepted_on: dt.date | None = None
    suspended_on: dt.date | None = None
    delisted_on: dt.date | None = None
    source: str = "proposal"
    nearby_checked: bool = False
