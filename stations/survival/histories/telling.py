"""Compute survival from a CSV of histories: plain rows as they stand on the day, events through the alive rule."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from field_app_schema.refusals import Refusal
from field_app_schema.vocab import HostType, ListingStatus, Vitality
from field_app_schema.words.closed_lists import WORDS as CLOSED_LISTS
from field_app_schema.words.vitality import WORDS as VITALITY_WORDS
from stations.survival.figures.cohorts import parse_cohort
from stations.survival.figures.lives import LIVING, StationLife
from stations.survival.figures.report import AS_TOLD, DEFINITIONS, survival_figures
from stations.survival.histories.events import facts_of_events
from stations.survival.histories.lines import Line, read_lines
from stations.vitality.evidence import AlivePolicy, StationFacts
from stations.vitality.file_fields import Problems
from stations.vitality.lifetime import lifetime
from stations.vitality.rule import decide_for_the_day

_WORDS = CLOSED_LISTS | VITALITY_WORDS
_VITALITIES = {_WORDS[f"vitality.{state}"][0]: state for state in Vitality}
_LISTINGS = {_WORDS[f"listing_status.{status}"][0]: status for status in ListingStatus}
_HOSTS = {_WORDS[f"host_type.{host}"][0]: host for host in HostType}
# What a row without events says of the day itself; beside events it would say the same twice.
_STANDING = ("last_alive_on", "dead_by_on", "listing_status", "vitality")
_NEVER = (ListingStatus.PROPOSED, ListingStatus.REJECTED)
_OF_EVENTS = ("date", "known_on", "withdrawn_on", "reason", "successor")


def survival_from(
    content: bytes, as_of: dt.date, *, known_at: dt.datetime | None = None, cohort: str | None = None
) -> dict[str, Any]:
    """Give the figures of `GET /survival` for the stations of a file, as plain values for JSON.

    Events are judged by the shipped thresholds of the alive rule, by what was known at `known_at`. Refuses BAD_INPUT
    with every fault of the file at once, each under its line and column, FILE_FORMAT and PERIOD_UNKNOWN.
    """
    chosen = None if cohort is None else parse_cohort(cohort)
    problems = Problems()
    stations: dict[str, list[Line]] = defaultdict(list)
    for line in read_lines(content, problems):
        code = line.text("code")
        if code is None:
            line.wrong("code", "缺少编号", "the code is missing")
        else:
            stations[code].append(line)
    lives = [_life(code, lines, as_of, known_at) for code, lines in stations.items()]
    if not stations and not problems.found:
        problems.add("第2行 line 2", "没有数据", "there is no line of data")
    if problems.found:
        raise Refusal("BAD_INPUT", errors=problems.found)
    figures = survival_figures(lives, as_of, cohort=chosen)
    frame = {
        "unit": None, "as_of": as_of.isoformat(), "known_at": known_at and known_at.isoformat(), "periods": None,
        "definitions": list(DEFINITIONS), "sources": figures.pop("sources"),
        "unknown_share": figures["headline"]["unknown_share"], "rule_version": AlivePolicy().rule_version,
    }  # fmt: skip
    return {"frame": frame, "cohort": cohort, "stations": len(lives), **figures}


def _life(code: str, lines: Sequence[Line], as_of: dt.date, known_at: dt.datetime | None) -> StationLife:
    events = [line for line in lines if line.fields.get("event") is not None]
    plain = [line for line in lines if line.fields.get("event") is None]
    for again in plain[1:]:
        again.wrong("code", f"编号重复:{code}", f"a second row of {code}")
    about = _about(lines)
    if events:
        return _judged(code, events, plain, as_of, known_at)._replace(**about)
    return _standing(code, plain[0], as_of)._replace(**about)


def _about(lines: Sequence[Line]) -> dict[str, Any]:
    """Read what does not change: any of the lines may say it, and none may contradict another."""
    found: dict[str, Any] = {"operator": None, "host_type": None, "is_subsidised": None, "subsidy_ended_on": None}
    for line in lines:
        host = line.word("host_type", HostType, _HOSTS)
        said = {"operator": line.text("operator"), "host_type": host and host.value,
                "is_subsidised": line.yes_or_no("is_subsidised"), "subsidy_ended_on": line.day("subsidy_ended_on")}
        for key, value in said.items():
            if value is None:
                continue
            if found[key] not in (None, value):
                line.wrong(key, "与前面的行不一致", "differs from an earlier line")
            found[key] = value
    return found


def _judged(
    code: str, events: Sequence[Line], plain: Sequence[Line], as_of: dt.date, known_at: dt.datetime | None
) -> StationLife:
    """Let the alive rule decide; a row beside the events may give the acceptance."""
    accepted: list[Line] = []
    for line in (*plain, *events):
        for key in _STANDING:
            if line.fields.get(key) is not None:
                line.wrong(key, "有事件的站点由规则判断,此列须空", "of a station with events the rule says this")
        if line.fields.get("accepted_on") is not None:
            accepted.append(line.beside({"event": "accepted", "date": line.fields["accepted_on"]}))
    facts = facts_of_events([*accepted[:1], *events], known_at)
    policy = AlivePolicy()
    verdict = decide_for_the_day(facts, as_of, policy, known_at=known_at)
    life = lifetime(facts, as_of, policy, known_at)
    started = verdict.vitality is not Vitality.NOT_STARTED
    return StationLife(
        code, life.accepted_on if started else None, life.last_alive_on, life.dead_by_on,
        _listing(facts, as_of, known_at), verdict.vitality, verdict.reason,
    )  # fmt: skip


def _listing(facts: StationFacts, as_of: dt.date, known_at: dt.datetime | None) -> str:
    stands = [
        fact for fact in facts.listing
        if fact.effective_on <= as_of
        and (known_at is None or fact.recorded_at is None or fact.recorded_at <= known_at)
    ]  # fmt: skip
    newest = max(stands, key=lambda fact: (fact.effective_on, fact.sequence), default=None)
    return ListingStatus.PROPOSED if newest is None else newest.to


def _standing(code: str, line: Line, as_of: dt.date) -> StationLife:
    """Take a row as it stands; what it leaves out follows from the rest, and contradictions are faults."""
    for key in _OF_EVENTS:
        if line.fields.get(key) is not None:
            line.wrong(key, "这一列属于事件,缺少事件", "this column belongs to an event, and there is none")
    days = {key: line.day(key) for key in ("accepted_on", "last_alive_on", "dead_by_on")}
    listing = line.word("listing_status", ListingStatus, _LISTINGS) or ListingStatus.ACTIVE
    vitality = line.word("vitality", Vitality, _VITALITIES)
    for key in ("last_alive_on", "dead_by_on"):
        day = days[key]
        if day is not None and day > as_of:
            line.wrong(key, f"晚于 {as_of},那一天还不知道", f"lies after {as_of}, when nobody knew it")
    if days["dead_by_on"] and days["last_alive_on"] and days["dead_by_on"] < days["last_alive_on"]:
        line.wrong("dead_by_on", "早于最近在营日期", "lies before last_alive_on")
    if days["accepted_on"] and days["accepted_on"] <= as_of:
        if listing in _NEVER:
            line.wrong("listing_status", "已验收,不能又是拟建或未通过", "accepted, it cannot be proposed or rejected")
        if vitality is Vitality.NOT_STARTED:
            line.wrong("vitality", "已通过验收,不能是未启用", "accepted, it cannot be not started")
    gone = listing is ListingStatus.DELISTED or days["dead_by_on"] is not None
    if gone and vitality in LIVING:
        line.wrong("vitality", "已摘牌或确认停业的站点不能算在营", "delisted or known dead, it cannot be alive")
    if gone and listing is not ListingStatus.MERGED:
        vitality = Vitality.DEAD
    return StationLife(code, days["accepted_on"], days["last_alive_on"], days["dead_by_on"], listing,
                       vitality or Vitality.UNKNOWN, AS_TOLD)  # fmt: skip
