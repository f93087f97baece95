"""A county tries its ledger on the page, sees each error where it stands, and imports what it has corrected."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from stations.records.tables import Station
from tests.browser.conftest import PHONE, Staff

pytestmark = pytest.mark.browser

HEADER = "站点编号,站点名称,乡镇,村,经度,纬度,服务内容,验收日期\n"
GOOD = "X001,圳景服务点,潇浦镇,圳景村,111.33,25.26,快递 代购,2019-05-01\n"
BAD = "X002,<b>错</b>服务点,潇浦镇,没有这个村,25.26,111.33,快递,2019-05-01\n"


def test_a_trial_names_the_errors_and_the_import_saves(
    staff: Staff, sessions: sessionmaker[Session], tmp_path: Path
) -> None:
    bad, good = tmp_path / "台账.csv", tmp_path / "台账改.csv"
    bad.write_text(HEADER + GOOD + BAD, encoding="utf-8")
    good.write_text(HEADER + GOOD, encoding="utf-8")
    page = staff.open("/ledger")
    page.get_by_test_id("ledger-file").set_input_files(bad)
    page.get_by_test_id("ledger-try").click()
    expect(page.get_by_test_id("ledger-errors")).to_contain_text("没有这个村")
    expect(page.get_by_test_id("ledger-counts")).to_contain_text("有错误 1")
    assert saved(sessions) == []

    page.get_by_test_id("ledger-file").set_input_files(good)
    expect(page.get_by_test_id("ledger-confirm")).to_be_hidden()
    page.get_by_test_id("ledger-try").click()
    expect(page.get_by_test_id("ledger-counts")).to_contain_text("新增 1")
    assert saved(sessions) == []
    page.get_by_test_id("ledger-confirm").click()
    expect(page.get_by_test_id("ledger-verdict")).to_have_text("已导入。")
    assert saved(sessions) == ["X001"]


def test_the_ledger_of_a_day_is_given_out(staff: Staff) -> None:
    page = staff.open("/ledger")
    page.get_by_test_id("export-as-of").fill("2026-11-01")
    with page.expect_download() as download:
        page.get_by_test_id("export-csv").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert "JY001" in text
    assert "TJ001" not in text


def test_a_province_exports_and_does_not_import(staff: Staff) -> None:
    page = staff.open("/ledger", "xiang", size=PHONE)
    expect(page.get_by_test_id("export-xlsx")).to_be_visible()
    expect(page.get_by_test_id("ledger-form")).to_have_count(0)


def saved(sessions: sessionmaker[Session]) -> list[str]:
    with sessions() as session:
        return list(session.scalars(select(Station.code).where(Station.code.like("X%"))))
