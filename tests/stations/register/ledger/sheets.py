"""Real files for the tests of the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from sqlalchemy.orm import Session

from stations.register.ledger.importing import import_ledger
from stations.register.ledger.reading_sheet import read_ledger
from stations.register.ledger.result import LedgerResult
from tests.conftest import NOON
from tests.world import World

HEADER = ["站点名称", "乡镇", "行政村", "经度", "纬度", "验收日期", "状态", "联系电话"]
GOOD = ["圳景服务站", "潇浦镇", "圳景村", 111.35, 25.28, "2020-05-01", "正常运营", "0746-5720001"]


def xlsx(*rows: Sequence[Any], merged: Sequence[str] = (), title: str = "台账") -> bytes:
    """Give a workbook of one sheet; text that begins with = is a formula without a stored value."""
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    for cells in merged:
        sheet.merge_cells(cells)
    return saved(workbook)


def saved(workbook: Workbook) -> bytes:
    content = BytesIO()
    workbook.save(content)
    return content.getvalue()


def csv_of(*rows: Sequence[str], encoding: str = "utf-8-sig") -> bytes:
    return "\n".join(",".join(row) for row in rows).encode(encoding)


def bring(session: Session, world: World, content: bytes, *, by: str = "jiang", **how: Any) -> LedgerResult:
    """Import a file as somebody of the world; saved unless said otherwise."""
    how = {"dry_run": False} | how
    return import_ledger(session, world.callers[by], read_ledger(content), now=NOON, **how)


def said(result: LedgerResult) -> list[tuple[int | None, str | None, str]]:
    """Give the errors as row, column and code."""
    return [(one.row, one.column, one.code) for one in result.errors]
