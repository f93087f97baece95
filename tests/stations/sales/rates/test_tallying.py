"""Whatever a month is, it is counted so that parts add up to wholes and no rate passes one."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from stations.sales.rates.asking import figures, share
from stations.sales.rates.owing import EXPECTED, FIRST_EXCUSE, NOT_OWED, REASONS, STANDINGS
from stations.sales.rates.tallying import NAMES, REPORTS, names_of, report_code, tally

OUT_OF_IT = {"owed", "excused", "beyond", "feed", *(f"excused_{reason}" for reason in REASONS)}


def test_every_kind_of_month_is_counted_once_in_every_division() -> None:
    for standing in range(STANDINGS):
        for report in range(REPORTS):
            for is_due in (True, False):
                names = names_of(standing, report, is_due=is_due)
                divided = [
                    ({"expected"} & names, names & {"actual", "missing", "outstanding"}),
                    ({"owed"} & names, names & {"expected", "excused"}),
                    ({"actual"} & names, names & {"on_time", "late_sync", "late"}),
                    ({"actual"} & names, {name for name in names if name.startswith("source_")}),
                    ({"excused"} & names, {name for name in names if name.startswith("excused_")}),
                ]
                assert all(len(whole) == len(parts) for whole, parts in divided), names
                assert names <= set(NAMES)
                assert not names & {"nil", "returned"} or "actual" in names
                assert "missing" not in names or is_due
                assert "expected" in names or names <= OUT_OF_IT


def test_what_single_months_count_as() -> None:
    nil = report_code("late_sync", "proxy", is_nil=True, state="submitted")
    sent_back = report_code("late", "import", is_nil=False, state="returned")
    fed = report_code("on_time", "feed", is_nil=False, state="accepted")
    excused = FIRST_EXCUSE + REASONS.index("feed")
    assert names_of(EXPECTED, nil, is_due=True) == {"owed", "expected", "actual", "late_sync", "source_proxy", "nil"}
    assert names_of(EXPECTED, sent_back, is_due=True) == {
        "owed", "expected", "actual", "late", "source_import", "returned"
    }  # fmt: skip
    assert names_of(EXPECTED, 0, is_due=True) == {"owed", "expected", "missing"}
    assert names_of(EXPECTED, 0, is_due=False) == {"owed", "expected", "outstanding"}
    assert names_of(excused, fed, is_due=True) == {"owed", "excused", "excused_feed", "feed", "beyond"}
    assert names_of(NOT_OWED, fed, is_due=True) == {"feed", "beyond"}
    assert names_of(NOT_OWED, 0, is_due=True) == set()


SHAPES = st.tuples(st.integers(1, 6), st.integers(1, 5), st.integers(0, 2**32 - 1))


@settings(max_examples=150, deadline=None, derandomize=True)
@given(SHAPES)
def test_rates_stay_within_nought_and_one_and_groups_add_up_to_the_whole(shape: tuple[int, int, int]) -> None:
    stations, months, seed = shape
    dice = np.random.default_rng(seed)
    standing = dice.integers(0, STANDINGS, (stations, months)).astype(np.uint8)
    report = (dice.integers(0, REPORTS, (stations, months)) * dice.integers(0, 2, (stations, months))).astype(np.uint8)
    is_due = dice.integers(0, 2, months).astype(np.bool_)
    by_station = tally(standing, report, is_due, np.arange(stations).reshape(-1, 1), stations)
    by_month = tally(standing, report, is_due, np.arange(months), months)
    whole = tally(standing, report, is_due, np.zeros(1, dtype=np.int64), 1)[0]
    assert by_station.sum(axis=0).tolist() == by_month.sum(axis=0).tolist() == whole.tolist()
    for numbers in (*by_station, *by_month, whole):
        told = figures(numbers)
        assert told["expected"] == told["actual"] + told["missing"] + told["outstanding"]
        assert told["actual"] == told["on_time"] + told["late_sync"] + told["late"] == sum(told["sources"].values())
        assert (told["rate"] is None) == (told["expected"] == 0)
        if told["rate"] is not None:
            assert 0 <= told["rate_on_time"] <= told["rate"] <= 1


def test_a_share_is_not_rounded_and_of_nothing_there_is_none() -> None:
    assert share(0, 0) is None
    assert share(99_999, 100_000) == 0.99999
    assert share(3, 3) == 1
