"""What delisting any set of stations would cost, before anybody decides it (domain model F7, «delisting impact»)."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab_network import ConfidenceFloor, Distance
from geo.coverage.dependency import Loss, what_if, without
from geo.coverage.rules import alive_stations
from geo.coverage.shares import Share
from geo.coverage.situation import LIVES
from geo.coverage.stages import nearest_serving
from stations.coverage.asking import CoverageQuestion
from stations.coverage.fetching import Fetched, situation_of
from stations.coverage.framing import coverage_frame
from stations.people.access import Caller

DEFINITIONS = ("service_coverage", "poor_coverage", "single_point", "redundant")


@dataclass(frozen=True)
class Removal:
    """Which stations of which unit would go, by which reading of coverage; None means the caller's unit and today."""

    remove: tuple[str, ...]
    ou: str | None = None
    as_of: dt.date | None = None
    base_year: int | None = None
    confidence: str = ConfidenceFloor.ANY
    distance: str = Distance.GREAT_CIRCLE


def delisting_loss(session: Session, caller: Caller, asked: Removal, *, now: dt.datetime) -> dict[str, Any]:
    """Compute what the removal costs; nothing is stored. Refuses BAD_INPUT for codes that are no station of the unit.

    A station that does not count as alive any more costs nothing and is named with `counts` false.
    """
    question = CoverageQuestion(
        ou=asked.ou, as_of=asked.as_of, base_year=asked.base_year, confidence=asked.confidence, distance=asked.distance
    )
    fetched = situation_of(session, caller, question, now=now)
    rows = station_rows(fetched, asked.remove)
    loss = what_if(fetched.situation, fetched.rules, fetched.measure, rows)
    return {
        "frame": coverage_frame(fetched, now=now, definitions=DEFINITIONS),
        "target": {"value": fetched.policy.target, "source": fetched.policy.target_source},
        "unit": fetched.measure.unit, "removed": _removed(fetched, rows), "lost": len(loss.villages),
        "lost_poor": loss.poor, "lost_people": int(loss.people), "all": _stages(loss.before, loss.after),
        "poor": _stages(loss.poor_before, loss.poor_after), "villages": _villages(fetched, loss, rows),
        "out_of_reach": [{"code": fetched.situation.villages.code[row], "name": fetched.village_names[row]}
                         for row in loss.out_of_reach.tolist()],
    }  # fmt: skip


def station_rows(fetched: Fetched, codes: tuple[str, ...]) -> list[int]:
    """Give the rows of stations by their codes, each once; refuses BAD_INPUT naming every code that is unknown."""
    rows = {code: row for row, code in enumerate(fetched.situation.stations.code)}
    unknown = {str(at): ["本地区没有这个站点 / no such station in this unit"]
               for at, code in enumerate(codes) if code not in rows}  # fmt: skip
    if unknown:
        raise Refusal("BAD_INPUT", errors={"remove": unknown})
    return sorted({rows[code] for code in codes})


def _removed(fetched: Fetched, rows: list[int]) -> list[dict[str, Any]]:
    stations, villages = fetched.situation.stations, fetched.situation.villages
    counts = alive_stations(stations, fetched.rules)
    return [
        {"code": stations.code[row], "name": fetched.station_names[row], "vitality": LIVES[stations.life[row]],
         "village": villages.code[stations.village[row]] if stations.village[row] >= 0 else None,
         "is_listed": bool(stations.is_listed[row]), "counts": bool(counts[row])}
        for row in rows
    ]  # fmt: skip


def _stages(before: dict[str, Share], after: dict[str, Share]) -> list[dict[str, Any]]:
    return [{"stage": stage, "before": asdict(before[stage]), "after": asdict(after[stage])} for stage in before]


def _villages(fetched: Fetched, loss: Loss, rows: list[int]) -> list[dict[str, Any]]:
    """Give the villages that lose service, poor first, with the nearest station that could still serve each."""
    villages, stations = fetched.situation.villages, fetched.situation.stations
    left = without(fetched.situation, rows)
    nearest, far = nearest_serving(left, fetched.rules, fetched.measure)
    found = []
    for row in loss.villages.tolist():
        people, near = villages.people[row], int(nearest[row])
        found.append({
            "code": villages.code[row], "name": fetched.village_names[row], "township": villages.township[row],
            "is_poor": bool(villages.is_poor[row]), "people": int(people) if np.isfinite(people) else None,
            "nearest_station": stations.code[near] if near >= 0 else None,
            "nearest": round(float(far[row]), 1) if near >= 0 else None,
        })  # fmt: skip
    return found
