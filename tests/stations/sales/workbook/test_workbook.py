"""A county's month as a workbook: given out, filled in, taken in once; all of it or nothing, and nothing runs."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from field_app_schema.refusals import Refusal
from stations.people.tables import AuditEvent
from stations.records.months import SalesReport, SalesReportVersion
from stations.records.tables import Station, StationVersion
from stations.sales.filing.taking_in import take_in
from stations.sales.review.deciding import accept_report
from stations.sales.workbook.importing import import_month
from stations.sales.workbook.writing import month_workbook
from stations.units.tables import OrgUnit
from tests.stations.register.ledger.sheets import xlsx
from tests.stations.sales.filing.building import OCTOBER, SECOND, leave, station, told
from tests.stations.sales.review.building import begun, file_month, report_of
from tests.world import World

LATER = SECOND + dt.timedelta(days=1)
HEADER = ["站点编号", "站点名称", "网络销售额(元)", "代购额(元)", "其中农产品上行额(元)", "代收快递(件)",
          "代寄快递(件)", "本月零(填“是”)", "备注", "更正原因"]  # fmt: skip
FULL = ["JY001", "何家湾服务站", "12000.00", "", "", "35", "", "", "双十一备货", ""]
NIL = ["JY002", "夏湾服务站", "", "", "", "", "", "是", "", ""]


@pytest.fixture
def open_month(session: Session, world: World) -> Session:
    return begun(session)


def county(session: Session) -> OrgUnit:
    return session.get_one(OrgUnit, "431125")


def bring(session: Session, world: World, *rows: Sequence[Any], content: bytes = b"", **how: Any) -> dict[str, Any]:
    how = {"dry_run": False, "now": SECOND} | how
    book = content or xlsx(HEADER, *rows)
    return import_month(session, world.callers["jiang"], county(session), OCTOBER, book, **how)


def counts(result: dict[str, Any]) -> dict[str, int | bool]:
    return {name: value for name, value in vars(result["summary"]).items() if value}


def wrong(session: Session, world: World, *rows: Sequence[Any], **how: Any) -> list[tuple[Any, ...]]:
    """Give row, column and code of every error, of a trial; the deed must be refused with as many."""
    found = bring(session, world, *rows, **how, dry_run=True)
    with pytest.raises(Refusal) as caught:
        bring(session, world, *rows, **how)
    assert caught.value.code == "MONTH_ROWS"
    assert len(caught.value.details["result"]["errors"]) == len(found["errors"])
    return [(one.row, one.column, one.code) for one in found["errors"]]


def cells(content: bytes) -> list[list[Any]]:
    sheet = load_workbook(BytesIO(content)).worksheets[0]
    for row in sheet.iter_rows():
        assert all(cell.data_type in ("s", "n") and (cell.data_type != "n" or cell.value is None) for cell in row)
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def book_of(session: Session, world: World, period: int = OCTOBER) -> bytes:
    return month_workbook(session, world.callers["jiang"], county(session), period, now=SECOND)


def test_a_filled_workbook_becomes_reports_of_its_importer(open_month: Session, world: World) -> None:
    trial = bring(open_month, world, FULL, NIL, dry_run=True)
    assert counts(trial) == {"dry_run": True, "rows": 2, "imported": 2}
    assert open_month.scalar(select(func.count(SalesReport.id))) == 0
    assert counts(bring(open_month, world, FULL, NIL)) == {"saved": True, "rows": 2, "imported": 2}
    report, nil = report_of(open_month, world), report_of(open_month, world, "JY002")
    assert (report.source, report.state, report.entered_by) == ("import", "submitted", world.accounts["jiang"].id)
    assert (report.online_sales_out_fen, report.parcels_in, report.purchase_agency_fen) == (1_200_000, 35, None)
    assert (nil.is_nil, nil.has_activity, nil.timeliness, nil.is_expected) == (True, False, "on_time", True)
    assert open_month.scalars(select(SalesReportVersion.note).order_by(SalesReportVersion.id)).all() == [
        "双十一备货", None,
    ]  # fmt: skip
    acts = open_month.scalars(select(AuditEvent.object_id).where(AuditEvent.action == "report.import")).all()
    assert acts == ["JY001/202610", "JY002/202610"]


def test_the_same_file_again_changes_nothing(open_month: Session, world: World) -> None:
    bring(open_month, world, FULL, NIL)
    assert counts(bring(open_month, world, FULL, NIL, now=LATER)) == {"saved": True, "rows": 2, "ignored": 2}
    assert open_month.scalar(select(func.count(SalesReportVersion.id))) == 2


def test_the_importer_does_not_accept_the_own_rows(open_month: Session, world: World) -> None:
    bring(open_month, world, FULL)
    with pytest.raises(Refusal) as caught:
        accept_report(open_month, world.callers["jiang"], "JY001", OCTOBER, 1, now=LATER)
    assert caught.value.code == "REPORT_OWN_PROXY"


def test_empty_rows_have_not_reported(open_month: Session, world: World) -> None:
    empty = ["JY002", "夏湾服务站", *[""] * 8]
    assert counts(bring(open_month, world, FULL, empty)) == {"saved": True, "rows": 2, "imported": 1, "blank": 1}
    assert open_month.scalar(select(func.count(SalesReport.id))) == 1


def test_every_wrong_cell_is_named_and_nothing_is_saved(open_month: Session, world: World) -> None:
    found = wrong(
        open_month, world, FULL,
        ["JY002", "", "-5", "1.2万", "9", "3.5", "", "也许", "=1+1", "@x"], ["JY001", "", "1", *[""] * 7],
        ["TJ001", "", "1", *[""] * 7], ["", "", "1", *[""] * 7],
    )  # fmt: skip
    assert found == [
        (3, "C", "NUMBER_NEGATIVE"), (3, "D", "UNIT_WAN"), (3, "F", "NUMBER_DECIMALS"), (3, "H", "NIL_WRONG"),
        (3, "I", "FORMULA_WITHOUT_VALUE"), (3, "J", "TEXT_COULD_RUN"), (4, "A", "DUPLICATE_CODE"),
        (6, "A", "CODE_MISSING"), (5, "A", "STATION_UNKNOWN"),
    ]  # fmt: skip
    assert open_month.scalar(select(func.count(SalesReport.id))) == 0


def test_what_a_form_refuses_a_workbook_refuses(open_month: Session, world: World) -> None:
    rows = (["JY001", "", "5", "", "6", *[""] * 5], ["JY002", "", "5", "", "", "", "", "是", "", ""])
    assert wrong(open_month, world, *rows) == [(2, "E", "REPORT_UPSTREAM_EXCEEDS"), (3, "H", "REPORT_NIL_WITH_VALUES")]
    only_a_note = ["JY001", "", "", "", "", "", "", "", "停电", ""]
    assert wrong(open_month, world, only_a_note) == [(2, "A", "REPORT_EMPTY")]


def test_a_header_in_ten_thousands_is_refused_not_converted(open_month: Session, world: World) -> None:
    for text in ("网络销售额(万元)", "网络销售额\uff08万元\uff09", "网络销售额万元"):
        book = xlsx([*HEADER[:2], text, *HEADER[3:]], FULL)
        assert wrong(open_month, world, content=book) == [(1, "C", "HEADER_IN_WAN")]


def test_a_correction_says_why_and_an_accepted_report_stays(open_month: Session, world: World) -> None:
    file_month(open_month, world)
    changed = ["JY001", "", "13000", *[""] * 7]
    assert wrong(open_month, world, changed) == [(2, "J", "REPORT_REASON_REQUIRED")]
    changed[9] = "漏了一单"
    assert counts(bring(open_month, world, changed)) == {"saved": True, "rows": 1, "updated": 1}
    assert report_of(open_month, world).version == 2
    report_of(open_month, world).state = "accepted"
    again = ["JY001", "", "14000", *[""] * 6, "又漏"]
    assert wrong(open_month, world, again) == [(2, "A", "REPORT_ACCEPTED")]


def test_a_month_by_feed_is_not_for_the_workbook(open_month: Session, world: World) -> None:
    file_month(open_month, world)
    report_of(open_month, world).source = "feed"
    assert wrong(open_month, world, ["JY001", "", "1", *[""] * 6, "更正"]) == [(2, "A", "REPORT_BY_FEED")]


def test_closed_months_are_closed_for_workbooks_too(open_month: Session, world: World) -> None:
    november = SECOND + dt.timedelta(days=15)
    assert wrong(open_month, world, FULL, now=november) == [(2, "A", "PERIOD_LOCKED")]
    leave(open_month, OCTOBER)
    assert counts(bring(open_month, world, FULL, now=november))["imported"] == 1
    with pytest.raises(Refusal) as caught:
        bring(open_month, world, FULL, now=dt.datetime(2026, 10, 31, 15, 59, tzinfo=dt.UTC))
    assert caught.value.code == "PERIOD_NOT_ENDED"


def test_another_months_workbook_and_merged_figures_are_refused(open_month: Session, world: World) -> None:
    assert wrong(open_month, world, content=xlsx(HEADER, FULL, title="202609月报")) == [(None, None, "WRONG_MONTH")]
    book = xlsx(HEADER, FULL, ["JY002", *[""] * 9], merged=["C2:C3"])
    assert (None, None, "MERGED_CELLS") in wrong(open_month, world, content=book)


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04 broken", xlsx(["a", "b"], ["1", "2"])])
def test_what_is_no_workbook_of_a_month(open_month: Session, world: World, content: bytes) -> None:
    with pytest.raises(Refusal) as caught:
        bring(open_month, world, content=content or b" ")
    assert caught.value.code == "FILE_FORMAT"


def test_the_workbook_shows_the_stations_and_the_month_before(open_month: Session, world: World) -> None:
    file_month(open_month, world)
    (header, first, second) = cells(book_of(open_month, world, 202611))
    assert header[:4] == ["站点编号", "站点名称", "负责人", "网络销售额(元)"]
    assert (first[0], first[1], first[3], first[11], first[12]) == ("JY001", "何家湾服务站", None, "未报", "12000.00")
    assert (second[0], second[11], second[12:]) == ("JY002", "未报", [None] * 5)
    (_, filed, _) = cells(book_of(open_month, world))
    assert (filed[3], filed[11]) == ("12000.00", "已报,未审")


def test_a_workbook_given_out_and_taken_in_changes_nothing(open_month: Session, world: World) -> None:
    bring(open_month, world, FULL, NIL)
    result = bring(open_month, world, content=book_of(open_month, world), now=LATER)
    assert counts(result) == {"saved": True, "rows": 2, "ignored": 2}


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "+86", "-5", "@SUM(A1)", '=HYPERLINK("http://x")', "\t=1"])
def test_a_hostile_name_goes_out_as_text_and_comes_back_harmless(open_month: Session, world: World, name: str) -> None:
    version = open_month.get_one(StationVersion, station(open_month, world).version_id)
    version.name = version.head_name = name
    open_month.flush()
    book = book_of(open_month, world)
    (_, first, _) = cells(book)
    assert (first[1], first[2]) == (name, name)
    assert b"<f>" not in book
    assert counts(bring(open_month, world, content=book)) == {"saved": True, "rows": 2, "blank": 2}


@pytest.mark.parametrize("note", ["=1+1", "两行\n字", "  宽 ＡＢ", "@x", "停电", "x" * 500, "㌀" * 400])
def test_whatever_an_owner_noted_the_untouched_workbook_changes_nothing(
    open_month: Session, world: World, note: str
) -> None:
    take_in(open_month, world.callers["tang"], station(open_month, world), OCTOBER, told(note=note), now=SECOND)
    result = bring(open_month, world, content=book_of(open_month, world))
    assert counts(result) == {"saved": True, "rows": 2, "ignored": 1, "blank": 1}


def test_the_foot_of_a_printed_table_is_passed_over(open_month: Session, world: World) -> None:
    foot = ["合计", "", "12000", *[""] * 7]
    signed = ["填表人:张三", *[""] * 9]
    assert counts(bring(open_month, world, FULL, foot, signed)) == {"saved": True, "rows": 1, "imported": 1}


def test_codes_that_look_alike_in_a_cell_are_known_by_neither(open_month: Session, world: World) -> None:
    open_month.get_one(Station, world.stations["JY002"]).code = "ＪＹ001"
    open_month.flush()
    assert wrong(open_month, world, FULL) == [(2, "A", "STATION_UNKNOWN")]


def test_eight_imports_of_one_file_at_once_file_it_once(sessions: sessionmaker[Session], world: World) -> None:
    with sessions.begin() as session:
        begun(session)

    def one(_number: int) -> tuple[int, int]:
        with sessions.begin() as session:
            summary = bring(session, world, FULL, NIL)["summary"]
            return summary.imported, summary.ignored

    with ThreadPoolExecutor(8) as pool:
        assert Counter(pool.map(one, range(8))) == {(2, 0): 1, (0, 2): 7}
    with sessions() as session:
        assert session.scalar(select(func.count(SalesReportVersion.id))) == 2
