"""The demonstration fills an empty database once, through the same doors as everybody, and says that it is one."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter

import numpy as np
import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from api.demonstration.loading import load_if_empty, read_accounts, read_stations
from api.demonstration.months import months_of
from api.demonstration.parcels import Village, parcels_of
from field_app_schema.vocab import Role
from geo.distance import haversine_m
from inspections.visits.tables import Inspection
from stations.coverage.tables import CoverageRun, SitingStudy
from stations.people.access import Caller
from stations.records.months import CountyReturn, SalesReport
from stations.records.network import DeliveryTrace, LogisticsNode, LogisticsRoute, RoadGraph
from stations.records.periods import last_ended, months_between
from stations.records.tables import Station, StationVersion
from stations.sales.doubts.contradictions import contradictions
from stations.sales.filing.figures import check_filed
from stations.units.tables import OrgUnit
from tests.conftest import NOON


def test_demonstration_shows_every_state_and_is_loaded_once(app: Flask, sessions: sessionmaker[Session]) -> None:
    config = app.extensions["cunzhan_config"]
    load_if_empty(app, config)
    with sessions() as session:
        states = Counter(session.scalars(select(Station.vitality)))
        assert states["alive"] >= 25
        assert {"alive", "weak", "dormant", "presumed_dead", "dead", "unknown"} <= set(states)
        assert sum(states.values()) == 94
        visits = session.scalar(select(func.count()).select_from(Inspection))
        states_of_visits = Counter(session.scalars(select(Inspection.state)))
        assert set(states_of_visits) == {"approved", "complete"}
        assert 6 <= states_of_visits["complete"] < states_of_visits["approved"]
        names = session.scalars(select(StationVersion.name)).all()
        assert all(name.endswith("（演示）") for name in names)
        villages = select(func.count()).where(OrgUnit.level == "village", OrgUnit.path.like("%/431125/%"))
        assert session.scalar(villages) == 112
        the_network_is_there(session)
    load_if_empty(app, config)
    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(Inspection)) == visits
    eighteen_months_are_told_with_something_to_be_found(sessions)


def the_network_is_there(session: Session) -> None:
    """Every village has its place or lacks it on purpose; nothing is known before it has happened."""
    in_county = OrgUnit.path.like("%/431125/%")
    villages = session.scalars(select(OrgUnit).where(in_county, OrgUnit.level == "village")).all()
    assert Counter(one.coord_quality for one in villages) == {"gps": 64, "geocoded": 44, "missing": 4}
    seats = {one.code: one for one in session.scalars(select(OrgUnit).where(in_county, OrgUnit.level == "township"))}
    placed = [one for one in villages if one.lon is not None]
    far = haversine_m([one.lon for one in placed], [one.lat for one in placed],
                      [seats[one.parent_code or ""].lon for one in placed],
                      [seats[one.parent_code or ""].lat for one in placed])  # fmt: skip
    assert 0 < far.min() < far.max() < 16_000
    stations = session.execute(select(StationVersion.lon, StationVersion.lat, OrgUnit.lon, OrgUnit.lat)
                               .join(OrgUnit, OrgUnit.code == StationVersion.village_code)).all()  # fmt: skip
    near = [haversine_m(*four) for four in stations if four[2] is not None]
    assert np.quantile(near, 0.95) < 1500
    live = select(LogisticsNode).where(LogisticsNode.superseded_at.is_(None))
    nodes = session.scalars(live).all()
    assert all("演示" in one.name and "演示" in (one.operator or "") for one in nodes)
    assert Counter(one.level for one in nodes) == {"county": 1, "township": 9, "village": 69}
    ended = session.scalars(select(LogisticsRoute).where(LogisticsRoute.ends_on.is_not(None))).all()
    assert "431125N108" in {one.to_code for one in ended}
    parcels = session.scalars(select(DeliveryTrace)).all()
    assert 1100 <= len(parcels) <= 1300
    assert 20 < sum(one.arrived_on is None for one in parcels) < 100
    assert sum(one.station_id is not None for one in parcels) > 200
    assert all((one.arrival_recorded_at or one.recorded_at) <= NOON for one in parcels)
    assert session.scalars(select(RoadGraph)).one().check["components"] == 1
    then, now = session.scalars(select(CoverageRun).order_by(CoverageRun.as_of)).all()
    assert (now.as_of - then.as_of).days == 91
    assert all(now.report["figures"]["gaps"].values()), "every reason of a gap occurs"
    funnel = [
        now.report["headline"][stage] for stage in ("villages", "built", "listed", "alive", "service", "evidenced")
    ]
    assert funnel == sorted(set(funnel), reverse=True), "every stage loses some villages"
    study = session.scalars(select(SitingStudy)).one()
    assert (study.state, len((study.answer or {})["sites"])) == ("done", 10)


@pytest.mark.parametrize("day", [dt.date(2027, 3, 1), dt.date(2028, 2, 29)])
def test_parcels_are_the_same_on_the_same_day_and_never_ahead_of_it(day: dt.date) -> None:
    villages = [
        Village("431125100236", 1200, False, "N1", "S1", None),
        Village("431125203205", 900, True, None, None, "S2"),
        Village("431125202201", 2600, False, "N3", None, "S1"),
    ]
    parcels = list(parcels_of(villages, day))
    assert parcels == list(parcels_of(villages, day))
    assert len({one.waybill_sha256 for one in parcels}) == len(parcels) >= 15
    for one in parcels:
        known = [each for each in (one.sent_on, one.township_on, one.arrived_on) if each is not None]
        assert known == sorted(known)
        assert day - dt.timedelta(days=90) < known[0] <= known[-1] <= day
        assert one.arrived_on is not None or one.station == ""


def eighteen_months_are_told_with_something_to_be_found(sessions: sessionmaker[Session]) -> None:
    county = Caller(None, Role.COUNTY, "431125", "/CN/43/4311/431125/")
    with sessions() as session:
        reports = session.scalars(select(SalesReport)).all()
        months = sorted({one.period for one in reports})
        assert (months[0], months[-1], len(months)) == (202505, 202610, 18)
        assert 1200 <= len(reports) <= 1500
        assert all(one.is_expected and one.first_received_at <= NOON for one in reports)
        assert {one.timeliness for one in reports} == {"on_time", "late_sync", "late"}
        assert {one.source for one in reports} == {"owner", "proxy"}
        assert {one.state for one in reports if one.period < 202610} == {"accepted"}
        assert {one.state for one in reports if one.period == 202610} == {"accepted", "submitted", "returned"}
        assert 0.02 < sum(one.is_nil for one in reports) / len(reports) < 0.08
        returns = session.execute(select(CountyReturn.period, CountyReturn.state).order_by(CountyReturn.period)).all()
        assert [tuple(one) for one in returns] == [(202609, "accepted"), (202610, "sent")]
        found = contradictions(session, county, ou=None, as_of=None, offset=0, limit=100, now=NOON)["contradictions"]
        assert Counter(one["code"] for one in found) == {
            "identical_across_operator": 3, "parcels_without_service": 1, "repeated_month_after_month": 1,
            "reports_sales_but_seen_gone": 1,
        }  # fmt: skip


@pytest.mark.parametrize("day", [1, 4, 6, 15, 31])
def test_the_demonstration_can_be_loaded_on_any_day_of_a_month(day: int) -> None:
    now = dt.datetime(2027, 3, day, 1, 0, tzinfo=dt.UTC)
    told = [one for station in read_stations(now.date())
            for one in months_of(station.facts, station.story, 0, last_ended(now))]  # fmt: skip
    assert {one.period for one in told} == set(months_between(202509, 202702))
    assert all(check_filed(one.told) is None for one in told)  # it refuses or not


def test_the_demonstration_is_said_entered_and_played(app: Flask) -> None:
    """One demonstration for all three: loading it takes seconds."""
    assert 'data-testid="demonstration"' not in app.test_client().get("/login").text
    load_if_empty(app, app.extensions["cunzhan_config"])
    assert 'data-testid="demonstration"' in app.test_client().get("/login").text
    accounts_are_fresh_private_and_read_again(app)
    a_shopkeeper_can_be_played_on_a_phone(app)
    channels = app.test_client().get("/api/v1/public/stations/431125V003").json["channels"]
    assert [one["phone"] for one in channels] == ["0731-00000000", None, "0746-0000000"]


def accounts_are_fresh_private_and_read_again(app: Flask) -> None:
    config = app.extensions["cunzhan_config"]
    accounts = read_accounts(config)
    assert accounts is not None
    assert [username for username, _ in accounts.people] == ["xian", "shi", "sheng", "jiancha", "pinggu"]
    assert config.demo_accounts_file.stat().st_mode & 0o777 == 0o600
    kept = json.loads(config.demo_accounts_file.read_text())
    assert kept["password"] == accounts.password
    answer = app.test_client().post("/api/v1/session", json={"username": "xian", "password": accounts.password})
    assert answer.status_code in (200, 201)


def a_shopkeeper_can_be_played_on_a_phone(app: Flask) -> None:
    config, phone = app.extensions["cunzhan_config"], app.test_client()
    accounts = read_accounts(config)
    assert accounts is not None
    assert f"/app/#enrol={accounts.phone_code}" in accounts.lines()[-1]
    admitted = phone.post("/api/v1/devices", json={"code": accounts.phone_code, "device_label": "演示"})
    assert admitted.json is not None
    told = phone.get("/api/v1/my/months", headers={"Authorization": f"Bearer {admitted.json['token']}"}).json
    assert told is not None
    assert told["station"] == {"code": "431125V043", "name": "向阳村电商服务点（演示）"}
    # October is past its lock on the day of the tests, and open by leave.
    october = next(month for month in told["months"] if month["period"] == "202610")
    assert (october["why"], october["version"], october["permissions"]["may_submit"]) == ("open_by_leave", None, True)
    assert sum(month["figures"] is not None for month in told["months"]) >= 8
