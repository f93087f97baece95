"""What a month's figures rest on: how many stations owed, how many reported, and the line that says so. Pure.

The parts add up to the whole: expected = with figures + nil + missing + outstanding (nothing came yet, and the due
instant has not passed). The names are those of the reporting rates (`rates.tallying`). Excused months, and months that
an automatic feed reports, stand beside the expected ones, never among them (F4). Missing is never imputed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from field_app_schema.vocab_months import ExcuseReason, ReportSource, ReportState, Timeliness
from stations.records.expected import NOT_OWED, Expectation
from stations.sales.filing.figures import Figures
from stations.sales.review.verdicts import is_summed


@dataclass(frozen=True, slots=True)
class Report:
    """Where a station's report of a month stands, and its figures."""

    state: str
    timeliness: str
    source: str
    is_nil: bool
    figures: Figures


@dataclass(frozen=True, slots=True)
class StationMonth:
    """One station's month: what was due of it, and the report, if one came."""

    station_id: int
    code: str
    unit_path: str
    due: Expectation = NOT_OWED
    report: Report | None = None
    # How the station reports, by the form or by a feed (`Station.reporting_mode`).
    mode: str = "form"

    @property
    def is_missing(self) -> bool:
        """Say whether it is in the denominator and nothing came."""
        return self.due.is_expected and self.report is None

    @property
    def is_by_feed(self) -> bool:
        """Say whether the figures come, or would come, from an automatic feed."""
        by_feed = self.report is not None and self.report.source == ReportSource.FEED
        return by_feed or self.due.excuse == ExcuseReason.FEED

    @property
    def counts(self) -> bool:
        """Say whether its figures enter the county's sums: accepted by the county, or a feed's not sent back (F4)."""
        return self.report is not None and is_summed(self.report.state, self.report.source)

    @property
    def awaits_the_county(self) -> bool:
        """Say whether a report of the form waits to be accepted or sent back."""
        return self.is_unaccepted and self.report is not None and self.report.state == ReportState.SUBMITTED

    @property
    def is_unaccepted(self) -> bool:
        """Say whether a report came that the county has not accepted: submitted, or sent back."""
        return self.report is not None and not self.counts


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts of stations. `reported` holds `with_figures` and `nil`; `late` is a part of it too.

    `feed` months are outside the denominator, `feed_silent` those of them from which nothing came; `excused` leave it
    for another reason, and `beyond` are those outside the denominator that reported by the form all the same.
    """

    expected: int = 0
    reported: int = 0
    with_figures: int = 0
    nil: int = 0
    missing: int = 0
    outstanding: int = 0
    late: int = 0
    excused: int = 0
    feed: int = 0
    feed_silent: int = 0
    beyond: int = 0
    accepted: int = 0
    unaccepted: int = 0

    def told(self) -> dict[str, Any]:
        """Give the counts with the line in both languages, as they are kept and sent."""
        return asdict(self) | {"line_zh": line_zh(self), "line_en": line_en(self)}


def coverage_of(months: Iterable[StationMonth], *, is_past_due: bool) -> Coverage:
    """Count stations' months; one that owes nothing and reported nothing counts nowhere."""
    counts = dict.fromkeys(asdict(Coverage()), 0)
    for month in months:
        for name in _counted_as(month, "missing" if is_past_due else "outstanding"):
            counts[name] += 1
    return Coverage(**counts)


def _counted_as(month: StationMonth, nothing: str) -> list[str]:
    report = month.report
    names: list[str] = []
    if report is not None:
        names.append("accepted" if month.counts else "unaccepted")
    if month.due.is_expected:
        if report is None:
            return [nothing, "expected"]
        names += ["expected", "reported", "nil" if report.is_nil else "with_figures"]
        return [*names, "late"] if report.timeliness == Timeliness.LATE else names
    if month.is_by_feed:
        return [*names, "feed"] if report is not None else ["feed", "feed_silent"]
    if month.due.is_owed:
        names.append("excused")
    return names if report is None else [*names, "beyond"]


def line_zh(counts: Coverage) -> str:
    """Say it in one Chinese line; what is not there is not named, except that nobody is missing."""
    parts = [f"{counts.expected} 站应报", f"{counts.reported} 站已报"]
    if counts.nil:
        parts[1] += f"(有数 {counts.with_figures},零报告 {counts.nil})"
    parts.append(f"{counts.outstanding} 站未到期未报" if counts.outstanding else f"{counts.missing} 站漏报")
    if counts.unaccepted:
        parts.append(f"{counts.unaccepted} 站已报未采纳")
    apart = [f"免报 {counts.excused} 站"] if counts.excused else []
    if counts.feed:
        apart.append(f"自动报送 {counts.feed} 站" + (f"(未收到 {counts.feed_silent})" if counts.feed_silent else ""))
    if counts.beyond:
        apart.append(f"免报而报 {counts.beyond} 站")
    return ",".join(parts) + (f";另有{'、'.join(apart)}" if apart else "")


def line_en(counts: Coverage) -> str:
    """Say it in one English line: «87 of 91 stations reported (83 with figures, 4 nil), 4 missing»."""
    said = f"{counts.reported} of {counts.expected} stations reported"
    if counts.nil:
        said += f" ({counts.with_figures} with figures, {counts.nil} nil)"
    said += f", {counts.outstanding} not yet due" if counts.outstanding else f", {counts.missing} missing"
    if counts.unaccepted:
        said += f", {counts.unaccepted} reported but not accepted"
    apart = [f"{counts.excused} excused"] if counts.excused else []
    if counts.feed:
        silent = f" ({counts.feed_silent} of them silent)" if counts.feed_silent else ""
        apart.append(f"{counts.feed} by automatic feed{silent}")
    if counts.beyond:
        apart.append(f"{counts.beyond} reported without owing")
    return said + (f"; besides {', '.join(apart)}" if apart else "")
