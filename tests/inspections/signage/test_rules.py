"""The truth table of the wordings (domain model F6): what is wrong never passes, what is not sure is not told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.signage.rules import SignRule, contradicts, verdicts

A, B = "电子商务进农村综合示范项目", "全国电子商务进农村综合示范项目"
GANSU = SignRule("signage.gansu-2018", "甘肃", A, False, ("province", "prefecture", "county"))
HENAN = SignRule("signage.henan-2020", "河南", A, False, ("county",))
NATIONAL = SignRule("signage.national-2020", "全国", B, True, ("province",))
DALI = SignRule("signage.dali-2022", "大理", "国家级电子商务进农村综合示范项目", False)


def told(
    sign_class: str | None, wording: str | None = None, rules: tuple[SignRule, ...] = (HENAN, NATIONAL)
) -> list[str]:
    return [str(one["wording"]) for one in verdicts(sign_class, wording, [], rules)]


@pytest.mark.parametrize(
    ("sign_class", "of_a", "of_b"),
    [("national", "pass", "pass"), ("provincial", "pass", "fail"), ("other_wording", "fail", "fail"),
     ("absent", "fail", "fail"), ("unreadable", "cannot_tell", "cannot_tell"), (None, "cannot_tell", "cannot_tell"),
     ("no such class", "fail", "fail")],
)  # fmt: skip
def test_the_truth_table(sign_class: str | None, of_a: str, of_b: str) -> None:
    assert told(sign_class) == [of_a, of_b]


@pytest.mark.parametrize(
    ("text", "of_a", "of_b"),
    [("供销社益农社", "fail", "fail"), ("电子商务进农村综合示范工程", "fail", "fail"),
     # The person wrote down the very words, and only took the wrong class.
     (A, "pass", "fail"), (B, "pass", "pass"), ("“电子商务 进农村”\n综合示范项目", "pass", "fail"),
     # The words inside others: not another wording, not surely this one.
     ("国家级" + A, "cannot_tell", "fail"), ("非" + B, "cannot_tell", "cannot_tell"),
     # One letter that looks alike is another wording.
     (A.replace("进", "迸"), "fail", "fail"), (B.replace("国", "囯"), "cannot_tell", "fail")],
)  # fmt: skip
def test_another_wording_is_judged_by_its_words(text: str, of_a: str, of_b: str) -> None:
    assert told("other_wording", text) == [of_a, of_b]


@pytest.mark.parametrize(
    ("sign_class", "text", "of_a", "of_b"),
    [("provincial", "电子商务进农村综合示范工程", "cannot_tell", "fail"), ("national", A, "pass", "cannot_tell"),
     ("national", "供销社", "cannot_tell", "cannot_tell"), ("provincial", B, "pass", "cannot_tell"),
     ("provincial", f"江永县{A}村级服务点", "pass", "fail"), ("national", f"本店系{B}站点", "pass", "pass")],
)  # fmt: skip
def test_a_class_that_the_words_beside_it_contradict_is_not_believed(
    sign_class: str, text: str, of_a: str, of_b: str
) -> None:
    assert told(sign_class, text) == [of_a, of_b]


@pytest.mark.parametrize(
    ("sign_class", "agree", "contradict"),
    [("national", [None, " ", B, f"本店系“全国 {A}”站点"], [A, "国家级" + A, "供销社", B.replace("国", "囯")]),
     ("provincial", [None, A, f"江永县{A}", "国家级" + A], [B, "供销社", A.replace("进", "迸")]),
     ("other_wording", [None, "供销社", "国家级" + A, f"江永县{B}"], [A, B, "“全国电子商务 进农村”\n综合示范项目"]),
     ("unreadable", [None, "电子商务进", A], []), ("absent", [None, "", "。"], [A, "供销社"])],
)  # fmt: skip
def test_words_that_are_not_those_of_a_class_contradict_it(
    sign_class: str, agree: list[str | None], contradict: list[str]
) -> None:
    assert [contradicts(sign_class, words) for words in agree] == [False] * len(agree)
    assert [contradicts(sign_class, words) for words in contradict] == [True] * len(contradict)


def test_a_province_may_have_a_wording_of_its_own() -> None:
    door = "国家级电子商务进农村综合示范项目 农村电子商务服务站大理市银桥镇某村"
    assert told("other_wording", door, (DALI,)) == ["pass"]
    assert told("other_wording", A, (DALI,)) == ["fail"]
    # The class says nothing of it: without the sign's words nobody can tell.
    assert [told(one, None, (DALI,)) for one in ("other_wording", "provincial", "national")] == [["cannot_tell"]] * 3
    assert told("provincial", door, (DALI,)) == ["pass"]
    assert told("provincial", A, (DALI,)) == ["fail"]
    # A part of the wording is asked for: both classes contain it.
    part = SignRule("part", "某省", "电子商务进农村", False)
    assert [told(one, None, (part,)) for one in ("national", "provincial")] == [["pass"], ["pass"]]
    assert told("national", B, (SignRule("empty", "", "  ", False),)) == ["cannot_tell"]


@pytest.mark.parametrize(
    ("sign_class", "levels", "channel"),
    [("national", ["province"], "pass"), ("national", ["county", "province"], "pass"), ("national", ["county"], "fail"),
     ("national", [], "fail"), ("national", None, "cannot_tell"), ("national", [None], "cannot_tell"),
     ("national", [None, "province"], "pass"), ("unreadable", [], "cannot_tell"), ("unreadable", ["province"], "pass"),
     (None, None, "cannot_tell"), (None, [], "cannot_tell"), ("absent", None, "fail"), ("other_wording", [], "fail")],
)  # fmt: skip
def test_the_channel_is_a_verdict_of_its_own(
    sign_class: str | None, levels: list[str | None] | None, channel: str
) -> None:
    assert [one["channel"] for one in verdicts(sign_class, None, levels, [HENAN, NATIONAL])] == [None, channel]


def test_a_rule_that_names_no_level_takes_any_channel() -> None:
    any_level = SignRule("any", "某省", A, True)
    asked = [["county"], [None], [], None]
    assert [verdicts("provincial", None, one, [any_level])[0]["channel"] for one in asked] == [
        "pass", "pass", "fail", "cannot_tell",
    ]  # fmt: skip


def test_henan_2020_is_told_by_both_rules() -> None:
    assert verdicts("provincial", None, ["county"], [HENAN, NATIONAL]) == [
        {"rule": "signage.henan-2020", "wording": "pass", "channel": None},
        {"rule": "signage.national-2020", "wording": "fail", "channel": "fail"},
    ]
    assert verdicts("absent", None, None, []) == []


WORTH = {"fail": 0, "cannot_tell": 1, "pass": 2}
rule_sets = st.lists(st.sampled_from([GANSU, HENAN, NATIONAL]), max_size=4).map(tuple)


@given(rule_sets, st.none() | st.text(max_size=30))
def test_a_national_sign_is_never_worse_than_a_provincial_one(rules: tuple[SignRule, ...], text: str | None) -> None:
    better, worse = told("national", text, rules), told("provincial", text, rules)
    assert all(WORTH[one] >= WORTH[other] for one, other in zip(better, worse, strict=True))


@given(st.text(alphabet="全国电子商务进迸农衣村综合示范苑项日目工程“” \n", max_size=24))
def test_no_other_words_ever_pass(text: str) -> None:
    bare = "".join(sign for sign in text if sign not in "“” \n")
    expected = {A: ["pass", "fail"], B: ["pass", "pass"]}.get(bare)
    assert told("other_wording", text) == expected or "pass" not in told("other_wording", text)
