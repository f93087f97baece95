"""Answer what lies between two runs: the figures beside each other, and village by village what changed and why."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy.orm import Session

from field_app_schema.words.coverage_runs import WORDS
from geo.coverage.dependency import STAGES
from stations.coverage.columns.service_bits import SERVICE_BITS
from stations.coverage.runs.explaining import LOST, Cause, Side, VillageDifference, explain
from stations.coverage.runs.keeping import find_run, read_run, rules_of
from stations.coverage.runs.packing import KeptVillage, unpack
from stations.coverage.tables import CoverageRun
from stations.people.access import Caller


def run_differences(
    session: Session, caller: Caller, run_id: int, *, from_id: int, page: int = 1, page_size: int = 200
) -> dict[str, Any]:
    """Compare two runs: `from_id` is what was, `run_id` what is; villages poor first, then lost before gained.

    Runs of other units may be compared: villages outside one of the two lists are told as added or removed. Refuses
    with RUN_UNKNOWN.
    """
    before, after = find_run(session, caller, from_id), find_run(session, caller, run_id)
    found = explain(_side(before), _side(after))
    found.sort(key=lambda one: (not one.is_poor, one.change != LOST, one.code))
    shown = found[(page - 1) * page_size : page * page_size]
    causes = Counter(cause.code for one in found for cause in one.causes)
    return {
        "before": read_run(session, caller, before.id), "after": read_run(session, caller, after.id),
        "stages": _stages(found, before, after), "changes": dict(Counter(one.change for one in found)),
        "causes": [{"code": code, "villages": many, **_said(code)} for code, many in causes.most_common()],
        "total": len(found), "page": page, "page_size": page_size, "villages": [_plain(one) for one in shown],
    }  # fmt: skip


def _side(run: CoverageRun) -> Side:
    return Side(unpack(run.villages), rules_of(run.parameters), run.base_year, run.code_version)


def _stages(found: list[VillageDifference], before: CoverageRun, after: CoverageRun) -> list[dict[str, Any]]:
    """Give each stage with before + gained - lost + added - removed = after, in villages."""
    rows = []
    for stage in STAGES:
        counts = Counter[str]()
        for one in found:
            counts["gained"] += stage in one.gained
            counts["lost"] += stage in one.lost
            counts["added"] += one.before is None and one.after is not None and stage in one.after.stages
            counts["removed"] += one.after is None and one.before is not None and stage in one.before.stages
        was, is_ = (run.report["headline"][stage] for run in (before, after))
        rows.append({"stage": stage, "before": was, "after": is_,
                     **{name: counts[name] for name in ("gained", "lost", "added", "removed")}})  # fmt: skip
    return rows


def _plain(one: VillageDifference) -> dict[str, Any]:
    return {
        "code": one.code, "name": one.name, "is_poor": one.is_poor, "change": one.change, "gained": list(one.gained),
        "lost": list(one.lost), "before": _village(one.before), "after": _village(one.after),
        "causes": [_cause(cause) for cause in one.causes],
    }  # fmt: skip


def _village(kept: KeptVillage | None) -> dict[str, Any] | None:
    if kept is None:
        return None
    return {"stages": [stage for stage in STAGES if stage in kept.stages], "reason": kept.reason or None,
            "nearest_station": kept.nearest or None}  # fmt: skip


def _cause(cause: Cause) -> dict[str, Any]:
    was, now = cause.was, cause.now
    if cause.code == "link_services":
        was, now = (_services(int(bits or 0)) for bits in (was, now))
    return {"code": cause.code, "station": cause.station or None, "was": was, "now": now, **_said(cause.code)}


def _services(bits: int) -> str:
    return " ".join(name for at, name in enumerate(SERVICE_BITS) if bits >> at & 1)


def _said(code: str) -> dict[str, str]:
    zh, en = WORDS[f"run_cause.{code}"]
    return {"zh": zh, "en": en}
