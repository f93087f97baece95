"""Lines of one sign are read together and in order; lines of two signs never."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inspections.signage.boards.layout import signs_of
from inspections.signage.found import Line
from tests.inspections.signage.reading_samples import column, row, turned


def read(*lines: Line) -> list[list[str]]:
    """The signs, each as the texts of its reading orders."""
    return [["|".join(one.line.text for one in order) for order in sign.orders] for sign in signs_of(lines)]


def test_two_rows_of_one_sign() -> None:
    assert read(row("综合示范项目", 200, 290), row("全国电子商务进农村", 150, 200)) == [
        ["全国电子商务进农村|综合示范项目"]
    ]


def test_words_apart_in_one_row() -> None:
    one = [row("全国", 100, 200), row("电子商务进农村", 280, 203), row("综合示范项目", 750, 198)]
    assert read(*one) == [["全国|电子商务进农村|综合示范项目"]]


def test_letters_set_wide_allow_wide_gaps_between_the_pieces() -> None:
    assert read(row("电子商务", 100, 200, pitch=2.0), row("进农村", 610, 200, pitch=2.0)) == [["电子商务|进农村"]]


def test_columns_from_right_to_left_and_the_other_way() -> None:
    assert read(column("综合示范项目", 300, 100), column("全国电子商务进农村", 390, 100)) == [
        ["全国电子商务进农村|综合示范项目", "综合示范项目|全国电子商务进农村"]
    ]


def test_single_letters_one_below_the_other() -> None:
    letters = [row(letter, 300, 100 + 70 * place) for place, letter in enumerate("电子商务")]
    assert read(*letters) == [["电|子|商|务"]]


@pytest.mark.parametrize("degrees", [-30, -12, 10, 25, 30])
def test_a_turned_sign_reads_the_same(degrees: float) -> None:
    lines = [row("全国电子商务进农村", 150, 200), row("综合示范项目", 230, 290)]
    assert read(*(turned(line, degrees) for line in lines)) == [["全国电子商务进农村|综合示范项目"]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # another plaque at the same height, beyond the margins of both
        (row("电子商务进农村", 100, 200), row("综合示范项目", 660, 200)),
        # 全国 of a larger or a smaller board
        (row("全国", 100, 60, 110), row("电子商务进农村综合示范项目", 100, 200)),
        (row("全国文明村", 100, 160, 30), row("电子商务进农村综合示范项目", 100, 200)),
        # the board below it, a letter and more away
        (row("全国", 100, 100), row("电子商务进农村综合示范项目", 100, 230)),
        # a row and a column
        (column("全国文明村", 20, 100), row("电子商务进农村综合示范项目", 100, 200)),
        # one hangs level, the other is turned
        (row("全国电子商务", 100, 200), turned(row("综合示范项目", 100, 280), 20)),
    ],
    ids=["beside", "larger", "smaller", "above", "column", "turned"],
)
def test_two_signs_stay_two(one: Line, other: Line) -> None:
    assert len(read(one, other)) == 2


LINES = [row("全国", 100, 100), row("电子商务进农村", 100, 180), row("综合示范项目", 110, 262),
         row("便民超市", 900, 700, 90), column("烟酒副食", 1300, 100), row("举报电话", 100, 350, 30)]  # fmt: skip


def test_the_engine_s_order_changes_nothing() -> None:
    expected = read(*LINES)
    assert expected[0] == ["全国|电子商务进农村|综合示范项目"]
    assert all(read(*order) == expected for order in itertools.permutations(LINES))


@given(zoom=st.floats(0.2, 5), x=st.integers(-3000, 3000), y=st.integers(-3000, 3000))
@settings(max_examples=60)
def test_size_and_place_change_nothing(zoom: float, x: int, y: int) -> None:
    assert read(*(turned(line, 0, zoom, (x, y)) for line in LINES)) == read(*LINES)


BOX = st.tuples(st.integers(0, 1500), st.integers(0, 1000), st.integers(20, 90), st.integers(1, 9))


@given(st.lists(BOX, max_size=7), st.lists(BOX, max_size=7))
@settings(max_examples=60)
def test_lines_far_apart_are_never_joined(here: list[tuple[int, ...]], there: list[tuple[int, ...]]) -> None:
    near = [row("近" * count, x, y, size) for x, y, size, count in here]
    far = [row("远" * count, x, y + 3000, size) for x, y, size, count in there]
    assert not [text for orders in read(*near, *far) for text in orders if "近" in text and "远" in text]


@pytest.mark.parametrize(("room", "count"), [(0.2, 2), (0.6, 1)], ids=["the board ends", "one board"])
def test_boards_that_end_between_two_lines_are_two(room: float, count: int) -> None:
    def on_its_board(line: Line) -> Line:
        return Line(line.text, line.score, line.quad, (), (room, room, room, room))

    beside = on_its_board(row("电子商务进农村", 100, 200)), on_its_board(row("综合示范项目", 550, 200))
    below = on_its_board(row("电子商务进农村", 100, 200)), on_its_board(row("综合示范项目", 100, 290))
    assert [len(read(*beside)), len(read(*below))] == [count, count]
