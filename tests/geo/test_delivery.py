"""Days of delivery: printed curves of the literature, worked parcels, and plain loops on random ones."""

from fractions import Fraction
from math import ceil, inf, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.coverage.situation import Traces
from geo.delivery.days import DeliveryRules, delivery_days, promised_of
from geo.delivery.kaplan_meier import kaplan_meier
from tests.geo.small_situation import situation

AS_OF = 1000


def _curve(days, arrived):
    return kaplan_meier(np.array(days, float), np.array(arrived, bool))


def test_the_example_of_kaplan_and_meier_1958():
    # Eight items: deaths at 0.8, 3.1, 5.4, 9.2, losses at 1.0, 2.7, 7.0, 12.1.
    curve = _curve([0.8, 3.1, 5.4, 9.2, 1.0, 2.7, 7.0, 12.1], [1, 1, 1, 1, 0, 0, 0, 0])
    assert curve.day.tolist() == [0.8, 3.1, 5.4, 9.2]
    assert curve.at_risk.tolist() == [8, 5, 4, 2]
    assert curve.still_waiting.tolist() == pytest.approx([0.875, 0.7, 0.525, 0.2625])


def test_the_remissions_under_6_mp_as_printed():
    # Freireich et al. 1963, weeks in remission of 21 patients; the curve as every textbook prints it.
    weeks = [6, 6, 6, 7, 10, 13, 16, 22, 23, 6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    curve = _curve(weeks, [1] * 9 + [0] * 12)
    assert curve.day.tolist() == [6, 7, 10, 13, 16, 22, 23]
    assert curve.at_risk.tolist() == [21, 17, 15, 12, 11, 7, 6]
    assert curve.still_waiting.tolist() == pytest.approx([0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448], abs=5e-4)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(st.tuples(st.integers(0, 8), st.booleans()), min_size=1, max_size=25), st.integers(0, 9))
def test_the_share_arrived_by_a_day_is_the_plain_product(parcels, day):
    still = Fraction(1)
    for u in range(day + 1):
        at_risk = sum(days >= u for days, _ in parcels)
        if at_risk:
            still *= 1 - Fraction(sum(days == u and arrived for days, arrived in parcels), at_risk)
    curve = _curve([days for days, _ in parcels], [arrived for _, arrived in parcels])
    assert curve.arrived_by(day) == pytest.approx(float(1 - still))


def _traces(rows):
    """Rows are (village, sent, township, arrived), days before the as-of day; None has not happened."""

    def day(k):
        return np.array([nan if row[k] is None else AS_OF - row[k] for row in rows], dtype=float)

    village = np.array([row[0] for row in rows], dtype=np.int64)
    return Traces(village, np.full(len(rows), -1), day(1), day(2), day(3))


def _delivery(rows, villages=1, **more):
    return delivery_days(_traces(rows), villages, AS_OF, **more)


def test_five_parcels_of_one_village():
    # Two, two, three and five days, and one under way since yesterday.
    told = _delivery([(0, 30, 29, 28), (0, 20, 19, 18), (0, 10, 9, 7), (0, 9, 8, 4), (0, 1, None, None)])
    assert (told.whole.parcels, told.whole.arrived, told.whole.in_transit, told.whole.overdue) == (5, 4, 1, 0)
    assert (told.whole.on_time, told.whole.km_on_time) == (0.75, pytest.approx(0.75))
    assert (told.whole.median_days, told.whole.p90_days) == (2, 5)
    assert (told.villages.parcels.tolist(), told.villages.judged.tolist()) == ([4], [False])
    assert told.village_on_time[0] is None


def test_a_stuck_parcel_does_not_vanish():
    # Four came the next day; one has been waiting for a month: on time by arrivals, not in truth.
    rows = [(0, 30, 29, 29)] * 4 + [(0, 30, 29, None)]
    told = _delivery(rows)
    assert (told.whole.on_time, told.whole.overdue, told.whole.km_on_time) == (1.0, 1, pytest.approx(0.8))
    assert (told.whole.median_days, told.whole.p90_days) == (1, inf)
    assert (told.villages.judged.tolist(), told.villages.late.tolist()) == ([True], [True])
    assert _delivery(rows + [(0, 30, 29, 29)] * 5).villages.on_time.tolist() == [True]


@pytest.mark.parametrize(("days", "parcels", "on_time", "late"), [(3, 5, 1, 0), (3, 4, 0, 0), (4, 5, 0, 1)])
def test_a_village_is_judged_from_five_parcels_and_on_time_until_three_days(days, parcels, on_time, late):
    told = _delivery([(0, 20, 19, 20 - days)] * parcels)
    assert (told.villages.on_time.sum(), told.villages.late.sum()) == (on_time, late)


def test_the_window_and_the_as_of_day_bound_what_is_known():
    # Sent on the first day of the window, a day too early, after the as-of day; arrived after it.
    rows = [(0, 89, 88, 88), (0, 90, 88, 88), (0, -1, None, None), (0, 2, 1, -1)]
    told = _delivery(rows)
    assert (told.whole.parcels, told.whole.arrived, told.whole.in_transit) == (2, 1, 1)


def test_an_arrival_before_it_was_sent_is_counted_as_impossible_and_in_no_figure():
    told = _delivery([(0, 10, None, 12), (0, 10, 9, 8)])
    assert (told.impossible, told.whole.parcels, told.whole.p90_days) == (1, 1, 2)


def test_legs_and_the_slowest_of_them():
    # One and three days, one and two days; one on the second leg for four days, one on the first for two.
    told = _delivery([(0, 20, 19, 16), (0, 20, 19, 17), (0, 5, 4, None), (0, 2, None, None), (0, 9, None, 8)])
    first, second = told.legs
    assert (first.leg, first.parcels, first.under_way, first.median_days) == ("county_township", 3, 1, 1)
    assert (second.leg, second.parcels, second.under_way, second.p90_days) == ("township_village", 2, 1, 3)
    assert (first.share_of_days, second.share_of_days) == (pytest.approx(5 / 14), pytest.approx(9 / 14))
    assert told.slowest_leg == "township_village"


def test_parcels_all_stuck_before_the_township_name_that_leg():
    told = _delivery([(0, 20, None, None), (0, 20, None, None), (0, 20, 19, 18)])
    assert told.slowest_leg == "county_township"
    assert _delivery([(0, 20, 19, 18)]).slowest_leg is None


def test_remote_villages_stand_apart():
    rows = [(0, 20, 19, 19)] * 5 + [(1, 20, 19, 13)] * 5 + [(-1, 20, 19, 18)]
    told = _delivery(rows, villages=2, is_remote=np.array([False, True]))
    assert (told.others.on_time, told.others.parcels, told.remote.on_time, told.remote.median_days) == (1.0, 6, 0.0, 7)
    assert told.village_on_time == (0.5, 0.0, 1.0)


def test_promises_are_held_against_what_came():
    nodes = [(None, 0, 2, "", "t"), (None, 1, 2, "", "t"), (None, -1, 1, "", "t")]
    made = situation([(None, "t")] * 4, (), nodes, served=[(2, 1), (2, 2)])
    made.nodes.promised_days[:] = [2, nan, 3]
    assert promised_of(made).tolist() == pytest.approx([2, 3, 3, nan], nan_ok=True)
    told = _delivery(
        [(0, 20, 19, 17)] * 5 + [(1, 20, 19, 19)], villages=4, promised_days=promised_of(made)
    )  # fmt: skip
    assert told.promised_not_observed.tolist() == [2]
    assert told.promise_broken.tolist() == [0]
    assert told.observed_to_promised == pytest.approx((3 + 1) / (2 + 3))


def test_no_parcel_is_an_answer():
    told = _delivery([], villages=2)
    assert (told.whole.parcels, told.whole.on_time, told.whole.km_on_time, told.whole.p90_days) == (0, None, None, None)
    assert (told.slowest_leg, told.village_on_time, told.observed_to_promised) == (None, (None, None, None), None)
    assert _delivery([], villages=0).villages.parcels.tolist() == []


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(
        st.tuples(st.integers(-1, 2), st.integers(0, 30), st.none() | st.integers(0, 9)).map(
            lambda row: (row[0], row[1], None, None if row[2] is None else row[1] - row[2])
        ),
        max_size=30,
    )
)
def test_villages_are_judged_as_plain_loops_judge_them(rows):
    told = _delivery(rows, villages=3, rules=DeliveryRules(on_time_days=3, parcels_at_least=3, window_days=90))
    for village in range(3):
        days = []
        for v, sent, _, arrived in rows:
            came = arrived is not None and arrived >= 0
            if v == village and (came or sent > 3):
                days.append(sent - arrived if came else inf)
        days.sort()
        assert told.villages.parcels[village] == len(days)
        if days:
            assert told.villages.p90_days[village] == days[ceil(len(days) * 9 / 10) - 1]
            assert told.villages.median_days[village] == days[ceil(len(days) / 2) - 1]
        judged = len(days) >= 3
        on_time = judged and days[ceil(len(days) * 9 / 10) - 1] <= 3
        assert (bool(told.villages.on_time[village]), bool(told.villages.late[village])) == (on_time, judged - on_time)
