"""A visit's sign as a reviewer looks at it: what the machine suggests, what the rules ask, what a person holds."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from inspections.review.signs.holding import INSPECTOR, Sign, held_sign, judged, says_so, sign_now, sign_photo
from inspections.review.tables import SignFinding
from inspections.signage.binding import KIND, SignDuty, class_under, sign_duty
from inspections.signage.readings import newest_reading
from inspections.signage.rules import SignRule
from inspections.visits.tables import Inspection
from stations.people.tables import Account
from stations.policy.reading import rules
from stations.records.days import day_in_china
from stations.records.tables import Station


@dataclass(frozen=True)
class Required:
    """What one rule asks of the sign, in whose words."""

    code: str
    wording: str
    document: str
    quote: str | None
    must_show_report_channel: bool
    channel_levels: list[str]


@dataclass(frozen=True)
class Held:
    """The sign as a person holds it, by whom and since when; `by` None: the inspector's answer, not yet approved.

    `counts_as` is the class, or `not_required` where none is there and none is asked for.
    """

    sign_class: str
    counts_as: str
    wording: str | None
    position: str | None
    channel_levels: list[str] | None
    source: str
    by: str | None
    at: dt.datetime | None


@dataclass(frozen=True)
class ShownSign:
    """The photo to look at, the machine's suggestion, what is required and why, the sign as held and its verdicts."""

    photo: str | None
    suggestion: dict[str, Any] | None
    duty: str
    rules: list[Required]
    held: Held | None
    verdicts: list[dict[str, Any]]


def shown_sign(session: Session, visit: Inspection) -> ShownSign:
    """Give all there is to say of a visit's sign."""
    on = day_in_china(visit.captured_at)
    duty = sign_duty(session, session.get_one(Station, visit.station_id), on)
    row = held_sign(session, visit.id)
    sign = sign_now(visit, row)
    photo = (row.photo_sha256 if row else None) or sign_photo(session, visit.id)
    return ShownSign(photo, _suggestion(session, photo), duty.why, _required(session, duty.rules, on),
                     _held(session, row, sign, duty), [] if sign is None else judged(sign, duty.rules))  # fmt: skip


def _held(session: Session, row: SignFinding | None, sign: Sign | None, duty: SignDuty) -> Held | None:
    if sign is None:
        return None
    counts_as = class_under(sign.sign_class, duty) or sign.sign_class
    if row is None or not says_so(row, sign):
        return Held(sign.sign_class, counts_as, sign.wording, None, None, INSPECTOR, None, None)
    by = session.get(Account, row.decided_by) if row.decided_by else None
    return Held(row.sign_class, counts_as, row.wording, row.position, row.channel_levels, row.source,
                by.display_name if by else None, row.decided_at)  # fmt: skip


def _suggestion(session: Session, photo: str | None) -> dict[str, Any] | None:
    read = newest_reading(session, photo) if photo else None
    if read is None:
        return None
    return {
        "sign_class": read.sign_class, "wording": read.wording, "confidence": read.confidence,
        "is_sure": read.is_sure, "channels": read.channels, "engine": read.engine, "read_at": read.read_at,
        "has_crop": read.crop_at is not None,
    }  # fmt: skip


def _required(session: Session, bound: list[SignRule], on: dt.date) -> list[Required]:
    quotes = {rule.code: rule.quote for rule in rules(session, kind=KIND, on=on)} if bound else {}
    return [
        Required(rule.code, rule.wording, rule.document, quotes.get(rule.code), rule.must_show_report_channel,
                 list(rule.channel_levels))
        for rule in bound
    ]  # fmt: skip
