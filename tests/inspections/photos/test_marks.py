"""What stands on a marked photo, to the letter, and where its facts come from."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from flask.testing import FlaskClient
from sqlalchemy.orm import Session, sessionmaker

from field_app_schema.words.closed_lists import WORDS as LISTS
from field_app_schema.words.marks import WORDS as MARKS
from inspections.marking.lines import MarkedFacts, lines_of, verify_address
from inspections.marking.making import MarkStyle, facts_waiting
from tests.conftest import NOON
from tests.visit_making import ID_A, claim, jpeg, sent, sha
from tests.world import World

WORDS = [{key: words[side] for key, words in (LISTS | MARKS).items()} for side in (0, 1)]
FACTS = MarkedFacts(
    sha256="3d" * 32, taken_at=NOON - dt.timedelta(minutes=35), visited_at=NOON - dt.timedelta(minutes=30),
    heard_at=NOON - dt.timedelta(minutes=50),
    received_at=NOON, place="江永县 潇浦镇 㙍村", station="㙍村服务站 JY001", on_site="on_site", distance_m=11.4,
    accuracy_m=12.0, inspector="陈喆", public_url="https://cunzhan.example",
)  # fmt: skip


def test_the_lines_in_chinese() -> None:
    assert lines_of(FACTS, WORDS[0]) == [
        "2026-11-20 11:25 拍摄(北京时间,手机时钟)",
        "2026-11-20 12:00 服务器已收到;手机此前核对过的服务器时间 2026-11-20 11:10",
        "江永县 潇浦镇 㙍村 · 㙍村服务站 JY001",
        "在现场:定位距登记点 11 米,精度 12 米",
        "检查人 陈喆 · 编号 7MYKT-F9X7M · 查验 cunzhan.example/verify/7MYKTF9X7M",
    ]


def test_what_is_not_known_is_not_claimed() -> None:
    bare = replace(FACTS, heard_at=None, distance_m=None, accuracy_m=None, on_site="no_fix", public_url="")
    assert lines_of(bare, WORDS[1]) == [
        "2026-11-20 11:25 taken (Beijing time, the phone's clock)", "2026-11-20 12:00 received by the server",
        "江永县 潇浦镇 㙍村 · 㙍村服务站 JY001", "Position: No position",
        "By 陈喆 · code 7MYKT-F9X7M · /verify/7MYKTF9X7M",
    ]  # fmt: skip
    assert verify_address(bare) == "/verify/7MYKTF9X7M"


def test_what_is_known_of_the_visit_alone_is_said_of_the_visit() -> None:
    untold, chosen = replace(FACTS, taken_at=None), replace(FACTS, is_file=True)
    assert [lines_of(untold, WORDS[side])[0] for side in (0, 1)] == [
        "2026-11-20 11:30 检查(北京时间,手机时钟)",
        "2026-11-20 11:30 visited (Beijing time, the phone's clock)"]  # fmt: skip
    assert [lines_of(chosen, WORDS[side])[0] for side in (0, 1)] == [
        "2026-11-20 11:30 检查(北京时间,手机时钟);照片选自相册",
        "2026-11-20 11:30 visited (Beijing time, the phone's clock); photo out of the gallery"]  # fmt: skip


def test_a_photo_out_of_the_gallery_and_one_without_a_time(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    chosen, untold, headers = jpeg(1), jpeg(2), world.as_phone("chen")
    photos = [claim(chosen) | {"capture": {"source": "file"}}, claim(untold, "front") | {"taken_at": None}]
    assert client.put(f"/api/v1/inspections/{ID_A}", data=sent(photos=photos), headers=headers).status_code == 201
    for one in (chosen, untold):
        assert client.put(f"/api/v1/media/{sha(one)}", data=one, headers=headers).status_code == 201
    with sessions() as session:
        waiting = facts_waiting(session, ID_A, MarkStyle(WORDS[0], Path("no font is needed")))
    assert [lines_of(facts, WORDS[0])[0] for _, facts in waiting] == [
        "2026-11-20 11:30 检查(北京时间,手机时钟);照片选自相册",
        "2026-11-20 11:30 检查(北京时间,手机时钟)"]  # fmt: skip


def test_the_facts_are_those_of_the_visit(client: FlaskClient, world: World, sessions: sessionmaker[Session]) -> None:
    photo, headers = jpeg(1), world.as_phone("chen")
    body = sent(photos=[claim(photo)])
    assert client.put(f"/api/v1/inspections/{ID_A}", data=body, headers=headers).status_code == 201
    style = MarkStyle(WORDS[0], Path("no font is needed"))
    with sessions() as session:
        assert facts_waiting(session, ID_A, style) == []
    assert client.put(f"/api/v1/media/{sha(photo)}", data=photo, headers=headers).status_code == 201
    with sessions() as session:
        [(_photo_id, facts)] = facts_waiting(session, ID_A, style)
        assert facts_waiting(session, "no such visit", style) == []
    assert lines_of(facts, WORDS[0]) == [
        "2026-11-20 11:25 拍摄(北京时间,手机时钟)",
        "2026-11-20 12:00 服务器已收到",
        "江永县 潇浦镇 何家湾村委会 · 何家湾服务站 JY001",
        "在现场:定位距登记点 11 米,精度 12 米",
        "检查人 陈检查 · 编号 SQ1R4-JC0E3 · 查验 /verify/SQ1R4JC0E3",
    ]
