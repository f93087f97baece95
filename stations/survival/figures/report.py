"""All figures of survival together, the same for the register, a frozen quarter and a file of histories."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from stations.survival.figures.cohorts import Cohort
from stations.survival.figures.curves import curves_of, drawn, times_of
from stations.survival.figures.groups import GROUPINGS, groups_of
from stations.survival.figures.headline import delisting_effect, headline
from stations.survival.figures.lives import StationLife, built_by, span_of
from stations.survival.figures.milestones import median_months_to_last_alive, milestones
from stations.vitality.evidence import Reason

DEFINITIONS = (
    "survival_share_built", "survival_share_listed", "survival_bounds", "unknown_share", "cohort_curve",
    "share_alive_at", "median_months_to_last_alive", "delisting_effect", "vitality",
)  # fmt: skip
# The reason of who is taken from a file as it says.
AS_TOLD = "as_told"
_SOURCES: dict[str, str] = {
    Reason.GONE_SEEN: "visit", Reason.SIGN_REMOVED_SEEN: "visit", Reason.TWO_STRIKES: "visit",
    Reason.ONE_STRIKE: "visit", Reason.ONE_STRIKE_BUT_FRESH: "visit", Reason.SEEN_OPEN: "visit",
    Reason.SEEN_WEAKENED: "visit", Reason.FEED_ACTIVE: "feed", Reason.PARCELS_DELIVERED: "parcels",
    Reason.VIDEO_OPEN: "video", Reason.VIDEO_WEAKENED: "video", Reason.OWNER_REPORTED: "owner",
    Reason.PHONE_ANSWERED: "phone", Reason.DOCUMENTS_SAY_OPEN: "documents", Reason.DELISTED: "register",
    Reason.SUSPENDED: "register", Reason.SILENT: "silence", Reason.LONG_SILENT: "silence", AS_TOLD: "file",
}  # fmt: skip


def survival_figures(
    lives: Iterable[StationLife], as_of: dt.date, *, cohort: Cohort | None = None, by: Sequence[str] = GROUPINGS
) -> dict[str, Any]:
    """Give headline, delisting effect, groups, curves, milestones and median on D as plain values for JSON.

    With a cohort only the stations first accepted within it are counted. `by` names the groupings wanted.
    """
    built = [life for life in built_by(lives, as_of) if cohort is None or cohort.holds(life.accepted_on)]
    spans = [span_of(life, as_of) for life in built]
    found, curves = headline(built), curves_of(times_of(spans))
    return {
        "headline": asdict(found),
        "delisting_effect": delisting_effect(built, found),
        "groups": groups_of(built, spans, as_of, by),
        "curve": drawn(curves),
        "milestones": milestones(spans, curves),
        "median_months_to_last_alive": median_months_to_last_alive(spans),
        "sources": sources_of(life.reason for life in built),
    }


def sources_of(reasons: Iterable[str]) -> dict[str, int]:
    """Count on what kind of source each station's answer rests; «none»: on nothing, or on something grown stale."""
    counted = Counter(_SOURCES.get(reason, "none") for reason in reasons)
    return dict(sorted(counted.items()))
