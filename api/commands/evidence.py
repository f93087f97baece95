"""`flask judge-visits`: let every visit be judged again, as after a change of the thresholds."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from api.boundary import now, sessions
from db import reading
from field_app_schema.refusals import Refusal
from inspections.plausibility.judging import ask_for_all
from stations.units.reading import find_unit


@click.command("judge-visits")
@click.option("--unit", default=None, help="只算这个行政区划 / only the visits to stations of this unit")
@with_appcontext
def judge_visits(unit: str | None) -> None:
    """按现行阈值重新比对检查(由后台任务完成)/ ask that visits be judged again by the present thresholds."""
    path = "/"
    if unit is not None:
        try:
            with reading(sessions()) as session:
                path = find_unit(session, unit).unit.path
        except Refusal as refusal:
            raise click.UsageError(f"{refusal.kind.zh} / {refusal.kind.en}") from refusal
    asked = ask_for_all(sessions(), unit_path=path, now=now())
    click.echo(f"已安排 {asked} 次检查 / asked for {asked} visits")


EVIDENCE_COMMANDS = [judge_visits]
