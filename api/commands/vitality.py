"""Alive or gone from the command line: look again at stations that are due, and explain a file of evidence."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext
from marshmallow import ValidationError

from api.boundary import now, sessions
from db import writing
from field_app_schema.messages import in_both_languages
from field_app_schema.recomputations import RecomputationSchema
from field_app_schema.refusals import Refusal
from field_app_schema.words.closed_lists import WORDS as KINDS
from field_app_schema.words.vitality import WORDS
from stations.records.days import EARLIEST
from stations.vitality.evidence_file import explain
from stations.vitality.rechecking import recheck_due
from stations.vitality.recomputing import Wish, begin_recomputation, machine, run_preview, run_recomputation


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


@click.command("recompute-vitality")
@click.option("--dry-run", is_flag=True, help="只试算 / a trial that stores nothing")
@click.option("--set", "changes", multiple=True, metavar="NAME=NUMBER", help="改一个阈值 / another threshold")
@click.option("--rule-version", default=None, help="新规则的版本 / the version of the new rule")
@click.option("--unit", default=None, help="只算这个行政区划 / only the stations of this unit")
@with_appcontext
def recompute_vitality(dry_run: bool, changes: tuple[str, ...], rule_version: str | None, unit: str | None) -> None:
    """按新规则重新判定全部站点 / decide every station again, under a new rule if one is given."""
    told: dict[str, Any] = {"parameters": _parameters(changes, rule_version), "dry_run": dry_run, "unit": unit}
    try:
        wish = Wish(**RecomputationSchema().load(told))
        with writing(sessions()) as held:
            asked = begin_recomputation(held, machine(held), wish, now=now())
        run = run_preview if dry_run else run_recomputation
        done = run(sessions(), asked.payload, _Aloud())
    except ValidationError as error:
        raise click.UsageError(json.dumps(in_both_languages(error.messages_dict), ensure_ascii=False)) from error
    except Refusal as refusal:
        _say_refusal(refusal)
        sys.exit(1)
    click.echo(json.dumps(done, ensure_ascii=False, indent=1) if dry_run else
               f"规则 {done['rule_version']}:已判定 {done['looked_at']} 个站点,{done['changed']} 个有变化 / rule "
               f"{done['rule_version']}: looked at {done['looked_at']}, changed {done['changed']}")  # fmt: skip


class _Aloud:
    """Tells on the terminal how far the work is."""

    now = staticmethod(now)

    def progress(self, done: int, total: int | None = None) -> None:
        click.echo(f"\r{done} / {total}", nl=done == total, err=True)


def _parameters(changes: tuple[str, ...], rule_version: str | None) -> dict[str, Any]:
    told: dict[str, Any] = {} if rule_version is None else {"rule_version": rule_version}
    for change in changes:
        name, _, number = change.partition("=")
        if not number.isdecimal():
            raise click.UsageError(f"--set {change}: 应为 名称=整数 / must be NAME=NUMBER")
        told[name] = int(number)
    return told


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

    def named(id_: str) -> str:
        month = answer["months_named"].get(id_)
        if month is None:
            return id_
        zh, en = KINDS[f"evidence_kind.{month['kind']}"]
        return f"{id_} ({month['period']} {zh} / {en})"

    evidence = ", ".join(named(id_) for id_ in answer["evidence_ids"]) or "—"
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
