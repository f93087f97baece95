"""Revisions from nothing equal the models on both databases, and carry data up and down."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, select, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from api.schema import MIGRATIONS, alembic_config, downgrade, upgrade
from db import Base, make_engine, session_factory
from inspections.chain.tables import PhotoSeal
from inspections.photos.tables import Medium
from inspections.review.tables import VisitDecision
from inspections.signage.tables import SignReading
from inspections.visits.tables import Inspection, Photo
from migrations.rooms import METADATA, is_ours, same_type
from tests.conftest import NOON
from tests.visit_making import ID_A
from tests.world import World, build_world


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
        connection.execute(text("drop table job"))
    assert differences(bare) != []


# A step as a later version will bring it: a new column that must be filled, another made wider, beside a point.
NEXT_STEP = """
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "next_step", "{head}", None, None

def upgrade():
    with op.batch_alter_table("station_version") as table:
        table.add_column(sa.Column("told_by", sa.String(20), nullable=False, server_default="ledger"))
        table.alter_column("hours", type_=sa.String(90), existing_type=sa.String(60))

def downgrade():
    with op.batch_alter_table("station_version") as table:
        table.alter_column("hours", type_=sa.String(60), existing_type=sa.String(90))
        table.drop_column("told_by")
"""


def test_every_step_and_the_next_go_up_and_down_with_data(bare: Engine, tmp_path: Path) -> None:
    upgrade(bare)
    with session_factory(bare).begin() as session:
        build_world(session, NOON)
    before = rows_of(bare, "station_version")
    with bare.connect() as connection:
        steps = [step.revision for step in ScriptDirectory.from_config(alembic_config(connection)).walk_revisions()]
    (tmp_path / "next_step.py").write_text(NEXT_STEP.format(head=steps[0]))
    step_to(bare, tmp_path, "next_step")
    with bare.connect() as connection:
        assert connection.scalars(text("select distinct told_by from station_version")).all() == ["ledger"]
    assert rows_of(bare, "station_version") == before
    # Down to the oldest revision that holds these tables, one by one, and each time all the way up again.
    for older in steps:
        step_to(bare, tmp_path, older)
        step_to(bare, tmp_path, "next_step")
    step_to(bare, tmp_path, steps[0])
    assert differences(bare) == []
    assert rows_of(bare, "station_version") == before
    assert len(before) == 3


def test_visits_and_photos_of_the_version_before_keep_every_byte(bare: Engine, tmp_path: Path) -> None:
    """What 0.4 holds goes up to evidence and down again; only what evidence added is gone."""
    upgrade(bare)
    with session_factory(bare).begin() as session:
        world = build_world(session, NOON)
        add_evidence(session, world)
    before = {name: rows_of(bare, name) for name in ("inspection", "photo", "medium")}
    step_to(bare, tmp_path, "0004")
    with bare.connect() as connection:
        assert connection.scalar(text("select body from inspection")) == b'{"station_code": "JY001"}'
        assert connection.scalar(text("select sha256 from medium")) == "ab" * 32
    upgrade(bare)
    assert {name: rows_of(bare, name) for name in before} == before
    assert [rows_of(bare, name) for name in ("visit_decision", "sign_reading", "photo_seal")] == [[], [], []]
    assert differences(bare) == []


def add_evidence(session: Session, world: World) -> None:
    """A visit with its photo, sealed, read and approved."""
    sha, who = "ab" * 32, world.accounts["chen"].id
    session.add(Medium(sha256=sha, size_bytes=3, mime="image/jpeg", width_px=64, height_px=48, stored_at=NOON))
    session.add(Inspection(
        id=ID_A, body_sha256="0" * 64, body=b'{"station_code": "JY001"}', station_id=world.stations["JY001"],
        account_id=who, method="site_visit", state="approved", observed_state="open_operating", answers={},
        checks={}, form_version="1", started_at=NOON, ended_at=NOON, captured_at=NOON, received_at=NOON, clock={},
        on_site="on_site", not_answered={},
    ))  # fmt: skip
    session.flush()
    session.add(Photo(inspection_id=ID_A, position=0, purpose="sign", sha256=sha, size_bytes=3, mime="image/jpeg"))
    session.add(PhotoSeal(inspection_id=ID_A, sha256=sha, payload="{}", signature="", verdict="no_key",
                          received_at=NOON))  # fmt: skip
    session.add(SignReading(sha256=sha, engine="e", read_at=NOON, sign_class="national", confidence=1.0, is_sure=True,
                            channels=[], lines=[], width_px=64, height_px=48, took_ms=1))  # fmt: skip
    session.add(VisitDecision(inspection_id=ID_A, version=1, kind="approved", decided_at=NOON, details={}))


def step_to(engine: Engine, more: Path, revision: str) -> None:
    """Go up or down to a revision, with those of the folder `more` known beside the product's own."""
    with engine.begin() as connection:
        config = alembic_config(connection)
        config.set_main_option("path_separator", "os")
        config.set_main_option("version_locations", os.pathsep.join([str(MIGRATIONS / "versions"), str(more)]))
        go = command.upgrade if revision == "next_step" else command.downgrade
        go(config, revision)


def test_a_database_with_data_goes_down_to_nothing_and_up_again(bare: Engine) -> None:
    upgrade(bare)
    with session_factory(bare).begin() as session:
        build_world(session, NOON)
    downgrade(bare, "base")
    upgrade(bare)
    assert differences(bare) == []
    assert rows_of(bare, "station_version") == []


def test_down_to_nothing_leaves_nothing(bare: Engine) -> None:
    upgrade(bare)
    downgrade(bare, "base")
    left = set(inspect(bare).get_table_names()) - {"alembic_version", "spatial_ref_sys"}
    assert left == set()


def rows_of(engine: Engine, name: str) -> list[tuple[object, ...]]:
    table = Base.metadata.tables[name]
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
