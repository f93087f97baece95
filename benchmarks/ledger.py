"""What a ledger of 15,000 rows and 20 columns costs on SQLite: tried, imported, imported again, revised, written.

The peer reads or writes the same cells with openpyxl and does nothing else; the goal is 20 s for the whole import.
"""

from __future__ import annotations

import datetime as dt
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter
from sqlalchemy.orm import Session, sessionmaker

from api.schema import upgrade
from db import make_engine, session_factory
from field_app_schema.vocab import Role
from stations.people.access import Caller
from stations.register.ledger.exporting import LedgerTable, ledger_table
from stations.register.ledger.importing import import_ledger
from stations.register.ledger.reading_sheet import read_ledger
from stations.register.ledger.writing_sheet import write_csv, write_xlsx
from stations.units.tables import OrgUnit

ROWS = 15_000
GOAL_S = 20.0
NOW = dt.datetime(2026, 11, 20, 4, 0, tzinfo=dt.UTC)
COUNTY = "/CN/43/4311/431125/"
CALLER = Caller(None, Role.COUNTY, "431125", COUNTY)
TOWNS, VILLAGES = range(100, 130), range(200, 450)
HEADERS = [
    "站点编号", "站点名称", "站点类型", "乡镇", "行政村", "村代码", "详细地址", "经度", "纬度", "坐标系",
    "承办主体类型", "承办企业", "服务内容", "是否财政补助", "负责人", "联系电话", "验收日期", "状态", "网速", "备注",
]  # fmt: skip


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{Path(folder) / 'bench.db'}")
        upgrade(engine)
        sessions = session_factory(engine)
        with sessions.begin() as session:
            add_units(session)
        file, changed = make_file("13800", "CGCS2000"), make_file("13900", "CGCS2000")
        _, peer = timed(lambda: read_like_the_peer(file))
        print(f"{'openpyxl reads the file (peer)':34}{peer:8.2f} s")
        _, seconds = timed(lambda: read_ledger(file))
        show("we read the file", seconds, peer)
        for label, content, dry_run in (("trial", file, True), ("import, all new", file, False),
                                        ("import again, nothing new", file, False),
                                        ("import, every row revised", changed, False)):  # fmt: skip
            counts, seconds = timed(lambda c=content, d=dry_run: bring(sessions, c, d))  # type: ignore[misc]  # bound now
            show(label, seconds, peer, f"{counts}{'' if seconds <= GOAL_S else '  SLOWER THAN THE GOAL'}")
        with sessions() as session:
            table, gathered = timed(lambda: ledger_table(session, CALLER, unit_code="431125", now=NOW))
        _, writer = timed(lambda: write_like_the_peer(table))
        print(f"{'openpyxl writes it (peer)':34}{writer:8.2f} s")
        show("gather the ledger of today", gathered, writer)
        show("write it as XLSX", timed(lambda: write_xlsx(table))[1], writer)
        show("write it as CSV", timed(lambda: write_csv(table))[1], writer)
        engine.dispose()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1 if sys.platform == "darwin" else 1024)
    print(f"peak resident memory, all of this: {peak} MB")


def show(label: str, seconds: float, peer: float, more: str = "") -> None:
    print(f"{label:34}{seconds:8.2f} s   x{seconds / peer:.2f} of the peer   {more}", flush=True)


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    start = time.perf_counter()
    result = work()
    return result, time.perf_counter() - start


def bring(sessions: sessionmaker[Session], content: bytes, dry_run: bool) -> str:
    with sessions.begin() as session:
        result = import_ledger(session, CALLER, read_ledger(content), now=NOW, dry_run=dry_run)
    assert result.errors == []
    return f"+{result.added} ~{result.revised} ={result.unchanged}"


def add_units(session: Session) -> None:
    rows = [("CN", "nation", "中国", None, "/CN/"), ("43", "province", "湖南省", "CN", "/CN/43/"),
            ("4311", "prefecture", "永州市", "43", "/CN/43/4311/"),
            ("431125", "county", "江永县", "4311", COUNTY)]  # fmt: skip
    for town in TOWNS:
        rows.append((f"431125{town}", "township", f"第{town}镇", "431125", f"{COUNTY}431125{town}/"))
        rows += [(f"431125{town}{village}", "village", f"第{town}{village}村委会", f"431125{town}",
                  f"{COUNTY}431125{town}/431125{town}{village}/") for village in VILLAGES]  # fmt: skip
    for code, level, name, parent, path in rows:
        session.add(OrgUnit(code=code, level=level, name=name, parent_code=parent, path=path, updated_at=NOW))
        if level != "village":
            session.flush()


def make_file(phone: str, datum: str) -> bytes:
    """Give a ledger of two stations for every village, the same places every time."""
    chance = random.Random(20)
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet("台账")
        sheet.write_row(0, 0, HEADERS)
        for number in range(ROWS):
            town, village = TOWNS[number % len(TOWNS)], VILLAGES[number // len(TOWNS) % len(VILLAGES)]
            sheet.write_row(number + 1, 0, [
                f"JY{number:05d}", f"第{number}服务站", "村级服务点", f"第{town}镇", f"第{town}{village}村",
                f"431125{town}{village}", f"街{number}号", 111 + chance.random(), 25 + chance.random(), datum, "商店",
                "某某公司", "代购、快递收发、代缴费", "是", f"张{number}", f"{phone}{number:06d}", "2020-05-01",
                "正常运营", "20M", "",
            ])  # fmt: skip
    return content.getvalue()


def read_like_the_peer(content: bytes) -> int:
    sheet = openpyxl.load_workbook(BytesIO(content), read_only=True).worksheets[0]
    return sum(1 for row in sheet.iter_rows(values_only=True) if any(row))


def write_like_the_peer(table: LedgerTable) -> None:
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet()
    for row in (table.headers, *table.rows):
        sheet.append([None if isinstance(cell, str) and cell.startswith("=") else cell for cell in row])
    workbook.save(BytesIO())


if __name__ == "__main__":
    main()
