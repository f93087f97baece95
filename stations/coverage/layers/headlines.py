"""The few figures that stand over the legend of a map of coverage; the whole report has its own page."""

from __future__ import annotations

import math
from typing import Any

from field_app_schema.vocab_network import MapTheme
from geo.coverage.dependency import shares_of
from geo.coverage.shares import hollow_rate, interval, paper, share
from stations.coverage.outcome import Figures

# By which definitions the figures of a theme are read; the first is the one the map prints.
DEFINITIONS = {
    MapTheme.FUNNEL: ("service_coverage", "built_coverage", "listed_coverage", "geo_coverage", "alive_coverage",
                      "evidenced_coverage", "hollow_rate", "coverage_bounds"),
    MapTheme.PAPER: ("paper_only", "listed_coverage", "alive_coverage"),
    MapTheme.GAPS: ("gap_reason", "service_coverage"),
    MapTheme.ALIGNMENT: ("match_rate", "alignment", "colocation_rate"),
    MapTheme.DELIVERY: ("village_on_time", "delivery_on_time", "delivery_km"),
    MapTheme.SITING: ("siting", "service_coverage"),
}  # fmt: skip


def headline_of(theme: MapTheme, figures: Figures) -> dict[str, Any]:
    """Give the figures of a theme as plain numbers; shares of nothing are None."""
    stages = figures.stages
    match theme:
        case MapTheme.FUNNEL:
            low, high = interval(stages)
            shares = {name: {"covered": one.covered, "of": one.of, "share": one.share}
                      for name, one in shares_of(stages).items()}
            return {"stages": shares, "hollow_rate": hollow_rate(stages.service, stages.built),
                    "low": low.share, "high": high.share}  # fmt: skip
        case MapTheme.PAPER:
            told = paper(stages)
            return {"listed_share": told.listed_share, "live_share": told.live_share, "paper_only": told.paper_only}
        case MapTheme.GAPS:
            lacking = share(figures.reasons >= 0)
            return {"gaps": lacking.covered, "of": lacking.of, "share": lacking.share}
        case MapTheme.ALIGNMENT:
            return {"levels": [
                {"level": level.level, "stations": level.stations, "nodes": level.nodes,
                 "matched": len(level.pairs.station), "f_score": level.f_score, "colour": level.colour}
                for level in figures.alignment
            ]}  # fmt: skip
        case MapTheme.DELIVERY:
            delivery, whole = figures.delivery, figures.delivery.whole
            return {
                "parcels": whole.parcels, "in_transit": whole.in_transit, "on_time": whole.on_time,
                "km_on_time": whole.km_on_time, "p90_days": _days(whole.p90_days),
                "village_on_time": delivery.village_on_time[0], "slowest_leg": delivery.slowest_leg,
            }  # fmt: skip
    return {}


def _days(days: float | None) -> float | None:
    # More than a tenth of the parcels has not come yet: there is no such day.
    return None if days is None or math.isinf(days) else days
