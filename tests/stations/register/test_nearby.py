"""Possible duplicates: close by, same village, nearly the same name; shown, never merged."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from stations.records.tables import StationTransition
from stations.register.entry.facts import StationFacts
from stations.register.entry.nearby import (
    Candidate,
    candidates_in_scope,
    find_duplicates,
    name_ratio,
    possible_duplicates,
    stations_near,
)
from stations.register.listing.proposing import propose_station
from tests.conftest import NOON
from tests.world import World

# 0.001 degrees of latitude are 111.2 m.
HERE = Candidate("", "何家湾电商服务点", "431125100202", 111.3420, 25.2710 + 0.002)


def test_names_are_compared_without_what_all_of_them_share() -> None:
    assert name_ratio("何家湾服务站", "何家湾 村级电商服务点") == 100
    assert name_ratio("何家湾服务站", "夏湾服务站") < 80
    assert name_ratio("服务站", "服务点") < 100


def test_a_like_name_counts_only_within_300_metres(session: Session, world: World) -> None:
    jiang = world.callers["jiang"]
    found = possible_duplicates(session, jiang, HERE)
    assert [(near.station.code, near.distance_m, near.why) for near in found] == [("JY001", 222.4, ("similar_name",))]
    assert possible_duplicates(session, jiang, replace(HERE, lat=25.2710 + 0.003)) == []
    assert possible_duplicates(session, jiang, replace(HERE, name="圳景服务点")) == []
    assert possible_duplicates(session, world.callers["zhou"], HERE) == []


def test_the_same_village_or_50_metres_is_enough(session: Session, world: World) -> None:
    jiang = world.callers["jiang"]
    other = replace(HERE, name="圳景服务点", lat=25.2710 + 0.0004)
    assert [near.why for near in possible_duplicates(session, jiang, other)] == [("close",)]
    nowhere = Candidate("", "甲", "431125100201", None, None)
    assert [(n.station.code, n.distance_m, n.why) for n in possible_duplicates(session, jiang, nowhere)] == [
        ("JY001", None, ("same_village",)),
    ]


def test_a_whole_ledger_gets_the_same_answers_at_once(session: Session, world: World) -> None:
    stations = candidates_in_scope(session, world.callers["jiang"])
    mine = next(one for one in stations if one.code == "JY001")
    found = find_duplicates([HERE, mine, Candidate("", "乙", "431125101200", 111.0, 25.0)], stations)
    assert [[near.station.code for near in rows] for rows in found] == [["JY001"], [], ["JY002"]]


def test_near_is_widened_by_the_accuracy_and_converts_the_datum(session: Session, world: World) -> None:
    jiang = world.callers["jiang"]
    near = stations_near(session, jiang, lon=111.3420, lat=25.2910, radius_m=2000)
    assert near == []
    near = stations_near(session, jiang, lon=111.3420, lat=25.2910, radius_m=2000, accuracy_m=300)
    assert [(one.station.code, one.distance_m) for one in near] == [("JY001", 2223.9)]
    shifted = stations_near(session, jiang, lon=111.3420, lat=25.2710, coord_system="gcj02", radius_m=2000)
    assert 400 < (shifted[0].distance_m or 0) < 800


def test_a_proposal_beside_another_needs_a_person_who_looked(session: Session, world: World) -> None:
    jiang = world.callers["jiang"]
    facts = StationFacts(name=HERE.name, village_code="431125100202", lon=HERE.lon, lat=HERE.lat, coord_system="wgs84")
    with pytest.raises(Refusal) as refused:
        propose_station(session, jiang, facts, now=NOON)
    assert refused.value.code == "NEARBY_STATIONS"
    assert [near["code"] for near in refused.value.details["nearby"]] == ["JY001"]
    made = propose_station(session, jiang, replace(facts, nearby_checked=True), now=NOON)
    step = session.query(StationTransition).filter_by(station_id=made.id).one()
    assert step.details == {"nearby_checked": True, "nearby": ["JY001"]}
