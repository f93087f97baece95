"""How many of the stations ever built still live, always with both denominators, the bounds and what is not known.

B built, L listed, A alive or weak, K0 known dead, U the rest (domain model F3). The map's legend computes the same from
counts in `web_map.packing.shares_of`, which may not know this room; a test holds the two together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from field_app_schema.vocab import ListingStatus, Vitality
from stations.survival.figures.lives import StationLife

# A delisted station is dead; nothing that was built is «not started».
COUNTED = tuple(state for state in Vitality if state is not Vitality.NOT_STARTED)


@dataclass(frozen=True)
class Headline:
    """The counts and shares of F3; a share is null where its denominator is nothing, and rounded to 4 places."""

    built: int
    listed: int
    alive: int
    known_dead: int
    unsure: int
    share_built: float | None
    share_listed: float | None
    low: float | None
    high: float | None
    unknown_share: float | None
    by_vitality: dict[str, int]


def share(part: int, whole: int) -> float | None:
    """Give part of whole to 4 places, None of nothing."""
    return round(part / whole, 4) if whole else None


def headline(built: Sequence[StationLife]) -> Headline:
    """Count the stations of B (ask `built_by` for them).

    low = A/B counts nobody unsure as living, high = (B - K0)/B everybody; unknown_share = U/B, so high - low.
    """
    counts = Counter[str]()
    alive = listed = 0
    # Few pairs of the two states exist, however many stations there are.
    for (vitality, listing), many in Counter((life.vitality, life.listing_status) for life in built).items():
        alike = StationLife("", None, None, None, listing, vitality)
        counts[Vitality.DEAD if alike.is_known_dead else vitality] += many
        alive += many * alike.is_living
        listed += many * alike.is_listed
    whole, dead = len(built), counts[Vitality.DEAD]
    unsure = whole - alive - dead
    return Headline(
        built=whole, listed=listed, alive=alive, known_dead=dead, unsure=unsure, share_built=share(alive, whole),
        share_listed=share(alive, listed), low=share(alive, whole), high=share(whole - dead, whole),
        unknown_share=share(unsure, whole), by_vitality={state.value: counts[state] for state in COUNTED},
    )  # fmt: skip


def delisting_effect(built: Sequence[StationLife], found: Headline) -> dict[str, Any]:
    """Say by how many percentage points the share grows because stations left the list, and which ones left it."""
    gone = sorted(life.code for life in built if life.listing_status == ListingStatus.DELISTED)
    points = None
    if found.built and found.listed:
        points = round(100 * (found.alive / found.listed - found.alive / found.built), 1)
    return {
        "share_built": found.share_built, "share_listed": found.share_listed, "percentage_points": points,
        "delisted": len(gone), "stations": gone,
    }  # fmt: skip
