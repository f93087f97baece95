"""The jobs of the door: ask for the day's reminders, and send one message on one way out.

A message that a gateway does not take is tried again by the job table, later each time, under the same delivery id; it
is dropped once its day's hours are over, or when everybody in it has reported.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from flask import Flask
from sqlalchemy.orm import Session, sessionmaker

from api.config import Config
from api.job_loop import JobContext, JobFunction
from api.outgoing.mail import Letter, send_letter
from api.outgoing.settings import MailSettings, WebhookSettings
from api.outgoing.webhook import post
from db import reading
from stations.records.periods import written
from stations.sales.reminders.asking import ASKING, MAIL, SENDING, WEBHOOK, ask_reminders
from stations.sales.reminders.messages import ReminderMessage, read_message

Way = Callable[[ReminderMessage, dt.datetime], None]


def outgoing_jobs(app: Flask) -> dict[str, JobFunction]:
    """Give the functions of the jobs that send, by kind, for the ways out that are set up."""
    ways = ways_out(app.extensions["cunzhan_config"])

    def ask(sessions: sessionmaker[Session], _payload: dict[str, Any], context: JobContext) -> dict[str, Any]:
        return asdict(ask_reminders(sessions, list(ways), now=context.now()))

    def send(sessions: sessionmaker[Session], payload: dict[str, Any], context: JobContext) -> dict[str, Any]:
        return send_reminder(sessions, ways, payload["message_id"], payload["channel"], now=context.now())

    return {ASKING: ask, SENDING: send}


def ways_out(config: Config) -> dict[str, Way]:
    """Give the ways out that the configuration sets up, by name."""
    ways: dict[str, Way] = {}
    webhook, mail = config.webhook, config.mail
    if webhook is not None:
        ways[WEBHOOK] = lambda message, now: _post(webhook, message, now)
    if mail is not None:
        ways[MAIL] = lambda message, now: _mail(mail, message, now)
    return ways


def send_reminder(
    sessions: sessionmaker[Session], ways: dict[str, Way], message_id: str, channel: str, *, now: dt.datetime
) -> dict[str, Any]:
    """Send a message on one way, without holding a transaction; gives how many stations were in it, or why none."""
    with reading(sessions) as session:
        message = read_message(session, message_id)
    if message is None:
        return {"stations": 0, "dropped": "nobody_left"}
    if now >= message.good_until:
        return {"stations": 0, "dropped": "too_late"}
    if channel not in ways:
        return {"stations": 0, "dropped": "way_not_set_up"}
    ways[channel](message, now)
    return {"stations": len(message.stations)}


def body_of(message: ReminderMessage) -> bytes:
    """Write a message as the webhook's body: JSON, one entry for each station with telephone and sentence."""
    told = {
        "id": message.id, "kind": "sales_report_reminder", "reminder": message.kind.value,
        "county": {"code": message.county_code, "name": message.county_name}, "period": written(message.period),
        "last_day": message.last_day.isoformat(),
        "messages": [
            {"station": one.station, "name": one.name, "head_name": one.head_name, "phone": one.phone, "text": one.text}
            for one in message.stations
        ],
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False).encode()


def _post(settings: WebhookSettings, message: ReminderMessage, now: dt.datetime) -> None:
    post(settings, body_of(message), delivery=message.id, now=now)


def _mail(settings: MailSettings, message: ReminderMessage, now: dt.datetime) -> None:
    if message.mailbox is None:
        # The county has taken its address back meanwhile.
        return
    send_letter(settings, Letter(message.mailbox, message.subject, message.letter, message.id), now=now)
