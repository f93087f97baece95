"""The command for files of the logistics network: tried, or taken in whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext

from db import reading, writing
from field_app_schema.refusals import Refusal
from field_app_schema.vocab_network import NetworkFile
from geo.datum import DATUMS
from stations.logistics.taking_in.importing import NetworkWish, take_network
from stations.register.ledger.running import caller_of_unit

SHOWN = 50


@click.command("network-import")
@click.argument("kind", type=click.Choice([kind.value for kind in NetworkFile]))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--unit", required=True, help="为哪个单位导入(代码) / for which unit (code), e.g. 431125")
@click.option("--save", is_flag=True, help="真正保存;不加则只试算 / save; without it, only a trial")
@click.option("--coord-system", type=click.Choice(DATUMS), default="cgcs2000", show_default=True,
              help="没有写坐标系的行按哪种 / datum of rows that name none")  # fmt: skip
@click.option("--layer", help="工作表或图层 / sheet or layer, where there are several")
@with_appcontext
def import_network_file(
    *, kind: str, file: Path, unit: str, save: bool, coord_system: str, layer: str | None
) -> None:
    """导入物流网络文件(默认只试算)。Take a network file in, by default as a trial; ends with 1 when cells are wrong."""
    now = current_app.extensions["cunzhan_clock"]()
    wish = NetworkWish(NetworkFile(kind), unit, not save, file.name, coord_system, layer)
    opened = writing if save else reading
    try:
        with opened(current_app.extensions["cunzhan_sessions"]) as session:
            result = take_network(session, caller_of_unit(session, unit), wish, file.read_bytes(), now=now)
    except Refusal as refusal:
        if refusal.code != "NETWORK_ROWS":
            reasons = ";".join(f"{field}: {'、'.join(said)}" for field, said in refusal.errors.items())
            raise click.ClickException(f"{refusal.code} {refusal.kind.zh}{reasons}") from refusal
        result = refusal.details["result"]
    _report(result)
    if result["error_count"]:
        raise SystemExit(1)


def _report(result: dict[str, Any]) -> None:
    counts = result["counts"]
    said = "已保存" if result["saved"] else "试算,未保存" if result["dry_run"] else "有错误,什么都没有保存"
    click.echo(f"{said}:共 {counts['rows']} 行,新增 {counts['new']},变更 {counts['changed']},不变 {counts['same']},"
               f"终止 {counts['ended']},有错 {counts['wrong']}")  # fmt: skip
    for title, items in (("错误", result["errors"]), ("提示", result["notices"])):
        for item in items[:SHOWN]:
            click.echo(f"  {title} {_place(item)}{item['zh']}{item['what_to_do_zh']}")
    if result["error_count"] > SHOWN:
        click.echo(f"  ……共 {result['error_count']} 处错误")


def _place(item: dict[str, Any]) -> str:
    if item["row"] is None:
        return ""
    column = "" if item["header"] is None else f" {item['column'] or ''}列({item['header']})"
    return f"第 {item['row']} 行{column}:"


NETWORK_COMMANDS = [import_network_file]
