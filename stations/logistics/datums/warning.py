"""What the guard says of points in a file before they are stored: notices that stand in nobody's way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from stations.logistics.datums.checking import Claim, lines_of, suspicions
from stations.logistics.datums.gathering import gathered_of, standing_of, village_places
from stations.people.access import Caller
from stations.register.ledger.placed import PlacedRow
from stations.register.ledger.problems import Problem, worded

_TEXTS = ("{}", "{}", "核对坐标系后再导入;已入库的可在“坐标与路网”页检查和修复。")
_NOWHERE: dict[str, Any] = {"sheet": "", "row": None, "column": None, "header": None, "value": None}


def warn_of_ledger(session: Session, caller: Caller, rows: Sequence[PlacedRow]) -> list[Problem]:
    """Judge the stations of a ledger beside the villages they are said to be of."""
    claims = [Claim(one.name, one.lon, one.lat, one.village_code, one.coord_system) for one in rows]
    return [_problem(line) for line in suspicions(session, caller, caller.unit_path, claims)]


def warn_of_nodes(session: Session, caller: Caller, unit_path: str, claims: Sequence[Claim]) -> list[Problem]:
    """Judge logistics nodes beside the villages they stand in."""
    found = [_problem(line) for line in suspicions(session, caller, unit_path, claims)]
    # The guard's own sentences, of stations: here they are about nodes.
    return [replace(one, zh=one.zh.replace("站点", "物流点"), en=one.en.replace("stations", "nodes")) for one in found]


def warn_of_villages(session: Session, caller: Caller, unit_path: str, claims: Sequence[Claim]) -> list[Problem]:
    """Judge new places of villages by the stations that stand in them."""
    new = {one.village_code: (one.lon, one.lat) for one in claims}
    standing = [one for one in standing_of(session, caller, unit_path) if one.village_code in new]
    if not standing:
        return []
    places = village_places(session, unit_path)
    county = {one.village_code: one.county for one in standing}
    places |= {code: (*pair, county[code]) for code, pair in new.items() if code in county}
    return [_problem(line) for line in lines_of(gathered_of(session, standing, places))]


def _problem(line: dict[str, Any]) -> Problem:
    made = worded("DATUM_SUSPECTED", _TEXTS, (), _NOWHERE)
    # The sentences are whole already: nothing is cut to the length of a cell.
    return replace(made, zh=line["zh"], en=line["en"])
