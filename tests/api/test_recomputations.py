"""A new rule is tried county by county, then stored under its own version, and everybody is decided again by it."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from api.worker import make_worker
from stations.people.tables import AuditEvent
from stations.policy.tables import PolicyRule
from stations.records.tables import Station, VitalityState
from stations.vitality import recomputing
from stations.vitality.rechecking import recheck_due
from stations.vitality.thresholds import alive_policy
from tests.conftest import NOON
from tests.stations.register.building import look
from tests.world import World

SHORTER = {"site_visit_days": 5, "rule_version": "v2"}


@pytest.fixture
def seen(world: World, sessions: sessionmaker[Session]) -> None:
    """JY001 was seen open six days ago, JY002 yesterday; Taojiang's station was never looked at."""
    with sessions.begin() as session:
        for code, days in (("JY001", 6), ("JY002", 1)):
            station = session.get_one(Station, world.stations[code])
            look(session, station, world.callers["chen"], "open_operating", days, known=NOON)


def post(client: FlaskClient, world: World, told: dict[str, Any], person: str = "xiang") -> Any:
    return client.post("/api/v1/vitality-recomputations", json=told, headers=world.as_phone(person))


def done(app: Flask, client: FlaskClient, world: World, job_id: int) -> dict[str, Any]:
    make_worker(app).serve(until_empty=True)
    told = client.get(f"/api/v1/jobs/{job_id}", headers=world.as_phone("xiang")).json
    assert told is not None
    assert (told["state"], told["last_error"]) == ("done", None)
    return dict(told)


def answers(sessions: sessionmaker[Session]) -> dict[str, tuple[str, str | None]]:
    with sessions() as session:
        columns = select(Station.code, Station.vitality, Station.vitality_rule_version)
        rows = session.execute(columns.order_by(Station.id))
        return {code: (vitality, version) for code, vitality, version in rows}


def test_a_trial_says_what_would_change_in_each_county_and_stores_nothing(
    app: Flask, client: FlaskClient, world: World, sessions: sessionmaker[Session], seen: None
) -> None:
    asked = post(client, world, {"parameters": {"site_visit_days": 5}})
    assert asked.status_code == 202
    assert asked.json == {"job_id": 1, "dry_run": True, "rule_version": "v1+", "unit": "43"}
    told = done(app, client, world, 1)
    assert (told["progress_done"], told["progress_total"]) == (3, 3)
    assert told["result"] == {
        "rule_version": "v1+", "as_of": "2026-11-20", "stations": 3, "changed": 1,
        "before": {"alive": 2, "unknown": 1}, "after": {"alive": 1, "unknown": 2},
        "counties": [
            {"code": "430922", "name": "桃江县", "stations": 1, "changed": 0, "before": {"unknown": 1},
             "after": {"unknown": 1}, "examples": []},
            {"code": "431125", "name": "江永县", "stations": 2, "changed": 1, "before": {"alive": 2},
             "after": {"alive": 1, "unknown": 1},
             "examples": [{"station": "JY001", "before": "alive", "after": "unknown"}]},
        ],
    }  # fmt: skip
    assert answers(sessions) == {"JY001": ("alive", "v1"), "JY002": ("alive", "v1"), "TJ001": ("unknown", None)}
    with sessions() as session:
        assert alive_policy(session).site_visit_days == 180


def test_a_trial_for_one_county_counts_only_its_stations(
    app: Flask, client: FlaskClient, world: World, seen: None
) -> None:
    asked = post(client, world, {"unit": "430922"}).json
    told = done(app, client, world, asked["job_id"])
    assert (asked["rule_version"], told["result"]["stations"]) == ("v1", 1)
    assert [county["code"] for county in told["result"]["counties"]] == ["430922"]


def test_a_new_rule_is_stored_noted_and_decides_everybody(
    app: Flask, client: FlaskClient, world: World, sessions: sessionmaker[Session], seen: None
) -> None:
    asked = post(client, world, {"parameters": SHORTER, "dry_run": False})
    assert asked.json == {"job_id": 1, "dry_run": False, "rule_version": "v2", "unit": "43"}
    assert post(client, world, {"parameters": SHORTER, "dry_run": False}).json["job_id"] == 1
    # The rule stands at once; each station keeps its answer until its turn.
    assert answers(sessions)["JY001"] == ("alive", "v1")
    assert done(app, client, world, 1)["result"] == {"rule_version": "v2", "looked_at": 3, "changed": 1}
    # The rule is named also where the answer is the same and no row was appended.
    assert answers(sessions) == {"JY001": ("unknown", "v2"), "JY002": ("alive", "v2"), "TJ001": ("unknown", "v2")}
    shown = client.get("/api/v1/stations/JY002", headers=world.as_phone("jiang")).json
    assert shown is not None
    assert (shown["vitality"], shown["vitality_rule_version"]) == ("alive", "v2")
    with sessions() as session:
        rows = session.execute(select(VitalityState.rule_version, VitalityState.value).order_by(VitalityState.id))
        assert [tuple(row) for row in rows] == [("v1", "alive"), ("v1", "alive"), ("v2", "unknown")]
        noted = session.scalars(select(AuditEvent).where(AuditEvent.object_kind == "policy_rule")).one()
        assert noted.actor_id == world.accounts["xiang"].id
        assert (noted.before or {})["site_visit_days"] == 180
        assert (noted.after or {})["site_visit_days"] == 5
        row = session.get_one(PolicyRule, "alive_rule")
        assert (row.is_proposal, row.source_doc) == (False, "由湖南省于 2026-11-20 设定 / set by 湖南省 on 2026-11-20")


def test_other_thresholds_need_a_version_that_never_meant_others(
    app: Flask, client: FlaskClient, world: World, seen: None
) -> None:
    taken = post(client, world, {"parameters": {"site_visit_days": 5}, "dry_run": False})
    assert (taken.status_code, taken.json["code"]) == (409, "RULE_VERSION_TAKEN")
    assert post(client, world, {"parameters": SHORTER, "dry_run": False}).status_code == 202
    back = {"rule_version": "v1", "site_visit_days": 90}
    assert post(client, world, {"parameters": back, "dry_run": False}).json["code"] == "RULE_VERSION_TAKEN"
    assert post(client, world, {"parameters": back | {"site_visit_days": 180}, "dry_run": False}).status_code == 202


@pytest.mark.parametrize(
    ("told", "where"),
    [
        ({"site_visit_days": -1}, "site_visit_days"), ({"closing_day": 29}, "closing_day"),
        ({"fresh_periods": "2"}, "fresh_periods"), ({"luck": 1}, "luck"), ({"rule_version": "第二版"}, "rule_version"),
        ({"dormant_periods": 7}, "parameters.presumed_dead_periods"),
    ],
)  # fmt: skip
def test_numbers_that_no_rule_can_have_are_refused(
    client: FlaskClient, world: World, told: dict[str, Any], where: str
) -> None:
    refused = post(client, world, {"parameters": told})
    assert refused.status_code == 422
    assert where in json.dumps(refused.json)


def test_only_the_province_and_only_in_its_area(client: FlaskClient, world: World) -> None:
    assert [post(client, world, {}, who).status_code for who in ("jiang", "yong", "ping", "tang")] == [403] * 4
    assert post(client, world, {"unit": "CN"}).json["code"] == "OUT_OF_SCOPE"
    assert post(client, world, {"unit": "99"}).json["code"] == "UNIT_UNKNOWN"


class Stopping:
    """A job's context whose worker dies after the first batch."""

    def now(self) -> dt.datetime:
        return NOON

    def progress(self, done: int, total: int | None = None) -> None:
        raise KeyboardInterrupt


def test_a_killed_recomputation_goes_on_where_it_stopped_or_the_night_heals_it(
    app: Flask, client: FlaskClient, world: World, sessions: sessionmaker[Session], seen: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(recomputing, "BATCH", 1)
    post(client, world, {"parameters": SHORTER, "dry_run": False})
    with pytest.raises(KeyboardInterrupt):
        recomputing.run_recomputation(sessions, {"path": "/CN/43/", "is_new": True}, Stopping())
    assert [version for _, version in answers(sessions).values()] == ["v2", "v1", None]
    assert done(app, client, world, 1)["result"]["looked_at"] == 2
    # Stations outside the unit that was asked for wait for the night.
    again = {"rule_version": "v3", "site_visit_days": 4}
    asked = post(client, world, {"parameters": again, "unit": "430922", "dry_run": False}).json
    assert done(app, client, world, asked["job_id"])["result"]["looked_at"] == 1
    assert recheck_due(sessions, NOON).looked_at == 2
    assert {version for _, version in answers(sessions).values()} == {"v3"}


def test_the_command_tries_and_does_the_same(
    app: Flask, world: World, sessions: sessionmaker[Session], seen: None
) -> None:
    asked = ["recompute-vitality", "--set", "site_visit_days=5", "--rule-version", "v2"]
    tried = app.test_cli_runner().invoke(args=[*asked, "--dry-run"])
    assert tried.exit_code == 0, tried.output
    assert '"changed": 1' in tried.output
    real = app.test_cli_runner().invoke(args=asked)
    assert "looked at 3, changed 1" in real.output
    again = app.test_cli_runner().invoke(args=["recompute-vitality"])
    assert "looked at 3, changed 0" in again.output
    wrong = app.test_cli_runner().invoke(args=["recompute-vitality", "--set", "site_visit_days=6"])
    assert (wrong.exit_code, "版本号" in wrong.output) == (1, True)
    assert app.test_cli_runner().invoke(args=["recompute-vitality", "--set", "luck=1"]).exit_code == 2
