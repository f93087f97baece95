"""`flask work`: do the work that is done later, here and now, until told to stop."""

from __future__ import annotations

import click
from flask import current_app
from flask.cli import with_appcontext

from api.worker import make_worker


@click.command("work")
@click.option("--once", is_flag=True, help="Do one job and end. 只做一项任务。")
@click.option("--until-empty", is_flag=True, help="End when nothing is due. 做完到期任务后结束。")
@click.option("--threads", default=2, show_default=True, type=click.IntRange(1, 32), help="Jobs at a time. 并行数。")
@with_appcontext
def work(once: bool, until_empty: bool, threads: int) -> None:
    """Do waiting jobs (thumbnails, imports, vitality). 处理后台任务(缩略图、导入、存活复核)。"""
    make_worker(current_app).serve(threads=1 if once else threads, once=once, until_empty=until_empty)
