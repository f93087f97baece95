"""Each rule of contradiction on plain records: what it finds, on what it rests, and where it says nothing."""

from __future__ import annotations

import datetime as dt

import pytest

from field_app_schema.vocab_months import ReportField
from stations.records.periods import months_between
from stations.sales.doubts.cases import Case, Contradiction, Description, Filing, Found, Sight
from stations.sales.doubts.contradicting import (
    contradictions_of,
    identical_across_operator,
    open_for_a_year_but_never_reports,
    parcels_without_service,
    repeated_month_after_month,
    reports_sales_but_seen_gone,
)
from stations.sales.doubts.contradictions import sentences
from stations.sales.doubts.thresholds import ContradictionPolicy

TODAY = dt.date(2026, 11, 20)
POLICY = ContradictionPolicy()
SALES, IN, OUT = ReportField.ONLINE_SALES_OUT, ReportField.PARCELS_IN, ReportField.PARCELS_OUT
SOLD = ((SALES, 1_200_000), (IN, 35))
YEAR = tuple(months_between(202511, 202610))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def filed(period: int, figures: tuple[tuple[ReportField, int], ...] = SOLD, *, returned: bool = False) -> Filing:
    return Filing(period, period, figures, returned)


def seen(on: str, state: str) -> Sight:
    return Sight(int(on.replace("-", "")), day(on), state)


def ids(found: Found | None) -> list[str]:
    return [] if found is None else [one.id for one in found.evidence]


GONE = seen("2026-08-20", "gone")


def test_sales_after_it_was_seen_gone() -> None:
    case = Case("S", filings=(filed(202608), filed(202609), filed(202610)), sights=(GONE,))
    found = reports_sales_but_seen_gone(case, TODAY, POLICY)
    assert found is not None
    assert ids(found) == ["observation:20260820", "report:202609", "report:202610"]
    assert sentences(found) == (
        "2026-08-20 现场检查见“站点已不存在”,此后没有见到营业,但2026年9月至2026年10月的月报仍报有业务。",
        "A visit on 2026-08-20 saw «Gone» and none since saw it open, yet the reports of 2026-09 to 2026-10 claim "
        "business.",
    )


@pytest.mark.parametrize(
    ("filings", "sights"),
    [
        ((filed(202608),), (GONE,)),  # the month of the visit itself may lie before it
        ((filed(202609, ()),), (GONE,)),  # nil
        ((filed(202609, returned=True),), (GONE,)),
        ((filed(202609),), (GONE, seen("2026-10-01", "open_weakened"))),
        ((filed(202609),), (seen("2026-08-20", "closed_at_visit"),)),
        ((filed(202609),), (seen("2026-08-01", "gone"), seen("2026-08-20", "open_operating"))),
        ((), (GONE,)),
    ],
)  # fmt: skip
def test_no_contradiction_with_what_was_seen(filings: tuple[Filing, ...], sights: tuple[Sight, ...]) -> None:
    assert reports_sales_but_seen_gone(Case("S", filings=filings, sights=sights), TODAY, POLICY) is None


def test_gone_on_the_last_day_of_a_month_speaks_of_the_next() -> None:
    case = Case("S", filings=(filed(202609),), sights=(seen("2026-08-31", "closed_sign_removed"),))
    assert ids(reports_sales_but_seen_gone(case, TODAY, POLICY)) == ["observation:20260831", "report:202609"]
    first = Case("S", filings=(filed(202609),), sights=(seen("2026-09-01", "gone"),))
    assert reports_sales_but_seen_gone(first, TODAY, POLICY) is None


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (("2025-06-01", "2026-06-01"), True),  # a year apart, to the day
        (("2025-06-02", "2026-06-01"), False),  # a day short of it, and the first too long ago
        (("2025-11-20", "2026-06-01"), True),  # both within the last year, to the day
        (("2024-01-01", "2025-11-19"), False),  # the newest too long ago
        (("2026-06-01",), False),
        (("2026-06-01", "2026-06-01"), False),  # one day is one look
    ],
)  # fmt: skip
def test_seen_open_for_a_year_but_never_reports(days: tuple[str, ...], found: bool) -> None:
    sights = tuple(seen(on, "open_operating") for on in days)
    told = open_for_a_year_but_never_reports(Case("S", sights=sights, expected_months=YEAR), TODAY, POLICY)
    assert (told is not None) == found
    if told:
        assert ids(told)[-1] == "owed:202511-202610"


def test_a_nil_report_an_excuse_or_a_later_closed_door_takes_the_contradiction_away() -> None:
    sights = (seen("2025-06-01", "open_operating"), seen("2026-06-01", "open_operating"))
    nil = Case("S", sights=sights, expected_months=YEAR, reported_months=frozenset({202605}))
    excused = Case("S", sights=sights, expected_months=YEAR[1:])
    closed = Case("S", sights=(*sights, seen("2026-10-01", "closed_at_visit")), expected_months=YEAR)
    older = Case("S", sights=sights, expected_months=(202509, 202510, *YEAR[1:]), reported_months=frozenset({202509}))
    told = [open_for_a_year_but_never_reports(case, TODAY, POLICY) for case in (nil, excused, closed, older)]
    assert [one is not None for one in told] == [False, False, False, True]


def described(on: str, *services: str) -> Description:
    return Description(int(on.replace("-", "")), day(on), services)


@pytest.mark.parametrize(
    ("descriptions", "found"),
    [
        ((described("2024-05-10", "purchase_agency"),), True),
        ((described("2024-05-10", "purchase_agency", "parcel"),), False),
        ((described("2024-05-10", "parcel"), described("2026-10-31", "sale_agency")), False),
        ((described("2024-05-10", "parcel"), described("2026-10-01", "sale_agency")), True),
        ((described("2024-05-10", "sale_agency"), described("2026-10-31", "parcel")), False),
        ((described("2024-05-10", "sale_agency"), described("2026-11-01", "parcel")), True),
        ((), False),
    ],
)  # fmt: skip
def test_parcels_without_the_service(descriptions: tuple[Description, ...], found: bool) -> None:
    case = Case("S", filings=(filed(202610),), descriptions=descriptions)
    told = parcels_without_service(case, TODAY, POLICY)
    assert (told is not None) == found
    if told:
        assert (told.evidence[0].kind, told.evidence[1].figures) == ("description", SOLD)


def test_sales_without_parcels_need_no_parcel_service() -> None:
    only_sales = Case("S", filings=(filed(202610, ((SALES, 5),)),), descriptions=(described("2024-05-10"),))
    assert parcels_without_service(only_sales, TODAY, POLICY) is None


def test_figures_repeated_month_after_month() -> None:
    case = Case("S", filings=(filed(202606, ((IN, 1), (OUT, 1))), filed(202607), filed(202608), filed(202609)))
    assert ids(repeated_month_after_month(case, TODAY, POLICY)) == ["report:202607", "report:202608", "report:202609"]


@pytest.mark.parametrize(
    "filings",
    [
        (filed(202609), filed(202610)),
        (filed(202607), filed(202609), filed(202610)),  # a gap
        (filed(202608), filed(202609, returned=True), filed(202610)),
        tuple(filed(period, ((IN, 35),)) for period in (202608, 202609, 202610)),  # one figure is chance
        tuple(filed(period, ()) for period in (202608, 202609, 202610)),  # nil upon nil
        (filed(202608), filed(202609), filed(202610, ((SALES, 1_200_001), (IN, 35)))),
    ],
)  # fmt: skip
def test_no_repetition(filings: tuple[Filing, ...]) -> None:
    assert repeated_month_after_month(Case("S", filings=filings), TODAY, POLICY) is None


def test_the_same_figures_across_one_operator() -> None:
    same = [Case(code, "某公司", (filed(202609), filed(202610))) for code in ("A", "B", "C")]
    others = [Case("D", "某公司", (filed(202610, ((SALES, 1), (IN, 35))),)), Case("E", "别家", (filed(202610),))]
    found = dict(identical_across_operator([*same, *others], POLICY))
    assert sorted(found) == ["A", "B", "C"]
    assert [(one.id, one.station) for one in found["A"].evidence] == [
        ("report:202610", "A"), ("report:202610", "B"), ("report:202610", "C"),
    ]  # fmt: skip
    assert sentences(found["A"])[0] == "“某公司”的 3 个站点在2026年10月报的各项数字完全相同。"
    assert identical_across_operator(same[:2], POLICY) == []
    nobody = [Case(code, operator, (filed(202610),)) for code, operator in (("A", None), ("B", " "), ("C", None))]
    assert identical_across_operator(nobody, POLICY) == []


def test_all_of_a_station_in_a_fixed_order_and_nothing_of_the_quiet() -> None:
    months = (filed(202608), filed(202609), filed(202610))
    loud = Case("B", filings=months, sights=(GONE,), descriptions=(described("2024-05-10"),))
    found = contradictions_of([loud, Case("A")], TODAY, POLICY)
    assert {code: [one.code for one in told] for code, told in found.items()} == {"B": [
        Contradiction.REPORTS_SALES_BUT_SEEN_GONE, Contradiction.PARCELS_WITHOUT_SERVICE,
        Contradiction.REPEATED_MONTH_AFTER_MONTH,
    ]}  # fmt: skip
