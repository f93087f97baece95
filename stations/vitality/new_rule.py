"""Give the alive rule other thresholds: checked, under a version of their own, stored and noted in the audit trail."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from stations.people.access import Caller
from stations.people.audit import note_act
from stations.people.tables import AuditEvent
from stations.policy.loading import RULE_SET, shipped_rules
from stations.policy.tables import PolicyRule
from stations.records.days import day_in_china
from stations.vitality.evidence import AlivePolicy
from stations.vitality.thresholds import CODE, alive_policy


def policy_with(session: Session, parameters: Mapping[str, Any]) -> AlivePolicy:
    """Give the thresholds in force with some replaced; refuses with BAD_INPUT for a name or number it cannot have."""
    known = {field.name for field in fields(AlivePolicy)}
    errors = {f"parameters.{name}": ["没有这个参数 / no such threshold"] for name in parameters if name not in known}
    if errors:
        raise Refusal("BAD_INPUT", errors=errors)
    policy = replace(alive_policy(session), **parameters)
    if policy.presumed_dead_periods < policy.dormant_periods:
        said = "不能小于 dormant_periods / must not be less than dormant_periods"
        raise Refusal("BAD_INPUT", errors={"parameters.presumed_dead_periods": [said]})
    return policy


def named_apart(session: Session, policy: AlivePolicy) -> AlivePolicy:
    """Give a trial's thresholds a version of their own, where they borrow that of other thresholds."""
    if _is_taken(session, policy):
        return replace(policy, rule_version=f"{policy.rule_version[:11]}+")
    return policy


def adopt(session: Session, caller: Caller, policy: AlivePolicy, *, now: dt.datetime) -> bool:
    """Store thresholds as the policy rule `alive_rule`; says whether anything changed.

    Refuses with RULE_VERSION_TAKEN when other thresholds have, or ever had, this version: an answer names its rule by
    the version alone.
    """
    before = alive_policy(session)
    if policy == before:
        return False
    if _is_taken(session, policy):
        raise Refusal("RULE_VERSION_TAKEN", rule_version=policy.rule_version)
    row = session.get(PolicyRule, CODE, with_for_update=True)
    if row is None:
        shipped = next(one for one in shipped_rules() if one["code"] == CODE)
        row = PolicyRule(**shipped)
        session.add(row)
    said = caller.display_name or caller.unit_code
    row.parameters, row.is_proposal, row.updated_at = asdict(policy), False, now
    row.source_doc = f"由{said}于 {day_in_china(now)} 设定 / set by {said} on {day_in_china(now)}"
    note_act(session, caller, "vitality.recompute", RULE_SET, CODE, now=now, before=asdict(before),
             after=asdict(policy))  # fmt: skip
    session.flush()
    return True


def _is_taken(session: Session, policy: AlivePolicy) -> bool:
    """Say whether the version names, or ever named, other thresholds than these."""
    return any(one.rule_version == policy.rule_version and one != policy for one in _ever(session))


def _ever(session: Session) -> Iterator[AlivePolicy]:
    yield AlivePolicy()
    yield alive_policy(session)
    known = {field.name for field in fields(AlivePolicy)}
    noted = select(AuditEvent.before, AuditEvent.after).where(
        AuditEvent.object_kind == RULE_SET, AuditEvent.object_id == CODE
    )
    for told in (one for row in session.execute(noted) for one in row if one):
        yield AlivePolicy(**{name: value for name, value in told.items() if name in known})
