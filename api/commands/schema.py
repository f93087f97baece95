"""Commands for the schema: bring it up to date, go back, write a new revision."""

from __future__ import annotations

import click
from alembic import command
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import Engine

from api.schema import alembic_config, downgrade, upgrade


def _engine() -> Engine:
    engine: Engine = current_app.extensions["cunzhan_engine"]
    return engine


@click.command("db-upgrade")
@with_appcontext
def db_upgrade() -> None:
    """升级数据库结构到最新。Bring the schema up to date."""
    current_app.extensions["cunzhan_config"].var_dir.mkdir(parents=True, exist_ok=True)
    upgrade(_engine())
    click.echo("数据库结构已是最新 / the schema is up to date")


@click.command("db-downgrade")
@click.argument("revision")
@with_appcontext
def db_downgrade(revision: str) -> None:
    """退回到较早的结构版本。Go back to an earlier REVISION."""
    downgrade(_engine(), revision)
    click.echo(f"已退回 / back at {revision}")


@click.command("db-revision")
@click.option("-m", "--message", required=True, help="这次改了什么 / what changes")
@with_appcontext
def db_revision(message: str) -> None:
    """比较模型与数据库,写出新的结构版本(请在 PostgreSQL 上运行)。Write a revision; run it on PostgreSQL."""
    engine = _engine()
    if engine.dialect.name != "postgresql":
        raise click.ClickException("请在 PostgreSQL 上生成 / make revisions on PostgreSQL (docs/developer.md)")
    with engine.begin() as connection:
        command.revision(alembic_config(connection), message=message, autogenerate=True)


SCHEMA_COMMANDS = [db_upgrade, db_downgrade, db_revision]
