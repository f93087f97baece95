"""The pure parts of the columns: codes of merged villages, links that hold, parcels that prove, against brute force."""

from __future__ import annotations

import datetime as dt

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from field_app_schema.vocab import Service
from geo.coverage.situation import Stations, Traces
from stations.coverage.columns.links import Told, declared_on, linked, parcels_a_day, with_parcels
from stations.coverage.columns.service_bits import SERVICE_BITS, bits_of, bits_of_text, services_of
from stations.coverage.columns.villages import rows_of
from stations.coverage.rules_in_force import CoveragePolicy, rules_in_force

DAY = dt.date(2026, 11, 20)
PARCEL, BUYING = bits_of(["parcel"]), bits_of(["purchase_agency"])


def stations(villages: list[int], services: list[int]) -> Stations:
    many, none = len(villages), np.full(len(villages), np.nan)
    whole = np.array(villages, dtype=np.int64)
    return Stations(
        tuple(f"S{row}" for row in range(many)), none, none, whole, np.ones(many, dtype=np.bool_), whole * 0,
        whole * 0, np.array(services, dtype=np.int64), none, ("",) * many, whole * 0 + 2,
    )  # fmt: skip


def test_services_become_bits_and_back() -> None:
    assert services_of(bits_of(["parcel", "sale_agency", "tea"])) == ["sale_agency", "parcel"]
    assert bits_of_text('["parcel"]') == PARCEL
    assert (bits_of_text(None), bits_of(None)) == (0, 0)
    assert bits_of(list(Service)) == 2 ** len(SERVICE_BITS) - 1


def test_a_merged_village_keeps_its_row_and_follows_its_successor() -> None:
    own = {"A": 0, "B": 1, "C": 2}
    mergers = [("A", "N", dt.date(2024, 1, 1)), ("B", "N", None), ("N", "M", dt.date(2026, 1, 1)), ("O", "C", DAY)]
    today = rows_of(own, mergers, DAY)
    assert (today.all("N"), today.all("M"), today.main("M")) == ((0, 1), (0, 1), 0)
    assert (today.all("A"), today.all("C"), today.all("X"), today.main("X")) == ((0,), (2,), (), -1)
    # An old code that the list no longer holds, whenever it was merged.
    assert (rows_of(own, mergers, dt.date(2020, 1, 1)).all("O"), today.main("O")) == ((2,), 2)
    before = rows_of(own, mergers, dt.date(2023, 12, 31))
    assert before.all("N") == (1,)
    assert today.marked(["N", "C"], 3).tolist() == [True, True, True]


def test_one_that_took_another_in_and_kept_its_code_stands_for_both() -> None:
    rows = rows_of({"A": 0, "B": 1}, [("A", "B", None), ("B", "A", None)], DAY)
    assert (rows.all("B"), rows.main("B")) == ((1, 0), 1)


def test_a_link_holds_from_its_first_day_until_before_its_last() -> None:
    def days(first: int, last: int | None) -> tuple[dt.date, dt.date | None]:
        return DAY + dt.timedelta(days=first), None if last is None else DAY + dt.timedelta(days=last)

    told = [Told(0, "A", 1, *days(0, None)), Told(0, "B", 1, *days(-9, 0)), Told(0, "C", 1, *days(1, None)),
            Told(0, "D", 1, *days(-9, 1))]  # fmt: skip
    assert declared_on(told, np.array([True]), DAY) == [(0, "A", 1), (0, "D", 1)]
    # Delisted: what it served last stays on paper.
    gone = [Told(0, "A", 1, *days(-9, -5)), Told(0, "B", 1, *days(-9, -2)), Told(0, "C", 1, *days(-9, -2))]
    assert declared_on(gone, np.array([False]), DAY) == [(0, "B", 1), (0, "C", 1)]
    assert declared_on(gone, np.array([True]), DAY) == []


def test_a_station_gives_all_it_offers_at_home_and_elsewhere_what_the_link_names() -> None:
    found = linked(stations([0, -1], [PARCEL | BUYING, PARCEL]), [(0, 1, BUYING), (0, 2, 0), (1, 2, BUYING), (0, 1, 4)])
    told = {(s, v): services_of(bits) for s, v, bits in
            zip(found.station.tolist(), found.village.tolist(), found.services.tolist(), strict=True)}  # fmt: skip
    assert told == {
        (0, 0): ["purchase_agency", "parcel"], (0, 1): ["purchase_agency", "parcel"],
        (0, 2): ["purchase_agency", "parcel"], (1, 2): [],
    }  # fmt: skip


@settings(max_examples=60, derandomize=True, deadline=None)
@given(
    declared=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 4), st.integers(0, 7)), max_size=12),
    parcels=st.lists(st.tuples(st.integers(-1, 4), st.integers(-1, 3), st.integers(-3, 12)), max_size=40),
)
def test_parcels_are_counted_as_by_hand(
    declared: list[tuple[int, int, int]], parcels: list[tuple[int, int, int]]
) -> None:
    known = stations([0, 1, -1, 1], [7, 7, 7, 7])
    links = linked(known, declared)
    day = 1000
    column = [np.array([one[at] for one in parcels], dtype=np.int64) for at in range(3)]
    # Ages from -3 (not yet) to 12 days; a window of 10.
    arrived = np.array([np.nan if age == 5 else day - age for _, _, age in parcels], dtype=np.float64)
    traces = Traces(column[0], column[1], arrived - 1, arrived, arrived)
    found = with_parcels(links, traces, as_of_day=day, days=10, many_villages=5)
    serving = {v: {s for s, w in zip(links.station, links.village, strict=True) if w == v} for v in range(5)}
    for station, village, counted in zip(found.station, found.village, found.parcels, strict=True):
        expected = sum(
            1 for at, by, age in parcels
            if age != 5 and 0 <= age < 10 and at == village and (by == station or (by < 0 and len(serving[at]) == 1))
        )  # fmt: skip
        assert counted == expected
    rates = parcels_a_day(known, traces, as_of_day=day, days=10).parcels_a_day
    for row in range(4):
        many = sum(1 for _, by, age in parcels if by == row and age != 5 and 0 <= age < 10)
        assert np.isnan(rates[row]) if many == 0 else rates[row] == many / 10


def test_the_shipped_thresholds_are_the_ones_taken_without_any() -> None:
    force = rules_in_force(None)
    assert (services_of(force.rules.required_all), services_of(force.rules.required_any)) == (
        ["parcel"], ["purchase_agency", "sale_agency"],
    )  # fmt: skip
    assert force.policy.target_source.startswith("《甘肃省2018年")
    plain = CoveragePolicy(target_source=force.policy.target_source)
    assert force.policy == plain
    assert (force.rules.geographic_m, force.rules.on_time_days) == (3000, 3)
    assert force.rules.radii_m == (1000, 2000, 3000, 5000)
