"""The rules of contradiction: pure functions of a station's records, each a reason with evidence, none a verdict.

Thresholds are the policy's. A report that the county sent back claims nothing, so no rule reads its figures.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable

from field_app_schema.vocab import ObservedState, Service
from field_app_schema.vocab_months import ReportField
from stations.records.periods import first_day, last_day, shifted
from stations.sales.doubts.cases import (
    Case,
    Contradiction,
    Description,
    Evidence,
    Filing,
    Found,
    report_evidence,
    sight_evidence,
)
from stations.sales.doubts.thresholds import ContradictionPolicy

AT_WORK = (ObservedState.OPEN_OPERATING, ObservedState.OPEN_WEAKENED)
NO_MORE = (ObservedState.GONE, ObservedState.CLOSED_SIGN_REMOVED)
PARCELS = (ReportField.PARCELS_IN, ReportField.PARCELS_OUT)


def contradictions_of(cases: Iterable[Case], as_of: dt.date, policy: ContradictionPolicy) -> dict[str, list[Found]]:
    """Give what contradicts itself, by station code; stations without any are absent.

    `cases` are all the stations among which one operator's are compared.
    """
    found: dict[str, list[Found]] = defaultdict(list)
    cases = list(cases)
    for case in cases:
        found[case.code] += [one for rule in _RULES if (one := rule(case, as_of, policy)) is not None]
    for code, one in identical_across_operator(cases, policy):
        found[code].append(one)
    order = list(Contradiction)
    return {
        code: sorted(told, key=lambda one: order.index(one.code)) for code, told in sorted(found.items()) if told
    }  # fmt: skip


def reports_sales_but_seen_gone(case: Case, as_of: dt.date, policy: ContradictionPolicy) -> Found | None:
    """Find business in months that begin after the day of a visit that saw it gone, with no open visit on or after."""
    del as_of, policy
    seen_gone = [sight for sight in case.sights if sight.state in NO_MORE]
    if not seen_gone or any(sight.state in AT_WORK and sight.on >= seen_gone[-1].on for sight in case.sights):
        return None
    last = seen_gone[-1]
    claims = [filing for filing in case.filings if filing.is_active and first_day(filing.period) > last.on]
    if not claims:
        return None
    return Found(
        Contradiction.REPORTS_SALES_BUT_SEEN_GONE, (sight_evidence(last), *map(report_evidence, claims)),
        (("on", last.on), ("state", last.state), ("months", [filing.period for filing in claims])),
    )  # fmt: skip


def open_for_a_year_but_never_reports(case: Case, as_of: dt.date, policy: ContradictionPolicy) -> Found | None:
    """Find a station seen at work twice, a year apart or within the last year, that left its last months unreported.

    The newest visit on site saw it at work, within the last year; its newest owed months (excused ones do not count)
    are all without a report.
    """
    silent = case.expected_months[-policy.silent_months :]
    if len(silent) < policy.silent_months or case.reported_months & set(silent):
        return None
    at_work = [sight for sight in case.sights if sight.state in AT_WORK]
    if len(at_work) < 2 or case.sights[-1].state not in AT_WORK:
        return None
    year = dt.timedelta(days=policy.open_visits_apart_days)
    first, newest = at_work[0], at_work[-1]
    earlier = next((one for one in reversed(at_work) if one.on < newest.on and one.on >= as_of - year), None)
    if newest.on - first.on >= year:
        earlier = earlier or first
    if earlier is None or newest.on < as_of - year:
        return None
    owed = Evidence("owed_months", f"owed:{silent[0]}-{silent[-1]}", period=silent[-1])
    return Found(
        Contradiction.OPEN_FOR_A_YEAR_BUT_NEVER_REPORTS, (sight_evidence(earlier), sight_evidence(newest), owed),
        (("first", earlier.on), ("last", newest.on), ("since", silent[0]), ("n", len(silent))),
    )  # fmt: skip


def parcels_without_service(case: Case, as_of: dt.date, policy: ContradictionPolicy) -> Found | None:
    """Find parcels reported in months on no day of which the station was said to offer the parcel service."""
    del as_of, policy
    claims = []
    for filing in case.filings:
        if filing.is_returned or not any(field in PARCELS for field, _ in filing.figures):
            continue
        told = _descriptions_in(case.descriptions, filing.period)
        if told and not any(Service.PARCEL in one.services for one in told):
            claims.append((filing, told[-1]))
    if not claims:
        return None
    described = {one.id: one for _, one in claims}
    return Found(
        Contradiction.PARCELS_WITHOUT_SERVICE,
        (*(Evidence("description", f"version:{one.id}", on=one.valid_from, says=" ".join(one.services))
           for one in described.values()),
         *(report_evidence(filing) for filing, _ in claims)),
        (("months", [filing.period for filing, _ in claims]),),
    )  # fmt: skip


def repeated_month_after_month(case: Case, as_of: dt.date, policy: ContradictionPolicy) -> Found | None:
    """Find the newest run of months one after another with the same figures, long enough to be no chance."""
    del as_of
    runs: list[list[Filing]] = []
    for filing in case.filings:
        follows = runs and filing.period == shifted(runs[-1][-1].period, 1)
        if follows and _tells(filing, policy) and filing.figures == runs[-1][-1].figures:
            runs[-1].append(filing)
        elif _tells(filing, policy):
            runs.append([filing])
    long = [run for run in runs if len(run) >= policy.repeated_months]
    if not long:
        return None
    run = long[-1]
    return Found(
        Contradiction.REPEATED_MONTH_AFTER_MONTH, tuple(map(report_evidence, run)),
        (("first", run[0].period), ("last", run[-1].period), ("n", len(run))),
    )  # fmt: skip


def identical_across_operator(cases: Iterable[Case], policy: ContradictionPolicy) -> list[tuple[str, Found]]:
    """Find, by station code, the newest month in which enough stations of one operator filed the same five figures."""
    alike: dict[tuple[str, int, tuple[tuple[ReportField, int], ...]], list[tuple[Case, Filing]]] = defaultdict(list)
    for case in cases:
        for filing in case.filings if case.operator and case.operator.strip() else ():
            if _tells(filing, policy):
                alike[case.operator or "", filing.period, filing.figures].append((case, filing))
    newest: dict[str, tuple[int, Found]] = {}
    for (operator, period, _), some in alike.items():
        if len(some) < policy.same_operator_stations:
            continue
        evidence = tuple(report_evidence(filing, case.code) for case, filing in some)
        names = (("operator", operator), ("month", period), ("n", len(some)))
        for case, _ in some:
            if case.code not in newest or newest[case.code][0] < period:
                newest[case.code] = (period, Found(Contradiction.IDENTICAL_ACROSS_OPERATOR, evidence, names))
    return [(code, found) for code, (_, found) in newest.items()]


def _tells(filing: Filing, policy: ContradictionPolicy) -> bool:
    return filing.is_active and len(filing.figures) >= policy.figures_at_least


def _descriptions_in(descriptions: tuple[Description, ...], period: int) -> list[Description]:
    """Give the descriptions in force on any day of the month, oldest first."""
    begun = [one for one in descriptions if one.valid_from <= last_day(period)]
    before = [one for one in begun if one.valid_from <= first_day(period)]
    return [*before[-1:], *begun[len(before) :]]


_RULES: tuple[Callable[[Case, dt.date, ContradictionPolicy], Found | None], ...] = (
    reports_sales_but_seen_gone, open_for_a_year_but_never_reports, parcels_without_service,
    repeated_month_after_month,
)  # fmt: skip
