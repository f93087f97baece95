"""What a reminder says, read when it is sent: those who have filed meanwhile are no longer in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.vocab import UnitLevel
from field_app_schema.vocab_months import ReminderKind
from field_app_schema.words.reminders import WORDS
from stations.records.days import day_in_china
from stations.records.monthly_policy import monthly_policy
from stations.records.tables import Station, StationVersion
from stations.sales.reminders.due import hours_of, is_to_be_reminded, last_day_on_time, written_day, written_month
from stations.sales.reminders.tables import ReminderMailbox, ReminderSent
from stations.sales.returns.fetching import months_where, township_in
from stations.sales.returns.standing import county_in
from stations.units.tables import OrgUnit


@dataclass(frozen=True)
class Reminded:
    """One station's reminder: whom to reach, and the sentence; a station without telephone is the county's to reach."""

    station: str
    name: str
    head_name: str | None
    phone: str | None
    township: str | None
    text: str


@dataclass(frozen=True)
class ReminderMessage:
    """A county's reminders as they go out; `good_until` is the instant from which nobody is to be rung any more."""

    id: str
    kind: ReminderKind
    county_code: str
    county_name: str
    period: int
    last_day: dt.date
    good_until: dt.datetime
    mailbox: str | None
    stations: list[Reminded]

    @property
    def subject(self) -> str:
        """Give the subject of the letter to the county's office."""
        return self._say("reminder.subject")

    @property
    def letter(self) -> str:
        """Give the letter to the county's office: a line for each station, by township and code."""
        lines = [
            WORDS["reminder.letter_line"][0].format(
                township=one.township or "", station=one.name, code=one.station, head=one.head_name or "",
                phone=one.phone or WORDS["reminder.no_phone"][0],
            )
            for one in self.stations
        ]  # fmt: skip
        return "\n".join([self._say("reminder.letter_top"), "", *lines, ""])

    def _say(self, key: str) -> str:
        return WORDS[key][0].format(
            county=self.county_name, count=len(self.stations), month=written_month(self.period),
            last_day=written_day(self.last_day),
        )  # fmt: skip


def read_message(session: Session, message_id: str) -> ReminderMessage | None:
    """Give a message as it is true now, or None when nobody is left to remind (or it is not known)."""
    row = ReminderSent
    sent = session.execute(
        select(row.station_id, row.period, row.kind, row.asked_at, Station.unit_path)
        .join(Station, Station.id == row.station_id)
        .where(row.message_id == message_id)
    ).all()
    if not sent:
        return None
    first = sent[0]
    county = session.get(OrgUnit, county_in(first.unit_path) or "")
    months = months_where(session, [Station.id.in_([one.station_id for one in sent])], first.period)
    left = [month for month in months if is_to_be_reminded(month)]
    if county is None or not left:
        return None
    policy = monthly_policy(session)
    last = last_day_on_time(first.period, policy)
    mailbox = session.get(ReminderMailbox, county.code)
    kind = ReminderKind(first.kind)
    return ReminderMessage(
        message_id, kind, county.code, county.name, first.period, last, hours_of(day_in_china(first.asked_at))[1],
        None if mailbox is None else mailbox.address,
        _stations(session, [month.station_id for month in left], kind, first.period, last),
    )  # fmt: skip


def _stations(
    session: Session, station_ids: Sequence[int], kind: ReminderKind, period: int, last: dt.date
) -> list[Reminded]:
    v = StationVersion
    rows = session.execute(
        select(Station.id, Station.code, Station.unit_path, v.name, v.head_name, v.phone)
        .join(v, v.id == Station.version_id)
        .where(Station.id.in_(station_ids))
    )
    found = {row.id: row for row in rows}
    codes = sorted({township_in(row.unit_path) or "" for row in found.values()})
    asked = select(OrgUnit.code, OrgUnit.name).where(OrgUnit.code.in_(codes), OrgUnit.level == UnitLevel.TOWNSHIP.value)
    townships = dict(session.execute(asked).all())
    sentence = WORDS[f"reminder.text_{kind}"][0]
    month, day = written_month(period), written_day(last)
    return [
        Reminded(row.code, row.name, row.head_name, row.phone, townships.get(township_in(row.unit_path) or ""),
                 sentence.format(station=row.name, month=month, last_day=day))
        for row in (found[station_id] for station_id in station_ids)
    ]  # fmt: skip
