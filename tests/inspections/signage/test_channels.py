"""A report channel is a number with words of reporting; a shop's own telephone is none."""

from __future__ import annotations

import pytest

from field_app_schema.vocab_evidence import ChannelLevel
from inspections.signage.boards.channels import channels_of

THREE = [("0731-85281234", "province"), ("0746-8321234", "prefecture"), ("0746-5721234", "county")]


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("举报电话:0731-82281234", "0731-82281234"),
        ("举报电话：０７３１－８２２８１２３４", "0731-82281234"),
        ("监督电话 (0746)8321234", "0746-8321234"),
        ("投诉热线:0746 832 1234", "0746-8321234"),
        ("举报投诉 010-65198114", "010-65198114"),
        ("监督电话:400-800-1234", "400-800-1234"),
        ("举报电话：O73l—8228I234", "0731-82281234"),
        ("手报电话:0731一82281234", "0731-82281234"),
        ("举报监督:12345", "12345"),
        ("12312", "12312"),
        ("举报手机:138 0000 1234", "13800001234"),
        ("監督電話:0731-82281234", "0731-82281234"),
    ],
)
def test_numbers_as_they_are_written(line: str, number: str) -> None:
    assert [one.number for one in channels_of([line])] == [number]


@pytest.mark.parametrize(
    "line",
    ["订货电话:0746-5721234", "联系电话 13800001234", "手机:138-0000-1234", "快递电话:0746-5721234", "始建于20201105",
     "编号:4311250012345", "举报有奖", "湘A82281", "客服热线:12345", "联系我们 微信13800001234"],
)  # fmt: skip
def test_other_numbers_are_no_report_channel(line: str) -> None:
    assert channels_of([line]) == []


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("湖南省商务厅监督电话:0731-85281234", ChannelLevel.PROVINCE),
        ("省級舉報監督電話:0731-85281234", ChannelLevel.PROVINCE),
        ("永州市商务局举报电话:0746-8321234", ChannelLevel.PREFECTURE),
        ("临夏州商务局举报电话:0930-6212345", ChannelLevel.PREFECTURE),
        ("江永县电商办举报电话:0746-5721234", ChannelLevel.COUNTY),
        ("湖南省江永县商务局投诉电话:0746-5721234", ChannelLevel.COUNTY),
        ("零陵区商务局投诉电话:0746-6221234", ChannelLevel.COUNTY),
        ("举报电话:0731-85281234", None),
        ("省市县三级举报电话:12345", None),
    ],
)
def test_whose_channel_it_is(line: str, level: ChannelLevel | None) -> None:
    assert [one.level for one in channels_of([line])] == [level]


def test_three_levels_in_one_line() -> None:
    line = "举报电话 省级:0731-85281234 市级:0746-8321234 县级:0746-5721234"
    assert [(one.number, one.level) for one in channels_of([line])] == THREE


def test_three_levels_below_their_heading() -> None:
    lines = ["举报监督电话", "省级:0731-85281234", "市级:0746-8321234", "县级:0746-5721234", "营业部:0746-5729999"]
    assert [(one.number, one.level) for one in channels_of(lines)] == THREE


def test_a_number_on_a_line_of_its_own_belongs_to_the_words_above() -> None:
    assert [(one.text, one.number) for one in channels_of(["举报监督电话", "0731-85281234"])] == [
        ("举报监督电话 0731-85281234", "0731-85281234")
    ]


def test_a_known_number_tells_its_level_where_the_words_do_not() -> None:
    known = {"(0746) 572-1234": ChannelLevel.COUNTY}
    assert [one.level for one in channels_of(["0746-5721234"], known)] == ["county"]


@pytest.mark.parametrize(
    ("lines", "levels"),
    [(["省级举报监督电话:12345"], ["province"]),
     (["省级举报电话:12345", "县级举报电话:12345"], ["province", "county"]),
     (["举报电话 省级:12345 县级:12345"], ["province", "county"]),
     (["举报电话:12345", "市级举报电话:12345"], ["county", "prefecture"]), (["举报电话:12345"], ["county"])],
    ids=["words first", "two levels", "two levels in a line", "nobody, then one", "nobody"],
)  # fmt: skip
def test_the_signs_own_words_speak_before_what_offices_published(lines: list[str], levels: list[str]) -> None:
    told = channels_of(lines, {"12345": ChannelLevel.COUNTY})
    assert [(one.number, one.level) for one in told] == [("12345", level) for level in levels]


def test_a_number_whose_owner_is_named_later_is_that_owners() -> None:
    told = channels_of(["举报电话:12345", "县级举报电话:12345", "监督电话:12345"])
    assert [(one.number, one.level) for one in told] == [("12345", "county")]


def test_a_report_number_after_a_shop_s_number() -> None:
    assert [one.number for one in channels_of(["订货13800001234 举报12345"])] == ["12345"]


def test_each_number_once() -> None:
    assert len(channels_of(["举报电话:12345", "监督电话:12345"])) == 1
