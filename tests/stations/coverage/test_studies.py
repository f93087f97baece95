"""Where the next stations should stand: against every choice there is, and as a job from asking to answer."""

from __future__ import annotations

import datetime as dt
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session, sessionmaker

from field_app_schema.refusals import Refusal
from field_app_schema.vocab_network import SitingCandidates, SitingWeight
from geo.coverage.situation import DEAD, Situation
from geo.distance import haversine_m
from geo.measure import GreatCircle
from jobs import Job
from stations.coverage.asking import CoverageQuestion
from stations.coverage.fetching import Fetched
from stations.coverage.rules_in_force import CoveragePolicy
from stations.coverage.studies.answering import SitingWish, answer, require_small
from stations.coverage.studies.asking import StudyWish, ask_study, list_studies, read_study
from stations.coverage.studies.candidates import sites_of
from stations.coverage.studies.running import run_study
from stations.units.tables import OrgUnit, PovertyVillage
from stations.vitality.refreshing import refresh_vitality
from tests.conftest import NOON
from tests.coverage_seed import seen_open
from tests.geo.coverage.making import RULES, laid, situations
from tests.world import World

EVERYWHERE, HOSTS = SitingCandidates.ALL_VILLAGES, SitingCandidates.HOSTS


def fetched(one: Situation) -> Fetched:
    """What was fetched, of which a study reads only the columns, the rules, the measure and the names."""
    many, nodes = len(one.villages.code), len(one.nodes.code)
    return Fetched(
        question=CoverageQuestion(), unit=OrgUnit(code="C"), as_of=NOON.date(), known_at=None, situation=one,
        rules=RULES, policy=CoveragePolicy(), measure=GreatCircle(), base_year=2023, poor_year=None, denominator=None,
        village_names=("村",) * many, station_names=("站",) * len(one.stations.code), station_ids=np.empty(0, np.int64),
        node_names=("点",) * nodes, reasons=(), rule_version="v1", roads_sha256=None,
    )  # fmt: skip


def by_hand(one: Situation, wish: SitingWish) -> tuple[int, float]:
    """Villages served already and the largest weight that any choice of sites adds, by plain loops."""
    sites, villages = sites_of(one, RULES, wish.candidates), one.villages

    def near(lon: float, lat: float, row: int) -> bool:
        return bool(haversine_m(lon, lat, villages.lon[row], villages.lat[row]) <= wish.radius + 1e-6)

    serving = [
        row for row in range(len(one.stations.code))
        if one.stations.is_listed[row] and one.stations.life[row] <= 1
        and one.stations.services[row] & RULES.required_all == RULES.required_all
        and one.stations.services[row] & RULES.required_any
    ]  # fmt: skip
    given_to = {
        int(v) for s, v, bits in zip(one.links.station, one.links.village, one.links.services, strict=True)
        if one.stations.is_listed[s] and one.stations.life[s] <= 1 and bits & RULES.required_all == RULES.required_all
        and bits & RULES.required_any
    }  # fmt: skip
    rows = range(len(villages.code))
    already = given_to | {r for r in rows if any(near(one.stations.lon[s], one.stations.lat[s], r) for s in serving)}
    reach = [{r for r in rows if near(x, y, r)} - already for x, y in zip(sites.lon, sites.lat, strict=True)]
    weight = [2.0 if villages.is_poor[r] else 1.0 for r in rows]
    best = 0.0
    for count in range(1, min(wish.k, len(reach)) + 1):
        for chosen in combinations(reach, count):
            best = max(best, sum(weight[r] for r in set().union(*chosen)))
    return len(already), best


@settings(max_examples=40, deadline=None, derandomize=True)
@given(situations(), st.sampled_from((EVERYWHERE, HOSTS)), st.sampled_from((1500.0, 4000.0)))
def test_no_choice_is_better_than_the_exact_answer(one: Situation, candidates: SitingCandidates, radius: float) -> None:
    wish = SitingWish(2, True, radius, 2.0, SitingWeight.VILLAGES, candidates)
    told, (already, best) = answer(fetched(one), wish), by_hand(one, wish)
    greedy, exact = told["proofs"]
    assert (told["covered_before"], exact["is_proven"]) == (already, True)
    assert exact["weight"] == pytest.approx(best)
    assert greedy["weight"] <= exact["weight"] <= greedy["bound"] + 1e-9
    assert told["covered_after"] == already + sum(site["villages"] for site in told["sites"])
    assert [site["rank"] for site in told["sites"]] == [*range(1, len(told["sites"]) + 1)]


def test_a_host_that_is_there_already_comes_before_an_empty_village() -> None:
    gone = {"village": 1, "life": DEAD, "km": 10.2}
    one = laid((0.0, 10.0, 20.0, 30.0), ({"village": 0}, gone), nodes_in=(2,))
    hosts = sites_of(one, RULES, HOSTS)
    assert (hosts.village.tolist(), hosts.host, hosts.taken_from) == ([1, 2], ("host", "logistics"), HOSTS)
    assert haversine_m(hosts.lon[0], hosts.lat[0], one.villages.lon[1], 0.0) == pytest.approx(200, abs=1)
    assert sites_of(one, RULES, EVERYWHERE).village.tolist() == [1, 2, 3]
    bare = laid((0.0, 10.0, float("nan")), ({"village": 0},))
    assert (sites_of(bare, RULES, HOSTS).village.tolist(), sites_of(bare, RULES, HOSTS).taken_from) == ([1], EVERYWHERE)


def test_what_no_place_reaches_is_named_and_stays_in_the_denominator() -> None:
    one = laid((0.0, 10.0, 20.0, float("nan")), ({"village": 0},))
    told = answer(fetched(one), SitingWish(5, False, 3000, 2.0, candidates=EVERYWHERE))
    assert told["unreachable"] == [{"code": "V3", "name": "村"}]
    assert [(one["share"], one["stations"]) for one in told["least"]] == [(0.5, 1), (0.8, None), (1.0, None)]
    assert (told["villages"], told["covered_before"], told["covered_after"]) == (4, 1, 3)


def test_four_million_pairs_are_tried_and_no_more() -> None:
    require_small(2000, 2000)
    with pytest.raises(Refusal, match="TOO_LARGE_FOR_EXACT"):
        require_small(2000, 2001)


class Going:
    """The job's own context: a clock that stands still, and how far it said it was."""

    def __init__(self) -> None:
        self.said: list[tuple[int, int | None]] = []

    def now(self) -> dt.datetime:
        return NOON

    def progress(self, done: int, total: int | None = None) -> None:
        self.said.append((done, total))


def test_a_study_goes_from_asking_to_its_answer(world: World, sessions: sessionmaker[Session]) -> None:
    jiang = world.callers["jiang"]
    with sessions.begin() as session:
        for code, lon, lat in (("431125100201", 111.342, 25.271), ("431125100202", 111.40, 25.30),
                               ("431125101200", 111.39, 25.36)):  # fmt: skip
            unit = session.get_one(OrgUnit, code)
            unit.lon, unit.lat, unit.coord_quality = lon, lat, "gps"
        session.add(PovertyVillage(list_year=2014, village_code="431125100202", source="t", recorded_at=NOON))
        seen_open(session, world.stations["JY001"])
        refresh_vitality(session, list(world.stations.values()), now=NOON)
    with sessions.begin() as session:
        begun = ask_study(session, jiang, StudyWish(k=1, exact=True, candidates="all_villages"), code_version="0.4.0",
                          now=NOON)  # fmt: skip
        job = session.get_one(Job, begun["job_id"])
        assert (job.kind, job.payload, job.unit_path) == ("siting_study", {"study": begun["id"]}, jiang.unit_path)
    going = Going()
    assert run_study(sessions, {"study": begun["id"]}, going) == {"study": begun["id"], "state": "done"}
    assert going.said[-1] == (4, 4)
    with sessions() as session:
        told = read_study(session, jiang, begun["id"])
        found = told["answer"]
        assert [(site["code"], site["poor_villages"], site["gain"]) for site in found["sites"]] == [
            ("431125100202", 1, 2.0)]  # fmt: skip
        assert (found["covered_before"], found["covered_after"], found["poor_after"]) == (1, 2, 1)
        assert (told["parameters"]["radius"], told["parameters"]["poor_weight"]) == (3000.0, 2.0)
        assert found["frame"]["as_of"] == dt.date(2026, 11, 20)
        assert len(told["input_sha256"]) == 64
        with pytest.raises(Refusal, match="STUDY_UNKNOWN"):
            read_study(session, world.callers["zhou"], begun["id"])
        assert [one["id"] for one in list_studies(session, jiang, ou=None)["studies"]] == [begun["id"]]
    # Done twice it changes nothing.
    assert run_study(sessions, {"study": begun["id"]}, Going())["state"] == "done"


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_a_radius_in_the_other_unit_is_refused_by_its_field(session: Session, world: World) -> None:
    with pytest.raises(Refusal) as refused:
        ask_study(session, world.callers["jiang"], StudyWish(k=1, radius_min=9.0), code_version="1", now=NOON)
    assert set(refused.value.errors) == {"radius_min"}
