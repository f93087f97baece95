"""Staff print codes for many, withdraw a lost paper, find a person and call a phone lost."""

from __future__ import annotations

from pathlib import Path

import pypdfium2 as pdfium
import pytest
import zxingcpp
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from stations.people.tables import Device
from tests.browser.conftest import DESK, PHONE, Staff
from tests.browser.test_every_page import settle, violations
from tests.world import World

# How a page looks does not depend on the database.
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("backend", ["sqlite"], indirect=True)]


def codes_in(path: Path) -> list[str]:
    pages = [page.render(scale=2).to_pil() for page in pdfium.PdfDocument(path.read_bytes())]
    return [one.text for page in pages for one in zxingcpp.read_barcodes(page)]


def yes_to_all(page: Page) -> None:
    page.on("dialog", lambda dialog: dialog.accept())


def test_a_sheet_is_printed_by_role_and_withdrawn(staff: Staff, tmp_path: Path) -> None:
    page = staff.open("/devices", size=PHONE)
    settle(page)
    yes_to_all(page)
    page.get_by_test_id("sheet-open").click()
    page.get_by_test_id("sheet-without").uncheck()
    assert violations(page) == []
    with page.expect_download() as saved:
        page.get_by_test_id("sheet-print").click()
    file = tmp_path / "sheet.pdf"
    saved.value.save_as(file)
    assert saved.value.suggested_filename.startswith("登记码-")
    links = codes_in(file)
    assert len(set(links)) == 2
    assert all(link.startswith(f"{staff.address}/app/#enrol=") for link in links)
    row = page.get_by_test_id("sheets").locator("tbody tr")
    expect(row.locator("td").nth(4)).to_have_text("2")
    row.get_by_role("button", name="纸丢了,作废").click()
    expect(row.locator("td").nth(4)).to_have_text("0")
    expect(row.locator("td").nth(6)).to_have_text("2")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def test_a_sheet_for_the_ticked_alone(staff: Staff, tmp_path: Path) -> None:
    page = staff.open("/devices", lang="en")
    settle(page)
    page.get_by_label("Choose 唐站长").check()
    page.get_by_test_id("sheet-open").click()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Print for 1 chosen").click()
    saved.value.save_as(tmp_path / "sheet.pdf")
    assert len(codes_in(tmp_path / "sheet.pdf")) == 1
    expect(page.get_by_test_id("sheet-said")).to_contain_text("delete the file")


def test_nobody_to_print_for_is_said_in_words(staff: Staff) -> None:
    page = staff.open("/devices")
    settle(page)
    page.get_by_test_id("sheet-open").click()
    page.get_by_test_id("sheet-print").click()
    expect(page.get_by_test_id("refused")).to_contain_text("没有符合条件的人")
    staff.complaints[:] = [said for said in staff.complaints if "422" not in said]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_person_is_found_and_the_phone_called_lost(
    staff: Staff, world: World, sessions: sessionmaker[Session], size: tuple[int, int]
) -> None:
    page = staff.open("/devices", size=size)
    settle(page)
    yes_to_all(page)
    page.get_by_test_id("find-person").fill("陈")
    page.get_by_role("button", name="查找").click()
    expect(page.get_by_test_id("accounts").locator("tbody tr")).to_have_count(1)
    page.get_by_test_id("phones-chen").click()
    row = page.get_by_test_id("devices").locator("tbody tr")
    expect(row).to_have_count(1)
    row.get_by_role("button", name="丢失").click()
    expect(row).to_contain_text("已报丢失 2026-11-20 12:00")
    expect(row.get_by_role("button")).to_have_count(0)
    expect(page.get_by_test_id("accounts")).to_contain_text("没有手机")
    assert violations(page) == []
    with sessions() as session:
        lost = session.scalars(select(Device.account_id).where(Device.erases_unsent.is_(True))).all()
    assert lost == [world.accounts["chen"].id]
