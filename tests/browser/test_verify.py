"""Who holds a print looks it up in Chromium: a true, an altered and an unknown code, and the file in the hand."""

from __future__ import annotations

import io
import json

import numpy as np
import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image, ImageDraw
from playwright.sync_api import Page, expect
from sqlalchemy.orm import Session, sessionmaker

from inspections.chain.codes import short_code, written
from inspections.photos.pictures.small import make_small
from inspections.photos.store import PhotoStore, photo_key, thumbnail_key
from inspections.photos.tables import Medium
from tests.browser.conftest import DESK, Staff
from tests.browser.test_every_page import settle, violations
from tests.conftest import NOON
from tests.seal_making import SealingPhone, phone_of
from tests.visit_making import ID_A, ID_B, claim, sha, visit
from tests.world import World

# How a page looks does not depend on the database.
pytestmark = [pytest.mark.browser, pytest.mark.parametrize("backend", ["sqlite"], indirect=True)]

NARROW = (360, 800)


def shop(seed: int, quality: int = 85) -> bytes:
    """Draw a shop front; another seed, another street."""
    drawn = Image.new("RGB", (800, 600), (168, 190, 210))
    pen, chance = ImageDraw.Draw(drawn), np.random.default_rng(seed)
    for column in range(8):
        height, grey = (int(one) for one in chance.integers((150, 60), (520, 220)))
        pen.rectangle((column * 100, 600 - height, column * 100 + 99, 600), fill=(grey, grey - 20, grey - 40))
    pen.rectangle((250, 220, 560, 300), fill=(150, 30, 30))
    out = io.BytesIO()
    drawn.save(out, "JPEG", quality=quality)
    return out.getvalue()


SHOP, OTHER = shop(1), shop(2)
CODE = written(short_code(sha(SHOP)))


def receive(
    client: FlaskClient, world: World, app: Flask, sessions: sessionmaker[Session], visit_id: str, body: bytes,
    phone: SealingPhone, spoilt: bool = False, source: str | None = None,
) -> None:  # fmt: skip
    """Let a sealed photo come in, whole, with the small picture that the worker makes."""
    seal = phone.seal(sha(body))
    if spoilt:
        seal["payload"] = seal["payload"].replace("25.2711", "25.3")
    chen = world.as_phone("chen")
    one = claim(body) | {"seal": seal, "capture": source and {"source": source}}
    assert client.put(f"/api/v1/inspections/{visit_id}", json=visit(photos=[one]), headers=chen).status_code == 201
    assert client.put(f"/api/v1/media/{sha(body)}", data=body, headers=chen).status_code == 201
    store_of(app).put_new(thumbnail_key(sha(body)), make_small(body))
    with sessions.begin() as session:
        session.get_one(Medium, sha(body)).thumbnail_at = NOON


def store_of(app: Flask) -> PhotoStore:
    return PhotoStore(app.extensions["cunzhan_config"].photo_store_url)


@pytest.fixture
def received(client: FlaskClient, world: World, app: Flask, sessions: sessionmaker[Session]) -> SealingPhone:
    """A true photo of JY001."""
    phone = phone_of(client, world)
    receive(client, world, app, sessions, ID_A, SHOP, phone)
    return phone


def give(page: Page, name: str, body: bytes) -> None:
    page.get_by_test_id("verify-file").set_input_files({"name": name, "mimeType": "image/jpeg", "buffer": body})


@pytest.mark.usefixtures("received")
@pytest.mark.parametrize(("lang", "size"), [("zh", NARROW), ("en", DESK)], ids=["zh", "en"])
def test_a_true_code(staff: Staff, lang: str, size: tuple[int, int]) -> None:
    page = staff.open(f"/verify/{CODE}", None, size=size, lang=lang)
    settle(page)
    said = "收到过,未改动" if lang == "zh" else "Received, and unaltered"
    expect(page.get_by_test_id("verify-state")).to_contain_text(said)
    facts = page.get_by_test_id("verify-facts")
    expect(facts).to_contain_text("何家湾服务站 (JY001)")
    expect(facts).to_contain_text("江永县 潇浦镇 何家湾村委会")
    expect(facts).to_contain_text("2026-11-20 11:25")
    assert page.get_by_test_id("verify-picture").evaluate("picture => picture.naturalWidth") == 96
    assert "陈检查" not in page.content()
    # The file itself, the same recompressed and smaller, another, and something that is no picture.
    give(page, "original.jpg", SHOP)
    expect(page.get_by_test_id("verify-same")).to_contain_text("一个字节都不差" if lang == "zh" else "to the byte")
    with Image.open(io.BytesIO(SHOP)) as image:
        smaller = io.BytesIO()
        image.resize((400, 300)).save(smaller, "JPEG", quality=40)
    give(page, "smaller.jpg", smaller.getvalue())
    expect(page.get_by_test_id("verify-same")).to_contain_text("同一个画面" if lang == "zh" else "looks like the same")
    expect(page.get_by_test_id("verify-held")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    give(page, "other.jpg", OTHER)
    expect(page.get_by_test_id("verify-same")).to_contain_text("不是这张" if lang == "zh" else "Not this picture")
    give(page, "none.jpg", b"no picture")
    expect(page.get_by_test_id("verify-same")).to_contain_text("打不开" if lang == "zh" else "cannot be opened")


def test_altered_codes(
    staff: Staff, received: SealingPhone, client: FlaskClient, world: World, app: Flask,
    sessions: sessionmaker[Session],
) -> None:  # fmt: skip
    receive(client, world, app, sessions, ID_B, OTHER, received, spoilt=True)
    page = staff.open(f"/verify/{short_code(sha(OTHER))}", None, size=NARROW)
    settle(page)
    expect(page.get_by_test_id("verify-photo")).to_have_attribute("data-state", "altered")
    expect(page.get_by_test_id("verify-facts")).to_contain_text("无效")
    folder = store_of(app).folder
    assert folder is not None
    (folder / photo_key(sha(SHOP))).write_bytes(OTHER)
    page.get_by_test_id("verify-code").fill(CODE.lower().replace("-", " "))
    page.get_by_test_id("verify-form").get_by_role("button").click()
    expect(page.get_by_test_id("verify-state")).to_contain_text("有改动")
    expect(page.get_by_test_id("verify-facts")).to_contain_text("与收到时不一样")
    assert violations(page) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_unknown_code_is_typed(staff: Staff, lang: str) -> None:
    page = staff.open("/verify", None, size=NARROW, lang=lang)
    settle(page)
    assert violations(page) == []
    page.get_by_test_id("verify-code").fill("7PH4R-NGZ2K")
    page.get_by_test_id("verify-form").get_by_role("button").click()
    said = "没有收到过" if lang == "zh" else "No photo with this code"
    expect(page.get_by_test_id("verify-unknown")).to_contain_text(said)
    expect(page.get_by_test_id("verify-code")).to_have_value("7PH4R-NGZ2K")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW[0]
    # The browser itself notes the status of what it was refused.
    staff.complaints[:] = [one for one in staff.complaints if "404" not in one]


def test_page_and_server_reckon_the_same_bits(staff: Staff) -> None:
    """The server's half of the example: tests/inspections/verifying/test_verified.py."""
    page = staff.open("/verify", None)
    settle(page)
    rows, columns = np.mgrid[0:40, 0:60]
    grey = (((columns * 7 + rows * 3) * (columns // 9 + 1)) % 256).ravel().tolist()
    found = page.evaluate(f"""import('/static/pages/same_picture.js').then((room) => {{
        const rgba = {json.dumps(grey)}.flatMap((one) => [one, one, one, 255])
        const own = room.differenceHash(rgba, 60, 40)
        return [own, room.bitsApart(own, own), room.bitsApart('cc95baa46b6a54d4', 'cc95baa46b6a54d7'), room.ALIKE]
    }})""")
    assert found == ["cc9592a46b625454", 0, 2, 12]


@pytest.mark.parametrize(("lang", "size"), [("zh", NARROW), ("en", DESK)], ids=["zh", "en"])
def test_a_picture_out_of_the_gallery_and_one_whose_file_is_gone(
    staff: Staff, client: FlaskClient, world: World, app: Flask, sessions: sessionmaker[Session], lang: str,
    size: tuple[int, int],
) -> None:  # fmt: skip
    receive(client, world, app, sessions, ID_A, SHOP, phone_of(client, world), source="file")
    page = staff.open(f"/verify/{CODE}", None, size=size, lang=lang)
    settle(page)
    said = "能证明的只是何时交来" if lang == "zh" else "not when or where it was taken"
    expect(page.get_by_test_id("verify-state")).to_contain_text(said)
    expect(page.get_by_test_id("verify-facts")).to_contain_text(
        "从相册选的" if lang == "zh" else "Chosen from the gallery"
    )
    expect(page.get_by_test_id("verify-facts")).not_to_contain_text("拍摄时间" if lang == "zh" else "Taken (by")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    folder = store_of(app).folder
    assert folder is not None
    (folder / photo_key(sha(SHOP))).unlink()
    app.extensions["cunzhan_clock"].forward(minutes=2)
    page.reload()
    settle(page)
    expect(page.get_by_test_id("verify-photo")).to_have_attribute("data-state", "missing")
    expect(page.get_by_test_id("verify-state")).to_contain_text("文件不在了" if lang == "zh" else "the file is gone")
    assert violations(page) == []
