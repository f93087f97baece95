"""Commands for the ledger: try or import a file, and write the ledger of a day."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.orm import Session

from db import reading, writing
from field_app_schema.refusals import Refusal
from geo.datum import DATUMS
from stations.logistics.datums.warning import warn_of_ledger
from stations.people.access import Caller
from stations.register.ledger.exporting import ledger_table
from stations.register.ledger.running import LedgerWish, caller_named, caller_of_unit, take_ledger
from stations.register.ledger.writing_sheet import write_csv, write_xlsx

SHOWN = 50


@click.command("import-ledger")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as", "username", help="以谁的身份 / as whom (user name)")
@click.option("--unit", help="或以哪个县的名义 / or for which county (code)")
@click.option("--save", is_flag=True, help="真正保存;不加则只试算 / save; without it, only a trial")
@click.option("--keep-good", is_flag=True, help="有错的行跳过,其余照存 / save the good rows in spite of wrong ones")
@click.option("--coord-system", type=click.Choice(DATUMS), default="cgcs2000", show_default=True,
              help="没有写坐标系的行按哪种 / datum of rows that name none")  # fmt: skip
@with_appcontext
def import_ledger_file(
    *, file: Path, username: str | None, unit: str | None, save: bool, keep_good: bool, coord_system: str
) -> None:
    """导入台账(默认只试算)。Import a ledger, by default as a trial; ends with 1 when rows are wrong."""
    if (username is None) == (unit is None):
        raise click.UsageError("请给 --as 或 --unit 之一 / give one of --as and --unit")
    now = current_app.extensions["cunzhan_clock"]()
    wish = LedgerWish(dry_run=not save, save_good_rows=keep_good, coord_system=coord_system, as_job=False)
    opened = writing if save else reading
    try:
        with opened(current_app.extensions["cunzhan_sessions"]) as session:
            caller = _caller(session, username, unit)
            taken = take_ledger(session, caller, file.name, file.read_bytes(), wish, now=now, guard=warn_of_ledger)
    except Refusal as refusal:
        if refusal.code != "LEDGER_ROWS":
            raise _say_no(refusal) from refusal
        _report(refusal.details["result"])
        raise SystemExit(1) from refusal
    _report(taken.result or {})
    if taken.result is not None and taken.result["summary"]["error_count"]:
        raise SystemExit(1)


@click.command("export-ledger")
@click.option("--unit", required=True, help="单位代码 / code of the unit, e.g. 431125")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="哪一天的台账,默认今天 / of which day, default today")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help=".xlsx 或 / or .csv")
@with_appcontext
def export_ledger_file(*, unit: str, as_of: dt.datetime | None, out: Path) -> None:
    """导出某一天的台账。Write the ledger as of a day."""
    now = current_app.extensions["cunzhan_clock"]()
    if out.suffix not in {".xlsx", ".csv"}:
        raise click.UsageError("文件名应以 .xlsx 或 .csv 结尾 / the name must end in .xlsx or .csv")
    try:
        with reading(current_app.extensions["cunzhan_sessions"]) as session:
            table = ledger_table(session, caller_of_unit(session, unit), unit_code=unit, now=now,
                                 as_of=None if as_of is None else as_of.date())  # fmt: skip
    except Refusal as refusal:
        raise _say_no(refusal) from refusal
    out.write_bytes(write_xlsx(table) if out.suffix == ".xlsx" else write_csv(table))
    click.echo(f"已写出 {len(table.rows)} 个站点({table.as_of}) / wrote {len(table.rows)} stations to {out}")


def _caller(session: Session, username: str | None, unit: str | None) -> Caller:
    if unit is not None:
        return caller_of_unit(session, unit)
    return caller_named(session, username or "")


def _report(result: dict[str, Any]) -> None:
    counts = result["summary"]
    said = "已保存" if counts["saved"] else "试算,未保存" if counts["dry_run"] else "有错误,什么都没有保存"
    click.echo(f"{said}:共 {counts['rows']} 行,新增 {counts['added']},修改 {counts['revised']},"
               f"不变 {counts['unchanged']},有错 {counts['wrong_rows']}")  # fmt: skip
    for title, total, items in (("错误", counts["error_count"], result["errors"]),
                                ("提示", counts["notice_count"], result["notices"])):  # fmt: skip
        if total:
            click.echo(f"\n{title}({total}):")
        for item in items[:SHOWN]:
            click.echo(f"  {_place(item)}{item['zh']}{item['what_to_do_zh']}")
        if total > SHOWN:
            click.echo(f"  ……另有 {total - min(SHOWN, len(items))} 条")
    if counts["possible_duplicate_count"]:
        click.echo(f"\n可能重复({counts['possible_duplicate_count']}),请人工核对,不会自动合并:")
    for item in result["possible_duplicates"][:SHOWN]:
        other = item["other_code"] or f"第 {item['other_row']} 行"
        metres = "" if item["distance_m"] is None else f",相距 {item['distance_m']:.0f} 米"
        click.echo(f"  第 {item['row']} 行“{item['name']}” ~ {other}“{item['other_name']}”{metres}")


def _place(item: dict[str, Any]) -> str:
    if item["row"] is None:
        return f"[{item['sheet']}] " if item["sheet"] else ""
    column = "" if item["column"] is None else f" {item['column']} 列({item['header']})"
    return f"[{item['sheet']}] 第 {item['row']} 行{column}:"


def _say_no(refusal: Refusal) -> click.ClickException:
    reasons = ";".join(f"{field}: {messages}" for field, messages in refusal.errors.items())
    return click.ClickException(f"{refusal.code} {refusal.kind.zh}{refusal.kind.hint_zh} {reasons}".strip())


LEDGER_COMMANDS = [import_ledger_file, export_ledger_file]
