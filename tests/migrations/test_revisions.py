"""Revisions from nothing equal the models on both databases, and carry data up and down."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, select, text
from sqlalchemy.engine import make_url

from api.schema import alembic_config, downgrade, upgrade
from db import Base, make_engine, session_factory
from migrations.rooms import METADATA, is_ours, same_type
from tests.conftest import NOON
from tests.world import build_world


@pytest.fixture(params=["sqlite", "postgis"])
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database with nothing in it (but PostGIS)."""
    if request.param == "sqlite":
        engine = make_engine(f"sqlite:///{tmp_path / 'bare.db'}")
        yield engine
        engine.dispose()
        return
    url = make_url(request.getfixturevalue("postgis_template"))
    admin = make_engine(url.set(database="postgres").render_as_string(hide_password=False))
    with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("drop database if exists bare"))
        connection.execute(text("create database bare"))
    engine = make_engine(url.set(database="bare").render_as_string(hide_password=False))
    with engine.begin() as connection:
        connection.execute(text("create extension postgis"))
    yield engine
    engine.dispose()
    with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("drop database bare"))
    admin.dispose()


def differences(engine: Engine) -> list[object]:
    """What autogenerate would change to make the database equal the models."""
    with engine.connect() as connection:
        options = {"compare_type": same_type, "include_object": partial(is_ours, engine.dialect.name)}
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), METADATA))


def test_revisions_from_nothing_equal_the_models(bare: Engine) -> None:
    upgrade(bare)
    assert differences(bare) == []


def test_the_comparison_can_fail(bare: Engine) -> None:
    upgrade(bare)
    with bare.begin() as connection:
        connection.execute(text("drop table ledger_import" if "ledger_import" in METADATA.tables else "drop table job"))
    assert differences(bare) != []


def test_each_step_goes_down_and_up_again_with_data(bare: Engine) -> None:
    upgrade(bare)
    with session_factory(bare).begin() as session:
        build_world(session, NOON)
    before = rows_of(bare, "station_version")
    with bare.connect() as connection:
        revisions = [step.revision for step in ScriptDirectory.from_config(alembic_config(connection)).walk_revisions()]
    for older in revisions[1:]:
        downgrade(bare, older)
        upgrade(bare)
    assert rows_of(bare, "station_version") == before
    assert len(before) == 3


def test_down_to_nothing_leaves_nothing(bare: Engine) -> None:
    upgrade(bare)
    downgrade(bare, "base")
    left = set(inspect(bare).get_table_names()) - {"alembic_version", "spatial_ref_sys"}
    assert left == set()


def rows_of(engine: Engine, name: str) -> list[tuple[object, ...]]:
    table = Base.metadata.tables[name]
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(select(table).order_by(table.c.id))]
