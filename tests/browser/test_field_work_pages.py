"""Staff ask somebody to visit stations that nobody has seen for long, and decide about stations that were found."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from inspections.found.tables import FoundStation
from inspections.tasks.tables import VisitTask
from tests.browser.conftest import DESK, PHONE, Staff
from tests.browser.test_every_page import settle, violations
from tests.visit_making import ID_A, ID_B, claim, jpeg, sha, visit
from tests.world import World

# How a page looks does not depend on the database.
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("backend", ["sqlite"], indirect=True)]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_station_nobody_has_seen_is_assigned_and_withdrawn(
    staff: Staff, app: Flask, world: World, sessions: sessionmaker[Session], size: tuple[int, int]
) -> None:
    seen = app.test_client().put(f"/api/v1/inspections/{ID_A}", json=visit(), headers=world.as_phone("chen"))
    assert seen.status_code == 201
    page = staff.open("/visit-tasks", size=size)
    settle(page)
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_test_id("task-filter").select_option("never")
    page.get_by_role("button", name="查找").click()
    rows = page.get_by_test_id("task-stations").locator("tbody tr")
    expect(rows).to_have_count(1)
    page.get_by_label("选择 夏湾服务站").check()
    page.get_by_test_id("task-person").select_option(label="陈检查 · 检查员 · 江永县")
    page.get_by_test_id("task-due").fill("2026-11-30")
    page.get_by_test_id("task-reason").fill("群众<b>反映</b>关门")
    page.get_by_test_id("task-assign").click()
    expect(page.get_by_test_id("task-said")).to_have_text("已安排 1 个站点。")
    row = page.get_by_test_id("tasks").locator("tbody tr")
    expect(row).to_contain_text("群众<b>反映</b>关门")
    expect(row).to_contain_text("2026-11-30")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    row.get_by_role("button", name="撤回").click()
    expect(page.get_by_test_id("tasks-none")).to_be_visible()
    with sessions() as session:
        task = session.scalars(select(VisitTask)).one()
    assert (task.closed_why, task.account_id) == ("withdrawn", world.accounts["chen"].id)


def found_by_chen(app: Flask, world: World, **changes: Any) -> None:
    """Let Chen find a shop eleven metres from JY001, with a photo that has arrived."""
    client, phone, picture = app.test_client(), world.as_phone("chen"), jpeg(4, (320, 240))
    body = {
        "name": "路边<i>新店</i>", "village_code": "431125100202", "kind": "village_point",
        "nearby": ["JY001", "JY002"], "fix": visit()["fix"],
        "photos": [claim(picture)], "note": "门口堆着快递", "form_version": "1",
        "captured_at": "2026-11-20T11:30:00+08:00", "clock": visit()["clock"],
    }  # fmt: skip
    made = client.put(f"/api/v1/found-stations/{ID_B}", json=body | changes, headers=phone)
    assert made.status_code == 201, made.text
    assert client.put(f"/api/v1/media/{sha(picture)}", data=picture, headers=phone).status_code == 201
    # Its small picture, which the worker makes.
    assert app.test_cli_runner().invoke(args=["work", "--until-empty"]).exit_code == 0


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_found_station_is_looked_at_beside_its_neighbours_and_proposed(
    staff: Staff, app: Flask, world: World, sessions: sessionmaker[Session], size: tuple[int, int]
) -> None:
    found_by_chen(app, world)
    page = staff.open("/found-stations", size=size)
    settle(page)
    card = page.get_by_test_id(f"found-{ID_B}")
    expect(card).to_contain_text("路边<i>新店</i>")
    near = page.get_by_test_id(f"near-{ID_B}").locator("tbody tr")
    expect(near.nth(0)).to_contain_text("何家湾服务站")
    expect(near.nth(0)).to_contain_text("11 m")
    expect(near.nth(1)).to_contain_text("5 公里以外")
    assert card.locator("img").evaluate("picture => picture.complete && picture.naturalWidth") > 0
    page.get_by_test_id("found-what").select_option("proposed")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    page.get_by_test_id("found-host").select_option("shop")
    page.get_by_test_id("found-note").fill("实地核对过")
    page.get_by_role("button", name="确定").click()
    expect(page.get_by_test_id("found-said")).to_contain_text("已提出申请")
    expect(page.get_by_test_id("found-none")).to_be_visible()
    with sessions() as session:
        assert session.get_one(FoundStation, ID_B).state == "proposed"


def test_it_is_one_that_is_listed_already(
    staff: Staff, app: Flask, world: World, sessions: sessionmaker[Session]
) -> None:
    found_by_chen(app, world)
    page = staff.open("/found-stations", lang="en")
    settle(page)
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_test_id("found-none")).to_have_count(0)
    page.get_by_test_id("found-what").select_option("same_as")
    page.get_by_test_id("found-code").fill("JY001")
    page.get_by_test_id("found-note").fill("the same shop")
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_test_id("found-said")).to_contain_text("Listed already · JY001")
    with sessions() as session:
        assert session.get_one(FoundStation, ID_B).station_id == world.stations["JY001"]


def test_the_prefecture_looks_and_the_county_decides(staff: Staff, app: Flask, world: World) -> None:
    found_by_chen(app, world)
    page = staff.open("/found-stations", "yong")
    settle(page)
    expect(page.get_by_test_id(f"found-{ID_B}")).to_contain_text("由县里决定")
    expect(page.get_by_test_id("found-what")).to_have_count(0)
    assert violations(page) == []
