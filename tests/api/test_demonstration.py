"""The demonstration fills an empty database once, through the same doors as everybody, and says that it is one."""

from __future__ import annotations

import json
from collections import Counter

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from api.demonstration.loading import load_if_empty, read_accounts
from inspections.visits.tables import Inspection
from stations.records.tables import Station, StationVersion
from stations.units.tables import OrgUnit


def test_demonstration_shows_every_state_and_is_loaded_once(app: Flask, sessions: sessionmaker[Session]) -> None:
    config = app.extensions["cunzhan_config"]
    load_if_empty(app, config)
    with sessions() as session:
        states = Counter(session.scalars(select(Station.vitality)))
        assert states["alive"] >= 25
        assert {"alive", "weak", "dormant", "dead", "unknown"} <= set(states)
        assert sum(states.values()) == 94
        visits = session.scalar(select(func.count()).select_from(Inspection))
        assert session.scalars(select(Inspection.state).distinct()).all() == ["complete"]
        names = session.scalars(select(StationVersion.name)).all()
        assert all(name.endswith("（演示）") for name in names)
        villages = select(func.count()).where(OrgUnit.level == "village", OrgUnit.path.like("%/431125/%"))
        assert session.scalar(villages) == 112
    load_if_empty(app, config)
    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(Inspection)) == visits


def test_accounts_are_fresh_private_and_read_again(app: Flask) -> None:
    config = app.extensions["cunzhan_config"]
    load_if_empty(app, config)
    accounts = read_accounts(config)
    assert accounts is not None
    assert [username for username, _ in accounts.people] == ["xian", "shi", "sheng", "jiancha", "pinggu"]
    assert config.demo_accounts_file.stat().st_mode & 0o777 == 0o600
    kept = json.loads(config.demo_accounts_file.read_text())
    assert kept["password"] == accounts.password
    answer = app.test_client().post("/api/v1/session", json={"username": "xian", "password": accounts.password})
    assert answer.status_code in (200, 201)


def test_every_page_says_that_it_shows_a_demonstration(app: Flask) -> None:
    assert 'data-testid="demonstration"' not in app.test_client().get("/login").text
    load_if_empty(app, app.extensions["cunzhan_config"])
    assert 'data-testid="demonstration"' in app.test_client().get("/login").text
