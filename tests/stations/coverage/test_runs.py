"""A run is kept with the hash of its input, comes out the same again, and two runs are explained village by village."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from stations.coverage.asking import CoverageQuestion
from stations.coverage.runs.comparing import run_differences
from stations.coverage.runs.keeping import find_run, list_runs, make_run, read_run, run_again
from stations.records.tables import ServiceLink
from stations.units.tables import OrgUnit
from stations.vitality.refreshing import refresh_vitality
from tests.conftest import NOON
from tests.coverage_seed import seen, seen_open
from tests.world import World

ASKED = CoverageQuestion(ou="431125", as_of=dt.date(2026, 11, 19))
LATER = NOON + dt.timedelta(days=1)


@pytest.fixture
def seeded(session: Session, world: World) -> World:
    """JY001 was seen open and serves its neighbour too; nobody has looked at JY002."""
    seen_open(session, world.stations["JY001"])
    session.add(ServiceLink(station_id=world.stations["JY001"], village_code="431125100202", declared_by="ledger",
                            services=["parcel", "purchase_agency"], starts_on=dt.date(2024, 5, 10),
                            recorded_at=NOON - dt.timedelta(days=400)))  # fmt: skip
    refresh_vitality(session, list(world.stations.values()), now=NOON)
    return world


def test_a_run_is_kept_and_comes_out_the_same_again(session: Session, seeded: World) -> None:
    jiang = seeded.callers["jiang"]
    made = make_run(session, jiang, ASKED, code_version="0.4.0", now=NOON)
    assert made["headline"] == {"villages": 3, "built": 3, "listed": 3, "geographic": 0, "alive": 2, "service": 2,
                                "evidenced": 1}  # fmt: skip
    assert (made["base_year"], made["known_at"], made["code_version"]) == (2023, NOON, "0.4.0")
    assert made["report"]["figures"]["hollow_rate"] == pytest.approx(1 / 3)
    # What is learnt later does not change what was known then.
    seen(session, seeded.stations["JY001"], "gone", days_ago=5, recorded_days_ago=-1)
    refresh_vitality(session, list(seeded.stations.values()), now=LATER)
    again = run_again(session, jiang, made["id"], code_version="0.4.0", now=LATER)
    assert (again["same_input"], again["same_figures"], again["tables"], again["parameters"]) == (True, True, [], {})
    assert again["run"]["of_run"] == made["id"]
    # A village's place is not dated: the run says that villages are no longer the same.
    session.get_one(OrgUnit, "431125100201").lon, session.get_one(OrgUnit, "431125100201").lat = 111.0, 25.0
    session.flush()
    moved = run_again(session, jiang, made["id"], code_version="0.4.1", now=LATER)
    assert (moved["same_input"], moved["tables"]) == (False, ["villages"])
    assert moved["code_version"] == {"was": "0.4.0", "now": "0.4.1"}
    listed = list_runs(session, jiang, ou="431125")["runs"]
    assert [one["of_run"] for one in listed] == [made["id"], made["id"], None]


def test_two_runs_are_explained_village_by_village(session: Session, seeded: World) -> None:
    jiang = seeded.callers["jiang"]
    before = make_run(session, jiang, ASKED, code_version="0.4.0", now=NOON)
    seen(session, seeded.stations["JY001"], "gone", days_ago=3, recorded_days_ago=0)
    seen(session, seeded.stations["JY002"], "open_operating", days_ago=3, recorded_days_ago=0)
    refresh_vitality(session, list(seeded.stations.values()), now=LATER)
    after = make_run(session, jiang, ASKED, code_version="0.4.0", now=LATER)
    told = run_differences(session, jiang, after["id"], from_id=before["id"])
    assert told["changes"] == {"lost": 2, "gained": 1}
    assert [(one["code"], one["change"], [cause["code"] for cause in one["causes"]]) for one in told["villages"]] == [
        ("431125100201", "lost", ["station_died"]), ("431125100202", "lost", ["station_died"]),
        ("431125101200", "gained", ["station_revived"]),
    ]  # fmt: skip
    assert told["villages"][0]["causes"][0] | {"zh": "", "en": ""} == {
        "code": "station_died", "station": "JY001", "was": "alive", "now": "dead", "zh": "", "en": "",
    }  # fmt: skip
    for one in told["stages"]:
        assert one["before"] + one["gained"] - one["lost"] + one["added"] - one["removed"] == one["after"]
    strict = make_run(session, jiang, replace(ASKED, services=("bill_payment",)), code_version="0.5.0", now=LATER)
    told = run_differences(session, jiang, strict["id"], from_id=after["id"])
    assert {cause["code"] for cause in told["causes"]} == {"parameter", "code_version"}
    nothing = run_differences(session, jiang, after["id"], from_id=after["id"])
    assert (nothing["total"], nothing["villages"]) == (0, [])


def test_a_run_of_another_county_is_not_there(session: Session, seeded: World) -> None:
    made = make_run(session, seeded.callers["jiang"], ASKED, code_version="0.4.0", now=NOON)
    for act in (read_run, find_run):
        with pytest.raises(Refusal, match="RUN_UNKNOWN"):
            act(session, seeded.callers["zhou"], made["id"])
    assert list_runs(session, seeded.callers["xiang"], ou="43", below=True)["runs"][0]["id"] == made["id"]
