"""Alive or gone from the command line: look again at stations that are due, and explain a file of evidence."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from api.boundary import now, sessions
from field_app_schema.refusals import Refusal
from field_app_schema.words.vitality import WORDS
from stations.records.days import EARLIEST
from stations.vitality.evidence_file import explain
from stations.vitality.rechecking import recheck_due


@click.command("recheck-vitality")
@click.option("--limit", type=click.IntRange(1), default=None, help="最多复核多少个站点 / at most so many stations")
@with_appcontext
def recheck_vitality(limit: int | None) -> None:
    """复核到期站点的存活状态 / decide again for stations whose day has come."""
    done = recheck_due(sessions(), now(), limit)
    click.echo(f"已复核 {done.looked_at} 个站点,{done.changed} 个有变化 / looked at {done.looked_at}, "
               f"changed {done.changed}")  # fmt: skip


@click.command("explain-vitality")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as-of", required=True, help="日期 YYYY-MM-DD(中国)/ the day, in China")
@click.option("--known-at", default=None, help="带时区的时刻 / an instant with its offset: what was known then")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON / print JSON")
def explain_vitality(file: Path, as_of: str, known_at: str | None, as_json: bool) -> None:
    """说明一份证据文件按规则得出的结论 / say what the rule makes of a JSON file of dated evidence; stores nothing."""
    day, instant = _day(as_of), _instant(known_at)
    try:
        answer = explain(_read(file), day, instant)
    except Refusal as refusal:
        _say_refusal(refusal)
        sys.exit(1)
    click.echo(json.dumps(answer, ensure_ascii=False, indent=1) if as_json else "\n".join(_lines(answer)))


def _read(file: Path) -> Any:
    try:
        return json.loads(file.read_text("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise click.ClickException(f"文件不是 UTF-8 的 JSON / the file is not JSON in UTF-8: {error}") from error


def _day(text: str) -> dt.date:
    said = f"--as-of 应为 {EARLIEST} 至 2100 年的日期 YYYY-MM-DD / a date YYYY-MM-DD from {EARLIEST} to 2100"
    try:
        day = dt.date.fromisoformat(text)
    except ValueError as error:
        raise click.UsageError(said) from error
    if not EARLIEST <= day <= dt.date(2100, 12, 31):
        raise click.UsageError(said)
    return day


def _instant(text: str | None) -> dt.datetime | None:
    if text is None:
        return None
    said = "--known-at 应为带时区的时刻 / must be an instant with its offset, as 2026-01-31T00:00:00+08:00"
    try:
        instant = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise click.UsageError(said) from error
    if instant.tzinfo is None:
        raise click.UsageError(said)
    return instant


def _lines(answer: dict[str, Any]) -> list[str]:
    def word(area: str, value: str | None) -> str:
        return "—" if value is None else f"{value} ({' / '.join(WORDS[f'{area}.{value}'])})"

    evidence = ", ".join(answer["evidence_ids"]) or "—"
    lines = [
        f"结论 answer: {word('vitality', answer['vitality'])}",
        f"可信度 confidence: {word('confidence', answer['confidence'])}",
        f"理由 reason: {answer['reason']}",
        f"  {answer['reason_text_zh']}",
        f"  {answer['reason_text_en']}",
        f"依据 evidence: {evidence}",
        f"下次可能变化 next date: {answer['next_change_on'] or '—'}",
        f"规则 rule: {answer['rule_version']}  日期 as of: {answer['as_of']}",
    ]
    extra = [("细节 detail", answer["detail"]), ("计入 counted at", answer["counted_at"])]
    return lines + [f"{label}: {value}" for label, value in extra if value]


def _say_refusal(refusal: Refusal) -> None:
    click.echo(f"{refusal.kind.zh} / {refusal.kind.en}", err=True)
    for where, said in refusal.errors.items():
        for sentence in said if isinstance(said, list) else [said]:
            click.echo(f"  {where}: {sentence}", err=True)
