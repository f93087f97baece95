"""The coverage line: its words, its parts that add up, and what stands in no sum."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from field_app_schema.vocab_months import ExcuseReason, ReportSource, ReportState, Timeliness
from stations.records.expected import NOT_OWED, Expectation
from stations.sales.filing.figures import Figures
from stations.sales.returns.coverage import Coverage, Report, StationMonth, coverage_of, line_en, line_zh
from stations.sales.returns.sums import month_sums, on_the_wire

OWED = Expectation(True)
FED = Expectation(True, "feed")


def month(due: Expectation = OWED, report: Report | None = None) -> StationMonth:
    return StationMonth(1, "JY001", "/CN/43/4311/431125/", due, report)


def said(state: str = "accepted", source: str = "owner", fen: int | None = 1_200_000, *, nil: bool = False) -> Report:
    return Report(state, "on_time", source, nil, Figures(online_sales_out_fen=None if nil else fen))


def test_the_line_of_the_domain_model() -> None:
    months = [month(report=said())] * 83 + [month(report=said(nil=True))] * 4 + [month()] * 4
    counts = coverage_of(months, is_past_due=True)
    assert (counts.expected, counts.reported, counts.with_figures, counts.nil, counts.missing) == (91, 87, 83, 4, 4)
    assert line_zh(counts) == "91 站应报,87 站已报(有数 83,零报告 4),4 站漏报"
    assert line_en(counts) == "87 of 91 stations reported (83 with figures, 4 nil), 4 missing"


def test_excused_and_feed_are_named_apart_and_never_expected() -> None:
    months = [
        month(report=said()), month(), month(Expectation(True, "disaster")), month(FED),
        month(FED, said(source="feed")), month(Expectation(True, "suspended"), said()), month(report=said("submitted")),
        month(report=said("returned")),
    ]  # fmt: skip
    counts = coverage_of(months, is_past_due=True)
    assert line_zh(counts) == (
        "4 站应报,3 站已报,1 站漏报,2 站已报未采纳;另有免报 2 站、自动报送 2 站(未收到 1)、免报而报 1 站"
    )
    assert line_en(counts) == (
        "3 of 4 stations reported, 1 missing, 2 reported but not accepted; besides 2 excused, "
        "2 by automatic feed (1 of them silent), 1 reported without owing"
    )


def test_nobody_is_missing_before_the_due_instant() -> None:
    counts = coverage_of([month(), month(report=said())], is_past_due=False)
    assert (counts.missing, counts.outstanding) == (0, 1)
    assert line_zh(counts) == "2 站应报,1 站已报,1 站未到期未报"
    assert line_en(counts) == "1 of 2 stations reported, 1 not yet due"


def test_a_county_in_which_all_reported_says_that_nobody_is_missing() -> None:
    assert line_zh(coverage_of([month(report=said())], is_past_due=True)) == "1 站应报,1 站已报,0 站漏报"
    assert line_zh(Coverage()) == "0 站应报,0 站已报,0 站漏报"


def test_sums_hold_what_was_accepted_or_fed_and_nothing_else() -> None:
    months = [
        month(report=said(fen=1_200_000)), month(report=said(fen=50)), month(FED, said("submitted", "feed", -300)),
        month(report=said("submitted", fen=900)), month(report=said("returned", fen=7)), month(),
        month(FED, said("returned", "feed", 4_000)),
    ]  # fmt: skip
    sums = month_sums(months)
    assert on_the_wire(sums["total"]) == {
        "reports": 3, "online_sales_out": "11997.50", "purchase_agency_amount": None, "upstream_sales": None,
        "parcels_in": None, "parcels_out": None,
    }  # fmt: skip
    assert on_the_wire(sums["accepted"])["online_sales_out"] == "12000.50"
    assert on_the_wire(sums["feed"])["online_sales_out"] == "-3.00"
    assert (sums["unaccepted"]["reports"], on_the_wire(sums["unaccepted"])["online_sales_out"]) == (3, "49.07")


def test_a_nil_report_says_nothing_of_every_figure_and_nobody_says_nothing() -> None:
    assert on_the_wire(month_sums([month(report=said(nil=True))])["total"])["parcels_out"] == 0
    assert on_the_wire(month_sums([month()])["total"])["online_sales_out"] is None


DUE = st.one_of(
    st.just(NOT_OWED), st.just(OWED), st.sampled_from(list(ExcuseReason)).map(lambda reason: Expectation(True, reason))
)
REPORTS = st.none() | st.builds(
    Report,
    state=st.sampled_from([ReportState.SUBMITTED, ReportState.RETURNED, ReportState.ACCEPTED]),
    timeliness=st.sampled_from([Timeliness.ON_TIME, Timeliness.LATE_SYNC, Timeliness.LATE]),
    source=st.sampled_from(list(ReportSource)),
    is_nil=st.booleans(),
    figures=st.integers(0, 10**10).map(lambda fen: Figures(online_sales_out_fen=fen)),
)
MONTHS = st.lists(st.builds(month, DUE, REPORTS), max_size=40)


@settings(derandomize=True, deadline=None)
@given(MONTHS, st.booleans())
def test_parts_add_up_to_wholes_under_any_month(months: list[StationMonth], is_past_due: bool) -> None:
    counts = coverage_of(months, is_past_due=is_past_due)
    assert counts.expected == counts.reported + counts.missing + counts.outstanding
    assert counts.reported == counts.with_figures + counts.nil
    assert counts.late <= counts.reported <= counts.expected <= len(months)
    assert counts.accepted + counts.unaccepted == sum(one.report is not None for one in months)
    sums = month_sums(months)
    assert sums["total"]["reports"] == counts.accepted
    assert sums["unaccepted"]["reports"] == counts.unaccepted
    total = (sums["accepted"]["online_sales_out_fen"] or 0) + (sums["feed"]["online_sales_out_fen"] or 0)
    assert (sums["total"]["online_sales_out_fen"] or 0) == total
