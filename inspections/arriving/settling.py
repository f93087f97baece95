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
from inspections.arriving.storing import Arrival
from inspections.arriving.taking_in import accept
from inspections.quarantine.keeping import VISIT
from inspections.quarantine.reading import find_kept_by_id
from inspections.quarantine.tables import KeptAside
from stations.people.access import Caller
from stations.people.audit import note_act
from stations.people.tables import Account
from stations.records.revision import next_revision
from stations.units.tables import OrgUnit

ReadCorrected = Callable[[bytes, Mapping[str, Any]], Mapping[str, Any]]


@dataclass(frozen=True)
class Settlement:
    """What an officer decides: `accepted` (with fields corrected), `rejected` or `superseded`, and why."""

    decision: str
    note: str
    corrections: dict[str, Any] = field(default_factory=dict)


def settle(
    session: Session, officer: Caller, kept_id: int, settlement: Settlement, *, read: ReadCorrected, now: dt.datetime
) -> KeptAside:
    """Settle one row; `accepted` takes the visit in as its sender's, the officer's corrections laid over its fields.

    The stored body stays what the phone sent. Refuses with NOT_FOUND, QUARANTINE_SETTLED, and for `accepted` with
    whatever still stands against the visit, or BAD_INPUT for what is no visit.
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
        _accept(session, kept, settlement.corrections, read, now)
    note_act(session, officer, "quarantine.settle", "kept_aside", str(kept.id), now=now, reason=settlement.note,
             before={"refusal": kept.refusal_code, "record_id": kept.record_id},
             after={"settlement": settlement.decision, "corrections": settlement.corrections})  # fmt: skip
    return kept


def _accept(
    session: Session, kept: KeptAside, corrections: dict[str, Any], read: ReadCorrected, now: dt.datetime
) -> None:
    if kept.record_kind != VISIT:
        raise Refusal("BAD_INPUT", errors={"decision": ["只有检查记录可以采纳 / only a visit can be accepted"]})
    arrival = Arrival(kept.record_id, kept.body, kept.body_sha256, _sender_of(session, kept), kept.received_at)
    accept(session, arrival, lambda body: read(body, corrections), now=now)


def _sender_of(session: Session, kept: KeptAside) -> Caller:
    """Give the sender as a caller: an accepted visit is theirs, and bound by their scope."""
    account, path = session.execute(
        select(Account, OrgUnit.path)
        .join(OrgUnit, Account.unit_code == OrgUnit.code)
        .where(Account.id == kept.account_id)
    ).one()
    return Caller(account.id, Role(account.role), account.unit_code, path, account.station_id, kept.device_id,
                  account.display_name)  # fmt: skip
