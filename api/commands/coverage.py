"""Coverage from the command line: a folder of CSV files in, JSON out; no database is opened."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path

import click

from api.commands.survival import Day
from field_app_schema.refusals import Refusal
from field_app_schema.vocab import Service
from field_app_schema.vocab_network import ConfidenceFloor, Distance
from stations.coverage.files.columns import COLUMNS
from stations.coverage.files.report import FilesQuestion, report_from


@click.command("coverage-from")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--as-of", required=True, type=Day(), help="日期 YYYY-MM-DD(中国)/ the day, in China")
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="JSON 报告 / the report")
@click.option("--distance", type=click.Choice([one.value for one in Distance]), default="great_circle",
              help="直线或路网 / great circle, or along road_edges.csv")  # fmt: skip
@click.option("--services", multiple=True, type=click.Choice([one.value for one in Service]),
              help="都要有的服务 / all required")  # fmt: skip
@click.option("--confidence", type=click.Choice([one.value for one in ConfidenceFloor]), default="any",
              help="在营至少有多大把握 / how sure «alive» must be")  # fmt: skip
@click.option("--next", "next_sites", type=click.IntRange(0, 1000), default=10, help="建议几个站点 / sites to suggest")
def coverage_from_folder(
    folder: Path, as_of: dt.date, out: Path, distance: str, services: tuple[str, ...], confidence: str,
    next_sites: int,
) -> None:  # fmt: skip
    """按 CSV 文件夹算覆盖、布局、配送与选址 / the coverage report of a folder of CSV files; stores nothing."""
    files = {name: (folder / name).read_bytes() for name in COLUMNS if (folder / name).is_file()}
    question = FilesQuestion(as_of, distance, services or None, confidence, next_sites)
    try:
        told = report_from(files, question)
    except Refusal as refusal:
        click.echo(f"{refusal.kind.zh} / {refusal.kind.en}", err=True)
        for where, said in refusal.errors.items():
            for sentence in said:
                click.echo(f"  {where}: {sentence}", err=True)
        click.echo(f"{refusal.kind.hint_zh} / {refusal.kind.hint_en}", err=True)
        sys.exit(2)
    out.write_text(json.dumps(told, ensure_ascii=False, indent=1, allow_nan=False) + "\n", encoding="utf-8")
    service = next(step for step in told["coverage"]["funnel"] if step["stage"] == "service")
    click.echo(f"服务覆盖 {service['covered']} / {service['of']} 村 / villages with service; {out}")


COVERAGE_COMMANDS = [coverage_from_folder]
