"""Commands for the months: let a county collect reports."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext

from api.commands.people import OPERATOR
from api.commands.units import say_no
from db import writing
from field_app_schema.refusals import Refusal
from stations.records.periods import parse_period
from stations.sales.calendar.beginning import begin


@click.command("begin-reporting")
@click.argument("county")
@click.argument("period")
@with_appcontext
def begin_reporting(county: str, period: str) -> None:
    """从 PERIOD(如 202606)起,COUNTY(县代码)的站点每月报送。The stations of COUNTY report from PERIOD on.

    可以改早,不能改晚;重复运行没有变化。 It can be moved earlier, never later; twice changes nothing.
    """
    now = current_app.extensions["cunzhan_clock"]()
    try:
        with writing(current_app.extensions["cunzhan_sessions"]) as session:
            made = begin(session, OPERATOR, county, parse_period(period), now=now)
    except Refusal as refusal:
        raise say_no(refusal) from refusal
    click.echo(f"{made.name}:自 {made.first_period} 起报送,{made.stations} 个站点的义务有变化\n"
               f"{made.unit_code}: reports from {made.first_period} on, {made.stations} stations changed")  # fmt: skip


MONTH_COMMANDS = [begin_reporting]
