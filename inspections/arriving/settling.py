"""What was kept aside, settled once by an officer of the sender's unit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab import Role
from inspections.arriving.found_stations import accept_found
from inspections.arriving.storing import Arrival
from inspections.arriving.taking_in import accept
from inspections.quarantine.keeping import FOUND, FROM_FILE, VISIT
from inspections.quarantine.reading import find_kept_by_id
from inspections.quarantine.tables import KeptAside
from stations.people.access import Caller
from stations.people.audit import note_act
from stations.people.tables import Account
from stations.records.revision import next_revision
from stations.units.tables import OrgUnit

ACCEPT: dict[str, Callable[..., Any]] = {VISIT: accept, FOUND: accept_found}
ReadCorrected = Callable[[bytes, Mapping[str, Any]], Mapping[str, Any]]


@dataclass(frozen=True)
class Settlement:
    """What an officer decides: `accepted` (with fields corrected), `rejected` or `superseded`, and why."""

    decision: str
    note: str
    corrections: dict[str, Any] = field(default_factory=dict)


def settle(
    session: Session, officer: Caller, kept_id: int, settlement: Settlement, *,
    readers: Mapping[str, ReadCorrected], now: dt.datetime,
) -> KeptAside:  # fmt: skip
    """Settle one row; `accepted` takes the record in as its sender's, the officer's corrections laid over its fields.

    `readers` read a body by the kind of its record. The stored body stays what the phone sent. Refuses with NOT_FOUND,
    QUARANTINE_SETTLED, and for `accepted` with whatever still stands against the record, or BAD_INPUT for what is
    neither a visit nor a station found.
    """
    # Before any other lock: a phone that sends the same record again takes them in this order too.
    next_revision(session)
    kept = find_kept_by_id(session, officer, kept_id, for_change=True)
    if kept.settled_at is not None:
        raise Refusal("QUARANTINE_SETTLED", settlement=kept.settlement)
    kept.settled_at, kept.settled_by = now, officer.account_id
    kept.settlement, kept.settlement_note = settlement.decision, settlement.note
    session.flush()
    if settlement.decision == "accepted":
        _accept(session, kept, settlement.corrections, readers, now)
    note_act(session, officer, "quarantine.settle", "kept_aside", str(kept.id), now=now, reason=settlement.note,
             before={"refusal": kept.refusal_code, "record_id": kept.record_id},
             after={"settlement": settlement.decision, "corrections": settlement.corrections})  # fmt: skip
    return kept


def _accept(
    session: Session, kept: KeptAside, corrections: dict[str, Any], readers: Mapping[str, ReadCorrected],
    now: dt.datetime,
) -> None:  # fmt: skip
    if kept.record_kind not in ACCEPT or kept.record_kind not in readers:
        said = "只有检查记录和新发现的站点可以采纳 / only a visit or a station found can be accepted"
        raise Refusal("BAD_INPUT", errors={"decision": [said]})
    by = "file" if kept.user_agent == FROM_FILE else "phone"
    arrival = Arrival(kept.record_id, kept.body, kept.body_sha256, sender_of(session, kept), kept.received_at, by)
    read = readers[kept.record_kind]
    ACCEPT[kept.record_kind](session, arrival, lambda body: read(body, corrections), now=now)


def sender_of(session: Session, kept: KeptAside) -> Caller:
    """Give the sender as a caller: an accepted visit is theirs, and bound by their scope."""
    account, path = session.execute(
        select(Account, OrgUnit.path)
        .join(OrgUnit, Account.unit_code == OrgUnit.code)
        .where(Account.id == kept.account_id)
    ).one()
    return Caller(account.id, Role(account.role), account.unit_code, path, account.station_id, kept.device_id,
                  account.display_name)  # fmt: skip
