"""What folds together is one wording; what only looks alike stays another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspections.signage.folding import TWINS, fold, fold_scored

A = "电子商务进农村综合示范项目"


@pytest.mark.parametrize(
    "written",
    [
        "電子商務進農村綜合示範項目",
        "电子商务 进农村\n综合示范项目",
        "「电子商务进农村」综合示范项目",
        "\u201c电子商务进农村\u201d·综合示范项目!",
        "电\u3000子\u00a0商 务 进 农 村 综 合 示 范 项 目",
        "电⼦商务进农村综合⽰范项⽬",
        "电子商务进农村综合示范項\ufa0a"[:-1] + "目",
    ],
)
def test_ways_of_writing_the_same_fold_together(written: str) -> None:
    assert fold(written) == A


@pytest.mark.parametrize(
    ("usual", "other"),
    [("进", "迸"), ("国", "囯"), ("未", "末"), ("目", "日"), ("范", "苑"), ("示", "未"), ("子", "孑"), ("项", "顶"),
     ("合", "台"), ("农", "衣"), ("全", "金"), ("全", "仝")],
)  # fmt: skip
def test_look_alikes_are_other_letters(usual: str, other: str) -> None:
    assert fold(usual) != fold(other)


def test_full_width_digits_and_letters_are_plain() -> None:
    assert fold("０７３１－Ａ８２") == "0731a82"


def test_scores_stay_with_their_letters() -> None:
    assert fold_scored("全 国:", (0.9, 0.1, 0.8, 0.2)) == ("全国", [0.9, 0.8])
    assert fold_scored("全国", ()) == ("全国", [1.0, 1.0])


def test_a_twin_never_folds_to_its_letter() -> None:
    assert [fold(twin) == letter for letter, (twin, _) in TWINS.items()] == [False, False, False]


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
