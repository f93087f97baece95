"""`make phone-pictures`: every screen of the phone at two sizes, light and dark, in both languages, to be looked at.

The pictures lie in `var/phone-pictures`, one folder for each language, size and light; none of them is committed.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from api.demonstration.people import read
from docs.phone_desk import Desk
from docs.phone_shots import Shooter
from docs.phone_walks import walk_inspector, walk_owner
from docs.pictures import PORT, QUIET, ROOT, demonstration
from tests.phone.stand.scene import street, write_camera

FOLDER = ROOT / "var/phone-pictures"
AT_A_STATION = {"longitude": 111.3473, "latitude": 25.2703, "accuracy": 12.0}


def main(languages: list[str]) -> None:
    """Walk through the phone as an inspector and as an owner, once in each language."""
    for lang in languages or ["zh", "en"]:
        with tempfile.TemporaryDirectory() as name, demonstration(Path(name)), sync_playwright() as playwright:
            folder = Path(name)
            accounts = read(folder / "demo-accounts.json")
            assert accounts is not None
            desk = Desk(playwright, f"http://127.0.0.1:{PORT}", accounts.password)
            camera = write_camera(folder / "camera.mjpeg", frames=12)
            dark = folder / "dark.jpg"
            street(5).point(lambda light: light // 9).save(dark, quality=85)
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"),
                args=[*QUIET, "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
                      f"--use-file-for-fake-video-capture={camera}"],
            )  # fmt: skip
            walk_inspector(_phone(browser, lang, first=1), desk, dark)
            walk_owner(_phone(browser, lang, first=51), desk, str(accounts.phone_code))
            browser.close()


def _phone(browser: Browser, lang: str, *, first: int) -> Shooter:
    context = browser.new_context(
        viewport={"width": 360, "height": 800}, locale="zh-CN", timezone_id="Asia/Shanghai", geolocation=AT_A_STATION,
        permissions=["geolocation", "camera"], device_scale_factor=1, has_touch=True, reduced_motion="reduce",
    )  # fmt: skip
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{PORT}/app/")
    page.get_by_test_id(f"language-{lang}").click()
    return Shooter(page, FOLDER / lang, first)


if __name__ == "__main__":
    main(sys.argv[1:])
