"""The inspector's work screens in real Chromium: duties, what is near, plaques, the way, the map, a new station."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest
import segno
from PIL import Image
from playwright.sync_api import Page, expect
from sqlalchemy import select

from inspections.found.tables import FoundStation
from inspections.tasks.assigning import NewTasks, assign
from tests.phone.conftest import Stand
from tests.phone.stand.handset import Handset
from tests.phone.stand.visiting import all_sent, choose, fill_visit, save_visit, sync

pytestmark = pytest.mark.browser

NORTH_EAST = {"longitude": 111.3411, "latitude": 25.2701, "accuracy": 9.0}


@pytest.fixture
def page(phone: Handset) -> Page:
    """Chen's phone on the list, near the first station."""
    assert phone.context is not None
    phone.context.set_geolocation({"longitude": 111.3421, "latitude": 25.2711, "accuracy": 12.0})
    phone.page.evaluate("location.hash = '#/stations'")
    phone.page.get_by_test_id("station-search").fill("")
    return phone.page


def show(page: Page, screen: str) -> None:
    page.evaluate(f"location.hash = '#/{screen}'")


def test_assigned_visits_come_down_and_stand_above_what_is_near(stand: Stand, page: Page) -> None:
    now = dt.datetime.now(dt.UTC)
    with stand.sessions.begin() as session:
        chen = stand.world.accounts["chen"].id
        wanted = NewTasks(chen, ["T58"], "site_visit", due_on=dt.date(2026, 1, 31), reason="三个月没有报数")
        assign(session, stand.world.callers["jiang"], wanted, now=now)
    sync(page)
    show(page, "stations")

    duties = page.get_by_test_id("tasks")
    expect(duties).to_contain_text("安排给您的(1)")
    expect(duties).to_contain_text("已过期 · 2026-01-31 前")
    expect(duties).to_contain_text("三个月没有报数")
    # Once in all of the list, though it lies within no 2 km.
    expect(page.get_by_test_id("station-T58")).to_have_count(1)
    expect(page.get_by_test_id("near")).to_contain_text("附近 2 公里(")
    expect(page.get_by_test_id("near").get_by_role("link").first).to_contain_text("何家湾服务站")


@pytest.mark.parametrize(("wish", "found"), [("何家湾", "JY001"), ("ＪＹ００２", "JY002"), ("服务站 t07", "T07")])
def test_search_folds_and_wants_every_word(page: Page, wish: str, found: str) -> None:
    page.get_by_test_id("station-search").fill(wish)
    expect(page.get_by_test_id("station-count")).to_contain_text("1 个站点")
    expect(page.get_by_test_id(f"station-{found}")).to_be_visible()


def test_a_plaque_leads_to_its_visit(stand: Stand, phone: Handset) -> None:
    film = film_of(stand.folder, f"{stand.line.address}/s/JY002")
    scanner = stand.phone("scanner", "chen", f"--use-file-for-fake-video-capture={film}")
    scanner.page.get_by_test_id("scan").click()
    expect(scanner.page).to_have_url(f"{stand.line.address}/app/#/visit/JY002")
    assert scanner.complaints == []


def test_an_enrolment_code_is_scanned_as_well(stand: Stand) -> None:
    link = f"{stand.line.address}/app/#enrol={stand.code_for('chen')}"
    film = film_of(stand.folder, link, "enrolment")
    camera = f"--use-file-for-fake-video-capture={film}"
    fresh = Handset(stand.playwright, stand.folder / "fresh", stand.line.address, camera)
    stand.phones["fresh"] = fresh
    page = fresh.open()
    page.get_by_test_id("enrol-scan").click()
    expect(page.get_by_test_id("enrol-code")).to_have_value(link.split("=")[1])
    page.get_by_test_id("enrol-submit").click()
    expect(page.get_by_test_id("station-JY001")).to_be_visible()
    assert fresh.complaints == []


def test_the_way_is_told_turned_and_handed_over_in_each_apps_datum(phone: Handset, page: Page) -> None:
    assert phone.context is not None
    phone.context.set_geolocation(NORTH_EAST)
    show(page, "visit/JY001")
    direction = page.get_by_test_id("way-direction")
    expect(direction).to_have_text("东北 135 m")
    arrow = page.get_by_test_id("way").locator("svg path").first
    expect(arrow).to_have_attribute("transform", "rotate(42 12 12)")
    # The phone turns to look east: the arrow turns back by as much.
    page.evaluate("""() => dispatchEvent(
        new DeviceOrientationEvent('deviceorientationabsolute', { alpha: 270, absolute: true }))""")
    expect(arrow).to_have_attribute("transform", "rotate(312 12 12)")

    page.get_by_test_id("guide-choose").click()
    guides = ("amap", "baidu", "tencent", "geo")
    hrefs = {one: page.get_by_test_id(f"guide-{one}").get_attribute("href") for one in guides}
    # 111.3420, 25.2710 in GCJ-02 and BD-09, as geo/datum.py has them.
    assert "dlat=25.268266&dlon=111.347383" in str(hrefs["amap"])
    assert "latlng:25.274528,111.353815&coord_type=bd09ll" in str(hrefs["baidu"])
    assert "tocoord=25.268266,111.347383" in str(hrefs["tencent"])
    assert str(hrefs["geo"]).startswith("geo:25.271000,111.342000?q=")


def test_the_app_chosen_once_is_one_tap_the_next_time(page: Page) -> None:
    page.evaluate("localStorage.setItem('cunzhan.guide', 'tencent')")
    show(page, "visit/JY002")
    expect(page.get_by_test_id("guide")).to_have_text("腾讯地图")


def test_a_station_is_chosen_on_the_map_by_the_list_or_by_a_tap(page: Page) -> None:
    show(page, "map")
    page.get_by_test_id("map-fix").click()
    page.get_by_test_id("map-station-JY001").click()
    expect(page.get_by_test_id("map-chosen")).to_contain_text("何家湾服务站")
    page.get_by_test_id("map-close").click()
    expect(page.get_by_test_id("map-chosen")).to_have_count(0)

    # Choosing moved it into the middle; a tap there finds it, a tap in the empty corner lets it go.
    canvas = page.get_by_test_id("map-canvas")
    box = canvas.bounding_box()
    assert box is not None
    for _ in range(5):
        page.get_by_test_id("map-plus").click()
    canvas.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    expect(page.get_by_test_id("map-chosen")).to_contain_text("何家湾服务站")
    canvas.click(position={"x": 20, "y": 20})
    expect(page.get_by_test_id("map-chosen")).to_have_count(0)

    page.get_by_test_id("map-station-JY001").click()
    page.get_by_test_id("map-open").click()
    expect(page.get_by_test_id("save-visit")).to_be_visible()
    # «Back» leads to where one came from.
    page.get_by_test_id("back").click()
    expect(page.get_by_test_id("map-canvas")).to_be_visible()


def test_a_station_visited_today_says_so_before_a_second_visit(stand: Stand, page: Page) -> None:
    code = stand.station()
    show(page, f"visit/{code}")
    expect(page.get_by_test_id("save-visit")).to_be_visible()
    expect(page.get_by_test_id("visited-today")).to_have_count(0)
    fill_visit(page, code, [])
    save_visit(page)
    show(page, "stations")
    page.get_by_test_id("station-search").fill(code)
    expect(page.get_by_test_id(f"today-{code}")).to_be_visible()
    page.get_by_test_id(f"station-{code}").click()
    expect(page.get_by_test_id("visited-today")).to_contain_text("您今天已经检查过")


def test_a_new_station_is_offered_after_what_it_might_be_and_arrives_with_what_was_shown(
    stand: Stand, phone: Handset, page: Page
) -> None:
    page.get_by_test_id("station-search").fill("没有这个站")
    page.get_by_test_id("offer-new").click()
    # What is near stands first; only then the form.
    expect(page.get_by_test_id("alike").get_by_test_id("station-JY001")).to_be_visible()
    expect(page.get_by_test_id("save-found")).to_have_count(0)
    page.get_by_test_id("none-of-these").click()
    page.get_by_test_id("save-found").click()
    expect(page.get_by_test_id("lacks")).to_contain_text("招牌上的名字")
    page.get_by_test_id("field-name").fill("何家湾新开小店")
    choose(page, "kind", "village_point")
    page.get_by_test_id("village-search").fill("何家湾")
    page.get_by_test_id("village-431125100201").click()
    expect(page.get_by_test_id("village-chosen")).to_be_visible()

    # Kept as it is given: the phone dies and goes on where it was.
    phone.kill()
    page = phone.open("#/found")
    expect(page.get_by_test_id("field-name")).to_have_value("何家湾新开小店")
    expect(page.get_by_test_id("village-chosen")).to_be_visible()
    page.get_by_test_id("save-found").click()
    # Until the app has gone on by itself, an outbox that is looked at may still be empty.
    expect(page.get_by_test_id("outbox-count")).to_be_visible()
    all_sent(page)
    with stand.sessions() as session:
        arrived = session.scalars(select(FoundStation)).one()
        assert (arrived.name, arrived.village_code) == ("何家湾新开小店", "431125100201")
        assert "JY001" in arrived.nearby


def film_of(folder: Path, text: str, name: str = "plaque") -> Path:
    """Write a film of a plaque held a little askew, as Chromium's made-up camera reads it (YUV4MPEG2, 4:2:0)."""
    still, film = folder / f"{name}.png", folder / f"{name}.y4m"
    segno.make(text, error="m").save(str(still), scale=8, border=4)
    code = Image.open(still).convert("L").resize((230, 230)).rotate(7, expand=True, fillcolor=255)
    frame = Image.new("L", (640, 480), 150)
    frame.paste(code, ((640 - code.width) // 2, (480 - code.height) // 2))
    light, colour = np.asarray(frame, np.uint8).tobytes(), np.full(640 * 480 // 2, 128, np.uint8).tobytes()
    film.write_bytes(b"YUV4MPEG2 W640 H480 F10:1 Ip A1:1 C420jpeg\n" + (b"FRAME\n" + light + colour) * 5)
    return film
