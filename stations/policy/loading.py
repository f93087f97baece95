"""Load the shipped rules, programme counties and evaluations; done twice it changes nothing."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from stations.people.tables import AuditEvent
from stations.policy.tables import CountyProgramme, Evaluation, PolicyRule
from stations.units.tables import OrgUnit

# What the audit trail calls a rule that was set here.
RULE_SET = "policy_rule"
FACTS = Path(__file__).resolve().parent / "facts"

Columns = dict[str, Any]


@dataclass(frozen=True)
class Loaded:
    """How many rows were new, changed or already so."""

    added: int
    changed: int
    unchanged: int


def load_policy(session: Session, now: dt.datetime) -> Loaded:
    """Put the shipped facts in; a shipped row found otherwise becomes as shipped, other rows stay.

    A rule that somebody has set through its door (the audit trail says so) stays as set.
    Refuses with UNIT_UNKNOWN, naming file and code, when a row's unit is not loaded; then nothing is put in.
    """
    rules, counties, evaluations = shipped_rules(), shipped_counties(), shipped_evaluations()
    _require_units(session, [
        *(("rules.json", code) for rule in rules for code in _units_of(rule)),
        *(("programme_counties.csv", county["county_code"]) for county in counties),
        *(("evaluations.csv", evaluation["unit_code"]) for evaluation in evaluations),
    ])  # fmt: skip
    decided = set(session.scalars(select(AuditEvent.object_id).where(AuditEvent.object_kind == RULE_SET)))
    rules = [rule for rule in rules if rule["code"] not in decided]
    told = [
        *_put(session, PolicyRule, ("code",), rules, stamp={"updated_at": now}),
        *_put(session, CountyProgramme, ("county_code", "batch_year", "group"), counties),
        *_put(session, Evaluation, ("unit_code", "year", "unit_type"), evaluations),
    ]
    session.flush()
    return Loaded(told.count("added"), told.count("changed"), told.count("unchanged"))


def shipped_rules() -> list[Columns]:
    """Give the rules of `rules.json` as columns of their table."""
    told = json.loads((FACTS / "rules.json").read_text(encoding="utf-8"))
    return [_rule(row, told["documents"]) for row in told["rules"]]


def shipped_counties() -> list[Columns]:
    """Give the counties of the programme as columns of their table."""
    return [
        {
            "county_code": row["county_code"], "batch_year": int(row["batch_year"]) if row["batch_year"] else None,
            "group": row["batch_group"], "funds_wan": Decimal(row["funds_wan"]) if row["funds_wan"] else None,
            "status": row["status"], "name_as_printed": row["name_as_printed"], "source_doc": row["source"],
        }
        for row in _rows("programme_counties.csv")
    ]  # fmt: skip


def shipped_evaluations() -> list[Columns]:
    """Give the published scores as columns of their table."""
    return [
        {
            "unit_code": row["unit_code"], "year": int(row["year"]), "unit_as_printed": row["unit_as_printed"],
            "unit_type": row["unit_type"], "score": Decimal(row["score"]), "grade": row["grade"],
            "source_doc": row["source"],
        }
        for row in _rows("evaluations.csv")
    ]  # fmt: skip


def _rule(row: Columns, documents: dict[str, str]) -> Columns:
    rule = {name: value for name, value in row.items() if name != "document"}
    for day in ("effective_from", "effective_to"):
        rule[day] = dt.date.fromisoformat(row[day]) if row[day] else None
    return rule | {"source_doc": documents[row["document"]]}


def _rows(name: str) -> list[dict[str, str]]:
    with (FACTS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _units_of(rule: Columns) -> list[str]:
    return [code for code in (rule["province_code"], rule["parameters"].get("unit_code")) if code is not None]


def _require_units(session: Session, wanted: Sequence[tuple[str, str]]) -> None:
    codes = {code for _, code in wanted}
    present = set(session.scalars(select(OrgUnit.code).where(OrgUnit.code.in_(codes))))
    missing = sorted({f"{name}: {code}" for name, code in wanted if code not in present})
    if missing:
        said = "先载入行政区划 / load the administrative units first"
        raise Refusal("UNIT_UNKNOWN", errors={one: [said] for one in missing}, missing=missing)


def _put(
    session: Session,
    table: type[PolicyRule] | type[CountyProgramme] | type[Evaluation],
    key: tuple[str, ...],
    rows: Iterable[Columns],
    stamp: Columns | None = None,
) -> list[str]:
    """Add or correct rows by their key; `stamp` is set where something is new or changed. Says what became of each."""
    present = {tuple(getattr(one, name) for name in key): one for one in session.scalars(select(table))}
    told = []
    for row in rows:
        found = present.get(tuple(row[name] for name in key))
        if found is None:
            session.add(table(**row, **(stamp or {})))
            told.append("added")
            continue
        other = {name: value for name, value in row.items() if getattr(found, name) != value}
        for name, value in (other | (stamp or {}) if other else {}).items():
            setattr(found, name, value)
        told.append("changed" if other else "unchanged")
    return told
