"""A road file is checked row by row, for its units and its connectivity, before anybody measures along it."""

import numpy as np
import pytest

from geo.roads.checking import check_roads
from geo.roads.edges import NodeTable
from geo.roads.junctions import RowFault
from geo.roads.packing import pack, unpack
from tests.geo.roads.making import KM, chain, table


def test_a_good_file_is_numbered_and_its_minutes_come_from_the_class():
    check = check_roads(table(chain(3)))
    assert (check.nodes, check.edges, check.components, check.share_in_largest) == (4, 3, 1, 1.0)
    assert (check.derived, check.unknown_classes, check.unusable, check.faults) == (3, 0, (), ())
    assert check.length_km == 3.0
    # 县道 is 40 km/h: a kilometre is a minute and a half.
    assert check.roads.minutes.tolist() == pytest.approx([1.5, 1.5, 1.5])
    assert check.median_speed_km_h == pytest.approx(40)
    assert check.roads.start.tolist() == [0, 1, 2]


def test_minutes_of_the_file_stand_and_unknown_classes_are_counted():
    rows = [*chain(2, minutes=2.0), ("2", "x", 500.0, "goat path", None, 110 + 2 * KM, 0.0, 110 + 2.4 * KM, 0.0)]
    check = check_roads(table(rows))
    assert check.roads.minutes.tolist() == pytest.approx([2.0, 2.0, 1.2])
    assert check.roads.is_derived.tolist() == [False, False, True]
    assert (check.derived, check.unknown_classes) == (1, 1)


def test_speeds_of_the_caller_are_taken():
    assert check_roads(table(chain(1)), speeds_km_h={"县道": 60.0}).roads.minutes.tolist() == [1.0]


def test_parts_that_do_not_meet_are_counted_and_named():
    island = ("a", "b", 900.0, "村道", None, 111.0, 1.0, 111.0, 1.008)
    check = check_roads(table([*chain(5), island]))
    assert (check.components, check.share_in_largest, check.apart) == (2, 0.75, ("a", "b"))
    assert check.roads is not None


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (("", "b", 900.0, "", None, 110, 0, 110.01, 0), RowFault(3, "from", "missing")),
        (("a", "b", None, "", None, 110, 0, 110.01, 0), RowFault(3, "length_m", "missing")),
        (("a", "b", -1.0, "", None, 110, 0, 110.01, 0), RowFault(3, "length_m", "negative")),
        (("a", "b", 900.0, "", -3.0, 110, 0, 110.01, 0), RowFault(3, "minutes", "negative")),
        (("a", "b", 900.0, "", np.inf, 110, 0, 110.01, 0), RowFault(3, "minutes", "not_a_number")),
        (("a", "b", 900.0, "", None, None, None, 110.01, 0), RowFault(3, "from_lon", "missing")),
        (("a", "b", 900.0, "", None, 110, 0, 110.01, 99), RowFault(3, "to_lat", "out_of_range")),
        (("a", "2", 900.0, "", None, 110, 0, 112, 0), RowFault(3, "to_lon", "two_places")),
    ],
)
def test_a_faulty_row_is_named_and_the_file_refused(row, fault):
    check = check_roads(table([*chain(3), row]))
    assert fault in check.faults
    assert (check.unusable, check.roads) == (("faulty_rows",), None)


def test_a_place_said_once_is_enough_for_a_junction():
    check = check_roads(table([*chain(1), ("1", "2", 1000.0, "", None, None, None, 110 + 2 * KM, 0.0)]))
    assert check.faults == ()
    assert check.roads.lon.tolist() == pytest.approx([110, 110 + KM, 110 + 2 * KM])


def test_a_table_of_junctions_places_them_and_strangers_to_it_are_named():
    bare = [row[:5] + (None,) * 4 for row in chain(2)]
    known = NodeTable(["0", "1"], np.array([110, 110 + KM]), np.array([0.0, 0.0]))
    assert check_roads(table(bare), known).faults == (RowFault(1, "to", "unknown_node"),)
    unplaced = NodeTable(["0", "1", "2"], np.array([110, 110 + KM, np.nan]), np.zeros(3))
    assert check_roads(table(bare), unplaced).faults == (RowFault(1, "to", "missing"),)
    whole = NodeTable(["2", "1", "0"], np.array([110 + 2 * KM, 110 + KM, 110]), np.zeros(3))
    assert check_roads(table(bare), whole).roads.lon.tolist() == pytest.approx([110, 110 + KM, 110 + 2 * KM])


@pytest.mark.parametrize(
    ("length_m", "minutes", "unusable"),
    [
        (1.0, None, ("lengths_in_km",)),
        (1000.0, 0.025, ("minutes_in_hours",)),
        (1000.0, 90.0, ("minutes_in_seconds",)),
        (1000.0, 1.5, ()),
    ],
)
def test_other_units_are_seen(length_m, minutes, unusable):
    assert check_roads(table(chain(4, length_m=length_m, minutes=minutes))).unusable == unusable


def test_single_odd_rows_are_named_and_not_refused():
    rows = [*chain(5, minutes=1.5), ("5", "6", 400.0, "", 0.1, 110 + 5 * KM, 0, 110 + 6 * KM, 0)]
    check = check_roads(table(rows))
    assert (check.odd_lengths, check.odd_speeds, check.unusable) == ((5,), (5,), ())
    assert check.figures()["odd_length_rows"] == [5]


def test_an_empty_file_is_no_network():
    assert check_roads(table([])).unusable == ("no_edges",)


def test_a_network_comes_back_from_its_bytes_and_equal_networks_are_equal_bytes():
    roads = check_roads(table(chain(3))).roads
    again = unpack(pack(roads))
    for name in ("lon", "lat", "start", "end", "length_m", "minutes", "is_derived"):
        assert getattr(again, name).tolist() == getattr(roads, name).tolist()
        assert getattr(again, name).dtype == getattr(roads, name).dtype
    assert pack(again) == pack(roads)


@pytest.mark.parametrize("other", [b"", b"not an archive", b"PK\x03\x04broken"])
def test_other_bytes_are_refused(other):
    with pytest.raises(ValueError, match="no road network"):
        unpack(other)
