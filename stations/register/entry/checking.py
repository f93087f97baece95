"""Checks of what is told of a station, before anything is stored: words from the lists, lengths, days, the unit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab import CoordQuality, HostType, Service, StationKind
from stations.batches import in_batches
from stations.people.access import Caller, require_inside
from stations.records.days import EARLIEST
from stations.register.entry.coordinates import Place, place_of
from stations.register.entry.facts import StationFacts
from stations.units.tables import OrgUnit

# Longest texts, in characters; the columns are as long.
LONGEST = {"code": 40, "name": 120, "operator": 120, "address": 200, "head_name": 60, "phone": 40, "hours": 60}
CHOICES: dict[str, frozenset[str]] = {
    "kind": frozenset(StationKind), "host_type": frozenset(HostType), "coord_quality": frozenset(CoordQuality),
}  # fmt: skip
# A village point stands in a village; the others may be placed as deep as is known.
LEVELS = {"village_point": ("village",), "township_station": ("township", "village"),
          "county_centre": ("county", "township", "village")}  # fmt: skip


def units_by_code(session: Session, codes: Iterable[str]) -> dict[str, OrgUnit]:
    """Fetch the units of these codes; unknown codes are simply absent."""
    found: dict[str, OrgUnit] = {}
    for some in in_batches(sorted(set(codes))):
        found |= {unit.code: unit for unit in session.scalars(select(OrgUnit).where(OrgUnit.code.in_(some)))}
    return found


def check_facts(
    facts: StationFacts, units: Mapping[str, OrgUnit], caller: Caller, *, today: dt.date
) -> tuple[OrgUnit, Place | None]:
    """Give the unit and the place of what is told, or refuse.

    Refuses with BAD_INPUT naming every wrong field, UNIT_UNKNOWN, OUT_OF_SCOPE, and what `place_of` refuses.
    """
    errors = text_errors(vars(facts)) | _day_errors(facts, today)
    if errors:
        raise Refusal("BAD_INPUT", errors=errors)
    return check_unit(facts.village_code, facts.kind, facts.villages_served, units, caller), place_of(
        facts.lon, facts.lat, facts.coord_system
    )


def check_unit(
    village: str, kind: str, served: Iterable[str] | None, units: Mapping[str, OrgUnit], caller: Caller
) -> OrgUnit:
    """Give the unit a station stands in; refuses with UNIT_UNKNOWN or OUT_OF_SCOPE."""
    unit = units.get(village)
    if unit is None or unit.level not in LEVELS[kind]:
        raise Refusal("UNIT_UNKNOWN", errors={"village_code": [
            f"没有代码为“{village}”的村 / no village has the code {village!r}"]}, village_code=village)  # fmt: skip
    unknown = [code for code in served or () if code not in units or units[code].level != "village"]
    if unknown:
        raise Refusal("UNIT_UNKNOWN", errors={"villages_served": [
            f"没有这些村:{'、'.join(unknown[:5])} / no such villages"]}, villages_served=unknown[:50])  # fmt: skip
    require_inside(caller, unit.path)
    return unit


def text_errors(told: Mapping[str, Any]) -> dict[str, list[str]]:
    """Name the fields that are too long, hold control characters, or are not words of their list."""
    errors: dict[str, list[str]] = {}
    for name, longest in LONGEST.items():
        text = told.get(name)
        if text is not None and (len(text) > longest or not text.isprintable()):
            errors[name] = [f"最多 {longest} 个字,不含控制字符 / at most {longest} characters, none of control"]
    if "name" in told and not (told["name"] or "").strip():
        errors["name"] = ["站点名称不能为空 / the name must not be empty"]
    if told.get("code") is not None and not told["code"].strip():
        errors["code"] = ["编号不能为空白 / the code must not be blank"]
    if "/" in (told.get("code") or ""):
        errors["code"] = ["编号不能含“/”,它会写进网址和二维码 / the code must not hold a slash: it stands in addresses"]
    for name, allowed in CHOICES.items():
        if told.get(name) is not None and told[name] not in allowed:
            errors[name] = [f"只能是其中之一 / must be one of: {', '.join(sorted(allowed))}"]
    strange = set(told.get("services") or ()) - set(Service)
    if strange:
        errors["services"] = [f"没有这种服务 / no such service: {', '.join(sorted(map(str, strange)))}"]
    return errors


def _day_errors(facts: StationFacts, today: dt.date) -> dict[str, list[str]]:
    errors: dict[str, list[str]] = {}
    for name in ("valid_from", "accepted_on", "suspended_on", "delisted_on"):
        errors |= day_error(name, getattr(facts, name), today)
    accepted = facts.accepted_on
    for name in ("suspended_on", "delisted_on"):
        day: dt.date | None = getattr(facts, name)
        if day is not None and (accepted is None or day < accepted):
            errors[name] = ["不能早于验收日期,且须有验收日期 / needs an acceptance date and must not precede it"]
    return errors


def day_error(name: str, day: dt.date | None, today: dt.date) -> dict[str, list[str]]:
    """Name a day that is before 1990 or after today; what is cached of a station is always true today."""
    if day is None or EARLIEST <= day <= today:
        return {}
    return {name: [f"日期应在 {EARLIEST} 与今天之间 / the date must lie between {EARLIEST} and today"]}
