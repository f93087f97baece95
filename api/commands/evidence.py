"""Evidence from the command line: let visits be judged again, and say in words what asks for a second look at one."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from api.boundary import now, sessions
from db import reading
from field_app_schema.reasons_said import LANGUAGES, say_reason
from field_app_schema.refusals import Refusal
from field_app_schema.words.reasons import WORDS
from inspections.plausibility.judging import ask_for_all
from inspections.plausibility.reading import judgement_of
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


@click.command("explain-visit")
@click.argument("inspection_id")
@click.option("--lang", type=click.Choice(LANGUAGES), default="zh", show_default=True, help="语言 / language")
@with_appcontext
def explain_visit(inspection_id: str, lang: str) -> None:
    """说明一次检查为何值得多看一眼 / say in words what asks for a second look at a visit, and when it was made."""
    with reading(sessions()) as session:
        found = judgement_of(session, inspection_id.lower())
        told = None if found is None else (found.reasons, found.times)

    def word(key: str) -> str:
        return WORDS[f"reasons.{key}"][LANGUAGES.index(lang)]

    if told is None:
        raise click.ClickException(word("not_judged"))
    for one in told[0]:
        click.echo(f"{one['weight']:>3} {one['code']}: {say_reason(one['code'], one['figures'], lang)}")
    if not told[0]:
        click.echo(word("none"))
    for one in told[1]:
        about = word("visit_times") if one["photo"] is None else f"{word('photo_times')} {one['photo'][:10]}"
        click.echo(f"{about}: {one['not_before'] or '—'} … {one['not_after']}")


EVIDENCE_COMMANDS = [judge_visits, explain_visit]
