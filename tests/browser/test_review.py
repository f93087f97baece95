"""A reviewer's session by keyboard alone: approve, turn back, send back with a mark, correct a sign, undo, be late."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from inspections.review.tables import SignFinding, VisitDecision, VisitReturn
from inspections.visits.tables import Inspection
from stations.records.tables import Station
from tests.browser import review_scene as scene
from tests.browser.conftest import DESK, PHONE, Staff
from tests.browser.test_every_page import settle, violations
from tests.inspections.review.reviewing import Desk, findings
from tests.visit_making import sha
from tests.world import World

# How a page looks does not depend on the database.
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("backend", ["sqlite"], indirect=True)]


@pytest.fixture(autouse=True)
def waiting(app: Flask, world: World) -> None:
    scene.lay(app, world)


def at(page: Page, visit_id: str) -> None:
    expect(page.get_by_test_id("review-visit")).to_have_attribute("data-visit", visit_id)


def test_a_session_by_keyboard_alone(staff: Staff, sessions: sessionmaker[Session], world: World) -> None:
    page = staff.open("/review", "yong")
    settle(page)
    at(page, scene.LIKE)
    expect(page.get_by_test_id("review-counts")).to_contain_text("待审核 7")
    expect(page.get_by_test_id("nav-review-count")).to_have_text("7")
    expect(page.get_by_test_id("reasons")).to_contain_text("相似(91%)")
    # There and back, and then it is approved; each one that comes was in memory before the key was pressed.
    page.keyboard.press("j")
    at(page, scene.WRONG)
    page.keyboard.press("ArrowLeft")
    at(page, scene.LIKE)
    page.keyboard.press("a")
    at(page, scene.WRONG)
    expect(page.get_by_test_id("review-visit")).to_have_attribute("data-from", "memory")
    # The machine read another wording: the reviewer looks and agrees.
    expect(page.get_by_test_id("suggestion")).to_contain_text("87%")
    expect(page.get_by_test_id("differs")).to_be_visible()
    expect(page.get_by_test_id("verdict-wording")).to_have_text("✓字样:符合")
    page.keyboard.press("s")
    page.keyboard.press("2")
    expect(page.get_by_test_id("sign-wording")).to_have_value("电子商务进农村综合示范项目")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_test_id("held")).to_have_attribute("data-class", "provincial")
    expect(page.get_by_test_id("differs")).to_have_count(0)
    expect(page.get_by_test_id("verdict-wording")).to_have_text("✕字样:不符合")
    page.keyboard.press("a")
    at(page, scene.THIRD)
    expect(page.get_by_test_id("review-counts")).to_contain_text("待审核 5")
    # The approval is taken back and given again.
    page.keyboard.press("z")
    at(page, scene.WRONG)
    expect(page.get_by_test_id("past")).to_contain_text("撤回通过")
    expect(page.get_by_test_id("past")).to_contain_text("审核人撤销")
    page.keyboard.press("a")
    at(page, scene.THIRD)
    page.keyboard.press("r")
    page.keyboard.press("1")
    page.keyboard.press("5")
    page.keyboard.press("n")
    page.keyboard.type("招牌照片看不清,a 和 j 都不是按键")
    page.keyboard.press("Control+Enter")
    at(page, scene.FOURTH)
    expect(page.get_by_test_id("review-counts")).to_contain_text("待审核 4")
    with sessions() as session:
        assert [session.get_one(Inspection, one).state for one in (scene.LIKE, scene.WRONG, scene.THIRD)] == [
            "approved", "approved", "returned"]  # fmt: skip
        told = session.scalars(select(VisitReturn)).one()
        assert told.note == "招牌照片看不清,a 和 j 都不是按键"
        assert [(one["kind"], one["name"]) for one in told.marks] == [
            ("photo", sha(scene.board(3))), ("field", "sign_wording")]  # fmt: skip
        kinds = select(VisitDecision.kind).where(VisitDecision.inspection_id == scene.WRONG).order_by(VisitDecision.id)
        assert list(session.scalars(kinds)) == ["sign_corrected", "approved", "reopened", "approved"]
        held = session.scalars(select(SignFinding).where(SignFinding.source == "reviewer")).one()
        assert (held.sign_class, held.decided_by) == ("provincial", world.accounts["yong"].id)
        assert findings(session) == [("wrong_wording", "signage.national-2020")]


def test_who_is_too_late_reads_so_and_has_gone_on(staff: Staff, sessions: sessionmaker[Session], world: World) -> None:
    page = staff.open("/review", "yong")
    settle(page)
    at(page, scene.LIKE)
    Desk(sessions, world, "xiang").approve(scene.LIKE)
    page.keyboard.press("a")
    at(page, scene.WRONG)
    trouble = page.get_by_test_id("review-troubles")
    expect(trouble).to_contain_text("内容已被他人更新")
    trouble.get_by_role("button").press("Enter")
    at(page, scene.LIKE)
    expect(page.get_by_test_id("past")).to_contain_text("湖南省")
    expect(page.get_by_test_id("do-approve")).to_be_disabled()
    # What another one approved is taken back where it is shown, and for a reason in one's own words.
    page.keyboard.press("z")
    expect(page.get_by_test_id("reopen-dialog")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(page.get_by_test_id("review-visit")).to_have_attribute("data-state", "approved")
    page.keyboard.press("z")
    expect(page.get_by_test_id("reopen-why")).to_be_focused()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_test_id("reopen-dialog")).to_be_visible()
    page.keyboard.type("照片不是这个站点")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_test_id("review-visit")).to_have_attribute("data-state", "under_review")
    expect(page.get_by_test_id("past")).to_contain_text("照片不是这个站点")
    staff.complaints[:] = [said for said in staff.complaints if "409" not in said]


def test_the_words_of_one_class_do_not_stay_with_another(staff: Staff) -> None:
    page = staff.open(f"/review?visit={scene.WRONG}", "yong")
    settle(page)
    page.keyboard.press("s")
    page.keyboard.press("2")
    wording = page.get_by_test_id("sign-wording")
    expect(wording).to_have_value("电子商务进农村综合示范项目")
    page.keyboard.press("1")
    expect(wording).to_have_value("")
    # What somebody typed stays, until there is no sign at all; against its class it is refused.
    wording.fill("村级服务点")
    page.get_by_test_id("sign-other_wording").press("Space")
    expect(wording).to_have_value("村级服务点")
    page.keyboard.press("5")
    expect(wording).to_have_value("")
    page.keyboard.press("1")
    wording.fill("国家级电子商务进农村综合示范项目")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_test_id("review-troubles")).to_contain_text("写的字与所选类别不符")
    expect(page.get_by_test_id("held")).to_contain_text("检查人所选")
    staff.complaints[:] = [said for said in staff.complaints if "422" not in said]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_not_known_and_not_asked_for_is_said_so(
    staff: Staff, sessions: sessionmaker[Session], world: World, lang: str
) -> None:
    with sessions.begin() as session:
        session.get_one(Station, world.stations["JY001"]).is_subsidised = False
        visit = session.get_one(Inspection, scene.CLEAN)
        visit.fix_accuracy_m, visit.answers = None, scene.ANSWERS | {"sign_wording": "absent"}
    page = staff.open(f"/review?visit={scene.CLEAN}", "yong", lang=lang)
    settle(page)
    at(page, scene.CLEAN)
    expect(page.get_by_test_id("held")).to_contain_text("也不要求设置" if lang == "zh" else "none is asked for")
    place = page.locator(".review-place")
    expect(place).to_contain_text("定位精度未知" if lang == "zh" else "how good it is, is unknown")
    expect(place).to_contain_text("100")
    expect(place.locator("circle.accuracy")).to_have_count(0)
    assert violations(page) == []
    Desk(sessions, world).approve(scene.CLEAN)
    page.goto(f"{staff.address}/s/JY001")
    expect(page.get_by_test_id("signed")).to_contain_text(
        "没有牌匾,也不要求设置" if lang == "zh" else "no sign, and none is asked for"
    )
    assert violations(page) == []


def test_the_next_ones_are_here_before_they_are_asked_for(staff: Staff) -> None:
    page = staff.open("/review", "yong")
    settle(page)
    # From here on the line is dead: what is shown was fetched before.
    page.context.set_offline(True)
    for visit_id in scene.WAITING[1:4]:
        page.keyboard.press("j")
        at(page, visit_id)
        picture = page.get_by_test_id("review-photo").locator("img")
        assert picture.evaluate("image => image.complete && image.naturalWidth") == 960
        expect(page.get_by_test_id("review-visit")).to_have_attribute("data-from", "memory")
    staff.complaints[:] = [said for said in staff.complaints if "ERR_INTERNET_DISCONNECTED" not in said]


@pytest.mark.parametrize("width", [1000, 1240])
def test_the_reviewers_head_fits_in_one_row(staff: Staff, width: int) -> None:
    page = staff.open("/review", "yong", size=(width, 800), lang="en")
    settle(page)
    expect(page.get_by_test_id("nav-review-count")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator(".top").evaluate("head => head.offsetHeight") <= 60


def test_single_keys_are_turned_off_and_the_buttons_do_it_all(staff: Staff) -> None:
    page = staff.open("/review", "yong")
    settle(page)
    page.keyboard.press("?")
    page.get_by_test_id("keys-on").press("Space")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    at(page, scene.LIKE)
    page.get_by_test_id("do-next").press("Enter")
    at(page, scene.WRONG)
    page.reload()
    settle(page)
    at(page, scene.WRONG)
    page.keyboard.press("a")
    page.get_by_test_id("do-next").press("Enter")
    at(page, scene.LIKE)
    expect(page.get_by_test_id("review-counts")).to_contain_text("待审核 7")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_axe_finds_nothing(staff: Staff, sessions: sessionmaker[Session], world: World, lang: str,
                           size: tuple[int, int]) -> None:  # fmt: skip
    page = staff.open(f"/review?visit={scene.WRONG}", "yong", size=size, lang=lang)
    settle(page)
    at(page, scene.WRONG)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    for key, dialog in (("s", "sign-dialog"), ("r", "return-dialog"), ("?", "keys-dialog")):
        page.keyboard.press(key)
        expect(page.get_by_test_id(dialog)).to_be_visible()
        assert violations(page) == []
        page.keyboard.press("Escape")
    # With nothing left, and the findings of what was approved.
    for visit_id in (scene.BEFORE, *scene.WAITING):
        Desk(sessions, world, "xiang").approve(visit_id)
    page.goto(f"{staff.address}/review")
    expect(page.get_by_test_id("review-empty")).to_be_visible()
    assert violations(page) == []
    page.goto(f"{staff.address}/findings")
    expect(page.get_by_test_id("findings")).to_contain_text("代购代买" if lang == "zh" else "Buying on behalf")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
