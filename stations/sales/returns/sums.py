"""Sums of a month's figures in whole fen and pieces. Pure; nothing missing is ever put in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from field_app_schema.vocab_months import ReportSource
from stations.sales.filing.figures import COLUMNS, Figures
from stations.sales.returns.coverage import Report, StationMonth

# The sums of one set of reports: how many they are, and each column's sum; None where no report gave the figure.
Sums = dict[str, int | None]


def sums_of(reports: Iterable[Report]) -> Sums:
    """Add reports up; a nil report gives nothing to every figure, a figure left empty is no figure."""
    found: Sums = {"reports": 0} | dict.fromkeys(COLUMNS.values())
    count = 0
    for report in reports:
        count += 1
        for column in COLUMNS.values():
            value = 0 if report.is_nil else getattr(report.figures, column)
            if value is not None:
                found[column] = (found[column] or 0) + value
    return found | {"reports": count}


def month_sums(months: Iterable[StationMonth]) -> dict[str, Sums]:
    """Give the sums that enter the county's return (`total` = `accepted` + `feed`), and apart those that do not.

    `unaccepted` are reports that came and were not accepted; they are in no total.
    """
    accepted: list[Report] = []
    feed: list[Report] = []
    unaccepted: list[Report] = []
    for month in months:
        report = month.report
        if report is None:
            continue
        if month.is_unaccepted:
            unaccepted.append(report)
        else:
            (feed if report.source == ReportSource.FEED else accepted).append(report)
    parts = {"accepted": accepted, "feed": feed, "total": accepted + feed, "unaccepted": unaccepted}
    return {name: sums_of(reports) for name, reports in parts.items()}


def on_the_wire(sums: Mapping[str, Any]) -> dict[str, Any]:
    """Give sums by the form's names, money as decimal strings in 元."""
    figures = Figures(**{column: sums.get(column) for column in COLUMNS.values()})
    return {"reports": sums["reports"]} | figures.on_the_wire()
