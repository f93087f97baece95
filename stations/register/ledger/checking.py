"""Check what a row tells against the units and the register: what it would add or change, or what is wrong with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from field_app_schema.refusals import Refusal
from stations.people.access import Caller
from stations.register.entry.checking import check_facts
from stations.register.entry.coordinates import Place, place_of
from stations.register.entry.facts import StationFacts
from stations.register.ledger.cells import fold
from stations.register.ledger.comparing import changes_of
from stations.register.ledger.problems import Problem, problem
from stations.register.ledger.standing import Standing, StandingIndex
from stations.register.ledger.statuses import dates_of_status, status_claim
from stations.register.ledger.telling import STATUS_CLAIMED, Told
from stations.register.ledger.terms import printed
from stations.register.ledger.villages import VillageIndex
from stations.units.tables import OrgUnit

ADD, REVISE, SAME, WRONG = "add", "revise", "same", "wrong"
_PLAIN = ("kind", "host_type", "operator", "is_subsidised", "address", "lon", "lat", "coord_quality", "services",
          "head_name", "phone", "hours", "accepted_on")  # fmt: skip


@dataclass(frozen=True)
class Ground:
    """What every row is checked against; `units` are all units named in the file, in scope or not."""

    caller: Caller
    villages: VillageIndex
    units: Mapping[str, OrgUnit]
    standing: StandingIndex
    coord_system: str
    today: dt.date


@dataclass
class CheckedRow:
    """A row and what would come of it. `version`, `own`, `served`: what changes of the station that stands."""

    told: Told
    action: str = WRONG
    facts: StationFacts | None = None
    place: Place | None = None
    standing: Standing | None = None
    version: dict[str, Any] = field(default_factory=dict)
    own: dict[str, Any] = field(default_factory=dict)
    served: tuple[str, ...] | None = None
    notices: list[Problem] = field(default_factory=list)

    @property
    def errors(self) -> list[Problem]:
        return self.told.errors

    def notice(self, key: str, code: str, *particulars: object) -> None:
        """Add what is worth knowing and in nobody's way."""
        self.notices.append(problem(code, *particulars, **self.told.row.place(key)))


def check_row(told: Told, ground: Ground) -> CheckedRow:
    """Check one row; nothing is stored and nothing is asked of the database."""
    checked = CheckedRow(told)
    checked.standing = _by_code(told, ground)
    village = _village(told, ground, checked)
    name = told.text("name") or (checked.standing.version["name"] if checked.standing else "")
    if not name:
        told.complain("name", "NAME_MISSING")
    if checked.standing is None and village and name and not told.text("code"):
        checked.standing = _by_key(told, ground, village, name)
    served = _served(told, ground)
    if not village or not name or told.errors:
        return checked
    facts = _facts(told, ground, village, name, served, checked.standing)
    facts = _with_status(facts, told, checked)
    checked.place = _place(facts, told)
    _check_like_the_register(facts, told, ground)
    if told.errors:
        return checked
    checked.facts = facts
    if checked.standing is None:
        checked.action = ADD
        return checked
    checked.version, checked.own, checked.served = changes_of(
        checked.standing, frozenset(told.values), facts, checked.place
    )
    checked.action = REVISE if checked.version or checked.own or checked.served is not None else SAME
    return checked


def _by_code(told: Told, ground: Ground) -> Standing | None:
    code = told.text("code")
    if code and code in ground.standing.codes_elsewhere:
        told.complain("code", "CODE_ELSEWHERE", code)
    return ground.standing.by_code.get(code) if code else None


def _by_key(told: Told, ground: Ground, village: str, name: str) -> Standing | None:
    same = ground.standing.by_key.get((village, fold(name)), [])
    if len(same) > 1:
        told.complain("name", "SEVERAL_MATCH", "、".join(one.code for one in same[:10]))
    return same[0] if len(same) == 1 else None


def _village(told: Told, ground: Ground, checked: CheckedRow) -> str:
    asked = {key: told.text(key) for key in ("county", "township", "village")}
    code = told.text("village_code")
    kind = told.values.get("kind") or (checked.standing.kind if checked.standing else "village_point")
    enough = code or asked["village"] or (kind == "township_station" and asked["township"]) or kind == "county_centre"
    if not enough:
        if checked.standing is not None:
            return str(checked.standing.version["village_code"])
        told.complain("village", "VILLAGE_MISSING")
        return ""
    if kind == "county_centre" and not (code or any(asked.values())):
        asked["county"] = ground.villages.by_code[ground.caller.unit_code].name
    found = ground.villages.find(code=code, **asked, elsewhere=ground.units)
    if found.unit is None:
        key = "village_code" if code else "village"
        if found.code == "OUT_OF_SCOPE" and not code:
            key = "county"
        told.complain(key, found.code, *found.said, advice=found.advice)
        return ""
    if code and asked["village"] and found.unit.level == "village" and (
        fold(found.unit.name) != asked["village"]
        and ground.villages.find(code="", **asked).unit is not found.unit
    ):
        checked.notice("village", "VILLAGE_NAME_DIFFERS", asked["village"], found.unit.name)
    return found.unit.code


def _served(told: Told, ground: Ground) -> tuple[str, ...] | None:
    if "villages_served" not in told.values:
        return None
    codes = []
    for word in told.values["villages_served"]:
        code = word if word.isdecimal() else word[-13:-1] if word.endswith(")") and word[-13:-1].isdecimal() else ""
        if code in ground.units:
            codes.append(code)
            continue
        near = ground.villages.find(code=code, county=told.text("county"), township=told.text("township"),
                                    village="" if code else word)  # fmt: skip
        found = near if near.unit or code else ground.villages.find(code="", county="", township="", village=word)
        if found.unit is None:
            told.complain("villages_served", found.code, *found.said, advice=found.advice)
        else:
            codes.append(found.unit.code)
    return tuple(dict.fromkeys(codes))


def _facts(
    told: Told, ground: Ground, village: str, name: str, served: tuple[str, ...] | None, standing: Standing | None
) -> StationFacts:
    plain = {key: told.values[key] for key in _PLAIN if key in told.values}
    kind = standing.kind if standing else plain.get("kind", "village_point")
    return StationFacts(**{
        **plain, "name": name, "village_code": village, "kind": kind, "code": told.text("code") or None,
        "coord_system": told.values.get("coord_system", ground.coord_system) if {"lon", "lat"} & plain.keys() else None,
        "villages_served": served, "extra": dict(told.extra), "source": "ledger",
    })  # fmt: skip


def _with_status(facts: StationFacts, told: Told, checked: CheckedRow) -> StationFacts:
    """Let the dates of a new station follow its status; of one that stands only the claim is kept."""
    standing = checked.standing
    if standing is None:
        facts = dates_of_status(told, facts)
        if facts.accepted_on is None:
            checked.notice("accepted_on", "NOT_ACCEPTED")
    else:
        if facts.accepted_on and standing.accepted_on and facts.accepted_on != standing.accepted_on:
            checked.notice("accepted_on", "ACCEPTANCE_DIFFERS", facts.accepted_on, standing.accepted_on)
        if told.values.get("kind", standing.kind) != standing.kind:
            checked.notice("kind", "KIND_DIFFERS", printed("kind", told.values["kind"]), printed("kind", standing.kind))
    claim = status_claim(told, facts, None if standing is None else standing.listing_status)
    if claim is None:
        return facts
    checked.notice("listing_status", "STATUS_IS_A_CLAIM", claim.said, printed("listing_status", claim.status))
    return replace(facts, extra={**facts.extra, STATUS_CLAIMED: claim.said})


def _place(facts: StationFacts, told: Told) -> Place | None:
    try:
        return place_of(facts.lon, facts.lat, facts.coord_system)
    except Refusal as refusal:
        _take_refusal(refusal, told)
        return None


def _check_like_the_register(facts: StationFacts, told: Told, ground: Ground) -> None:
    """Ask the register's own check; the place was asked already."""
    try:
        check_facts(replace(facts, lon=None, lat=None), ground.units, ground.caller, today=ground.today)
    except Refusal as refusal:
        _take_refusal(refusal, told)


def _take_refusal(refusal: Refusal, told: Told) -> None:
    if refusal.code in {"COORDINATES_SWAPPED", "COORDINATES_OUTSIDE_CHINA"}:
        told.complain("lon" if "lon" in told.row.header.known else "lonlat", refusal.code)
        return
    columns = {"suspended_on": "ended_on", "delisted_on": "ended_on"}
    for key, said in refusal.errors.items() or {"name": [f"{refusal.kind.zh} / {refusal.kind.en}"]}.items():
        zh, _, en = str(said[0]).partition(" / ")
        told.complain(columns.get(key, key), "FIELD_WRONG", zh.rstrip("。"), en or zh)
