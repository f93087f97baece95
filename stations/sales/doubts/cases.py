"""What the rules of contradiction read of a station, as plain records, and what they answer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from field_app_schema.vocab_months import ReportField


class Contradiction(StrEnum):
    """Two sources that do not agree; the sentences are in the words of this area."""

    REPORTS_SALES_BUT_SEEN_GONE = "reports_sales_but_seen_gone"
    OPEN_FOR_A_YEAR_BUT_NEVER_REPORTS = "open_for_a_year_but_never_reports"
    PARCELS_WITHOUT_SERVICE = "parcels_without_service"
    IDENTICAL_ACROSS_OPERATOR = "identical_across_operator"
    REPEATED_MONTH_AFTER_MONTH = "repeated_month_after_month"


@dataclass(frozen=True, slots=True)
class Filing:
    """One month's report: figures in fen and pieces by field, only those that are above nothing."""

    id: int
    period: int
    figures: tuple[tuple[ReportField, int], ...]
    is_returned: bool = False

    @property
    def is_active(self) -> bool:
        """Say whether money or parcels are claimed and the county has not sent the claim back."""
        return bool(self.figures) and not self.is_returned


@dataclass(frozen=True, slots=True)
class Sight:
    """What a visit on site saw, on a day in China."""

    id: int
    on: dt.date
    state: str


@dataclass(frozen=True, slots=True)
class Description:
    """Services said of a station from a day on, until the next description."""

    id: int
    valid_from: dt.date
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """All that the rules read of one station; filings by month, sights and descriptions by day, oldest first.

    `expected_months` are the owed months past their due instant and not excused, oldest first; `reported_months` those
    with any report, nil and feed included.
    """

    code: str
    operator: str | None = None
    filings: tuple[Filing, ...] = ()
    sights: tuple[Sight, ...] = ()
    descriptions: tuple[Description, ...] = ()
    expected_months: tuple[int, ...] = ()
    reported_months: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing a contradiction rests on: `id` names its row («report:7»), `on` or `period` its time."""

    kind: str
    id: str
    on: dt.date | None = None
    period: int | None = None
    says: str | None = None
    station: str | None = None
    figures: tuple[tuple[ReportField, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """A contradiction at a station, with its evidence and what its sentence names."""

    code: Contradiction
    evidence: tuple[Evidence, ...]
    names: tuple[tuple[str, Any], ...] = ()


def report_evidence(filing: Filing, station: str | None = None) -> Evidence:
    """Give a report as evidence, with its figures."""
    return Evidence("report", f"report:{filing.id}", period=filing.period, station=station, figures=filing.figures)


def sight_evidence(sight: Sight) -> Evidence:
    """Give a visit as evidence."""
    return Evidence("visit", f"observation:{sight.id}", on=sight.on, says=sight.state)
