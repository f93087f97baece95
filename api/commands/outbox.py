"""The command for a phone's export file: tried, or read in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext

from api.outbox_import import OutboxImport
from api.photo_room import photo_store
from db import reading
from field_app_schema.refusals import Refusal
from stations.register.ledger.running import caller_of_unit

SAID = {"new": "新收 new", "same": "已有 same", "kept_aside": "待处理 kept aside", "refused": "未收 refused"}


@click.command("import-outbox")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--unit", required=True, help="为哪个单位导入(代码) / for which unit (code), e.g. 431125")
@click.option("--save", is_flag=True, help="真正收下;不加则只试 / take it in; without it, only a trial")
@with_appcontext
def import_outbox(*, file: Path, unit: str, save: bool) -> None:
    """导入手机导出的文件(默认只试)。Read a phone's export file in, by default as a trial; ends with 1 on damage."""
    sessions, now = current_app.extensions["cunzhan_sessions"], current_app.extensions["cunzhan_clock"]()
    try:
        with reading(sessions) as session:
            importer = caller_of_unit(session, unit)
        with file.open("rb") as opened:
            told = OutboxImport(sessions, photo_store(), importer, not save, now).run(opened, file.name)
    except Refusal as refusal:
        raise click.ClickException(f"{refusal.code} {refusal.kind.zh} {refusal.kind.en} {refusal.details}") from refusal
    _report(told)
    if any(entry["kind"] == "damaged" for entry in told["entries"]) or not told["is_whole"]:
        raise SystemExit(1)


def _report(told: dict[str, Any]) -> None:
    click.echo("试,未保存 / trial, nothing saved" if told["dry_run"] else "已导入 / read in")
    for title, counts in (("记录 records", told["counts"]), ("照片 photos", told["photos"])):
        click.echo(f"{title}: " + ", ".join(f"{SAID[status]} {number}" for status, number in counts.items()))
    for one in told["entries"]:
        if one["reason"] is not None:
            what = f"{one['kind']} {one['id'] or ''} {SAID[one['status']]}"
            click.echo(f"  第 {one['line']} 行 line {one['line']}: {what}: {one['reason']['zh']} {one['reason']['en']}")
    if not told["is_whole"]:
        click.echo("文件不完整 / the file is not whole")


OUTBOX_COMMANDS = [import_outbox]
