"""Asking for reminders: once each, in the day's hours, with the job that sends them; and what they say when sent."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

import jobs
from stations.records.tables import Station, StationVersion
from stations.sales.reminders.asking import Asked, ask_reminders
from stations.sales.reminders.messages import read_message
from stations.sales.reminders.tables import ReminderMailbox, ReminderSent
from tests.stations.sales.returns.building import begin, excuse, more_stations, report
from tests.world import World

NINE = dt.datetime(2026, 11, 3, 1, 0, tzinfo=dt.UTC)
MIDNIGHT = dt.datetime(2026, 11, 2, 16, 1, tzinfo=dt.UTC)
EIGHT = dt.datetime(2026, 11, 3, 0, 0, tzinfo=dt.UTC)
EVENING = dt.datetime(2026, 11, 3, 12, 0, tzinfo=dt.UTC)
FIFTH = dt.datetime(2026, 11, 5, 1, 0, tzinfo=dt.UTC)


def prepared(sessions: sessionmaker[Session], world: World) -> None:
    """Eight stations in Jiangyong: two owe and have filed nothing, the others need no reminder."""
    with sessions.begin() as session:
        more_stations(session, world, 6)
        begin(session)
        report(session, world, "X000", fen=100)
        report(session, world, "X001", is_nil=True)
        excuse(session, world, "X002", "disaster")
        excuse(session, world, "X003", "feed")
        session.get_one(Station, world.stations["X004"]).reporting_mode = "feed"
        report(session, world, "X005", fen=5, state="returned")
        version = session.get_one(StationVersion, session.get_one(Station, world.stations["JY001"]).version_id)
        version.phone, version.head_name = "0746-1234567", "唐站长"


def sent(sessions: sessionmaker[Session]) -> list[tuple[int, str]]:
    with sessions() as session:
        rows = session.execute(select(ReminderSent.station_id, ReminderSent.kind).order_by(ReminderSent.id))
        return [(station_id, kind) for station_id, kind in rows]


def asked_jobs(sessions: sessionmaker[Session]) -> list[jobs.Job]:
    with sessions() as session:
        return list(session.scalars(select(jobs.Job).order_by(jobs.Job.id)))


def test_each_station_is_reminded_once_in_each_way(sessions: sessionmaker[Session], world: World) -> None:
    prepared(sessions, world)
    first, second = world.stations["JY001"], world.stations["JY002"]
    assert ask_reminders(sessions, ["webhook"], now=NINE) == Asked(2, 1, 0)
    assert ask_reminders(sessions, ["webhook"], now=NINE) == Asked()
    assert sent(sessions) == [(first, "before_due"), (second, "before_due")]
    assert ask_reminders(sessions, ["webhook"], now=FIFTH) == Asked(2, 1, 0)
    assert sent(sessions)[2:] == [(first, "due_day"), (second, "due_day")]
    assert ask_reminders(sessions, ["webhook"], now=FIFTH + dt.timedelta(days=1)) == Asked()
    made = asked_jobs(sessions)
    assert [(job.kind, job.payload["channel"], job.unit_path) for job in made] == [
        ("outgoing_message", "webhook", "/CN/43/4311/431125/"), ("outgoing_message", "webhook", "/CN/43/4311/431125/"),
    ]  # fmt: skip
    # No telephone number waits in a queue.
    assert {key for job in made for key in job.payload} == {"message_id", "channel"}


def test_who_owes_later_that_day_gets_a_message_of_the_own(sessions: sessionmaker[Session], world: World) -> None:
    prepared(sessions, world)
    ask_reminders(sessions, ["webhook"], now=NINE)
    with sessions.begin() as session:
        session.get_one(Station, world.stations["X004"]).reporting_mode = "form"
    assert ask_reminders(sessions, ["webhook"], now=NINE) == Asked(1, 1, 0)
    assert len({job.payload["message_id"] for job in asked_jobs(sessions)}) == 2


def test_before_eight_it_waits_and_from_twenty_it_is_silent(sessions: sessionmaker[Session], world: World) -> None:
    prepared(sessions, world)
    for _ in range(2):
        assert ask_reminders(sessions, ["webhook"], now=MIDNIGHT) == Asked()
    made = asked_jobs(sessions)
    assert [(job.kind, job.run_at) for job in made] == [("reminders", EIGHT)]
    assert ask_reminders(sessions, ["webhook"], now=EVENING) == Asked()
    assert sent(sessions) == []
    assert ask_reminders(sessions, ["webhook"], now=EIGHT) == Asked(2, 1, 0)


def test_without_a_way_out_nothing_is_noted_as_sent(sessions: sessionmaker[Session], world: World) -> None:
    prepared(sessions, world)
    assert ask_reminders(sessions, [], now=NINE) == Asked()
    assert ask_reminders(sessions, ["mail"], now=NINE) == Asked(0, 0, 1)
    assert sent(sessions) == []
    with sessions.begin() as session:
        session.add(ReminderMailbox(unit_code="431125", address="shangwu@jy.example", set_at=NINE))
    assert ask_reminders(sessions, ["webhook", "mail"], now=NINE) == Asked(2, 2, 0)


def test_a_message_is_read_when_it_is_sent(sessions: sessionmaker[Session], world: World) -> None:
    prepared(sessions, world)
    ask_reminders(sessions, ["webhook"], now=NINE)
    message_id = asked_jobs(sessions)[0].payload["message_id"]
    with sessions.begin() as session:
        message = read_message(session, message_id)
        assert message is not None
        assert [(one.station, one.phone, one.text) for one in message.stations] == [
            ("JY001", "0746-1234567", "何家湾服务站:2026年10月月报还没收到,最迟11月5日。没有业务请报“本月零”。"),
            ("JY002", None, "夏湾服务站:2026年10月月报还没收到,最迟11月5日。没有业务请报“本月零”。"),
        ]
        assert (message.county_name, message.good_until) == ("江永县", EVENING)
        assert message.subject == "江永县:2026年10月月报还有 2 站没报,最迟11月5日"
        assert message.letter.splitlines()[2:] == [
            "潇浦镇 何家湾服务站(JY001) 唐站长 0746-1234567", "上江圩镇 夏湾服务站(JY002)  没有电话",
        ]  # fmt: skip
        report(session, world, "JY001", fen=5, state="submitted")
        left = read_message(session, message_id)
        assert left is not None
        assert [one.station for one in left.stations] == ["JY002"]
        report(session, world, "JY002", is_nil=True, state="submitted")
        assert read_message(session, message_id) is None
        assert read_message(session, "unknown") is None
