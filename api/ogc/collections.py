"""The collections: their columns, what may be asked of each, and the domain functions that answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab import (
    Confidence,
    CoordQuality,
    HostType,
    ListingStatus,
    StationKind,
    VillageClass,
    Vitality,
)
from field_app_schema.vocab_network import GapReason, LogisticsLevel
from stations.coverage.features import ASKED as COVERAGE_ASKED
from stations.coverage.features import COLUMNS as COVERAGE_COLUMNS
from stations.coverage.features import coverage_extent, coverage_features
from stations.logistics.features import COLUMNS as NODE_COLUMNS
from stations.logistics.features import node_extent, node_features
from stations.people.access import Caller
from stations.register.features.asking import Box, FeaturePage, FeatureQuestion
from stations.register.features.stations import COLUMNS as STATION_COLUMNS
from stations.register.features.stations import station_extent, station_features
from stations.register.features.villages import COLUMNS as VILLAGE_COLUMNS
from stations.register.features.villages import village_extent, village_features

# Columns that are not plain text, by name: JSON Schema's type and format.
_TYPES: dict[str, tuple[str, str | None]] = {
    **dict.fromkeys(("is_subsidised", "is_poor", "is_remote"), ("boolean", None)),
    **dict.fromkeys(("people", "people_year", "poor_list_year", "base_year_from", "base_year_to", "base_year"),
                    ("integer", None)),
    **dict.fromkeys(("promised_days", "parcels_a_day", "nearest_m"), ("number", None)),
    **dict.fromkeys(("as_of", "vitality_since", "starts_on", "ends_on"), ("string", "date")),
    "last_observed_at": ("string", "date-time"),
}


class Ask(Protocol):
    """Gives one page of a collection."""

    def __call__(
        self, session: Session, caller: Caller, question: FeatureQuestion, *, now: dt.datetime
    ) -> FeaturePage: ...


class Bound(Protocol):
    """Gives the box around a collection."""

    def __call__(self, session: Session, caller: Caller) -> Box | None: ...


@dataclass(frozen=True)
class Collection:
    """One collection: its name, its columns, which may be asked for by value (with their closed list, if any)."""

    name: str
    columns: tuple[str, ...]
    page: Ask
    extent: Bound
    asked: Mapping[str, type[StrEnum] | None] = field(default_factory=dict)

    def schema_of(self, column: str) -> dict[str, Any]:
        """Give the JSON Schema of a column."""
        kind, form = _TYPES.get(column, ("boolean" if column.startswith("is_") else "string", None))
        words = self.asked.get(column)
        return {"type": kind} | ({"format": form} if form else {}) | ({"enum": [*words]} if words else {})


_ALL = (
    Collection("stations", STATION_COLUMNS, station_features, station_extent, {
        "vitality": Vitality, "vitality_confidence": Confidence, "vitality_reason": None,
        "listing_status": ListingStatus, "kind": StationKind, "host_type": HostType, "is_subsidised": None,
        "village_code": None, "coord_quality": CoordQuality,
    }),
    Collection("villages", VILLAGE_COLUMNS, village_features, village_extent, {
        "is_poor": None, "is_remote": None, "village_class": VillageClass, "township_code": None,
        "coord_quality": CoordQuality,
    }),
    Collection("logistics_nodes", NODE_COLUMNS, node_features, node_extent, {
        "level": LogisticsLevel, "operator": None, "unit_code": None, "coord_quality": CoordQuality,
    }),
    Collection("coverage", COVERAGE_COLUMNS, coverage_features, coverage_extent,
               dict.fromkeys(COVERAGE_ASKED) | {"reason": GapReason}),
)  # fmt: skip
COLLECTIONS = {collection.name: collection for collection in _ALL}


def find_collection(name: str) -> Collection:
    """Give a collection by its name; refuses with COLLECTION_UNKNOWN."""
    found = COLLECTIONS.get(name)
    if found is None:
        raise Refusal("COLLECTION_UNKNOWN", collection=name)
    return found
