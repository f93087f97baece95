"""Reading a ledger file: what spreadsheets do to headers, cells and encodings, and what is refused before it harms."""

from __future__ import annotations

import datetime as dt
import zipfile
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from openpyxl import Workbook

from field_app_schema.refusals import Refusal
from stations.register.ledger import workbook_safety
from stations.register.ledger.cells import day_of, degrees_of, fold, text_of
from stations.register.ledger.columns import COLUMNS, column_letter, known_column
from stations.register.ledger.guards import guard, unguard
from stations.register.ledger.reading_sheet import read_ledger
from stations.register.ledger.terms import _TABLES, allowed, meaning
from stations.register.ledger.villages import above_core, short_code, village_core
from stations.register.ledger.writing_sheet import write_template
from tests.stations.register.ledger.sheets import GOOD, HEADER, csv_of, saved, xlsx


@pytest.mark.parametrize(("header", "key"), [
    ("站点名称", "name"), (" 站 点\n名称 *", "name"), ("服务站名称", "name"), ("手机", "phone"),
    ("验收日期(年月)", "accepted_on"),
    ("县（市、区）", "county"), ("ＧＰＳ坐标", "lonlat"), ("village_code", "village_code"), ("摘牌日期:", "ended_on"),
    ("网速", None), ("附加-站点名称", None), ("序号", "ignored"),
])  # fmt: skip
def test_a_header_is_known_by_what_it_means(header: str, key: str | None) -> None:
    assert known_column(header) == key


def test_no_header_means_two_columns() -> None:
    words = [word for column in COLUMNS for word in (column.key, column.header, *column.synonyms)]
    assert sorted(word for word in words if known_column(word) is None) == []
    assert len(words) == len(set(words))


def test_every_word_we_print_is_read_back() -> None:
    for column in _TABLES:
        assert [meaning(column, word) for word in allowed(column)] == list(_TABLES[column])


@pytest.mark.parametrize(("cell", "day"), [
    ("2020年5月", dt.date(2020, 5, 1)), ("2020年5月3日", dt.date(2020, 5, 3)), ("2020.5.1", dt.date(2020, 5, 1)),
    ("2020/05", dt.date(2020, 5, 1)), ("２０２０－０５－０２", dt.date(2020, 5, 2)), ("20200503", dt.date(2020, 5, 3)),
    (43952.0, dt.date(2020, 5, 1)), ("43952", dt.date(2020, 5, 1)), (202005.0, dt.date(2020, 5, 1)),
    (dt.datetime(2020, 5, 1, 8, tzinfo=dt.UTC), dt.date(2020, 5, 1)), (dt.date(2020, 5, 1), dt.date(2020, 5, 1)),
    ("2020-05-01 00:00:00", dt.date(2020, 5, 1)), ("2020年", None), (2020.0, None), ("2020-13-01", None),
    ("2021-02-29", None), ("去年", None), (float("inf"), None),
])  # fmt: skip
def test_a_day_as_people_write_it(cell: Any, day: dt.date | None) -> None:
    assert day_of(cell) == day


@pytest.mark.parametrize(("cell", "degrees"), [
    (111.342, 111.342), ("１１１．３４２", 111.342), ("E111.342°", 111.342), ("东经111.342", 111.342),
    ("111°20′31.2″", 111.342), ("111°20'31.2\"", 111.342), ("约111", None), ("111.3.4", None), (True, None),
])  # fmt: skip
def test_degrees_as_people_write_them(cell: Any, degrees: float | None) -> None:
    assert degrees_of(cell) == degrees


def test_numbers_that_are_codes_and_full_width_are_text_again() -> None:
    assert [text_of(cell) for cell in (431125100201.0, 13874612345.0, "４３１１２５", True, dt.date(2020, 5, 1))] == [
        "431125100201", "13874612345", "431125", "是", "2020-05-01",
    ]  # fmt: skip
    assert fold(" 何家湾\n服务站　（新） ") == "何家湾 服务站 (新)"


@pytest.mark.parametrize("text", ["=1+1", "+86 138", "-5", "@x", "\tx", "＝cmd", "'=x", "''@", "'plain", "plain", ""])
def test_the_guard_is_taken_off_again(text: str) -> None:
    assert unguard(guard(text)) == text
    assert guard(text)[:1] not in {"=", "+", "-", "@", "\t", "＝"}


def test_names_of_villages_and_counties_are_compared_by_their_core() -> None:
    names = ("何家湾", "何家湾村", "何家湾村委会", "何家湾村民委员会", "何家湾社区居委会")
    assert {village_core(name) for name in names} == {"何家湾"}
    assert above_core("宁乡县") == above_core("宁乡市") == "宁乡"
    assert (short_code("431125100000"), short_code("431125000000"), short_code("431125100201")) == (
        "431125100", "431125", "431125100201")  # fmt: skip


def test_the_header_is_found_below_titles_and_rows_keep_their_numbers() -> None:
    content = xlsx(["江永县农村电商服务站台账"], ["填报单位:商务局"],
                   ["序号", *HEADER], [], [1, *GOOD], [None, *HEADER],
                   ["合计", 1], merged=["A1:I1"])  # fmt: skip
    ledger = read_ledger(content)
    assert [(row.number, row.cell("name")) for row in ledger.rows] == [(5, "圳景服务站")]
    assert [(one.code, one.zh) for one in ledger.notices] == [("ROWS_PASSED_OVER", "跳过了不是站点的行:6、7。")]


def test_merged_cells_are_filled_and_said() -> None:
    second = [*GOOD]
    second[0], second[1] = "二站", None
    ledger = read_ledger(xlsx(HEADER, GOOD, second, merged=["B2:B3"]))
    assert [row.cell("township") for row in ledger.rows] == ["潇浦镇", "潇浦镇"]
    assert [(one.code, one.zh) for one in ledger.notices] == [
        ("MERGED_CELLS", "合并单元格已按左上角的内容逐行填充:B2:B3。")]  # fmt: skip


def test_every_sheet_with_a_header_is_read_and_the_others_are_named() -> None:
    workbook = Workbook()
    assert workbook.active is not None
    workbook.active.title = "说明"
    for title in ("潇浦镇", "上江圩镇", "旧"):
        sheet = workbook.create_sheet(title)
        sheet.append(HEADER)
        sheet.append(GOOD)
    workbook["旧"].sheet_state = "hidden"
    ledger = read_ledger(saved(workbook))
    assert [row.sheet for row in ledger.rows] == ["潇浦镇", "上江圩镇"]
    assert [(one.code, one.sheet) for one in ledger.notices] == [("SHEET_HIDDEN", "旧"), ("SHEET_SKIPPED", "说明")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_in_the_encodings_that_spreadsheets_write(encoding: str) -> None:
    ledger = read_ledger(csv_of(["站点名称", "行政村"], ["圳景服务站", "圳景村"], encoding=encoding))
    assert [(row.sheet, row.number, row.cell("name")) for row in ledger.rows] == [("CSV", 2, "圳景服务站")]


def test_the_template_is_a_ledger_without_stations() -> None:
    ledger = read_ledger(write_template())
    assert ledger.rows == []
    assert [one.code for one in ledger.notices] == ["ROWS_PASSED_OVER", "SHEET_SKIPPED"]


@pytest.mark.parametrize("content", [
    b"", b"\xd0\xcf\x11\xe0old xls", b"PK\x03\x04 cut off", b"\xff\xfe\x00", b"\x81\x20\xff\xff,",
])  # fmt: skip
def test_what_is_no_ledger_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        read_ledger(content)
    assert refused.value.code in {"LEDGER_UNREADABLE", "LEDGER_COLUMNS"}
    assert refused.value.errors["file"]


def test_a_missing_column_is_named() -> None:
    with pytest.raises(Refusal) as refused:
        read_ledger(csv_of(["站点名称", "乡镇", "联系电话"], ["a", "b", "c"]))
    assert refused.value.code == "LEDGER_COLUMNS"
    assert refused.value.errors == {"file": ["工作表“CSV”缺少列:行政村 / sheet CSV lacks: village"]}


def test_a_bomb_and_an_endless_sheet_are_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    far = BytesIO()
    with xlsxwriter.Workbook(far) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write(0, 0, "站点名称")
        sheet.write(1_048_575, 16_383, "x")
    with pytest.raises(Refusal, match="LEDGER_UNREADABLE"):
        read_ledger(far.getvalue())
    bomb = BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b" " * 2_000_000)
    monkeypatch.setattr(workbook_safety, "MOST_UNPACKED", 1_000_000)
    assert len(bomb.getvalue()) < 10_000
    with pytest.raises(Refusal, match="LEDGER_UNREADABLE"):
        read_ledger(bomb.getvalue())


def test_entities_in_the_xml_are_refused() -> None:
    content = BytesIO(xlsx(HEADER, GOOD))
    hostile = BytesIO()
    with zipfile.ZipFile(content) as source, zipfile.ZipFile(hostile, "w") as target:
        for item in source.infolist():
            body = source.read(item)
            if item.filename == "xl/workbook.xml":
                body = b'<!DOCTYPE x [<!ENTITY a "b">]>' + body
            target.writestr(item.filename, body)
    with pytest.raises(Refusal, match="LEDGER_UNREADABLE"):
        read_ledger(hostile.getvalue())


def test_columns_are_lettered_as_in_a_spreadsheet() -> None:
    assert [column_letter(index) for index in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]
