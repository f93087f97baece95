"""What a situation is fetched as: frozen villages, mergers, another day, another instant, scope; on both databases."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from geo.coverage.situation import LIVES
from stations.coverage.asking import CoverageQuestion
from stations.coverage.fetching import Fetched, situation_of
from stations.coverage.outcome import outcome_of
from stations.policy.tables import PolicyRule
from stations.records.network import DeliveryTrace, LogisticsNode
from stations.records.tables import Observation, ServiceLink, Station, StationTransition, StationVersion
from stations.units.tables import FormerUnit, OrgUnit, UnitDenominator
from tests.conftest import NOON
from tests.stations.coverage.worked import COUNTY, TOLD, add_unit, build_worked_county
from tests.world import World

V1, V2, V3 = "431124100201", "431124100202", "431124100203"


@pytest.fixture
def county(session: Session, world: World) -> Session:
    build_worked_county(session, NOON)
    return session


def fetch(session: Session, world: World, person: str = "yong", **asked: object) -> Fetched:
    return situation_of(session, world.callers[person], CoverageQuestion(**{"ou": COUNTY} | asked), now=NOON)


def station(session: Session, code: str) -> Station:
    return session.query(Station).filter_by(code=code).one()


def test_a_merger_neither_shrinks_the_denominator_nor_loses_the_service(county: Session, world: World) -> None:
    # Villages one and two become a new one in 2025, whose list is of 2025; the station moves to the new code.
    add_unit(county, "431124100210", "新村", "431124100", NOON, place=(111.60, 25.505), years=(2025, None))
    for code in (V1, V2):
        county.get_one(OrgUnit, code).base_year_to = 2024
        county.add(FormerUnit(unit_code="431124100210", former_code=code, former_name="旧村", kind="merger",
                              valid_to=dt.date(2025, 6, 1), source="区划"))  # fmt: skip
    county.add(UnitDenominator(base_year=2025, unit_code=COUNTY, villages=5, admin_villages=5, frozen_at=NOON))
    county.get_one(StationVersion, station(county, "S1").version_id).village_code = "431124100210"
    county.flush()
    then = fetch(county, world, base_year=2023)
    assert (then.situation.villages.code[:2], len(then.situation.villages.code)) == ((V1, V2), 6)
    assert (then.denominator.frozen, then.denominator.differing) == (6, ())
    stages = outcome_of(then).stages
    assert stages.service.tolist() == [True, True, False, False, False, False]
    assert fetch(county, world, base_year=2023, as_of=dt.date(2025, 5, 31)).situation.stations.village[0] == -1
    newer = fetch(county, world)
    assert (newer.base_year, len(newer.situation.villages.code)) == (2025, 5)
    # What is still declared under the old codes is known of the new village.
    assert outcome_of(newer).stages.service.tolist() == [False, True, False, False, False]
    assert fetch(county, world, as_of=dt.date(2024, 12, 31)).base_year == 2023


def test_a_village_that_is_not_as_frozen_is_said(county: Session, world: World) -> None:
    county.delete(county.get_one(UnitDenominator, (2023, COUNTY)))
    county.flush()
    county.add(UnitDenominator(base_year=2023, unit_code=COUNTY, villages=9, admin_villages=9, frozen_at=NOON))
    county.flush()
    found = fetch(county, world).denominator
    assert (found.counted, found.frozen, found.differing) == (6, 9, (COUNTY,))
    whole = fetch(county, world, ou="4311").denominator
    assert (whole.counted, whole.frozen, whole.differing, whole.counties_without_list) == (9, 9, (COUNTY,), 1)
    with pytest.raises(Refusal, match="BASE_YEAR_UNKNOWN"):
        fetch(county, world, base_year=2024)


def test_another_day_is_decided_from_the_facts_of_that_day(county: Session, world: World) -> None:
    first = station(county, "S1")
    seen = dt.datetime(2026, 9, 1, 4, tzinfo=dt.UTC)
    county.add(Observation(station_id=first.id, observed_at=seen, observed_state="open_operating",
                           evidence_kind="site_visit", method="site_visit", observer_unit_code="43",
                           is_independent=True, source="inspection", recorded_at=seen))  # fmt: skip
    county.add(StationTransition(station_id=station(county, "S3").id, from_status="active", to_status="delisted",
                                 effective_on=dt.date(2026, 6, 1), reason_code="gone", evidence_ids=[], details={},
                                 recorded_at=TOLD))  # fmt: skip
    version = county.get_one(StationVersion, first.version_id)
    county.add(StationVersion(station_id=first.id, name="新址", village_code=V3, lon=111.7, lat=25.5,
                              coord_quality="gps", services=["parcel"], extra={}, source="county",
                              valid_from=dt.date(2026, 10, 1), recorded_at=seen))  # fmt: skip
    county.flush()
    september = fetch(county, world, as_of=dt.date(2026, 9, 30)).situation
    assert [LIVES[life] for life in september.stations.life] == ["alive", "unknown", "dead", "unknown"]
    assert (september.stations.village[0], september.stations.lon[0]) == (0, version.lon)
    october = fetch(county, world, as_of=dt.date(2026, 10, 1)).situation
    assert (october.stations.village[0], october.stations.lon[0]) == (2, 111.7)
    # On 31 May the delisting had not come; the observation is not known in August.
    may = fetch(county, world, as_of=dt.date(2026, 5, 31)).situation
    assert may.stations.is_listed.tolist() == [True] * 4
    august = fetch(county, world, as_of=dt.date(2026, 9, 30), known_at=dt.datetime(2026, 8, 1, tzinfo=dt.UTC))
    assert [LIVES[life] for life in august.situation.stations.life] == ["unknown", "unknown", "dead", "unknown"]
    assert fetch(county, world, as_of=dt.date(2024, 5, 9)).situation.stations.code == ()


def test_what_was_superseded_or_told_later_is_read_as_it_was_known(county: Session, world: World) -> None:
    node = county.query(LogisticsNode).filter_by(code="N1").one()
    later = dt.datetime(2026, 7, 1, tzinfo=dt.UTC)
    node.superseded_at = later
    county.add(LogisticsNode(code="N1", level="village", name="一村点", unit_code=V2, unit_path=node.unit_path,
                             coord_quality="missing", starts_on=node.starts_on, recorded_at=later))  # fmt: skip
    county.add(ServiceLink(station_id=station(county, "S2").id, village_code=V1, services=[],
                           starts_on=dt.date(2025, 1, 1), declared_by="county", recorded_at=later))  # fmt: skip
    county.flush()
    now, then = fetch(county, world), fetch(county, world, known_at=dt.datetime(2026, 6, 1, tzinfo=dt.UTC))
    nodes = now.situation.nodes
    assert nodes.village[nodes.code.index("N1")] == 1
    assert then.situation.nodes.village[then.situation.nodes.code.index("N1")] == 0
    assert (len(now.situation.links.village), len(then.situation.links.village)) == (7, 5)
    day = dt.date(2026, 11, 6)
    halfway = fetch(county, world, as_of=day).situation.traces
    assert (halfway.arrived_day <= day.toordinal()).sum() == 4
    assert len(halfway.village) == 8
    county.query(DeliveryTrace).order_by(DeliveryTrace.id).first().arrival_recorded_at = NOON
    county.flush()
    untold = fetch(county, world, known_at=NOON - dt.timedelta(hours=1)).situation.traces
    assert (np.isfinite(untold.arrived_day).sum(), np.isfinite(now.situation.traces.arrived_day).sum()) == (7, 8)


def test_only_what_lies_in_the_callers_scope_is_read(county: Session, world: World) -> None:
    with pytest.raises(Refusal, match="OUT_OF_SCOPE"):
        fetch(county, world, "jiang")
    assert fetch(county, world, "jiang", ou=None).situation.villages.county == ("431125",) * 3
    everybody = fetch(county, world, "xiang", ou=None).situation
    assert set(everybody.villages.county) == {"430922", "431124", "431125"}
    town = fetch(county, world, ou="431124101").situation
    assert (town.stations.code, town.nodes.code) == (("S3", "S4"), ("C", "N4", "T2"))


def test_the_policy_of_the_database_is_obeyed(county: Session, world: World) -> None:
    county.add(PolicyRule(code="coverage", kind="coverage", parameters={"evidence_parcels": 2, "match_m": [1, 2, 3]},
                          batch_years=[], source_doc="省", quote="两件"))  # fmt: skip
    county.flush()
    found = fetch(county, world)
    assert (found.rules.evidence_parcels, found.policy.match_m, found.policy.orphan_m) == (2, (1, 2, 3), 3000.0)
    assert outcome_of(found).stages.evidenced.tolist() == [True, True, False, False, False, False]
