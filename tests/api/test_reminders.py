"""The doors of the reminders."""

from __future__ import annotations

import datetime as dt

from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from stations.people.tables import AuditEvent
from stations.sales.reminders.tables import ReminderSent
from tests.world import World

AT = dt.datetime(2026, 11, 3, 1, 0, tzinfo=dt.UTC)


def test_a_county_sees_what_was_asked_for_and_when(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    with sessions.begin() as session:
        for code in ("JY001", "JY002", "TJ001"):
            session.add(ReminderSent(station_id=world.stations[code], period=202610, kind="before_due", asked_at=AT,
                                     message_id="m1"))  # fmt: skip
    told = client.get("/api/v1/reminders?period=202610&page_size=1&page=2", headers=world.as_phone("jiang")).json
    assert told["reminders"] == [
        {"station": "JY002", "name": "夏湾服务站", "kind": "before_due", "asked_at": "2026-11-03T01:00:00+00:00",
         "message_id": "m1"},
    ]  # fmt: skip
    assert (told["count"], told["frame"]["periods"]) == (2, ["202610"])
    assert client.get("/api/v1/reminders?period=202610", headers=world.as_phone("xiang")).json["count"] == 3
    assert client.get("/api/v1/reminders?period=202611", headers=world.as_phone("xiang")).json["count"] == 0


def test_an_office_sets_changes_and_takes_back_its_address(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    door, jiang = "/api/v1/reminders/mailbox", world.as_phone("jiang")
    assert client.get(door, headers=jiang).json == {
        "county": "431125", "address": None, "set_at": None, "permissions": {"may_edit": True},
    }  # fmt: skip
    for address in ("a@jy.example", "b@jy.example", None):
        assert client.put(door, json={"address": address}, headers=jiang).json["address"] == address
    for bad in ("nobody", "a@jy.example\nBcc: x@y.example", "", 7):
        assert client.put(door, json={"address": bad}, headers=jiang).status_code == 422, bad
    assert client.get(door, headers=world.as_phone("xiang")).status_code == 422
    shown = client.get(f"{door}?ou=431125", headers=world.as_phone("xiang")).json
    assert shown["permissions"] == {"may_edit": False}
    with sessions() as session:
        acts = session.scalars(select(AuditEvent).where(AuditEvent.action == "reminder.address")).all()
        assert [(act.before, act.after) for act in acts] == [
            (None, {"address": "a@jy.example"}), ({"address": "a@jy.example"}, {"address": "b@jy.example"}),
            ({"address": "b@jy.example"}, None),
        ]  # fmt: skip
