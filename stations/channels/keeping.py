"""Where the public of a unit reports what is wrong: told by its office, superseded by the next, shown to anybody."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab_evidence import ChannelLevel
from stations.channels.tables import ReportChannel
from stations.people.access import Caller, require_inside
from stations.people.audit import note_act
from stations.records.days import day_in_china
from stations.units.tables import OrgUnit

LEVELS = tuple(level.value for level in ChannelLevel)
_PHONE = re.compile(r"(?:0\d{2,3}-?\d{7,8}|[48]00-?\d{3}-?\d{4}|1\d{4}|9\d{4,5})(?:-\d{1,6})?")
# What people put into a number so that it can be read.
_GAP = r"[\s()\-./·\u00ad\u200b-\u200f\u2010-\u2015\u2060\u2212\ufeff]*"
# China's mobile numbers: a person's, whoever pays for it; in a text not a piece of a longer number.
_MOBILE = re.compile(rf"(?<!\d)(?:\+?86{_GAP})?1{_GAP}[3-9](?:{_GAP}\d){{9}}(?!\d)")
_NO_MOBILE = "请填单位公开电话,不填个人手机 / an office's number, not a mobile of somebody's own"
_UNIT = re.compile(r"[0-9A-Za-z]{2,12}")


@dataclass(frozen=True)
class ChannelWish:
    """What an office publishes; a number or an address, or both."""

    office: str
    phone: str | None
    url: str | None
    valid_from: dt.date


@dataclass(frozen=True)
class ShownChannel:
    """The channel of one level as anybody sees it; office None: that unit has told none."""

    level: str
    unit_code: str
    unit_name: str
    office: str | None = None
    phone: str | None = None
    url: str | None = None
    valid_from: dt.date | None = None


def set_channel(
    session: Session, caller: Caller, unit_code: str, wish: ChannelWish, *, now: dt.datetime
) -> ShownChannel:
    """Publish the channel of a county, prefecture or province in the caller's scope; the former one stays readable.

    It counts at once: what is to hold later is told later. Refuses with UNIT_UNKNOWN, OUT_OF_SCOPE, and BAD_INPUT for a
    township, a day to come, a mobile number wherever it stands (it would be somebody's own), no name of an office, no
    address of the web, or neither number nor address.
    """
    unit = session.get(OrgUnit, unit_code) if _UNIT.fullmatch(unit_code) else None
    if unit is None:
        raise Refusal("UNIT_UNKNOWN", errors={"unit": ["没有这个单位 / no such unit"]})
    require_inside(caller, unit.path)
    phone = _checked(unit, wish, day_in_china(now))
    session.execute(
        update(ReportChannel).where(ReportChannel.unit_code == unit.code, ReportChannel.superseded_at.is_(None))
        .values(superseded_at=now)
    )  # fmt: skip
    row = ReportChannel(unit_code=unit.code, office=wish.office, phone=phone, url=wish.url, valid_from=wish.valid_from,
                        recorded_at=now, recorded_by=caller.account_id)  # fmt: skip
    session.add(row)
    note_act(session, caller, "channel.set", "org_unit", unit.code, now=now,
             after={"office": row.office, "phone": row.phone, "url": row.url})  # fmt: skip
    session.flush()
    return _shown(unit, row)


def channels_of(session: Session, unit_path: str) -> list[ShownChannel]:
    """Give the channels over a place, province first; a level whose unit has told none is named with none."""
    units = session.scalars(
        select(OrgUnit).where(OrgUnit.code.in_([code for code in unit_path.split("/") if code]),
                              OrgUnit.level.in_(LEVELS))
        .order_by(OrgUnit.path)
    ).all()  # fmt: skip
    return _with_channels(session, units)


def channels_below(session: Session, caller: Caller) -> list[ShownChannel]:
    """Give the caller's own unit and all units below it that may publish a channel, by place."""
    if not caller.unit_path:
        return []
    inside = select(OrgUnit).where(OrgUnit.path.like(f"{caller.unit_path}%"), OrgUnit.level.in_(LEVELS))
    return _with_channels(session, session.scalars(inside.order_by(OrgUnit.path)).all())


def _with_channels(session: Session, units: Sequence[OrgUnit]) -> list[ShownChannel]:
    standing = select(ReportChannel).where(
        ReportChannel.unit_code.in_([unit.code for unit in units]), ReportChannel.superseded_at.is_(None)
    )
    rows = {row.unit_code: row for row in session.scalars(standing.order_by(ReportChannel.id))}
    return [_shown(unit, rows.get(unit.code)) for unit in units]


def _shown(unit: OrgUnit, row: ReportChannel | None) -> ShownChannel:
    if row is None:
        return ShownChannel(unit.level, unit.code, unit.name)
    return ShownChannel(unit.level, unit.code, unit.name, row.office, row.phone, row.url, row.valid_from)


def _checked(unit: OrgUnit, wish: ChannelWish, today: dt.date) -> str | None:
    """Give the number as it is kept; refuses with BAD_INPUT, naming every wrong field."""
    wrong: dict[str, list[str]] = {}
    if unit.level not in LEVELS:
        wrong["unit"] = ["只有省、市州、县公布举报渠道 / only provinces, prefectures and counties publish one"]
    phone = re.sub(r"[\s()]", "", unicodedata.normalize("NFKC", wish.phone)) if wish.phone else None
    if phone is not None and _names_a_mobile(phone):
        wrong["phone"] = [_NO_MOBILE]
    elif phone is not None and not _PHONE.fullmatch(phone):
        wrong["phone"] = ["应为带区号的座机、400/800 或五位公共号码 / a number with its area code, 400/800, or 12345"]
    if not wish.office.strip():
        wrong["office"] = ["请填受理单位的名称 / the office's name is missing"]
    elif _names_a_mobile(wish.office):
        wrong["office"] = [_NO_MOBILE]
    if wish.url is not None and not _is_of_the_web(wish.url):
        wrong["url"] = ["应为 http:// 或 https:// 开头的完整网址 / a whole address with http:// or https://, no blanks"]
    elif wish.url is not None and _names_a_mobile(unquote(wish.url)):
        wrong["url"] = [_NO_MOBILE]
    if wish.valid_from > today:
        wrong["valid_from"] = ["公布后立即生效,不能填以后的日期 / it counts at once: no day to come"]
    if phone is None and wish.url is None:
        wrong["phone"] = ["电话和网址至少填一项 / a number or an address"]
    if wrong:
        raise Refusal("BAD_INPUT", errors=wrong)
    return phone


def _names_a_mobile(text: str) -> bool:
    return _MOBILE.search(unicodedata.normalize("NFKC", text)) is not None


def _is_of_the_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        # Such as a bracket that is never closed, or a sign that would pass for another once folded.
        return False
    return parts.scheme in ("http", "https") and bool(host) and not re.search(r"\s", url)
