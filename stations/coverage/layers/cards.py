"""What a touch on a village or a node of a map shows; asked of its whole county, so that nothing nearby is missing."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from geo.coverage.situation import LEVELS
from geo.pairing.chain import COUNTY
from stations.coverage.asking import CoverageQuestion
from stations.coverage.fetching import Fetched, situation_of
from stations.coverage.framing import coverage_frame
from stations.coverage.outcome import Figures, outcome_of
from stations.coverage.telling.delivery import told_village_days
from stations.coverage.telling.villages import DEFINITIONS, told_villages
from stations.people.access import Caller
from stations.records.network import LogisticsNode
from stations.units.tables import OrgUnit


def village_card(
    session: Session, caller: Caller, code: str, question: CoverageQuestion, *, now: dt.datetime
) -> dict[str, Any]:
    """Give one village: stages, reason, who serves it, days of its parcels, and where its chain breaks.

    Refuses UNIT_UNKNOWN for a code that is no village of the list, and as `situation_of` does.
    """
    fetched = situation_of(session, caller, replace(question, ou=code[:6]), now=now)
    if code not in fetched.situation.villages.code:
        raise Refusal("UNIT_UNKNOWN", unit=code)
    row = fetched.situation.villages.code.index(code)
    figures = outcome_of(fetched).figures
    (told,) = told_villages(fetched, figures, [row])
    (days,) = told_village_days(fetched, figures, [row])
    named = {"township_name": session.get_one(OrgUnit, told["township"]).name}
    broken = int(figures.chains.broken[row])
    return {
        "frame": coverage_frame(fetched, now=now, definitions=DEFINITIONS), "village": told | named,
        "days": days | named, "chain_broken_at": LEVELS[broken] if broken >= COUNTY else None,
    }  # fmt: skip


def node_card(
    session: Session, caller: Caller, code: str, question: CoverageQuestion, *, now: dt.datetime
) -> dict[str, Any]:
    """Give one logistics node: level, operator, promise, villages served, and its pair; refuses NODE_UNKNOWN."""
    named = select(LogisticsNode.unit_code).where(LogisticsNode.code == code).limit(1)
    # Not every database can hold every sign of an address.
    county = session.scalar(named) if code.isprintable() else None
    if county is None:
        raise Refusal("NODE_UNKNOWN", node=code)
    fetched = situation_of(session, caller, replace(question, ou=county[:6]), now=now)
    if code not in fetched.situation.nodes.code:
        raise Refusal("NODE_UNKNOWN", node=code)
    return _node(fetched, outcome_of(fetched).figures, fetched.situation.nodes.code.index(code))


def _node(fetched: Fetched, figures: Figures, row: int) -> dict[str, Any]:
    nodes, villages, served = fetched.situation.nodes, fetched.situation.villages, fetched.situation.served
    days = float(nodes.promised_days[row])
    reached = np.unique(served.end[served.start == row])
    return {
        "code": nodes.code[row], "name": fetched.node_names[row], "level": LEVELS[nodes.level[row]],
        "operator": nodes.operator[row] or None, "promised_days": days if np.isfinite(days) else None,
        "village": villages.code[nodes.village[row]] if nodes.village[row] >= 0 else None,
        "villages_served": [fetched.village_names[one] for one in reached.tolist()],
        "pair": _pair(fetched, figures, row),
        "is_orphan": any(row in one.orphan_nodes for one in figures.alignment),
    }  # fmt: skip


def _pair(fetched: Fetched, figures: Figures, row: int) -> dict[str, Any] | None:
    for level in figures.alignment:
        for at in np.flatnonzero(level.pairs.node == row).tolist():
            station, far = int(level.pairs.station[at]), float(level.pairs.distance_m[at])
            return {
                "station": fetched.situation.stations.code[station], "name": fetched.station_names[station],
                "distance_m": round(far, 1) if np.isfinite(far) else None,
                "is_colocated": bool(level.is_colocated[at]),
            }  # fmt: skip
    return None
