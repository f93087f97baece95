"""Survival from the command line: a CSV of histories in, JSON out; no database is opened."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path

import click

from field_app_schema.refusals import Refusal
from stations.records.days import EARLIEST, end_of_day
from stations.survival.histories.telling import survival_from


class Day(click.ParamType[dt.date]):
    """A day in China, YYYY-MM-DD."""

    name = "date"

    def convert(self, value: str | dt.date, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        try:
            day = dt.date.fromisoformat(str(value))
        except ValueError:
            day = dt.date.min
        if not EARLIEST <= day <= dt.date(2100, 12, 31):
            said = f"应为 {EARLIEST} 至 2100 年的日期 YYYY-MM-DD / a date YYYY-MM-DD from {EARLIEST} to 2100"
            self.fail(said, param, ctx)
        return day


class Known(click.ParamType[dt.datetime]):
    """An instant with its offset, or a day, which means its end in China."""

    name = "instant"

    def convert(
        self, value: str | dt.datetime, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.datetime:
        text = str(value)
        if len(text) == len("2026-01-31"):
            # What was recorded at the end itself belongs to the next day.
            return end_of_day(Day().convert(text, param, ctx)) - dt.timedelta(microseconds=1)
        try:
            instant = dt.datetime.fromisoformat(text)
        except ValueError:
            instant = dt.datetime.min  # noqa: DTZ901  # without an offset, so refused below
        if instant.tzinfo is None:
            said = "应为日期,或带时区的时刻 / a day, or an instant with its offset, as 2026-01-31T00:00:00+08:00"
            self.fail(said, param, ctx)
        return instant


@click.command("survival-from")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as-of", required=True, type=Day(), help="日期 YYYY-MM-DD(中国)/ the day, in China")
@click.option("--known-at", default=None, type=Known(), help="当时已知 / as known at a day's end or an instant")
@click.option("--cohort", default=None, help="验收年、季或月 / 2019, 2019Q2 or 201906: only stations accepted then")
def survival_from_file(file: Path, as_of: dt.date, known_at: dt.datetime | None, cohort: str | None) -> None:
    """按站点历史(CSV)算存活率与曲线 / survival from a CSV of histories, as JSON; stores nothing."""
    try:
        told = survival_from(file.read_bytes(), as_of, known_at=known_at, cohort=cohort)
    except Refusal as refusal:
        click.echo(f"{refusal.kind.zh} / {refusal.kind.en}", err=True)
        for where, said in refusal.errors.items():
            for sentence in said:
                click.echo(f"  {where}: {sentence}", err=True)
        click.echo(f"{refusal.kind.hint_zh} / {refusal.kind.hint_en}", err=True)
        sys.exit(2)
    click.echo(json.dumps(told, ensure_ascii=False, indent=1))


SURVIVAL_COMMANDS = [survival_from_file]
