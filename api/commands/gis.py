"""The command that gives a GIS program its key."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext

from api.commands.people import OPERATOR, say_no
from api.config import Config
from db import writing
from field_app_schema.refusals import Refusal
from stations.people.gis_keys import make_gis_key
from stations.people.profile import find_account_id


@click.command("gis-key")
@click.argument("username")
@click.option("--label", required=True, help="用在哪里,如“规划科 QGIS” / where it is used")
@with_appcontext
def gis_key(username: str, label: str) -> None:
    """为某人的 GIS 软件生成只读密钥,只显示一次。Make a read-only key for somebody's GIS program, shown once."""
    config: Config = current_app.extensions["cunzhan_config"]
    now = current_app.extensions["cunzhan_clock"]()
    try:
        with writing(current_app.extensions["cunzhan_sessions"]) as session:
            key = make_gis_key(session, OPERATOR, find_account_id(session, username), label, now=now)
    except Refusal as refusal:
        raise say_no(refusal) from refusal
    click.echo(f"密钥 / key     {key.token}\n编号 / device  {key.device_id}")
    click.echo(f"地址 / address http://{config.host}:{config.port}/ogc")
    click.echo(f'export GDAL_HTTP_HEADERS="Authorization: Bearer {key.token}"')
    click.echo(f"收回 / revoke  flask --app api.app revoke-device {key.device_id}")


GIS_COMMANDS = [gis_key]
