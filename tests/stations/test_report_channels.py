"""Report channels: each level tells its own, the next supersedes, and nobody's mobile is ever published."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from stations.channels.keeping import ChannelWish, channels_below, channels_of, set_channel
from stations.channels.tables import ReportChannel
from stations.people.tables import AuditEvent
from tests.conftest import NOON
from tests.world import World

FROM = dt.date(2026, 11, 1)


def wish(phone: str | None = "0746-1234567", url: str | None = None) -> ChannelWish:
    return ChannelWish("江永县商务局", phone, url, FROM)


def test_a_level_that_told_none_is_named_with_none(session: Session, world: World) -> None:
    jiang = world.callers["jiang"]
    set_channel(session, jiang, jiang.unit_code, wish(), now=NOON)
    told = [(one.level, one.unit_code, one.office, one.phone) for one in channels_of(session, jiang.unit_path)]
    assert told == [
        ("province", "43", None, None), ("prefecture", "4311", None, None),
        ("county", "431125", "江永县商务局", "0746-1234567"),
    ]  # fmt: skip


def test_the_next_supersedes_and_both_stay(session: Session, world: World) -> None:
    jiang = world.callers["jiang"]
    set_channel(session, jiang, "431125", wish(), now=NOON)
    set_channel(session, jiang, "431125", wish("12345", "https://example.gov.cn/jubao"), now=NOON)
    rows = session.scalars(select(ReportChannel).order_by(ReportChannel.id)).all()
    assert [(row.phone, row.superseded_at is None) for row in rows] == [("0746-1234567", False), ("12345", True)]
    noted = session.scalars(select(AuditEvent.after).where(AuditEvent.action == "channel.set")).all()
    assert [one["phone"] for one in noted if one] == ["0746-1234567", "12345"]


@pytest.mark.parametrize(
    ("phone", "kept"),
    [("0746-1234567", "0746-1234567"), ("(0731)82212345", "073182212345"), ("400-800-1234", "400-800-1234"),
     ("12312", "12312"), ("０７４６－１２３４５６７", "0746-1234567"), ("0731 8221 2345", "073182212345")],
)  # fmt: skip
def test_numbers_of_offices(session: Session, world: World, phone: str, kept: str) -> None:
    assert set_channel(session, world.callers["jiang"], "431125", wish(phone), now=NOON).phone == kept


@pytest.mark.parametrize("phone", ["13812345678", "+86 138 1234 5678", "138-1234-5678", "110", "call me", "0746"])
def test_a_persons_number_is_no_channel(session: Session, world: World, phone: str) -> None:
    with pytest.raises(Refusal) as refused:
        set_channel(session, world.callers["jiang"], "431125", wish(phone), now=NOON)
    assert (refused.value.code, list(refused.value.errors)) == ("BAD_INPUT", ["phone"])


def test_an_address_is_one_of_the_web(session: Session, world: World) -> None:
    for url in ("javascript:alert(1)", "ftp://example.gov.cn", "https://"):
        with pytest.raises(Refusal) as refused:
            set_channel(session, world.callers["jiang"], "431125", wish(None, url), now=NOON)
        assert list(refused.value.errors) == ["url"]
    with pytest.raises(Refusal) as refused:
        set_channel(session, world.callers["jiang"], "431125", wish(None, None), now=NOON)
    assert list(refused.value.errors) == ["phone"]


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [({"office": "王主任 13812345678"}, "office"), ({"office": "王主任 (+86) 138-1234-5678"}, "office"),
     ({"office": "电话0746-1234567 １３８１２３４５６７８"}, "office"), ({"office": "  "}, "office"),
     ({"office": "\u3000"}, "office"),
     ({"url": "https://example.gov.cn/13812345678"}, "url"), ({"url": "https://example.gov.cn/a b"}, "url"),
     ({"url": "https://example.gov.cn/?t=138%201234%205678"}, "url"), ({"url": "http://[x"}, "url"),
     ({"url": "http://℀.com"}, "url"), ({"url": "http://:80"}, "url"), ({"url": "http://x.cn:port/"}, "url"),
     ({"valid_from": dt.date(2026, 11, 21)}, "valid_from"), ({"valid_from": dt.date(2030, 1, 1)}, "valid_from")],
)  # fmt: skip
def test_what_is_no_channel_of_an_office_today(
    session: Session, world: World, changes: dict[str, Any], wrong: str
) -> None:
    set_channel(session, world.callers["jiang"], "431125", wish(), now=NOON)
    with pytest.raises(Refusal) as refused:
        set_channel(session, world.callers["jiang"], "431125", replace(wish(), **changes), now=NOON)
    assert (refused.value.code, list(refused.value.errors)) == ("BAD_INPUT", [wrong])
    assert [(row.phone, row.superseded_at) for row in session.scalars(select(ReportChannel))] == [(wish().phone, None)]


def test_long_numbers_in_an_address_and_today_are_let_through(session: Session, world: World) -> None:
    address = "https://例.中国:8080/art/2026/11/20/1763600000123.html"
    told = ChannelWish("江永县商务局(12312)", None, address, NOON.date())
    assert set_channel(session, world.callers["jiang"], "431125", told, now=NOON).url == told.url


def test_nobody_tells_for_another_county_or_for_a_township(session: Session, world: World) -> None:
    with pytest.raises(Refusal) as refused:
        set_channel(session, world.callers["jiang"], "430922", wish(), now=NOON)
    assert refused.value.code == "OUT_OF_SCOPE"
    with pytest.raises(Refusal) as refused:
        set_channel(session, world.callers["jiang"], "431125100", wish(), now=NOON)
    assert (refused.value.code, list(refused.value.errors)) == ("BAD_INPUT", ["unit"])


def test_an_office_sees_its_own_and_those_below(session: Session, world: World) -> None:
    assert [one.unit_code for one in channels_below(session, world.callers["jiang"])] == ["431125"]
    assert "430922" not in [one.unit_code for one in channels_below(session, world.callers["yong"])]
    all_of_them = {one.unit_code for one in channels_below(session, world.callers["xiang"])}
    assert all_of_them == {"43", "4309", "4311", "430922", "431125"}
