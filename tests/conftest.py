"""What every test may use: two databases, one world of three people, the application and a clock that stands still."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session, sessionmaker

from api.app import create_app, settle
from api.config import Config
from api.schema import upgrade
from db import Base, make_engine, session_factory
from tests import postgres
from tests.chromium import playwright  # noqa: F401  # a fixture for every room
from tests.world import World, build_world

# The moment at which every test stands unless it says otherwise: a Friday noon in Beijing.
NOON = dt.datetime(2026, 11, 20, 4, 0, tzinfo=dt.UTC)


# Where files lie in memory, and how much must be free there.
MEMORY, ROOM = Path("/dev/shm"), 4 * 2**30  # noqa: S108  # a place of the system, not a name we make up


def pytest_configure() -> None:
    """Keep whatever tests write in memory, where there is room.

    A disk takes some 4 ms to confirm each commit, and no test could tell if it lied: processes are killed here, never
    the machine.
    """
    if "TMPDIR" in os.environ or not os.access(MEMORY, os.W_OK) or os.statvfs(MEMORY).f_flag & os.ST_NOEXEC:
        return
    if shutil.disk_usage(MEMORY).free >= ROOM:
        os.environ["TMPDIR"] = str(MEMORY)
        tempfile.tempdir = None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, the browsers' files: a long one at the end would run alone."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self, at: dt.datetime) -> None:
        self.at = at

    def __call__(self) -> dt.datetime:
        return self.at

    def forward(self, **by: float) -> None:
        self.at += dt.timedelta(**by)


@dataclass
class Backend:
    """One of the two databases, migrated and empty but for what a test puts in."""

    name: str
    url: str
    engine: Engine


def missing(what: str) -> None:
    """Skip loudly, or fail where a skip would hide a hole (CI)."""
    message = f"SKIPPED FOR WANT OF {what}"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    sys.stderr.write(f"\n{message}\n")
    pytest.skip(message)


@pytest.fixture(scope="session")
def postgis_template() -> Iterator[str]:
    if not postgres.is_installed():
        missing(postgres.PACKAGES)
    with postgres.private_cluster() as url:
        engine = make_engine(url)
        upgrade(engine)
        engine.dispose()
        yield url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "empty.db"
    engine = make_engine(f"sqlite:///{path}")
    upgrade(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def _postgis_engine(postgis_template: str) -> Iterator[Engine]:
    url = make_url(postgis_template)
    admin = make_engine(url.set(database="postgres").render_as_string(hide_password=False))
    with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("create database suite template template_gis"))
    admin.dispose()
    engine = make_engine(url.set(database="suite").render_as_string(hide_password=False))
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgis"])
def backend(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Backend]:
    """Each of the two databases in turn, migrated, with no rows."""
    if request.param == "sqlite":
        path = tmp_path / "test.db"
        shutil.copyfile(request.getfixturevalue("sqlite_template"), path)
        url = f"sqlite:///{path}"
        engine = make_engine(url)
        yield Backend("sqlite", url, engine)
        engine.dispose()
        return
    engine = request.getfixturevalue("_postgis_engine")
    yield Backend("postgis", engine.url.render_as_string(hide_password=False), engine)
    postgres.empty(engine, Base.metadata.sorted_tables)


@pytest.fixture
def sessions(backend: Backend) -> sessionmaker[Session]:
    """Sessions on a clean database; what is committed through them is there for the rest of the test."""
    return session_factory(backend.engine)


@pytest.fixture
def session(sessions: sessionmaker[Session]) -> Iterator[Session]:
    """One open transaction, rolled back at the end."""
    with sessions() as opened:
        yield opened
        opened.rollback()


@pytest.fixture
def clock() -> Clock:
    return Clock(NOON)


@pytest.fixture
def world(sessions: sessionmaker[Session]) -> World:
    """The units, the stations and the three people everybody knows, committed."""
    with sessions.begin() as opened:
        return build_world(opened, NOON)


@pytest.fixture
def config(backend: Backend, tmp_path: Path) -> Config:
    var = tmp_path / "var"
    var.mkdir()
    return Config(database_url=backend.url, var_dir=var, photo_store_url=(var / "photos").as_uri())


@pytest.fixture(scope="session")
def _app_at_rest() -> Flask:
    """The application, built once for all tests of a process: with its 176 doors that takes longer than most tests."""
    nowhere = Path("nowhere")
    built = create_app(Config("sqlite://", nowhere, nowhere.absolute().as_uri()))
    built.testing = True
    # An error must be seen as the answer a phone would get, not as a traceback.
    built.config["PROPAGATE_EXCEPTIONS"] = False
    return built


@pytest.fixture
def app(_app_at_rest: Flask, config: Config, clock: Clock) -> Iterator[Flask]:
    app = _app_at_rest
    # What an application knows of its database, its folders and its time lies in these two, and nowhere else.
    settings, works_on = dict(app.config), dict(app.extensions)
    settle(app, replace(config), clock)
    engine = app.extensions["cunzhan_engine"]
    yield app
    engine.dispose()
    for kept, as_before in ((app.config, settings), (app.extensions, works_on)):
        kept.clear()
        kept.update(as_before)


@pytest.fixture
def client(app: Flask, world: World) -> FlaskClient:
    """Nobody's client on the world; `world.as_phone(person)` gives headers for somebody."""
    return app.test_client()
