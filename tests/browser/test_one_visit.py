"""Staff look at a visit from its station's timeline, and send it back from above the county."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from api.worker import make_worker
from inspections.review.tables import VisitReturn
from inspections.visits.time_signing import signed_now
from tests.browser.conftest import DESK, PHONE, Staff
from tests.browser.test_every_page import settle, violations
from tests.conftest import NOON, Clock
from tests.visit_making import ID_A, claim, jpeg, sent, sha
from tests.world import World

# How a page looks does not depend on the database.
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("backend", ["sqlite"], indirect=True)]

SIGN, INSIDE, SMALL = jpeg(3, (640, 480)), jpeg(5, (640, 480)), jpeg(5, (160, 120))
EXIF = {"tags": {"Make": "HUAWEI", "DateTimeOriginal": "2026:11:20 11:25:03"}}


@pytest.fixture(autouse=True)
def a_visit(app: Flask, world: World) -> None:
    """A visit with its sign received and the other photo only as a preview; a second visit is complete."""
    client, phone = app.test_client(), world.as_phone("chen")
    capture = {"source": "camera", "kept_anyway": True}
    photos = [claim(SIGN) | {"exif": EXIF, "capture": capture}, claim(INSIDE, "inside")]
    body = sent(photos=photos, answers={"sign_wording": "other_wording", "other_wording": "<b>供销社</b>"},
                not_answered={"services": "not_seen"})  # fmt: skip
    assert client.put(f"/api/v1/inspections/{ID_A}", data=body, headers=phone).status_code == 201
    assert client.put(f"/api/v1/media/{sha(SIGN)}", data=SIGN, headers=phone).status_code == 201
    assert client.put(f"/api/v1/media/{sha(INSIDE)}/preview", data=SMALL, headers=phone).status_code == 201
    make_worker(app).serve(until_empty=True)


def opened(staff: Staff, person: str, *, size: tuple[int, int] = DESK, lang: str = "zh") -> Page:
    page = staff.open("/stations/JY001", person, size=size, lang=lang)
    page.get_by_test_id(f"visit-{ID_A}").click()
    expect(page.get_by_test_id("visit")).to_be_visible()
    return page


def test_what_was_answered_left_open_and_photographed(staff: Staff) -> None:
    page = opened(staff, "jiang")
    card = page.get_by_test_id("visit")
    expect(card).to_contain_text("没看到")
    expect(card).to_contain_text("<b>供销社</b>")
    expect(page.get_by_test_id(f"photo-{sha(SIGN)[:8]}")).to_contain_text("仍保留")
    waiting = page.get_by_test_id(f"photo-{sha(INSIDE)[:8]}")
    expect(waiting).to_contain_text("预览")
    # The picture comes over the line; it is looked at when it is there.
    assert waiting.locator("img").evaluate("image => image.decode().then(() => image.naturalWidth)") == 160
    # The county reads it and does not send it back.
    expect(page.get_by_test_id("return-form")).to_have_count(0)


ALSO = "0b7c7a52-6c1e-4a53-9d3e-2f4f5a1b0c77"


@pytest.mark.parametrize(("lang", "size"), [("zh", PHONE), ("en", DESK)], ids=["zh phone", "en desk"])
def test_what_asks_for_a_second_look_stands_in_words(
    app: Flask,
    staff: Staff,
    world: World,
    clock: Clock,
    sessions: sessionmaker[Session],
    lang: str,
    size: tuple[int, int],
) -> None:
    clock.forward(minutes=1)
    with sessions.begin() as session:
        heard = signed_now(session, world.callers["chen"], now=NOON)
    fix = {"lon": 111.36, "lat": 25.2711, "accuracy_m": 12.0, "coord_system": "wgs84", "provider": "<i>mock</i>"}
    body = sent(captured_at="2026-11-14T11:30:00+08:00", started_at="2026-11-14T11:20:00+08:00", fix=fix,
                photos=[claim(SIGN) | {"taken_at": "2026-11-14T11:25:00+08:00"}],
                clock={"wall": "2026-11-14T03:30:00Z", "signed_time": heard})  # fmt: skip
    app.test_client().put(f"/api/v1/inspections/{ALSO}", data=body, headers=world.as_phone("chen"))
    make_worker(app).serve(until_empty=True)
    page = staff.open("/stations/JY001", "jiang", size=size, lang=lang)
    page.get_by_test_id(f"visit-{ALSO}").click()
    told = page.get_by_test_id("reasons").locator("li")
    expect(told).to_have_count(4)
    assert [one.get_attribute("data-reason") for one in told.all()] == [
        "backdated", "fix_mocked", "photo_same_before", "place_away",
    ]  # fmt: skip
    said = {"zh": ["2026-11-14 11:30", "“<i>mock</i>”", "2026-11-20", "1,810 米"],
            "en": ["2026-11-14 11:30", "«<i>mock</i>»", "2026-11-20", "1,810 m"]}  # fmt: skip
    for item, words in zip(told.all(), said[lang], strict=True):
        expect(item).to_contain_text(words)
    expect(page.get_by_test_id("proved")).to_contain_text("2026-11-20 12:00")
    settle(page)
    assert violations(page) == []


def test_it_is_sent_back_from_above(app: Flask, staff: Staff, world: World, sessions: sessionmaker[Session]) -> None:
    page = opened(staff, "yong")
    expect(page.get_by_test_id("return-form")).to_have_count(0)
    app.test_client().put(f"/api/v1/media/{sha(INSIDE)}", data=INSIDE, headers=world.as_phone("chen"))
    page.get_by_test_id(f"visit-{ID_A}").click()
    page.get_by_test_id("mark-sign_wording").check()
    page.get_by_test_id(f"mark-{sha(SIGN)[:16]}").check()
    page.get_by_test_id("return-note").fill("招牌上的字和照片不符")
    page.get_by_test_id("return-form").get_by_role("button").click()
    expect(page.get_by_test_id("returned")).to_contain_text("招牌上的字和照片不符")
    expect(page.get_by_test_id("visit")).to_have_attribute("data-state", "returned")
    with sessions() as session:
        told = session.scalars(select(VisitReturn)).one()
        assert [(mark["kind"], mark["name"]) for mark in told.marks] == [
            ("field", "sign_wording"), ("photo", sha(SIGN))]  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_everybody_can_use_it(
    app: Flask, staff: Staff, world: World, lang: str, size: tuple[int, int], tmp_path: Path
) -> None:
    app.test_client().put(f"/api/v1/media/{sha(INSIDE)}", data=INSIDE, headers=world.as_phone("chen"))
    page = opened(staff, "yong", size=size, lang=lang)
    settle(page)
    page.screenshot(path=tmp_path / "visit.png", full_page=True)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
