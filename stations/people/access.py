"""The one place that decides who may do what (domain model F9); every route and every query asks here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, true
from sqlalchemy.orm import InstrumentedAttribute

from field_app_schema.refusals import Refusal
from field_app_schema.vocab import Role

OWNER, COUNTY, PREFECTURE, PROVINCE = Role.OWNER, Role.COUNTY, Role.PREFECTURE, Role.PROVINCE
INSPECTOR, THIRD_PARTY, PUBLIC = Role.INSPECTOR, Role.THIRD_PARTY, Role.PUBLIC

STAFF = frozenset({COUNTY, PREFECTURE, PROVINCE})
VISITORS = STAFF | {INSPECTOR, THIRD_PARTY}
SIGNED_IN = VISITORS | {OWNER}
EVERYBODY = SIGNED_IN | {PUBLIC}

# action -> the roles that may do it, each within its own scope. A route names one of these or the tests fail.
ACTIONS: dict[str, frozenset[Role]] = {
    "anyone": EVERYBODY,
    "self.read": SIGNED_IN,
    "unit.read": SIGNED_IN,
    "policy.read": SIGNED_IN,
    "form.read": SIGNED_IN,
    "station.read": SIGNED_IN,
    "station.near": VISITORS,
    "station.propose": frozenset({COUNTY}),
    "station.edit": frozenset({COUNTY}),
    "station.transition": frozenset({COUNTY, PREFECTURE}),
    "ledger.import": frozenset({COUNTY}),
    "ledger.export": STAFF,
    "map.read": VISITORS,
    "visit.record": VISITORS,
    "visit.read": VISITORS,
    "sync.plan": SIGNED_IN,
    "visit.assign": STAFF,
    "visit.return": frozenset({PREFECTURE, PROVINCE}),
    "visit.review": frozenset({PREFECTURE, PROVINCE}),
    "visit.edit": frozenset({PREFECTURE, PROVINCE, INSPECTOR}),
    "finding.read": STAFF,
    "channel.set": STAFF,
    "found.read": STAFF,
    "found.decide": frozenset({COUNTY}),
    "outbox.import": STAFF,
    "photo.read": VISITORS,
    "quarantine.settle": STAFF,
    "report.file": frozenset({OWNER, COUNTY}),
    "report.read": STAFF | {OWNER, THIRD_PARTY},
    "report.review": frozenset({COUNTY}),
    "report.unlock": frozenset({PREFECTURE, PROVINCE}),
    "report.excuse": frozenset({COUNTY}),
    "report.import": frozenset({COUNTY}),
    "reporting.begin": frozenset({COUNTY, PROVINCE}),
    "feed.manage": frozenset({COUNTY}),
    "return.read": STAFF,
    "return.send": frozenset({COUNTY}),
    "return.decide": frozenset({PROVINCE}),
    "return.export": STAFF,
    "reminder.address": frozenset({COUNTY}),
    "figures.read": STAFF | {THIRD_PARTY},
    "follow_up.mark": STAFF,
    "snapshot.take": STAFF,
    "vitality.recompute": frozenset({PROVINCE}),
    "network.read": STAFF | {THIRD_PARTY},
    "network.import": frozenset({COUNTY, PREFECTURE, PROVINCE}),
    "datum.repair": frozenset({COUNTY, PREFECTURE, PROVINCE}),
    "coverage.read": STAFF | {THIRD_PARTY},
    "coverage.run": STAFF,
    "coverage.study": STAFF,
    "features.read": STAFF | {THIRD_PARTY},
    "account.manage": STAFF,
    "device.manage": STAFF,
    "job.read": STAFF,
    "audit.read": STAFF,
}

# What the key of a GIS program may do, whoever it belongs to.
GIS_KEY_ACTIONS = frozenset({"anyone", "features.read", "map.read"})

# What a role may create accounts for: never above itself.
MAY_CREATE: dict[Role, frozenset[Role]] = {
    COUNTY: frozenset({OWNER, INSPECTOR, COUNTY}),
    PREFECTURE: frozenset({OWNER, INSPECTOR, THIRD_PARTY, COUNTY, PREFECTURE}),
    PROVINCE: frozenset({OWNER, INSPECTOR, THIRD_PARTY, COUNTY, PREFECTURE, PROVINCE}),
}


@dataclass(frozen=True)
class Caller:
    """Who is asking: the account, its role, and the unit path that bounds all it may see."""

    account_id: int | None
    role: Role
    unit_code: str
    unit_path: str
    station_id: int | None = None
    device_id: int | None = None
    display_name: str = ""
    is_gis_key: bool = False

    def covers(self, path: str) -> bool:
        """Say whether a unit path lies inside this caller's scope."""
        return bool(self.unit_path) and path.startswith(self.unit_path)


NOBODY = Caller(account_id=None, role=Role.PUBLIC, unit_code="", unit_path="")


def may(caller: Caller, action: str) -> bool:
    """Say whether the caller's role may do `action` at all (its scope is a second question)."""
    return caller.role in ACTIONS[action] and (not caller.is_gis_key or action in GIS_KEY_ACTIONS)


def require(caller: Caller, action: str) -> None:
    """Refuse with NOT_SIGNED_IN or NOT_ALLOWED unless the caller's role may do `action`."""
    if may(caller, action):
        return
    if caller.account_id is None:
        raise Refusal("NOT_SIGNED_IN")
    raise Refusal("NOT_ALLOWED", action=action)


def require_inside(caller: Caller, path: str) -> None:
    """Refuse with OUT_OF_SCOPE unless the unit path lies inside the caller's scope."""
    if not caller.covers(path):
        raise Refusal("OUT_OF_SCOPE")


def in_scope(
    caller: Caller, unit_path: InstrumentedAttribute[Any], station_id: InstrumentedAttribute[Any] | None = None
) -> ColumnElement[bool]:
    """Give the condition that keeps a query inside the caller's scope; an owner sees only the own station."""
    if not caller.unit_path:
        return ~true()
    inside = unit_path.like(f"{caller.unit_path}%")
    if caller.role is Role.OWNER:
        if station_id is None or caller.station_id is None:
            return ~true()
        return and_(inside, station_id == caller.station_id)
    return inside
