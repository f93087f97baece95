"""Importing a ledger: all or nothing, twice is once, errors where the person sees them, no status by the back door."""

from __future__ import annotations

import datetime as dt
from typing import Any

from openpyxl import Workbook
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from stations.people.tables import AuditEvent
from stations.records.tables import Observation, Station, StationTransition, StationVersion, VitalityState
from tests.stations.register.ledger.sheets import GOOD, HEADER, bring, csv_of, said, saved, xlsx
from tests.world import World


def counts(session: Session) -> list[int]:
    tables: list[Any] = [Station, StationVersion, StationTransition, Observation, VitalityState]
    return [session.scalar(select(func.count()).select_from(table)) or 0 for table in tables]


def revisions(session: Session) -> list[tuple[str, int]]:
    return [(code, revision) for code, revision in session.execute(
        select(Station.code, Station.revision).order_by(Station.code))]  # fmt: skip


def newest(session: Session, code: str) -> StationVersion:
    session.expire_all()
    station = session.scalars(select(Station).where(Station.code == code)).one()
    return session.get_one(StationVersion, station.version_id)


def test_a_trial_counts_and_saves_nothing(session: Session, world: World) -> None:
    before = counts(session)
    result = bring(session, world, xlsx(HEADER, GOOD), dry_run=True)
    assert (result.rows, result.added, result.wrong_rows, result.saved) == (1, 1, 0, False)
    assert counts(session) == before


def test_the_same_file_twice_changes_nothing(session: Session, world: World) -> None:
    content = xlsx([*HEADER, "网速"], [*GOOD, "100M"])
    first = bring(session, world, content)
    assert (first.added, first.saved) == (1, True)
    station = session.scalars(select(Station).where(Station.code == "431125-V-0001")).one()
    assert (station.listing_status, station.vitality, station.unit_code) == ("active", "unknown", "431125100202")
    version = newest(session, "431125-V-0001")
    assert (version.name, version.phone, version.extra, version.valid_from, version.coord_system) == (
        "圳景服务站", "0746-5720001", {"网速": "100M"}, dt.date(2020, 5, 1), "cgcs2000")  # fmt: skip
    before, seen = counts(session), revisions(session)
    second = bring(session, world, content)
    assert (second.added, second.revised, second.unchanged) == (0, 0, 1)
    assert (counts(session), revisions(session)) == (before, seen)


def test_one_wrong_row_keeps_all_out_unless_asked(session: Session, world: World) -> None:
    wrong = [*GOOD[:3], 25.28, 111.35, *GOOD[5:]]
    wrong[0] = "二站"
    content = xlsx(HEADER, GOOD, wrong)
    before = counts(session)
    kept_out = bring(session, world, content)
    assert (said(kept_out), kept_out.saved) == ([(3, "D", "COORDINATES_SWAPPED")], False)
    assert counts(session) == before
    good = bring(session, world, content, save_good_rows=True)
    assert (good.added, good.wrong_rows, good.saved) == (1, 1, True)
    assert counts(session)[0] == before[0] + 1


def test_every_kind_of_bad_cell_is_named_where_it_stands(session: Session, world: World) -> None:
    def row(**cells: Any) -> list[Any]:
        return [cells.get(name, value) for name, value in zip(HEADER, GOOD, strict=True)]

    content = xlsx(
        [*HEADER, "村代码"],
        row(站点名称="甲", 行政村="没有村"), row(站点名称="乙", 验收日期="2020年"),
        row(站点名称="丙", 状态="不知道"),
        row(站点名称="丁", 经度=11.35), row(站点名称="戊", 经度="=A1"), row(站点名称=None),
        [*row(站点名称="庚"), "4.31E+11"], [*row(站点名称="辛"), "430922100200"], row(站点名称="壬", 联系电话="1" * 41),
        row(站点名称="癸", 验收日期="2027-01-01"), row(站点名称="子", 行政村=None),
        row(站点名称="丑"), row(站点名称="丑"),
        [*row(站点名称="寅"), 430922100200],
    )  # fmt: skip
    result = bring(session, world, content)
    assert said(result) == [
        (2, "C", "VILLAGE_UNKNOWN"), (3, "F", "DAY_WRONG"), (4, "G", "WORD_UNKNOWN"),
        (5, "D", "COORDINATES_OUTSIDE_CHINA"), (6, "D", "FORMULA_WITHOUT_VALUE"), (7, "A", "NAME_MISSING"),
        (8, "I", "CODE_ROUNDED"), (9, "I", "OUT_OF_SCOPE"), (10, "H", "FIELD_WRONG"), (11, "F", "FIELD_WRONG"),
        (12, "C", "VILLAGE_MISSING"), (14, "A", "DUPLICATE_ROW"), (15, "I", "OUT_OF_SCOPE"),
    ]  # fmt: skip
    day = result.errors[1]
    assert (day.sheet, day.header, day.value, day.zh, day.what_to_do_zh) == (
        "台账", "验收日期", "2020年", "“2020年”不是完整的日期。",
        "写成 2020-05-01 或 2020年5月;只有年份不行。")  # fmt: skip
    assert result.added == 1


def test_an_error_value_is_an_error_and_a_stored_formula_is_its_value(session: Session, world: World) -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(HEADER)
    sheet.append(GOOD)
    sheet["H2"] = "#N/A"
    sheet["H2"].data_type = "e"
    result = bring(session, world, saved(workbook))
    assert [(one.row, one.column, one.zh) for one in result.errors] == [(2, "H", "这一格是错误值#N/A。")]


def test_codes_are_matched_and_only_what_is_stated_changes(session: Session, world: World) -> None:
    result = bring(session, world, csv_of(["编号", "站点名称", "电话"], ["JY001", "", "13800000000"]))
    assert (said(result), result.revised) == ([], 1)
    version = newest(session, "JY001")
    assert (version.name, version.phone, version.lon, version.services, version.valid_from, version.source) == (
        "何家湾服务站", "13800000000", 111.342, ["parcel", "purchase_agency"], dt.date(2026, 11, 20), "ledger",
    )  # fmt: skip
    audit = session.scalars(select(AuditEvent).where(AuditEvent.action == "station.revise")).one()
    assert (audit.object_id, audit.before, audit.after) == ("JY001", {"phone": None}, {"phone": "13800000000"})


def test_a_code_of_another_county_is_refused_without_saying_whose(session: Session, world: World) -> None:
    result = bring(session, world, csv_of(["编号", "站点名称", "行政村"], ["TJ001", "圳景站", "圳景村"]))
    assert said(result) == [(2, "A", "CODE_ELSEWHERE")]
    assert newest(session, "TJ001").name == "崆峒服务站"


def test_repeated_codes_are_errors_on_the_second_row(session: Session, world: World) -> None:
    rows = [["编号", "站点名称", "行政村"], ["A1", "甲", "圳景村"], ["A1", "乙", "圳景村"], ["JY001", "", ""],
            ["", "何家湾服务站", "何家湾"]]  # fmt: skip
    assert said(bring(session, world, csv_of(*rows))) == [(3, "A", "DUPLICATE_CODE"), (5, "B", "DUPLICATE_ROW")]


def test_possible_duplicates_are_shown_and_never_merged(session: Session, world: World) -> None:
    rows = [HEADER, ["何家湾电商站", "潇浦镇", "何家湾村", "111.3421", "25.2711", "2020-05-01", "正常", "1"]]
    result = bring(session, world, csv_of(*rows))
    assert [(one.row, one.other_code, one.why) for one in result.possible_duplicates] == [
        (2, "JY001", ("same_village", "close", "similar_name"))]  # fmt: skip
    assert result.added == 1
    assert newest(session, "JY001").name == "何家湾服务站"


def test_the_status_of_a_station_that_stands_is_a_claim_only(session: Session, world: World) -> None:
    content = csv_of(["编号", "站点名称", "状态", "撤销日期"], ["JY001", "何家湾服务站", "已关停", "2025-01-01"])
    result = bring(session, world, content)
    assert [one.code for one in result.notices] == ["STATUS_IS_A_CLAIM"]
    station = session.scalars(select(Station).where(Station.code == "JY001")).one()
    assert (station.listing_status, newest(session, "JY001").extra) == ("active", {"台账所称状态": "已关停"})
    assert bring(session, world, content).unchanged == 1
    assert session.scalar(select(func.count()).select_from(Observation)) == 0


def test_a_new_station_enters_as_its_dates_say(session: Session, world: World) -> None:
    rows = [["编号", "站点名称", "行政村", "验收日期", "状态", "撤销日期"],
            ["N1", "甲", "圳景村", "2020-05", "摘牌", "2023-06-30"],
            ["N2", "乙", "圳景村", "2020-05", "停业", "2023-06-30"],
            ["N3", "丙", "圳景村", "2020-05", "已关停", ""],
            ["N4", "丁", "圳景村", "", "正常运营", ""],
            ["N5", "戊", "圳景村", "2020-05", "正常", "2023-06-30"],
            ["N6", "己", "圳景村", "", "", "2023-06-30"]]  # fmt: skip
    result = bring(session, world, csv_of(*rows), save_good_rows=True)
    assert said(result) == [(6, "F", "STATUS_CONTRADICTS"), (7, "F", "FIELD_WRONG")]
    found = session.execute(select(Station.code, Station.listing_status, Station.vitality)
                            .where(Station.code.like("N%")).order_by(Station.code)).all()  # fmt: skip
    assert [tuple(row) for row in found] == [
        ("N1", "delisted", "dead"), ("N2", "suspended", "unknown"), ("N3", "active", "unknown"),
        ("N4", "proposed", "not_started"),
    ]  # fmt: skip
    assert [newest(session, code).extra for code in ("N3", "N4")] == [
        {"台账所称状态": "已关停"}, {"台账所称状态": "正常运营"}]  # fmt: skip


def test_a_declared_datum_is_converted_and_kept_as_given(session: Session, world: World) -> None:
    bring(session, world, xlsx(["编号", *HEADER], ["G1", *GOOD]), coord_system="gcj02")
    version = newest(session, "G1")
    assert (version.lon_raw, version.lat_raw, version.coord_system) == (111.35, 25.28, "gcj02")
    assert version.lon is not None
    assert 0.002 < 111.35 - version.lon < 0.008


def test_kinds_places_and_villages_served(session: Session, world: World) -> None:
    rows = [["编号", "站点名称", "类型", "乡镇", "行政村", "服务村", "服务内容"],
            ["K1", "潇浦中心站", "乡镇级", "潇浦", "", "何家湾、圳景村/431125101200", "代买、快递、直播带货"],
            ["K2", "县中心", "县级", "", "", "", ""]]  # fmt: skip
    result = bring(session, world, csv_of(*rows))
    assert said(result) == []
    kept = select(Station.kind, Station.unit_code).where(Station.code.like("K%")).order_by(Station.code)
    found = session.execute(kept)
    assert [tuple(row) for row in found] == [("township_station", "431125100"), ("county_centre", "431125")]
    version = newest(session, "K1")
    assert (version.services, version.extra) == (["purchase_agency", "parcel"], {"其他服务": "直播带货"})
