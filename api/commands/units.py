"""Commands for administrative units: import a national list, load what is shipped, resolve a printed name."""

from __future__ import annotations

import os
from pathlib import Path
from typing import cast

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy import select
from sqlalchemy.exc import OperationalError, ProgrammingError
from tqdm import tqdm
from tqdm.utils import CallbackIOWrapper

from api.schema import upgrade
from db import reading, writing
from field_app_schema.refusals import Refusal
from field_app_schema.words import collect_words
from stations.policy.loading import load_policy
from stations.register.renamed_units import note_renamed_units
from stations.units.gazetteer import Outcome, Resolution, Unit
from stations.units.importing import Imported, import_villages
from stations.units.loading import load_demonstration_county, load_shipped_units
from stations.units.resolving import resolve_shipped, resolve_unit
from stations.units.tables import OrgUnit
from stations.units.village_list import read_names, read_villages

# What a script can tell apart without reading: found, unknown or ambiguous, and «a person must confirm».
EXIT = {Outcome.RESOLVED: 0, Outcome.UNKNOWN: 1, Outcome.AMBIGUOUS: 1, Outcome.NEEDS_CONFIRMATION: 2}


def say_no(refusal: Refusal) -> click.ClickException:
    """Turn a refusal into what a command line shows: code, both sentences, every reason, the advice."""
    reasons = [str(message) for messages in refusal.errors.values() for message in messages]
    kind = refusal.kind
    said = [f"{kind.code} {kind.zh} {kind.en}", *reasons, f"{kind.hint_zh} {kind.hint_en}"]
    return click.ClickException("\n  ".join(said))


@click.command("import-divisions")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--base-year", type=int, required=True, help="名单的年度,村数按年度冻结 / the year of the list")
@with_appcontext
def import_divisions(file: Path, base_year: int) -> None:
    """导入村级名单 FILE(china-division 的 villages.csv 格式)。Import a village list; twice changes nothing.

    同一文件夹里的 provinces、cities、areas、streets.csv 给出上级名称;示范县名单和政策规则一并载入。
    The files of names beside it are read too; the programme counties and policy rules come in with it.
    """
    app = current_app
    app.extensions["cunzhan_config"].var_dir.mkdir(parents=True, exist_ok=True)
    upgrade(app.extensions["cunzhan_engine"])
    now = app.extensions["cunzhan_clock"]()
    try:
        with (
            file.open("rb") as binary,
            tqdm(total=file.stat().st_size, unit="B", unit_scale=True, desc=file.name, disable=None) as bar,
            writing(app.extensions["cunzhan_sessions"]) as session,
        ):
            load_shipped_units(session, now)
            watched = CallbackIOWrapper(bar.update, binary, "read")
            villages = read_villages(cast("object", watched))  # type: ignore[arg-type]  # a wrapped binary file
            result = import_villages(session, villages, base_year=base_year, names=read_names(file.parent),
                                     source=f"{file.name} {base_year}", now=now)  # fmt: skip
            note_renamed_units(session, changed_at=now)
            load_policy(session, now)
    except Refusal as refusal:
        raise say_no(refusal) from refusal
    click.echo(_told(result, base_year))


def _told(result: Imported, base_year: int) -> str:
    changed = result.added + result.renamed + result.ended + result.units_above_added + result.counties_frozen
    head = (f"{base_year}:{result.villages} 个村居,其中行政村 {result.admin_villages} "
            f"/ {result.villages} villages, {result.admin_villages} administrative")  # fmt: skip
    if not changed:
        return f"{head}\n没有变化 / nothing changed"
    above, frozen = result.units_above_added, result.counties_frozen
    return (f"{head}\n新增 {result.added},更名 {result.renamed},不再列入 {result.ended},"
            f"新增上级单位 {above},冻结 {frozen} 个县的村数\n"
            f"added {result.added}, renamed {result.renamed}, ended {result.ended}, "
            f"units above {above}, counties frozen {frozen}")  # fmt: skip


@click.command("load-facts")
@click.option("--demonstration-county", is_flag=True, help="同时载入江永县的乡镇和村 / with the villages of Jiangyong")
@with_appcontext
def load_facts(*, demonstration_county: bool) -> None:
    """载入随产品附带的区划、曾用名和政策规则。Load the shipped units, former names and policy rules."""
    app = current_app
    app.extensions["cunzhan_config"].var_dir.mkdir(parents=True, exist_ok=True)
    upgrade(app.extensions["cunzhan_engine"])
    now = app.extensions["cunzhan_clock"]()
    with writing(app.extensions["cunzhan_sessions"]) as session:
        added = load_shipped_units(session, now)
        if demonstration_county:
            added += load_demonstration_county(session, now)
        load_policy(session, now)
    click.echo(f"新增 {added} 个单位;政策规则已是最新 / {added} units added; policy rules up to date")


@click.command("resolve-unit")
@click.argument("name")
@click.option("--province", help="所在省(名称或代码)/ its province, name or code")
@click.option("--as-of", "as_of", type=click.IntRange(1949, 2100), help="文件的年份 / the year of the document")
@with_appcontext
def resolve(name: str, province: str | None, as_of: int | None) -> None:
    """把通知里的名称或代码 NAME 对应到今天的单位。Resolve a printed name or code to today's unit.

    输出一行:代码、今天的名称、所属、怎么对上的(制表符分隔)。退出码 0 已对应,2 需人工确认,1 不明或有歧义。
    One line: code, today's name, where, how it was matched (tabs). Exit 0 resolved, 2 to be confirmed, 1 neither.
    """
    try:
        found = _resolve(name, province, as_of)
    except Refusal as refusal:
        raise say_no(refusal) from refusal
    for line in told(found):
        click.echo(line)
    if EXIT[found.outcome]:
        click.get_current_context().exit(EXIT[found.outcome])


def _resolve(name: str, province: str | None, as_of: int | None) -> Resolution:
    """Ask the database where it holds units, else the shipped facts, so that a fresh clone can answer too."""
    engine = current_app.extensions["cunzhan_engine"]
    database = engine.url.database
    if engine.dialect.name == "sqlite" and not os.path.exists(database or ""):
        return resolve_shipped(name, province, as_of)
    try:
        with reading(current_app.extensions["cunzhan_sessions"]) as session:
            if session.scalar(select(OrgUnit.code).limit(1)) is not None:
                return resolve_unit(session, name, province, as_of)
    except (OperationalError, ProgrammingError):
        click.echo("数据库尚未建立,用随附的区划回答 / no schema yet, answering from the shipped facts", err=True)
    return resolve_shipped(name, province, as_of)


def told(found: Resolution) -> list[str]:
    """Give the lines that tell an answer."""
    if found.unit is None:
        zh, en = collect_words()[f"unit_outcome.{found.outcome}"]
        near = [f"  {unit.code}\t{unit.name}\t{unit.path}" for unit in found.candidates]
        advice = ["  请指定 --province 或代码 / name the province or give the code"] if len(near) > 1 else []
        return [f"{found.asked}\t{zh} / {en}", *near, *advice]
    lines = [_line(found, found.unit)]
    if found.name_then is not None:
        lines.append(f"  当年名称 / its name then: {found.name_then} {found.code_then}")
    lines += [f"  另有同名 / also so called: {unit.code} {unit.name}" for unit in found.also]
    return lines


def _line(found: Resolution, unit: Unit) -> str:
    words = collect_words()
    how_zh, how_en = words[f"unit_match.{found.matched_by}"]
    if found.former is not None and found.former.valid_to is not None:
        how_zh += f"“{found.former.name}”至 {found.former.valid_to:%Y-%m}"
    if found.outcome is Outcome.NEEDS_CONFIRMATION:
        zh, en = words["unit_outcome.needs_confirmation"]
        how_zh, how_en = f"{how_zh},{zh}", f"{how_en}, {en}"
    return f"{unit.code}\t{unit.name}\t{unit.path}\t{how_zh} / {how_en}"


UNIT_COMMANDS = [import_divisions, load_facts, resolve]
