"""Visits that wait for the prefecture's reviewer, as they are after the jobs: pictures, a reading, judgements."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from flask import Flask
from PIL import Image, ImageDraw

from api.job_loop import Worker
from api.photo_room import photo_jobs
from inspections.plausibility.tables import VisitJudgement
from inspections.signage.tables import SignReading
from tests.conftest import NOON
from tests.inspections.review.reviewing import bind_2020
from tests.visit_making import claim, sent, sha
from tests.world import World

IDS = [f"0b7c7a52-6c1e-4a53-9d3e-0000000000{number:02d}" for number in range(7)]
BEFORE, WRONG, LIKE, THIRD, FOURTH, UNSEEN, CLEAN = IDS
# In the order of the queue.
WAITING = [LIKE, WRONG, THIRD, FOURTH, UNSEEN, CLEAN]
ANSWERS = {"services": ["parcel", "purchase_agency"], "sign_wording": "national"}


def board(seed: int) -> bytes:
    """Give a picture of a shop front with a signboard; another seed, another picture."""
    image = Image.new("RGB", (960, 720), (120 + seed * 9, 150, 160))
    draw = ImageDraw.Draw(image)
    draw.rectangle((120, 240, 840, 700), fill=(205, 190 - seed * 6, 160))
    draw.rectangle((160, 120, 800, 230), fill=(160, 20, 30 + seed * 12))
    draw.text((220, 150), f"SHOP SIGN {seed}", fill=(255, 240, 120), font_size=52)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return out.getvalue()


def put(app: Flask, world: World, number: int, **changes: Any) -> None:
    """Let one visit arrive with its photo."""
    picture, phone, client = board(number), world.as_phone("chen"), app.test_client()
    body = sent(photos=[claim(picture)], **({"answers": ANSWERS} | changes))
    assert client.put(f"/api/v1/inspections/{IDS[number]}", data=body, headers=phone).status_code == 201
    assert client.put(f"/api/v1/media/{sha(picture)}", data=picture, headers=phone).status_code in (200, 201)


def lay(app: Flask, world: World) -> None:
    """Lay seven visits: an approved-looking earlier one is the last photo of the others."""
    sessions = app.extensions["cunzhan_sessions"]
    with sessions.begin() as session:
        bind_2020(session)
    times = {"started_at": "2026-11-01T09:00:00+08:00", "ended_at": "2026-11-01T09:10:00+08:00",
             "captured_at": "2026-11-01T09:10:00+08:00"}  # fmt: skip
    put(app, world, 0, **times, observed_state="open_weakened")
    for number in range(1, 7):
        # One of them found a service missing.
        more = {"answers": ANSWERS | {"services": ["parcel"]}} if IDS[number] == UNSEEN else {}
        put(app, world, number, **more)
    pictures = {kind: job for kind, job in photo_jobs(app).items() if kind == "photo_thumbnail"}
    Worker(sessions, pictures, app.extensions["cunzhan_clock"], daily=()).serve(until_empty=True)
    with sessions.begin() as session:
        session.add_all([
            judged(LIKE, 30, [("photo_like_elsewhere", sha(board(2)),
                               {"station": "TJ001", "visit": "x", "on": "2026-10-01", "percent": 91})]),
            judged(WRONG, 20, [("sign_says_otherwise", sha(board(1)), {"read": "provincial", "said": "national",
                                                                       "wording": "电子商务进农村综合示范项目"})]),
            judged(THIRD, 5, [("no_fix", None, {})]), judged(FOURTH, 3, [("no_fix", None, {})]), judged(CLEAN, 0, []),
            judged(BEFORE, -5, []),
        ])  # fmt: skip
        session.add(read(sha(board(1))))


def judged(visit_id: str, weight: int, reasons: list[tuple[str, str | None, dict[str, Any]]]) -> VisitJudgement:
    rows = [{"code": code, "weight": weight, "photo": photo, "figures": figures} for code, photo, figures in reasons]
    times = [{"photo": None, "not_before": None, "not_after": (NOON - dt.timedelta(hours=1)).isoformat()}]
    return VisitJudgement(inspection_id=visit_id, judged_at=NOON, rule_version="1", weight=weight, reasons=rows,
                          times=times)  # fmt: skip


def read(sha256: str) -> SignReading:
    return SignReading(sha256=sha256, engine="test 1", read_at=NOON, sign_class="provincial",
                       wording="电子商务进农村综合示范项目", confidence=0.87, is_sure=False, lines=[],
                       channels=[{"text": "举报电话 0746-5722000", "number": "0746-5722000", "level": "county"}],
                       box=[160, 120, 800, 230], width_px=960, height_px=720, took_ms=300)  # fmt: skip
