"""Every staff page, in both languages, on a desk and on a phone: axe finds nothing, nothing overflows, no error."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session, sessionmaker

from inspections.quarantine.tables import KeptAside
from jobs import Job
from tests.browser.conftest import DESK, PHONE, ROOT, Staff
from tests.conftest import NOON, missing
from tests.world import World

# How a page looks does not depend on the database.
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("backend", ["sqlite"], indirect=True)]

AXE = ROOT / "field_app/node_modules/axe-core/axe.min.js"
PAGES = [
    "/", "/login", "/stations", "/stations/JY001", "/ledger", "/quarantine", "/devices", "/jobs", "/months/202610",
    "/figures", "/survival", "/doubts", "/how", "/how/outlier", "/visit-tasks", "/found-stations",
    "/report-channels",
]  # fmt: skip


@pytest.fixture
def something_everywhere(sessions: sessionmaker[Session], world: World) -> None:
    """A job and something kept aside, so that no list is empty."""
    with sessions.begin() as session:
        session.add(Job(kind="photo_thumbnail", payload={}, state="dead", run_at=NOON, attempt=5, max_attempts=5,
                        last_error="no such file", unit_path="/CN/43/4311/431125/", asked_at=NOON))  # fmt: skip
        session.add(KeptAside(record_kind="visit", record_id="0192f3a0-0000-7000-8000-000000000001", body=b'{"a": 1}',
                              body_sha256="0" * 64, refusal_code="TIME_IN_FUTURE", errors={"captured_at": ["future"]},
                              size_bytes=8, unit_path="/CN/43/4311/431125/", received_at=NOON))  # fmt: skip


def settle(page: Page) -> None:
    """Wait until the page has what it asked for."""
    page.wait_for_load_state("networkidle")
    expect(page.locator("#body > .hint")).to_have_count(0)


def violations(page: Page) -> list[str]:
    """Give what axe finds wrong, one line each."""
    if not AXE.is_file():
        missing("axe-core (npm ci in field_app)")
    page.evaluate(AXE.read_text(encoding="utf-8") + "; 0")
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    assert len(found["passes"]) >= 10
    return [f"{one['id']}: {json.dumps([node['html'][:160] for node in one['nodes']])}" for one in found["violations"]]


@pytest.mark.usefixtures("something_everywhere")
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(staff: Staff, path: str, lang: str, size: tuple[int, int]) -> None:
    page = staff.open(path, None if path == "/login" else "jiang", size=size, lang=lang)
    settle(page)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert page.locator("html").get_attribute("lang") == ("zh-CN" if lang == "zh" else "en")


@pytest.mark.parametrize("width", [1000, 1240, 1280])
def test_every_door_of_the_head_fits_in_one_row(staff: Staff, width: int) -> None:
    page = staff.open("/stations", size=(width, 800), lang="en")
    settle(page)
    expect(page.get_by_test_id("who")).to_contain_text("江永县")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator(".top").evaluate("head => head.offsetHeight") <= 60


def test_axe_finds_nothing_in_the_open_panel_and_the_lists(staff: Staff) -> None:
    page = staff.open("/")
    settle(page)
    page.get_by_test_id("list-toggle").click()
    page.get_by_test_id("list-stations").get_by_role("button").first.click()
    expect(page.get_by_test_id("panel-name")).to_be_visible()
    assert violations(page) == []


@pytest.mark.usefixtures("something_everywhere")
def test_what_was_kept_aside_is_seen_and_settled(staff: Staff) -> None:
    page = staff.open("/quarantine")
    page.get_by_role("button", name="查看").click()
    expect(page.get_by_test_id("kept-body")).to_contain_text('"a": 1')
    form = page.get_by_test_id("settle")
    form.get_by_label("处理说明").fill("重复提交")
    form.get_by_role("button", name="处理完毕").click()
    expect(page.get_by_test_id("kept-none")).to_be_visible()


def test_a_phone_is_enrolled_by_a_code_that_is_shown(staff: Staff) -> None:
    page = staff.open("/devices")
    page.get_by_test_id("enrol-chen").click()
    expect(page.get_by_test_id("qr")).to_be_visible()
    assert page.get_by_test_id("qr").evaluate("picture => picture.naturalWidth") > 100
    expect(page.get_by_test_id("enrolment-code")).to_have_text(re.compile(r"^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$"))


def test_a_door_that_is_closed_says_why(staff: Staff) -> None:
    page = staff.open("/", "tang")
    expect(page.get_by_test_id("page-refused")).to_contain_text("您的身份不能做这件事")
    # The browser itself notes the status of the page it was refused.
    staff.complaints[:] = [said for said in staff.complaints if "403" not in said]


def test_language_is_kept_for_the_next_page(staff: Staff) -> None:
    page = staff.open("/stations")
    page.get_by_test_id("language").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Stations")
    page.get_by_test_id("more").click()
    page.get_by_test_id("nav-jobs").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Jobs")


LEDGER = "站点名称,村代码,经度,纬度,验收日期\n新站,431125100202,111.35,25.28,2024-06-01\n"


def test_a_wrong_ledger_names_the_cell_and_offers_no_import(staff: Staff) -> None:
    page = staff.open("/ledger")
    wrong = LEDGER.replace("2024-06-01", "2024年13月")
    page.get_by_test_id("ledger-file").set_input_files(
        {"name": "ledger.csv", "mimeType": "text/csv", "buffer": wrong.encode("utf-8-sig")}
    )
    page.get_by_test_id("ledger-try").click()
    row = page.get_by_test_id("ledger-errors").locator("tbody tr")
    expect(row).to_contain_text("E 验收日期")
    expect(row.locator("td").nth(1)).to_have_text("2")
    expect(page.get_by_test_id("ledger-confirm")).to_be_hidden()
    assert violations(page) == []
