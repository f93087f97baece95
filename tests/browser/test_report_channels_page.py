"""The county publishes where to report; whoever scans a plaque finds it, and the station's page shows its ladder."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import expect

from api.job_loop import JobContext
from api.photo_room import photo_jobs
from jobs import Claim
from tests.browser.conftest import DESK, PHONE, Staff
from tests.browser.test_every_page import settle, violations
from tests.conftest import Clock
from tests.visit_making import ID_A, claim, jpeg, sent, sha
from tests.world import World

# How a page looks does not depend on the database.
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("backend", ["sqlite"], indirect=True)]


def test_the_county_publishes_and_anybody_reads_it(staff: Staff) -> None:
    page = staff.open("/report-channels", "jiang", size=PHONE)
    settle(page)
    expect(page.get_by_test_id("channels")).to_contain_text("尚未公布")
    page.get_by_test_id("channel-office").fill("江永县商务局")
    page.get_by_test_id("channel-phone").fill("13812345678")
    page.get_by_test_id("channel-save").click()
    expect(page.get_by_test_id("refused")).to_contain_text("不填个人手机")
    assert "422" in staff.complaints.pop()  # the browser's own word for a refusal
    page.get_by_test_id("channel-phone").fill("0746-1234567")
    page.get_by_test_id("channel-save").click()
    expect(page.get_by_test_id("channel-saved")).to_be_visible()
    expect(page.get_by_test_id("channels")).to_contain_text("0746-1234567")
    assert violations(page) == []
    public = staff.open("/s/JY001", None, size=PHONE)
    settle(public)
    expect(public.get_by_role("link", name="0746-1234567")).to_have_attribute("href", "tel:0746-1234567")
    expect(public.get_by_test_id("channels")).to_contain_text("省级 · 湖南省尚未公布")
    expect(public.get_by_test_id("signed")).to_contain_text("还没有经审核认定")
    assert violations(public) == []
    assert public.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


def approve(app: Flask, world: World, clock: Clock) -> None:
    """A visit with its photo arrives, the small pictures are made, the prefecture approves."""
    client, photo = app.test_client(), jpeg(1, (320, 240))
    client.put(f"/api/v1/media/{sha(photo)}", data=photo, headers=world.as_phone("chen"))
    client.put(f"/api/v1/inspections/{ID_A}", data=sent(photos=[claim(photo)]), headers=world.as_phone("chen"))
    context = JobContext(Claim(1, "photo_thumbnail", {}, "test", 1, 5), clock)
    photo_jobs(app)["photo_thumbnail"](app.extensions["cunzhan_sessions"], {"sha256": sha(photo)}, context)
    clock.forward(hours=1)
    headers = world.as_phone("yong") | {"If-Match": "*"}
    done = client.post(f"/api/v1/inspections/{ID_A}/approve", json={"why": "照片清楚"}, headers=headers)
    assert done.status_code == 200


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_stations_page_says_how_we_know(app: Flask, staff: Staff, world: World, clock: Clock, lang: str) -> None:
    approve(app, world, clock)
    page = staff.open("/stations/JY001", "yong", size=DESK, lang=lang)
    settle(page)
    rungs = page.get_by_test_id("ladder").get_by_role("listitem")
    expect(rungs).to_have_count(7)
    expect(rungs.nth(0)).to_have_attribute("data-fresh", "true")
    story = page.get_by_test_id("timeline")
    expect(story).to_contain_text("检查通过审核" if lang == "zh" else "Visit approved")
    expect(story).to_contain_text("照片清楚")
    expect(story.locator(f"img[src*='{ID_A}']")).to_have_count(1)
    assert violations(page) == []
    public = staff.open("/s/JY001", None, size=PHONE, lang=lang)
    settle(public)
    said = "全国电子商务进农村综合示范项目(2026-11-20" if lang == "zh" else "National wording (visited 2026-11-20"
    expect(public.get_by_test_id("signed")).to_contain_text(said)
