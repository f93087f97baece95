"""Write findings down when a visit is approved, and let them no longer stand when the approval is taken back."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.review.findings.finding import Seen, findings_of
from inspections.review.signs.holding import binding_rules
from inspections.review.tables import Finding, SignFinding
from inspections.signage.rules import SignRule
from inspections.visits.tables import Inspection
from stations.people.access import Caller
from stations.records.days import day_in_china
from stations.records.tables import StationVersion


def make_findings(
    session: Session, visit: Inspection, sign: SignFinding | None, *, by: Caller, now: dt.datetime
) -> list[Finding]:
    """Write what an approved visit found wrong, beside the services its station promised on the day of the visit."""
    shown = None if sign is None else {
        "sign_class": sign.sign_class, "wording": sign.wording, "channel_levels": sign.channel_levels}  # fmt: skip
    seen = Seen(visit.observed_state, visit.answers.get("services"))
    found = findings_of(seen, shown, [] if sign is None else sign.verdicts, promised_services(session, visit))
    asked = {rule.code: rule for rule in binding_rules(session, visit)} if found else {}
    made = [
        Finding(station_id=visit.station_id, inspection_id=visit.id, kind=one.kind.value, rule_code=one.rule,
                details=one.details | _required(asked.get(one.rule or "")) | {"version": visit.version},
                created_at=now, created_by=by.account_id)
        for one in found
    ]  # fmt: skip
    session.add_all(made)
    return made


def _required(rule: SignRule | None) -> dict[str, Any]:
    """Give what the rule asked, as it stood then: the sentence of the finding stays true when the rule changes."""
    if rule is None:
        return {}
    return {"required": rule.wording, "document": rule.document, "required_levels": list(rule.channel_levels)}


def withdraw_findings(session: Session, visit: Inspection, *, now: dt.datetime) -> None:
    """Let what an approval found no longer stand; the rows stay."""
    standing = (Finding.inspection_id == visit.id, Finding.withdrawn_at.is_(None))
    for row in session.scalars(select(Finding).where(*standing)):
        row.withdrawn_at = now


def promised_services(session: Session, visit: Inspection) -> list[str]:
    """Give the services that the register promised of the visit's station on the day of the visit."""
    v = StationVersion
    in_force = (
        select(v.services)
        .where(v.station_id == visit.station_id, v.valid_from <= day_in_china(visit.captured_at))
        .order_by(v.valid_from.desc(), v.recorded_at.desc(), v.id.desc()).limit(1)
    )  # fmt: skip
    return session.scalar(in_force) or []
