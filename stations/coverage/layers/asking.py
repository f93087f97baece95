"""Answer a map of coverage: the layer of a theme with its frame, its headline and the rings of the units below."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from field_app_schema.vocab import UnitLevel
from field_app_schema.vocab_network import MapTheme
from stations.coverage.asking import CoverageQuestion
from stations.coverage.fetching import Fetched, situation_of
from stations.coverage.framing import coverage_frame
from stations.coverage.layers.headlines import DEFINITIONS, headline_of
from stations.coverage.layers.making import GOOD, Layer, Points, Ring, layer_of, rings_of
from stations.coverage.layers.siting import siting_map
from stations.coverage.outcome import outcome_of
from stations.coverage.tables import SitingStudy
from stations.people.access import Caller
from stations.records.network import DatumRepair, NetworkImport, RoadGraph
from stations.records.tables import RegisterRevision
from stations.register.lookup.map_rows import units_on_map

# The themes that an outcome can be drawn by.
THEMES = tuple(GOOD)
_ABOVE_COUNTY = (UnitLevel.NATION, UnitLevel.PROVINCE, UnitLevel.PREFECTURE)


@dataclass(frozen=True)
class ToldLayer:
    """A layer with what a map prints beside it; `names` are those of the rings' units."""

    layer: Layer
    frame: dict[str, Any]
    headline: dict[str, Any]
    definition: str
    level: UnitLevel
    rings: list[Ring]
    names: dict[str, str]
    sites: list[dict[str, Any]]


def told_layer(
    session: Session, caller: Caller, theme: MapTheme, question: CoverageQuestion, *, now: dt.datetime,
    study: int | None = None,
) -> ToldLayer:  # fmt: skip
    """Give the layer of a theme for a unit; refuses as `situation_of` and, for `study`, `siting_map` do."""
    if theme is MapTheme.SITING:
        drawn = siting_map(session, caller, question, study, now=now)
        return _told(session, drawn.fetched, drawn.layer, drawn.headline, now=now, sites=drawn.sites)
    fetched = situation_of(session, caller, question, now=now)
    figures = outcome_of(fetched).figures
    layer = layer_of(theme, fetched.situation, figures, fetched.rules)
    return _told(session, fetched, layer, headline_of(theme, figures), now=now, sites=[])


def _told(
    session: Session, fetched: Fetched, layer: Layer, headline: dict[str, Any], *, now: dt.datetime,
    sites: list[dict[str, Any]],
) -> ToldLayer:  # fmt: skip
    level = UnitLevel.COUNTY if fetched.unit.level in _ABOVE_COUNTY else UnitLevel.TOWNSHIP
    named = units_on_map(session, fetched.unit.path, level)
    definitions = DEFINITIONS[layer.theme]
    return ToldLayer(
        replace(layer, points=tuple(_by_number(points, fetched.station_ids.tolist()) for points in layer.points)),
        coverage_frame(fetched, now=now, definitions=definitions),
        headline, definitions[0], level, rings_of(layer, level.value, fetched.situation),
        {one.code: one.name for one in named}, sites,
    )  # fmt: skip


def network_revision(session: Session) -> tuple[int, ...]:
    """Give numbers of which one grows whenever anything changes that a figure of coverage rests on."""
    newest = (
        func.max(RegisterRevision.value), func.max(NetworkImport.id), func.max(RoadGraph.id),
        func.count(RoadGraph.withdrawn_at), func.max(DatumRepair.id), func.count(DatumRepair.undone_at),
        func.count(SitingStudy.answered_at),
    )  # fmt: skip
    return tuple(session.scalar(select(one)) or 0 for one in newest)


def _by_number(points: Points, station_ids: list[int]) -> Points:
    """Name stations by their number, which the card of a station is asked by."""
    if points.what != "stations":
        return points
    return replace(points, key=tuple(str(station_ids[row]) for row in points.row.tolist()))
