"""Read the thresholds of coverage from the policy rules; where none is loaded, the shipped proposals hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from geo.coverage.rules import FLOORS, CoverageRules
from stations.coverage.columns.service_bits import SERVICE_BITS, bits_of
from stations.policy.loading import shipped_rules
from stations.policy.tables import PolicyRule

COVERAGE, SERVICES, ALIGNMENT = "coverage", "reading.covered_village", "reading.alignment"
TARGET, DELIVERY = "fund.gansu-2018-coverage", "fund.national-2020-delivery"


@dataclass(frozen=True)
class CoveragePolicy:
    """The thresholds of the row `coverage` that the pure rules do not hold themselves; metres, days, shares.

    `match_m` are the limits of county, township and village; `loose_m` is the many-to-one reading.
    """

    evidence_days: int = 90
    match_m: tuple[float, float, float] = (5000.0, 1000.0, 500.0)
    loose_m: float = 2000.0
    orphan_m: float = 3000.0
    colocated_m: float = 50.0
    green: float = 0.8
    amber: float = 0.6
    delivery_window_days: int = 90
    target: float = 0.5
    target_source: str = ""


@dataclass(frozen=True)
class RulesInForce:
    """What one question is answered by: the rules of the pure figures, and the rest of the policy."""

    rules: CoverageRules
    policy: CoveragePolicy


def rules_in_force(
    session: Session | None, *, services: Sequence[str] | None = None, confidence: str = "any"
) -> RulesInForce:
    """Give the rules as loaded, as shipped where a row is not loaded or without a database.

    `services` asked for are all required; without them those of `reading.covered_village` are. Refuses BAD_INPUT for
    services outside the closed list.
    """
    told = {row["code"]: row for row in shipped_rules()}
    rows = {code: _row(session, told, code) for code in (COVERAGE, SERVICES, ALIGNMENT, TARGET, DELIVERY)}
    coverage, reading = rows[COVERAGE][0], rows[SERVICES][0]
    required_all, required_any = _required(services, reading)
    known = {field.name: coverage[field.name] for field in fields(CoverageRules) if field.name in coverage}
    rules = CoverageRules(**{name: _frozen(value) for name, value in known.items()} | {
        "required_all": required_all, "required_any": required_any, "floor": _floor(confidence),
        "geographic_m": float(reading.get("geographic_only_m", CoverageRules.geographic_m)),
        "on_time_days": int(rows[DELIVERY][0].get("value", CoverageRules.on_time_days)),
    })  # fmt: skip
    own = {field.name: _frozen(coverage[field.name]) for field in fields(CoveragePolicy) if field.name in coverage}
    policy = CoveragePolicy(**own | {
        "loose_m": float(rows[ALIGNMENT][0].get("match_within_m", CoveragePolicy.loose_m)),
        "target": float(rows[TARGET][0].get("value", CoveragePolicy.target)), "target_source": rows[TARGET][1],
    })  # fmt: skip
    return RulesInForce(rules, policy)


def _row(session: Session | None, shipped: Mapping[str, Any], code: str) -> tuple[Mapping[str, Any], str]:
    loaded = None if session is None else session.get(PolicyRule, code)
    if loaded is not None:
        return loaded.parameters, loaded.source_doc
    return shipped[code]["parameters"], shipped[code]["source_doc"]


def _required(services: Sequence[str] | None, reading: Mapping[str, Any]) -> tuple[int, int]:
    if services is None:
        return bits_of(reading["all_of"]), bits_of(reading["any_of"])
    unknown = sorted(set(services) - set(SERVICE_BITS))
    if unknown:
        said = f"没有这种服务:{'、'.join(unknown)} / no such service"
        raise Refusal("BAD_INPUT", errors={"services": [said]})
    return bits_of(services), 0


def _floor(confidence: str) -> Any:
    if confidence not in FLOORS:
        raise Refusal("BAD_INPUT", errors={"confidence": [f"应为 {'、'.join(FLOORS)} / must be one of these"]})
    return confidence


def _frozen(value: Any) -> Any:
    """Give lists of JSON as tuples, so that rules can be compared and hashed."""
    return tuple(_frozen(one) for one in value) if isinstance(value, list) else value
