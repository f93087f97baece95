"""What was asked for, and when; and the address to which a county's letter goes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab import UnitLevel
from stations.people.access import Caller, in_scope, may
from stations.people.audit import note_act
from stations.records.frames import frame_of, unit_asked
from stations.records.tables import Station, StationVersion
from stations.sales.reminders.tables import ReminderMailbox, ReminderSent
from stations.units.tables import OrgUnit


def list_reminders(
    session: Session, caller: Caller, unit_code: str | None, period: int, *, limit: int, offset: int, now: dt.datetime
) -> dict[str, Any]:
    """Give a month's reminders to the stations of a unit, by unit and code, and how many there are.

    Says what was asked for, not what arrived: that a gateway took a message stands in its job. Refuses with
    UNIT_UNKNOWN and OUT_OF_SCOPE.
    """
    unit = unit_asked(session, caller, unit_code)
    row = ReminderSent
    inside = (
        row.period == period, in_scope(caller, Station.unit_path, Station.id),
        Station.unit_path.like(f"{unit.path}%"),
    )  # fmt: skip
    page = (
        select(Station.code, StationVersion.name, row.kind, row.asked_at, row.message_id)
        .join(Station, Station.id == row.station_id)
        .join(StationVersion, StationVersion.id == Station.version_id)
        .where(*inside)
        .order_by(Station.unit_path, Station.code, row.asked_at, row.id)
    )
    counted = select(row.kind, func.count()).join(Station, Station.id == row.station_id).where(*inside)
    by_kind = dict(session.execute(counted.group_by(row.kind)).all())
    found = session.execute(page.limit(limit).offset(offset)).all()
    return {
        "frame": frame_of(unit, now=now, definitions=(), sources=by_kind, periods=[period]),
        "reminders": [
            {"station": code, "name": name, "kind": kind, "asked_at": asked_at, "message_id": message_id}
            for code, name, kind, asked_at, message_id in found
        ],
        "count": sum(by_kind.values()),
    }  # fmt: skip


def tell_mailbox(session: Session, caller: Caller, unit_code: str | None) -> dict[str, Any]:
    """Give the address to which a county's letter goes, None if none was set; refuses like `set_mailbox`."""
    county = _county(session, caller, unit_code)
    held = session.get(ReminderMailbox, county.code)
    return {
        "county": county.code, "address": None if held is None else held.address,
        "set_at": None if held is None else held.set_at, "permissions": {"may_edit": may(caller, "reminder.address")},
    }  # fmt: skip


def set_mailbox(
    session: Session, caller: Caller, unit_code: str | None, address: str | None, *, now: dt.datetime
) -> None:
    """Let a county's letter go to an address of its office, or to none.

    Refuses with UNIT_UNKNOWN, OUT_OF_SCOPE, and BAD_INPUT for a unit that is no county.
    """
    county = _county(session, caller, unit_code)
    # Held until the end: two colleagues who save at once come one after the other.
    session.get(OrgUnit, county.code, with_for_update={"key_share": True}, populate_existing=True)
    held = session.get(ReminderMailbox, county.code, populate_existing=True)
    before = None if held is None else {"address": held.address}
    if address is None:
        if held is not None:
            session.delete(held)
    elif held is None:
        session.add(ReminderMailbox(unit_code=county.code, address=address, set_by=caller.account_id, set_at=now))
    else:
        held.address, held.set_by, held.set_at = address, caller.account_id, now
    session.flush()
    note_act(session, caller, "reminder.address", "reminder_mailbox", county.code, now=now, before=before,
             after=None if address is None else {"address": address})  # fmt: skip


def _county(session: Session, caller: Caller, unit_code: str | None) -> OrgUnit:
    county = unit_asked(session, caller, unit_code)
    if county.level != UnitLevel.COUNTY:
        raise Refusal("BAD_INPUT", errors={"ou": ["应为县级单位 / must be a county"]})
    return county
