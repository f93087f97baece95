"""Read the thresholds of plausibility from the policy rules; where none is loaded, the shipped proposals hold."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy.orm import Session

from inspections.plausibility.grounds.thresholds import POLICY, WEIGHTS, PlausibilityPolicy
from inspections.plausibility.reasons import RULES
from stations.policy.tables import PolicyRule

CODE = "plausibility"
_KINDS = {one.name: type(getattr(POLICY, one.name)) for one in fields(PlausibilityPolicy) if one.name != "weights"}


def plausibility_policy(session: Session) -> PlausibilityPolicy:
    """Give the thresholds of the policy rule `plausibility`; what it does not name keeps the proposed value.

    The radius within which somebody is on the spot is that of the visits' limits, so that both say the same.
    """
    told = _parameters(session, CODE)
    limits = _parameters(session, "visit_limits")
    named = {name: kind(told[name]) for name, kind in _KINDS.items() if name in told}
    if "on_site_radius_m" in limits:
        named["on_site_radius_m"] = float(limits["on_site_radius_m"])
    weights = {code: int(weight) for code, weight in told.get("weights", {}).items() if code in WEIGHTS}
    return PlausibilityPolicy(**named, weights=dict(WEIGHTS) | weights)


def rule_version(policy: PlausibilityPolicy) -> str:
    """Give a short name of these rules with these thresholds: another one, other judgements."""
    told = json.dumps(asdict(policy), sort_keys=True).encode()
    return f"{RULES}.{hashlib.sha256(told).hexdigest()[:10]}"


def _parameters(session: Session, code: str) -> Mapping[str, Any]:
    row = session.get(PolicyRule, code)
    return {} if row is None else row.parameters
