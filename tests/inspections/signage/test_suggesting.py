"""From lines to class: exact only where the wording stands there, sure only where nothing speaks against it."""

from __future__ import annotations

import pytest

from inspections.signage.found import Line, SignSuggestion
from inspections.signage.suggesting import suggest
from tests.inspections.signage.reading_samples import A, B, column, picture, row


def told(*lines: Line) -> tuple[str, str | None, bool]:
    one = suggest(picture(*lines))
    return one.sign_class, one.wording, one.is_sure


@pytest.mark.parametrize(
    ("text", "sign_class", "is_sure"),
    [
        (A, "provincial", True),
        (B, "national", True),
        ("全國電子商務進農村綜合示範項目", "national", True),
        ("江永县" + A, "provincial", True),
        (A + "夏湾村服务站", "provincial", True),
        ("2020年" + B, "national", True),
        ("非" + A, "provincial", False),
        (A + "县", "provincial", False),
        (A + "建设先进单位", "provincial", False),
        ("国家级" + A, "other_wording", True),
        ("省级" + A, "other_wording", True),
        ("金国" + A, "other_wording", False),
        ("国" + A, "provincial", False),
        ("全国电子商务进农村综合示范项日", "other_wording", False),
        ("电子商务迸农村综合示范项目", "other_wording", False),
        ("电子商务进农村示范项目", "other_wording", True),
        ("电子商务进农村综合示范工程", "other_wording", True),
        ("电商进农村综合示范项目", "other_wording", True),
        ("农村电商服务站", "other_wording", True),
        ("农村综合示范项目", "unreadable", False),
        ("便民超市烟酒副食", "absent", False),
    ],
)
def test_the_class_of_one_line(text: str, sign_class: str, is_sure: bool) -> None:
    found = told(row(text, 300, 200, 50))
    assert found == (sign_class, None if sign_class == "absent" else text, is_sure)


def test_the_national_word_of_another_plaque_is_not_glued_on() -> None:
    assert told(row("全国", 300, 60, 110), row(A, 300, 200))[:2] == ("provincial", A)
    assert told(row("全国文明村", 300, 160, 30), row(A, 300, 200))[:2] == ("provincial", A)


def test_halves_on_two_signs_make_no_wording() -> None:
    sign_class, _, is_sure = told(row("电子商务进农村", 100, 200), row("综合示范项目", 900, 200))
    assert (sign_class, is_sure) == ("unreadable", False)


@pytest.mark.parametrize("first", ["right", "left"])
def test_columns_read_from_either_side(first: str) -> None:
    lefts = (490, 400) if first == "right" else (400, 490)
    assert told(column("全国电子商务进农村", lefts[0], 120), column("综合示范项目", lefts[1], 120))[:2] == (
        "national",
        B,
    )


def test_a_rank_on_the_line_above_is_looked_at() -> None:
    assert told(row("国家级", 500, 200), row(A, 300, 280))[0] == "other_wording"


@pytest.mark.parametrize("line", [row(A, 20, 200), column(A, 400, 10)])
def test_a_sign_that_begins_at_the_pictures_edge_may_have_lost_its_beginning(line: Line) -> None:
    assert told(line) == ("provincial", A, False)


def test_a_weak_letter_makes_it_unsure() -> None:
    level = row(A, 300, 200)
    weak = Line(A, 0.97, level.quad, (*[0.99] * 5, 0.61, *[0.99] * 7))
    found = suggest(picture(weak))
    assert (found.sign_class, found.is_sure, found.confidence) == ("provincial", False, 0.366)


def test_what_was_read_badly_is_unreadable() -> None:
    assert told(row("乱邓宸灾", 300, 200, score=0.35)) == ("unreadable", "乱邓宸灾", False)


def test_nothing_read_proves_nothing() -> None:
    assert suggest(picture()) == SignSuggestion("absent", None, 0.5, False)


def test_the_box_holds_the_sign_and_its_channel_with_a_margin() -> None:
    found = suggest(picture(row(A, 300, 200, 50), row("举报电话:0731-82281234", 300, 270, 25, pitch=0.6),
                            row("订货电话:13800001234", 300, 900, 25, pitch=0.6)))  # fmt: skip
    assert found.box == (270, 170, 981, 326)
    assert [channel.number for channel in found.channels] == ["0731-82281234"]


def test_the_exact_sign_of_two_is_told() -> None:
    assert told(row("农村电商服务站", 100, 100), row(B, 100, 700))[:2] == ("national", B)


def test_a_channel_in_large_letters_is_no_part_of_the_wording() -> None:
    assert told(row("农村电商服务站", 300, 200), row("举报电话:12345", 300, 280, 45))[1] == "农村电商服务站"


def test_a_plate_with_a_channel_alone_is_no_sign_but_its_channel_is_told() -> None:
    found = suggest(picture(row("举报监督电话:0746-5721234", 300, 200)))
    assert (found.sign_class, [one.number for one in found.channels]) == ("absent", ["0746-5721234"])


@pytest.mark.parametrize(
    ("room", "is_sure"), [((0.0, 0.7), False), ((0.4, 0.7), True), ((0.0, 0.1), True), ((0.7, 0.0), True)]
)
def test_a_board_that_ends_right_before_the_words_may_hide_some(room: tuple[float, float], is_sure: bool) -> None:
    level = row(A, 300, 200)
    assert told(Line(A, 0.99, level.quad, (), (*room, 1.0, 1.0))) == ("provincial", A, is_sure)
    national = row(B, 300, 200)
    assert told(Line(B, 0.99, national.quad, (), (*room, 1.0, 1.0)))[2]
