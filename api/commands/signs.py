"""`flask read-signs`: what the signs of a folder say, as CSV, without a database; and asking for photos to be read."""

from __future__ import annotations

import csv
import io
import time
from pathlib import Path

import click
from flask.cli import with_appcontext
from tqdm import tqdm

from api.boundary import now, sessions
from db import writing
from field_app_schema.refusals import Refusal
from field_app_schema.visits import SignWording
from inspections.signage.engine import SignReader
from inspections.signage.found import SignSuggestion
from inspections.signage.photos.asking import ask_to_read_again
from inspections.signage.suggesting import suggest
from stations.register.ledger.guards import guard

COLUMNS = ["file", "class", "wording", "report_channel", "confidence", "ms"]
_PICTURES = {".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif"}
_NOTHING = SignSuggestion(SignWording.UNREADABLE, None, 0.0, False)


@click.command("read-signs")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def read_signs(folder: Path) -> None:
    """识别文件夹(含子文件夹)里照片上的标识,输出 CSV / read the signs on all photos of a folder; CSV to stdout.

    \b
    file            相对路径 / path within FOLDER
    class           national 全国字样;provincial 无「全国」字样;other_wording 其他字样;
                    unreadable 看不清(或文件打不开);absent 没有找到标识
    wording         标识上的原文 / the words as they stand on the sign
    report_channel  标识上的举报渠道,多个用「; 」隔开 / report channels, as they stand there
    confidence      0 到 1;低于 0.7 请人工看图 / below 0.7 a person should look
    ms              用时(毫秒)/ milliseconds for this picture

    JPEG、PNG、WebP;装了 requirements-heic.txt 还有 HEIC。机器只提建议,由人认定。离线运行,不用数据库。
    """
    reader = SignReader()
    files = sorted(one for one in folder.rglob("*") if one.suffix.lower() in _PICTURES and one.is_file())
    click.echo(_row(COLUMNS), nl=False)
    # Before the first picture, so that its milliseconds are those of reading.
    reader.load()
    for file in tqdm(files, unit="张", disable=None):
        name = file.relative_to(folder).as_posix()
        started = time.perf_counter()
        suggestion = _suggested(reader, file, name)
        took_ms = round((time.perf_counter() - started) * 1000)
        channels = "; ".join(channel.text for channel in suggestion.channels)
        told = [name, suggestion.sign_class, suggestion.wording or "", channels]
        click.echo(_row([*map(guard, told), f"{suggestion.confidence:.3f}", str(took_ms)]), nl=False)


def _suggested(reader: SignReader, file: Path, name: str) -> SignSuggestion:
    """Read one file; one that cannot be opened is unreadable, and the reason goes to stderr."""
    try:
        return suggest(reader.read(file.read_bytes()))
    except Refusal as refusal:
        click.echo(f"{name}: {refusal.code} {refusal.kind.zh} / {refusal.kind.en}", err=True)
    except OSError as error:
        click.echo(f"{name}: {error.strerror}", err=True)
    return _NOTHING


def _row(cells: list[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()


@click.command("signs-read-again")
@with_appcontext
def read_again() -> None:
    """把还没有被现用识别引擎读过的标识照片排队重读 / ask that photos of signs not yet read by this engine be read."""
    with writing(sessions()) as session:
        asked = ask_to_read_again(session, now=now())
    click.echo(f"已安排 {asked} 张照片 / asked for {asked} photos")


SIGN_COMMANDS = [read_signs, read_again]
