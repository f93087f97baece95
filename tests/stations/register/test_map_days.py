"""What is different between two days of the map: counted by hand, and the same seen from the other side."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from field_app_schema.vocab import Vitality
from stations.register.lookup.map_days import map_difference
from stations.register.lookup.map_rows import MapRow


def row(number: int, vitality: str) -> MapRow:
    return MapRow(number, 111.3, 25.2, vitality, "active", "/CN/43/4311/431125/")


def test_each_kind_of_change_by_hand() -> None:
    before = [row(1, "alive"), row(2, "dead"), row(3, "presumed_dead"), row(4, "alive"), row(5, "alive"),
              row(6, "weak")]  # fmt: skip
    after = [row(1, "dead"), row(2, "alive"), row(3, "weak"), row(4, "unknown"), row(5, "alive"), row(7, "dead")]
    found = map_difference(before, after)
    assert (found.died, found.revived, found.became_unknown, found.came, found.left) == (1, 2, 1, 1, 1)
    assert found.moves == {("", "dead"): 1, ("alive", "dead"): 1, ("alive", "unknown"): 1, ("dead", "alive"): 1,
                           ("presumed_dead", "weak"): 1, ("weak", ""): 1}  # fmt: skip
    assert [one.station_id for one in found.changed] == [1, 2, 3, 4, 6, 7]


days = st.dictionaries(st.integers(1, 12), st.sampled_from([str(state) for state in Vitality]), max_size=12)


@given(days, days)
def test_seen_from_the_other_side_every_move_is_turned_about(a: dict[int, str], b: dict[int, str]) -> None:
    before, after = [row(*one) for one in a.items()], [row(*one) for one in b.items()]
    there, back = map_difference(before, after), map_difference(after, before)
    assert {(y, x): n for (x, y), n in there.moves.items()} == back.moves
    assert (there.came, there.left) == (back.left, back.came)
    assert (
        sum(there.moves.values())
        == len(there.changed)
        == sum(a.get(number) != b.get(number) for number in a.keys() | b.keys())
    )
    assert map_difference(before, before).changed == []
