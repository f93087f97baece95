"""A county tries a file of its network on the page, sees the wrong cell, and takes in what it has corrected."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from stations.records.network import LogisticsNode
from tests.browser.conftest import PHONE, Staff
from tests.browser.test_every_page import settle, violations

# How a page looks does not depend on the database.
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("backend", ["sqlite"], indirect=True)]

HEADER = "节点编号,节点名称,层级,行政区划代码,经度,纬度,开始日期\n"
GOOD = f"{HEADER}WL1,<b>甲</b>点,村,431125100202,111.35,25.28,2024-01-01\n"


def test_a_file_is_tried_corrected_and_taken_in(staff: Staff, sessions: sessionmaker[Session]) -> None:
    page = staff.open("/network", size=PHONE)
    settle(page)
    expect(page.get_by_test_id("network-template")).to_have_attribute("href", "/api/v1/network/templates/nodes.xlsx")
    file = page.get_by_test_id("network-file")
    wrong = GOOD.replace("111.35,25.28", "25.28,111.35")
    file.set_input_files({"name": "坏.csv", "mimeType": "text/csv", "buffer": wrong.encode()})
    page.get_by_test_id("network-try").click()
    row = page.get_by_test_id("network-errors").locator("tbody tr")
    expect(row).to_contain_text("E 经度")
    expect(row).to_contain_text("经度和纬度填反了")
    expect(page.get_by_test_id("network-confirm")).to_be_hidden()
    assert violations(page) == []

    file.set_input_files({"name": "好.csv", "mimeType": "text/csv", "buffer": GOOD.encode()})
    page.get_by_test_id("network-try").click()
    expect(page.get_by_test_id("network-said")).to_contain_text("还没有保存任何内容")
    page.get_by_test_id("network-confirm").click()
    expect(page.get_by_test_id("network-said")).to_contain_text("已导入")
    expect(page.get_by_test_id("network-imports").locator("tbody tr")).to_contain_text("好.csv")
    expect(page.get_by_test_id("network-standing")).to_contain_text("村级节点")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    with sessions() as session:
        assert session.scalars(select(LogisticsNode.name)).all() == ["<b>甲</b>点"]


def test_who_may_only_look_sees_no_form(staff: Staff) -> None:
    page = staff.open("/network", "ping", lang="en")
    settle(page)
    expect(page.get_by_test_id("network-standing")).to_contain_text("County nodes")
    expect(page.get_by_test_id("network-import")).to_have_count(0)
    assert violations(page) == []
