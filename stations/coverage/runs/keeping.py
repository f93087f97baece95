"""Make a run and keep it, read what is kept, make it again: the same question, as known at the same instant."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session, defer

from field_app_schema.refusals import Refusal
from stations.coverage.asking import CoverageQuestion
from stations.coverage.fetching import Fetched, situation_of
from stations.coverage.outcome import Outcome, outcome_of
from stations.coverage.runs.hashing import input_sha256, table_hashes
from stations.coverage.runs.packing import keep, pack
from stations.coverage.runs.reporting import report_of
from stations.coverage.tables import CoverageRun
from stations.people.access import Caller, in_scope, may
from stations.people.tables import Account
from stations.records.frames import unit_asked
from stations.units.tables import OrgUnit

# Of the parameters, these are answered by the facts themselves: they are never a cause of a difference.
_OF_THE_QUESTION = ("ou", "as_of", "known_at", "base_year")
LISTED = 200


def make_run(
    session: Session, caller: Caller, question: CoverageQuestion, *, code_version: str, now: dt.datetime,
    of_run_id: int | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Compute coverage once, as known now unless the question names an instant, and keep it with what it rested on.

    Refuses as `situation_of` does, and with BASE_YEAR_UNKNOWN where the unit has no list of villages.
    """
    known_at = question.known_at or now
    fetched = situation_of(session, caller, replace(question, known_at=known_at), now=now)
    if fetched.base_year is None:
        raise Refusal("BASE_YEAR_UNKNOWN", unit=fetched.unit.code)
    outcome = outcome_of(fetched)
    run = _row(fetched, outcome, code_version=code_version)
    run.known_at, run.of_run_id, run.run_by, run.run_at = known_at, of_run_id, caller.account_id, now
    session.add(run)
    session.flush()
    return read_run(session, caller, run.id)


def run_again(session: Session, caller: Caller, run_id: int, *, code_version: str, now: dt.datetime) -> dict[str, Any]:
    """Make a kept run again, and say whether input and figures came out the same, and if not, why.

    Refuses with RUN_UNKNOWN, and as `make_run` does.
    """
    kept = find_run(session, caller, run_id)
    made = make_run(session, caller, _question(kept), code_version=code_version, now=now, of_run_id=kept.id)
    again = find_run(session, caller, made["id"])
    return {"run": made, "of": kept.id, **_compared(kept, again)}


def read_run(session: Session, caller: Caller, run_id: int) -> dict[str, Any]:
    """Give a run with its report; refuses with RUN_UNKNOWN also what lies outside the caller's scope."""
    row = session.execute(_told(caller).where(CoverageRun.id == run_id)).one_or_none()
    if row is None:
        raise Refusal("RUN_UNKNOWN", run=run_id)
    return _line(row) | {"report": row.CoverageRun.report}


def list_runs(session: Session, caller: Caller, *, ou: str | None, below: bool = False) -> dict[str, Any]:
    """Give the runs of a unit, newest first, at most 200; with `below` of the units in it too."""
    unit = unit_asked(session, caller, ou)
    mine = CoverageRun.unit_path.like(f"{unit.path}%") if below else CoverageRun.unit_code == unit.code
    newest = _told(caller).where(mine).order_by(CoverageRun.run_at.desc(), CoverageRun.id.desc()).limit(LISTED)
    newest = newest.options(defer(CoverageRun.villages))
    return {
        "unit": {"code": unit.code, "name": unit.name, "level": unit.level},
        "runs": [_line(row) for row in session.execute(newest)],
        "permissions": {"may_run": may(caller, "coverage.run")},
    }


def find_run(session: Session, caller: Caller, run_id: int) -> CoverageRun:
    """Give a run in the caller's scope; refuses with RUN_UNKNOWN."""
    seen = in_scope(caller, CoverageRun.unit_path)
    found = session.scalars(select(CoverageRun).where(CoverageRun.id == run_id, seen)).one_or_none()
    if found is None:
        raise Refusal("RUN_UNKNOWN", run=run_id)
    return found


def rules_of(parameters: dict[str, Any]) -> dict[str, Any]:
    """Give of a run's parameters those by which the same facts would be read otherwise."""
    return {name: value for name, value in parameters.items() if name not in _OF_THE_QUESTION}


def _row(fetched: Fetched, outcome: Outcome, *, code_version: str) -> CoverageRun:
    situation = fetched.situation
    tables = table_hashes(situation, fetched.roads_sha256)
    kept = keep(situation, fetched.rules, outcome.stages, outcome.reasons, fetched.village_names)
    return CoverageRun(
        unit_code=fetched.unit.code, unit_path=fetched.unit.path, as_of=fetched.as_of,
        base_year=fetched.base_year, parameters=_parameters(fetched), input_sha256=input_sha256(tables),
        code_version=code_version, report=report_of(outcome) | {"input": tables}, villages=pack(kept),
    )  # fmt: skip


def _parameters(fetched: Fetched) -> dict[str, Any]:
    """Give the whole question and all thresholds as plain values, so that equal runs have equal parameters."""
    asked = fetched.question
    return {
        "ou": fetched.unit.code, "as_of": fetched.as_of.isoformat(), "base_year": fetched.base_year,
        "known_at": None if fetched.known_at is None else fetched.known_at.isoformat(),
        "services": None if asked.services is None else list(asked.services), "confidence": str(asked.confidence),
        "distance": str(asked.distance), "poor_year": fetched.poor_year, "alive_rule": fetched.rule_version,
        "roads_sha256": fetched.roads_sha256,
        **{f"rules.{name}": _plain(value) for name, value in asdict(fetched.rules).items()},
        **{f"policy.{name}": _plain(value) for name, value in asdict(fetched.policy).items()},
    }  # fmt: skip


def _plain(value: Any) -> Any:
    return [_plain(one) for one in value] if isinstance(value, tuple | list) else value


def _question(kept: CoverageRun) -> CoverageQuestion:
    asked = kept.parameters
    services = asked["services"]
    return CoverageQuestion(
        ou=kept.unit_code, as_of=kept.as_of, known_at=kept.known_at, base_year=kept.base_year,
        services=None if services is None else tuple(services), confidence=asked["confidence"],
        distance=asked["distance"], poor_year=asked["poor_year"],
    )  # fmt: skip


def _compared(kept: CoverageRun, again: CoverageRun) -> dict[str, Any]:
    """Say what came out the same; what differs is named: code, parameters (old and new), tables of the input."""
    then, now = dict(kept.report), dict(again.report)
    tables = then.pop("input"), now.pop("input")
    parameters = {
        name: {"was": kept.parameters.get(name), "now": again.parameters.get(name)}
        for name in sorted({*kept.parameters, *again.parameters})
        if kept.parameters.get(name) != again.parameters.get(name)
    }
    return {
        "same_input": kept.input_sha256 == again.input_sha256,
        "same_figures": then == now and kept.villages == again.villages,
        "code_version": {"was": kept.code_version, "now": again.code_version},
        "parameters": parameters,
        "tables": sorted(name for name in {*tables[0], *tables[1]} if tables[0].get(name) != tables[1].get(name)),
    }


def _told(caller: Caller) -> Any:
    return (
        select(CoverageRun, OrgUnit.name, OrgUnit.level, Account.display_name)
        .join(OrgUnit, OrgUnit.code == CoverageRun.unit_code)
        .outerjoin(Account, Account.id == CoverageRun.run_by)
        .where(in_scope(caller, CoverageRun.unit_path))
    )


def _line(row: Row[Any]) -> dict[str, Any]:
    kept: CoverageRun = row.CoverageRun
    return {
        "id": kept.id, "unit": {"code": kept.unit_code, "name": row.name, "level": row.level}, "as_of": kept.as_of,
        "known_at": kept.known_at, "base_year": kept.base_year, "parameters": kept.parameters,
        "input_sha256": kept.input_sha256, "code_version": kept.code_version, "of_run": kept.of_run_id,
        "run_at": kept.run_at, "run_by": row.display_name, "headline": kept.report["headline"],
    }  # fmt: skip
