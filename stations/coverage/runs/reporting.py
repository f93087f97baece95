"""What a run keeps beside its villages: how many reached each stage, and every figure, as plain numbers."""

from __future__ import annotations

from dataclasses import asdict, is_dataclass
from typing import Any

import numpy as np

from geo.coverage.dependency import STAGES
from geo.coverage.report import figures_of
from stations.coverage.outcome import Outcome


def report_of(outcome: Outcome) -> dict[str, Any]:
    """Give the report of an outcome: `headline` in villages, `figures` as of the report of coverage, the network's."""
    fetched, stages = outcome.fetched, outcome.stages
    figures = figures_of(fetched.situation, fetched.rules, fetched.measure, stages, outcome.reasons)
    headline = {"villages": len(fetched.situation.villages.code),
                **{name: int(np.count_nonzero(getattr(stages, name))) for name in STAGES}}  # fmt: skip
    chains, delivery = outcome.figures.chains, outcome.figures.delivery
    plain: dict[str, Any] = as_plain({
        "headline": headline, "figures": figures,
        "alignment": [
            {"level": one.level, "stations": one.stations, "nodes": one.nodes, "matched": len(one.pairs.station),
             "f_score": one.f_score, "station_match": one.station_match, "logistics_match": one.logistics_match,
             "colocated_share": one.colocated_share}
            for one in outcome.figures.alignment
        ],
        "chain": {"whole": int(np.count_nonzero(chains.whole)), "of": headline["villages"],
                  "broken": chains.broken_by_level()},
        "delivery": {"whole": delivery.whole, "remote": delivery.remote, "others": delivery.others,
                     "legs": delivery.legs, "slowest_leg": delivery.slowest_leg,
                     "village_on_time": delivery.village_on_time},
    })  # fmt: skip
    return plain


def as_plain(value: Any) -> Any:
    """Give a value as JSON keeps it: tuples as lists, array numbers as numbers, no finite number as null."""
    if is_dataclass(value) and not isinstance(value, type):
        return as_plain(asdict(value))
    if isinstance(value, dict):
        return {str(name): as_plain(one) for name, one in value.items()}
    if isinstance(value, list | tuple | np.ndarray):
        return [as_plain(one) for one in value]
    if isinstance(value, np.generic):
        return as_plain(value.item())
    return None if isinstance(value, float) and not np.isfinite(value) else value
