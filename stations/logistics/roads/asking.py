"""Which road network a unit's distances are measured on: its own, else that of the nearest unit above it."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from geo.roads.graph import RoadGraph as Graph
from geo.roads.packing import unpack
from stations.people.access import Caller
from stations.records.network import RoadGraph

# A province of 700,000 edges is some hundred megabytes when it is ready.
_MOST_GRAPHS = 2


@dataclass(frozen=True)
class KeptRoads:
    """A network ready to be measured along, and what it is called in the record of a run."""

    id: int
    name: str
    unit_code: str
    sha256: str
    graph: Graph


class _Unpacked:
    """The last networks that were asked for, by the hash of their columns: the same bytes are the same graph."""

    def __init__(self) -> None:
        self._graphs: OrderedDict[str, Graph] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, sha256: str) -> Graph | None:
        with self._lock:
            if sha256 in self._graphs:
                self._graphs.move_to_end(sha256)
            return self._graphs.get(sha256)

    def put(self, sha256: str, graph: Graph) -> Graph:
        with self._lock:
            self._graphs[sha256] = graph
            while len(self._graphs) > _MOST_GRAPHS:
                self._graphs.popitem(last=False)
        return graph


_UNPACKED = _Unpacked()


def roads_for(session: Session, caller: Caller, unit_path: str) -> KeptRoads:
    """Give the newest network in use of the unit, else of the nearest unit above it; in minutes.

    A network of a unit above is read for the figures of one inside: roads are no secret of a county. Refuses with
    OUT_OF_SCOPE for a path outside the caller's, and with ROADS_MISSING.
    """
    if not caller.covers(unit_path):
        raise Refusal("OUT_OF_SCOPE")
    codes = [code for code in unit_path.split("/") if code]
    g = RoadGraph
    found = session.execute(
        select(g.id, g.name, g.unit_code, g.sha256)
        .where(g.unit_code.in_(codes), g.withdrawn_at.is_(None))
        .order_by(func.length(g.unit_path).desc(), g.id.desc()).limit(1)
    ).one_or_none()  # fmt: skip
    if found is None:
        raise Refusal("ROADS_MISSING")
    graph = _UNPACKED.get(found.sha256)
    if graph is None:
        columns = session.scalars(select(g.columns).where(g.id == found.id)).one()
        graph = _UNPACKED.put(found.sha256, Graph(unpack(columns)))
    return KeptRoads(found.id, found.name, found.unit_code, found.sha256, graph)
