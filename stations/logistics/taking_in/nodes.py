"""Logistics nodes out of a file: known for ever by their code, their facts and villages declared again by day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.vocab import CoordQuality
from stations.batches import in_batches
from stations.logistics.rows.telling import Told
from stations.logistics.rows.terms import WORDS
from stations.logistics.taking_in.ground import Ground, Plan, Saving, check_days, find_unit, insert_rows, supersede
from stations.logistics.taking_in.repeats import Repeats
from stations.logistics.taking_in.timeline import Period, PeriodsOverlap, Timelines
from stations.records.network import LogisticsNode, NodeVillage
from stations.units.tables import OrgUnit

_LEVELS = ("county", "township", "village")
_PLACE = ("lon", "lat", "lon_raw", "lat_raw", "coord_system", "coord_quality")
_FACTS = ("level", "name", "operator", "unit_code", "address", *_PLACE, "promised_days", "parcels_a_day")
# Not whole nodes: their points would be unpacked one by one for nothing.
_ASKED = ("id", "code", "unit_path", "starts_on", "ends_on", *_FACTS)
_COLUMNS = select(*(getattr(LogisticsNode, key) for key in _ASKED))
_BLANK: dict[str, Any] = dict.fromkeys(_FACTS) | {"coord_quality": CoordQuality.MISSING.value, "served": ()}


def plan_nodes(session: Session, rows: Sequence[Told], ground: Ground) -> Plan:
    """Check the rows against the units and the nodes on file."""
    lines, served_rows, elsewhere = _standing(session, sorted({one.text("code") for one in rows} - {""}), ground)
    plan, repeats = Plan(), Repeats()
    for told in rows:
        code = told.text("code")
        check_days(told)
        if code in elsewhere:
            told.complain("code", "NODE_ELSEWHERE", code)
        unit = _unit(told, ground)
        served = _served(told, ground)
        repeats.check(told, "code", code, told.values.get("starts_on"))
        if told.errors or unit is None:
            continue
        stated = {key: told.values[key] for key in _FACTS if key in told.values} | {"unit_code": unit.code}
        if "lon" in stated:
            stated.setdefault("coord_quality", CoordQuality.GPS.value)
        if served is not None:
            stated["served"] = served
        if not any(one.holds_on(told.values["starts_on"]) for one in lines.by_key.get(code, ())):
            stated = _BLANK | stated
        try:
            plan.whats.append(lines.declare(code, stated, told.values["starts_on"], told.values.get("ends_on")))
        except PeriodsOverlap as overlap:
            told.complain("ends_on", "PERIODS_OVERLAP", overlap.begins)

    def save(session: Session, saving: Saving) -> list[int]:
        _save(session, lines, served_rows, ground, saving)
        return []

    plan.save = save
    return plan


def _standing(
    session: Session, codes: Sequence[str], ground: Ground
) -> tuple[Timelines[str], dict[int, list[int]], set[str]]:
    """Give the nodes on file, the rows of villages that each serves, and the codes that others use."""
    lines: Timelines[str] = Timelines()
    elsewhere: set[str] = set()
    served: dict[str, list[tuple[int, str, dt.date]]] = defaultdict(list)
    of_node: dict[int, list[int]] = {}
    for some in in_batches(codes):
        villages = select(NodeVillage.id, NodeVillage.node_code, NodeVillage.village_code, NodeVillage.starts_on)
        for id_, code, village, starts in session.execute(
            villages.where(NodeVillage.node_code.in_(some), NodeVillage.superseded_at.is_(None))
        ):
            served[code].append((id_, village, starts))
        # Asked without scope: a code names one node for ever, whoever brought it.
        asked = _COLUMNS.where(LogisticsNode.code.in_(some), LogisticsNode.superseded_at.is_(None))
        for node in session.execute(asked).mappings():
            if not ground.inside(node["unit_path"]):
                elsewhere.add(node["code"])
                continue
            days = Period(node["starts_on"], node["ends_on"], {})
            mine = [one for one in served[node["code"]] if days.holds_on(one[2])]
            of_node[node["id"]] = [one[0] for one in mine]
            facts = {key: node[key] for key in _FACTS} | {"served": tuple(sorted(one[1] for one in mine))}
            lines.put(node["code"], replace(days, facts=facts, id=node["id"]))
    return lines, of_node, elsewhere


def _unit(told: Told, ground: Ground) -> OrgUnit | None:
    """Give the unit a node stands in: at its level or below it; a county centre may leave it out."""
    level = told.values.get("level")
    before = len(told.errors)
    unit = find_unit(told, ground)
    if unit is None and len(told.errors) == before:
        if level == "county" and ground.unit.level == "county":
            return ground.unit
        told.complain("village_code" if "village_code" in told.known else "village", "VILLAGE_MISSING")
    if unit is None or level is None:
        return unit
    if unit.level not in _LEVELS or _LEVELS.index(unit.level) < _LEVELS.index(level):
        told.complain("level", "LEVEL_OF_UNIT", WORDS["level"][level][0], unit.name)
    return unit


def _served(told: Told, ground: Ground) -> tuple[str, ...] | None:
    if "villages_served" not in told.values:
        return None
    codes: set[str] = set()
    for word in told.values["villages_served"]:
        asked = {"county": told.text("county"), "township": told.text("township")}
        found = ground.villages.find(code=word, county="", township="", village="", elsewhere=ground.elsewhere) \
            if word.isdecimal() else ground.villages.find(code="", village=word, **asked)  # fmt: skip
        if found.unit is None and not word.isdecimal():
            found = ground.villages.find(code="", county="", township="", village=word)
        if found.unit is None:
            told.complain("villages_served", found.code, *found.said, advice=found.advice)
        elif found.unit.level != "village":
            told.complain("villages_served", "NOT_A_VILLAGE", word)
        else:
            codes.add(found.unit.code)
    return tuple(sorted(codes))


def _save(
    session: Session, lines: Timelines[str], served: dict[int, list[int]], ground: Ground, saving: Saving
) -> None:
    gone = lines.gone()
    supersede(session, LogisticsNode, gone, saving.now)
    supersede(session, NodeVillage, [id_ for node in gone for id_ in served[node]], saving.now)
    nodes: list[dict[str, Any]] = []
    villages: list[dict[str, Any]] = []
    for code, period in lines.added():
        days = {"starts_on": period.starts_on, "ends_on": period.ends_on, "import_id": saving.import_id,
                "recorded_at": saving.now}  # fmt: skip
        facts = {key: period.facts[key] for key in _FACTS}
        lon, lat = facts["lon"], facts["lat"]
        nodes.append({"code": code, **facts, **days, "unit_path": ground.villages.by_code[facts["unit_code"]].path,
                      "point": None if lon is None or lat is None else (lon, lat)})  # fmt: skip
        villages += [{"node_code": code, "village_code": one, **days} for one in period.facts["served"]]
    insert_rows(session, LogisticsNode, nodes)
    insert_rows(session, NodeVillage, villages)
