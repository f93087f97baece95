"""The export opened and read back: what was frozen, what is empty, and no text that runs as a formula."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab_months import FigureUnit, ReturnFigure
from stations.records.tables import Station, StationVersion
from stations.sales.returns.columns import Column, replace_columns
from stations.sales.returns.export_files import write_csv, write_json, write_xlsx
from stations.sales.returns.exporting import ExportTable, ExportWish, export_table, month_asked
from stations.sales.returns.sending import ReturnWish, send_return
from tests.conftest import NOON
from tests.stations.sales.returns.building import OCTOBER, SIXTH, begin, excuse, report
from tests.world import World

F, U = ReturnFigure, FigureUnit
NASTY = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "=1", "'=1"]


def table(session: Session, world: World, person: str = "jiang", **more: object) -> ExportTable:
    return export_table(session, world.callers[person], ExportWish(OCTOBER, **more), now=SIXTH)  # type: ignore[arg-type]


def read_csv(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"))))


def test_a_province_has_a_row_for_each_county_in_shipped_columns(session: Session, world: World) -> None:
    begin(session)
    begin(session, "430922")
    report(session, world, "JY001", fen=1_234_567, parcels_in=35)
    report(session, world, "JY002", fen=999, state="submitted")
    lines = read_csv(write_csv(table(session, world, "xiang")))
    assert lines[0][:5] == ["月份", "县(市、区)代码", "县(市、区)", "网络销售额(万元)", "代购额(万元)"]
    assert lines[1:] == [
        ["202610", "430922", "桃江县", "", "", "", "", "", "1", "0", "0", "1", "0", "0",
         "1 站应报,0 站已报,1 站漏报", "未上报"],
        ["202610", "431125", "江永县", "1.234567", "", "", "35", "", "2", "2", "0", "0", "0", "0",
         "2 站应报,2 站已报,0 站漏报,1 站已报未采纳", "未上报"],
    ]  # fmt: skip


def test_what_was_sent_is_exported_as_sent(session: Session, world: World) -> None:
    begin(session)
    accepted = report(session, world, "JY001", fen=100)
    send_return(session, world.callers["jiang"], ReturnWish("431125", OCTOBER), now=SIXTH)
    accepted.online_sales_out_fen = 777
    report(session, world, "JY002", is_nil=True)
    row = read_csv(write_csv(table(session, world)))[1]
    assert (row[3], row[9], row[-1]) == ("0.0001", "1", "已上报")


def test_by_station_only_what_enters_the_sum_has_figures(session: Session, world: World) -> None:
    begin(session)
    own = [
        Column("额", F.ONLINE_SALES_OUT, U.YUAN), Column("免", F.EXCUSED, U.PIECES),
        Column("来源", F.CONSTANT, U.TEXT, "村站通"),
    ]  # fmt: skip
    replace_columns(session, world.callers["jiang"], None, own, now=NOON)
    report(session, world, "JY001", fen=-500, source="feed", state="submitted", is_expected=False)
    excuse(session, world, "JY001", "feed")
    report(session, world, "JY002", fen=900, state="returned")
    told = write_json(table(session, world, by_station=True))
    assert [column.heading for column in told["columns"]] == ["乡镇", "站点编号", "站点名称", "额", "免", "来源"]
    assert told["rows"] == [
        ["潇浦镇", "JY001", "何家湾服务站", "-5.00", 0, "村站通"],
        ["上江圩镇", "JY002", "夏湾服务站", None, 0, "村站通"],
    ]
    assert told["set_by"] == "431125"
    assert len(told["notes_zh"]) == 1


def test_no_formula_goes_out_and_numbers_below_nought_stay_numbers(session: Session, world: World) -> None:
    begin(session)
    own = [Column(nasty, F.STATION_NAME if n == 0 else F.CONSTANT, U.TEXT, None if n == 0 else nasty)
           for n, nasty in enumerate(NASTY)]  # fmt: skip
    own.append(Column("额", F.ONLINE_SALES_OUT, U.YUAN))
    replace_columns(session, world.callers["jiang"], None, own, now=NOON)
    version = session.get_one(StationVersion, session.get_one(Station, world.stations["JY001"]).version_id)
    version.name = "=HYPERLINK(1)"
    report(session, world, "JY001", fen=-500, source="feed")
    exported = table(session, world, by_station=True)
    assert exported.rows[0][0] == "=HYPERLINK(1)"
    book = CalamineWorkbook.from_filelike(BytesIO(write_xlsx(exported)))
    assert book.sheet_names == ["月报", "说明"]
    sheet = book.get_sheet_by_name("月报").to_python()
    lines = read_csv(write_csv(exported))
    for line in (sheet[0], sheet[1], lines[0], lines[1]):
        for cell in line[:8]:
            assert isinstance(cell, str)
            assert cell.startswith("'"), cell
    assert lines[0][:8] == [f"'{nasty}" for nasty in NASTY]
    assert lines[1][:2] == ["'=HYPERLINK(1)", "'+1"]
    assert (sheet[1][8], lines[1][8]) == (-5.0, "-5.00")
    assert b"<f>" not in write_xlsx(exported)


def test_the_workbook_says_how_it_is_counted_and_that_shipped_headings_are_ours(session: Session, world: World) -> None:
    begin(session)
    report(session, world, "JY001", fen=1_200_000)
    book = CalamineWorkbook.from_filelike(BytesIO(write_xlsx(table(session, world))))
    notes = [row[0] for row in book.get_sheet_by_name("说明").to_python()]
    assert [str(note)[:14] for note in notes] == ["合计只含县里已采纳的和自动报", "列名是本产品的缺省:农村电子"]
    sheet = book.get_sheet_by_name("月报").to_python()
    assert (sheet[1][3], sheet[1][4], sheet[1][8]) == (1.2, "", 2.0)


def test_what_cannot_be_exported(session: Session, world: World) -> None:
    begin(session)
    with pytest.raises(Refusal, match="BAD_INPUT"):
        table(session, world, unit="431125100")
    assert len(table(session, world, unit="431125100", by_station=True).rows) == 1
    with pytest.raises(Refusal, match="OUT_OF_SCOPE"):
        table(session, world, "zhou", unit="431125")
    with pytest.raises(Refusal, match="PERIOD_NOT_ENDED"):
        export_table(session, world.callers["jiang"], ExportWish(202611), now=SIXTH)
    assert (month_asked("LAST_MONTH", SIXTH), month_asked("202609", SIXTH)) == (202610, 202609)
    with pytest.raises(Refusal, match="PERIOD_UNKNOWN"):
        month_asked("LAST_3_MONTHS", SIXTH)
