"""Ask for the day's reminders, county by county: who is reminded and the job that sends it are one transaction."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

import jobs
from db import reading, writing
from stations.records.days import day_in_china
from stations.records.monthly_policy import monthly_policy
from stations.records.months import ReportingStart
from stations.records.tables import Station
from stations.sales.reminders.due import Reminding, hours_of, is_to_be_reminded, reminding_on
from stations.sales.reminders.tables import ReminderMailbox, ReminderSent
from stations.sales.returns.fetching import months_where
from stations.units.tables import OrgUnit

SENDING = "outgoing_message"
ASKING = "reminders"
WEBHOOK, MAIL = "webhook", "mail"
# Doubling pauses from 10 s: the last try comes within an hour and a half, well inside the day's hours.
MOST_ATTEMPTS = 10


@dataclass(frozen=True)
class Asked:
    """How many stations are reminded, in how many messages; `counties_without_way` have nobody to send to."""

    stations: int = 0
    messages: int = 0
    counties_without_way: int = 0


def ask_reminders(sessions: sessionmaker[Session], channels: Sequence[str], *, now: dt.datetime) -> Asked:
    """Ask for the reminders of today in China that nobody has asked for; outside their days and hours, for none.

    Called before 08:00 it asks to be called again then. `channels` are the ways out that the operator has set up;
    without any nothing is noted as sent. Each county is a transaction of its own.
    """
    day = day_in_china(now)
    begin, end = hours_of(day)
    with reading(sessions) as session:
        today = reminding_on(day, monthly_policy(session))
        asked = select(ReportingStart.county_code).order_by(ReportingStart.county_code)
        counties = list(session.scalars(asked))
    if today is None or not channels or now >= end:
        return Asked()
    if now < begin:
        with writing(sessions) as session:
            jobs.ask(session, ASKING, {"day": day.isoformat()}, now=now, run_at=begin,
                     unique_key=f"{ASKING}:{day}:at_{begin:%H}")  # fmt: skip
        return Asked()
    found = [_ask_in(sessions, code, today, channels, now) for code in counties]
    return Asked(*(sum(column) for column in zip(*found, strict=True))) if found else Asked()


def _ask_in(
    sessions: sessionmaker[Session], county: str, today: Reminding, channels: Sequence[str], now: dt.datetime
) -> tuple[int, int, int]:
    try:
        with writing(sessions) as session:
            return ask_in_county(session, session.get_one(OrgUnit, county), today, channels, now=now)
    except IntegrityError:
        # Another worker asks for the same at this moment; what it notes is sent once.
        return (0, 0, 0)


def ask_in_county(
    session: Session, county: OrgUnit, today: Reminding, channels: Sequence[str], *, now: dt.datetime
) -> tuple[int, int, int]:
    """Note a county's reminders and ask for one message on each way out; gives stations, messages, 1 if no way."""
    reminded = to_be_reminded(session, county, today)
    if not reminded:
        return (0, 0, 0)
    ways = [way for way in channels if way != MAIL or session.get(ReminderMailbox, county.code) is not None]
    if not ways:
        return (0, 0, 1)
    message_id = message_id_of(county.code, today, reminded)
    session.add_all(
        ReminderSent(station_id=station_id, period=today.period, kind=today.kind.value, asked_at=now,
                     message_id=message_id)
        for station_id in reminded
    )  # fmt: skip
    session.flush()
    for way in ways:
        jobs.ask(session, SENDING, {"message_id": message_id, "channel": way}, now=now, max_attempts=MOST_ATTEMPTS,
                 unit_path=county.path, unique_key=f"{SENDING}:{way}:{message_id}")  # fmt: skip
    return (len(reminded), len(ways), 0)


def to_be_reminded(session: Session, county: OrgUnit, today: Reminding) -> list[int]:
    """Give the stations of a county to remind that have not been reminded in this way of this month, in order."""
    inside = [Station.unit_path.like(f"{county.path}%")]
    row = ReminderSent
    already = set(session.scalars(
        select(row.station_id).join(Station, Station.id == row.station_id)
        .where(row.period == today.period, row.kind == today.kind.value, *inside)
    ))  # fmt: skip
    months = months_where(session, inside, today.period)
    return [one.station_id for one in months if one.station_id not in already and is_to_be_reminded(one)]


def message_id_of(county: str, today: Reminding, station_ids: Sequence[int]) -> str:
    """Give the id under which the message goes out: the same for the same county, month, way and stations."""
    said = f"{county}/{today.period}/{today.kind}/{','.join(map(str, sorted(station_ids)))}"
    return str(uuid.uuid5(uuid.NAMESPACE_OID, said))
