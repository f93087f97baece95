"""Read the thresholds of plausibility from the policy rules; where none is loaded, the shipped proposals hold."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from sqlalchemy.orm import Session

from inspections.plausibility.grounds.thresholds import POLICY, WEIGHTS, PlausibilityPolicy
from inspections.plausibility.reasons import RULES
from stations.policy.tables import PolicyRule

log = logging.getLogger("cunzhan.visits")

CODE = "plausibility"
_RADIUS = "on_site_radius_m"
# Metres and minutes of this size mean «never», and can still be reckoned with.
_MOST = 10_000_000
_RANGES = {"like_of_bits": (1, 256), "like_most_bits": (0, 256), "steady_drift_ppm": (0, 1_000_000)}
_WEIGHT = (0, 1000)
_KINDS = {one.name: type(getattr(POLICY, one.name)) for one in fields(PlausibilityPolicy) if one.name != "weights"}


def plausibility_policy(session: Session) -> PlausibilityPolicy:
    """Give the thresholds of the policy rule `plausibility`; what it does not name keeps the proposed value.

    The radius within which somebody is on the spot is that of the visits' limits, so that both say the same. A value
    that is no number of a possible size keeps the proposed one too, and is written to the log: judging goes on.
    """
    told = _parameters(session, CODE)
    limits = {name: value for name, value in _parameters(session, "visit_limits").items() if name == _RADIUS}
    named = _numbers({name: told[name] for name in _KINDS if name in told} | limits, _KINDS, _RANGES)
    weights = told.get("weights", {})
    if not isinstance(weights, dict):
        log.warning("policy %s: weights is %.80r, no table of numbers; the proposed ones hold", CODE, weights)
        weights = {}
    given = _numbers({code: weights[code] for code in WEIGHTS if code in weights}, dict.fromkeys(WEIGHTS, int),
                     dict.fromkeys(WEIGHTS, _WEIGHT))  # fmt: skip
    return PlausibilityPolicy(**named, weights=dict(WEIGHTS) | given)


def _numbers(
    told: Mapping[str, Any], kinds: Mapping[str, type], ranges: Mapping[str, tuple[int, int]]
) -> dict[str, Any]:
    """Give those values that are numbers within their range, each in its kind."""
    found = {}
    for name, value in told.items():
        least, most = ranges.get(name, (0, _MOST))
        if isinstance(value, (int, float)) and not isinstance(value, bool) and least <= value <= most:
            found[name] = kinds[name](value)
        else:
            log.warning("policy %s: %s is %.80r, no number from %d to %d; the proposed one holds", CODE, name, value,
                        least, most)  # fmt: skip
    return found


def rule_version(policy: PlausibilityPolicy) -> str:
    """Give a short name of these rules with these thresholds: another one, other judgements."""
    told = json.dumps(asdict(policy), sort_keys=True).encode()
    return f"{RULES}.{hashlib.sha256(told).hexdigest()[:10]}"


def _parameters(session: Session, code: str) -> Mapping[str, Any]:
    row = session.get(PolicyRule, code)
    told: Any = {} if row is None else row.parameters
    if isinstance(told, dict):
        return told
    log.warning("policy %s: its parameters are no table; the proposed ones hold", code)
    return {}
