"""Decide everybody again under a new rule: first a trial that stores nothing, then the real thing, both as jobs."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Protocol

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session, sessionmaker

import jobs
from db import reading, writing
from field_app_schema.refusals import Refusal
from field_app_schema.vocab import Role
from stations.people.access import Caller, require_inside
from stations.records.days import day_in_china
from stations.records.tables import Station
from stations.units.tables import OrgUnit
from stations.vitality.evidence import AlivePolicy
from stations.vitality.fetching import NOTHING, decide_many, facts_of
from stations.vitality.new_rule import adopt, named_apart, policy_with
from stations.vitality.refreshing import refresh_vitality
from stations.vitality.thresholds import alive_policy
from stations.vitality.trimming import Question
from stations.vitality.which import these

PREVIEW, RECOMPUTE = "vitality_preview", "vitality_recompute"
# So many that a batch's own costs vanish, so few that an owner's report waits less than a second behind one.
BATCH = 2000
EXAMPLES = 20


class Progress(Protocol):
    """What a job's function is given: the clock, and a place to say how far it is."""

    def now(self) -> dt.datetime:
        """Give the present instant."""

    def progress(self, done: int, total: int | None = None) -> None:
        """Say how far the work is."""


@dataclass(frozen=True)
class Wish:
    """Which thresholds are wanted, for the stations of which unit (None: the caller's), and whether only to try."""

    parameters: Mapping[str, Any]
    unit: str | None = None
    dry_run: bool = True


@dataclass(frozen=True)
class Begun:
    """What a recomputation is to work with, and the rule under which it decides."""

    payload: dict[str, Any]
    rule_version: str
    unit: str


@dataclass(frozen=True)
class Asked:
    """The job that will do it, and the rule under which it decides."""

    job_id: int
    dry_run: bool
    rule_version: str
    unit: str


def machine(session: Session) -> Caller:
    """Give the machine's own hand, which reaches every station; refuses with UNIT_UNKNOWN while there are no units."""
    top = session.scalars(select(OrgUnit).where(OrgUnit.parent_code.is_(None)).order_by(OrgUnit.path).limit(1)).first()
    if top is None:
        raise Refusal("UNIT_UNKNOWN", errors={"unit": ["先载入行政区划 / load the administrative units first"]})
    return Caller(None, Role.PROVINCE, top.code, top.path, display_name="flask")


def ask_recomputation(session: Session, caller: Caller, wish: Wish, *, now: dt.datetime) -> Asked:
    """Ask for a trial, or store the new rule and ask for everybody to be decided again, in one transaction.

    Refuses as `begin_recomputation` does. Stations outside `unit` are decided again by the nightly look, which also
    wakes whoever was last decided by another rule.
    """
    begun = begin_recomputation(session, caller, wish, now=now)
    # Asked again while it is still to be done, it is done once; a trial is cheap and each may differ.
    once = None if wish.dry_run else f"{RECOMPUTE}:{begun.rule_version}:{begun.payload['path']}"
    job = jobs.ask(session, PREVIEW if wish.dry_run else RECOMPUTE, begun.payload, now=now, unique_key=once,
                   unit_path=caller.unit_path, asked_by=caller.account_id)  # fmt: skip
    return Asked(job.id, wish.dry_run, begun.rule_version, begun.unit)


def begin_recomputation(session: Session, caller: Caller, wish: Wish, *, now: dt.datetime) -> Begun:
    """Check what is wanted and, unless it is a trial, store the rule.

    Refuses with UNIT_UNKNOWN, OUT_OF_SCOPE, BAD_INPUT, and RULE_VERSION_TAKEN unless it is a trial.
    """
    unit = session.get(OrgUnit, wish.unit or caller.unit_code)
    if unit is None:
        raise Refusal("UNIT_UNKNOWN", errors={"unit": ["没有这个行政区划 / no such unit"]}, unit=wish.unit)
    require_inside(caller, unit.path)
    policy = policy_with(session, wish.parameters)
    if wish.dry_run:
        policy = named_apart(session, policy)
        return Begun({"path": unit.path, "policy": asdict(policy)}, policy.rule_version, unit.code)
    is_new = adopt(session, caller, policy, now=now)
    return Begun({"path": unit.path, "is_new": is_new}, policy.rule_version, unit.code)


def run_recomputation(sessions: sessionmaker[Session], payload: dict[str, Any], context: Progress) -> dict[str, Any]:
    """Decide again, batch by batch, each committed by itself; until its batch a station keeps its old answer.

    Under a new rule those already decided by it are passed over, so that a killed job goes on where it stopped.
    """
    with reading(sessions) as session:
        version = alive_policy(session).rule_version
        which: ColumnElement[bool] = Station.unit_path.like(f"{payload['path']}%")
        if payload["is_new"]:
            other = Station.vitality_rule_version
            which = and_(which, or_(other.is_(None), other != version))
        total = session.scalar(select(func.count(Station.id)).where(which)) or 0
    looked_at = changed = after = 0
    while True:
        with writing(sessions) as session:
            ids = list(session.scalars(_next(select(Station.id), which, after)))
            changed += len(refresh_vitality(session, ids, now=context.now()))
        looked_at += len(ids)
        context.progress(looked_at, total)
        if len(ids) < BATCH:
            return {"rule_version": version, "looked_at": looked_at, "changed": changed}
        after = ids[-1]


@dataclass
class CountyChange:
    """What a rule would change in a county: stations by vitality before and after, and some that change."""

    code: str
    name: str
    before: Counter[str] = field(default_factory=Counter)
    after: Counter[str] = field(default_factory=Counter)
    changed: int = 0
    examples: list[dict[str, str]] = field(default_factory=list)

    def add(self, code: str, before: str, after: str) -> None:
        """Count one station."""
        self.before[before] += 1
        self.after[after] += 1
        if before != after:
            self.changed += 1
            if len(self.examples) < EXAMPLES:
                self.examples.append({"station": code, "before": before, "after": after})

    def as_plain(self) -> dict[str, Any]:
        """Give it as a job's result holds it."""
        return {"code": self.code, "name": self.name, "stations": self.before.total(), "changed": self.changed,
                "before": dict(self.before), "after": dict(self.after), "examples": self.examples}  # fmt: skip


def run_preview(sessions: sessionmaker[Session], payload: dict[str, Any], context: Progress) -> dict[str, Any]:
    """Say what a rule would change, county by county, against the answers that stand; nothing is stored but this."""
    policy, today = AlivePolicy(**payload["policy"]), day_in_china(context.now())
    which = Station.unit_path.like(f"{payload['path']}%")
    with reading(sessions) as session:
        total = session.scalar(select(func.count(Station.id)).where(which)) or 0
        named = select(OrgUnit.code, OrgUnit.name).where(OrgUnit.level == "county")
        units = session.execute(named.order_by(OrgUnit.code))
        counties = {code: CountyChange(code, name) for code, name in units}
    elsewhere, done = CountyChange("", ""), 0
    for rows, answers in _answers(sessions, which, policy, today):
        for row in rows:
            code = next((part for part in row.unit_path.split("/") if part in counties), "")
            counties.get(code, elsewhere).add(row.code, row.vitality, answers[row.id])
        done += len(rows)
        context.progress(done, total)
    told = [one for one in (*counties.values(), elsewhere) if one.before]
    whole = CountyChange("", "")
    for one in told:
        whole.before += one.before
        whole.after += one.after
    return {
        "rule_version": policy.rule_version, "as_of": today.isoformat(), "stations": done,
        "changed": sum(one.changed for one in told), "before": dict(whole.before), "after": dict(whole.after),
        "counties": [one.as_plain() for one in told],
    }  # fmt: skip


def _answers(
    sessions: sessionmaker[Session], which: ColumnElement[bool], policy: AlivePolicy, today: dt.date
) -> Iterator[tuple[Sequence[Any], dict[int, str]]]:
    """Decide batch by batch, each read by itself, so that a long trial holds no old picture of the database."""
    after = 0
    while True:
        with reading(sessions) as session:
            columns = select(Station.id, Station.code, Station.vitality, Station.unit_path)
            rows = session.execute(_next(columns, which, after)).all()
            ids = [row.id for row in rows]
            facts = facts_of(session, these(ids), question=Question(today, policy))
            everyone = {id_: facts.get(id_, NOTHING) for id_ in ids}
            decided = decide_many(session, everyone, as_of=today, policy=policy, foretell=False)
        yield rows, {id_: one.verdict.vitality.value for id_, one in decided.items()}
        if len(rows) < BATCH:
            return
        after = ids[-1]


def _next(rows: Any, which: ColumnElement[bool], after: int) -> Any:
    return rows.where(which, Station.id > after).order_by(Station.id).limit(BATCH)
