"""What `make bench-signs` calls right and wrong, and that its pictures are the same every time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benchmarks.signs.drawn.drawing import draw_set, read_labels
from benchmarks.signs.drawn.fonts import FACES
from benchmarks.signs.judging import bounds, found_channel, is_right, is_too_sure, passes_wrongly
from benchmarks.signs.reading import Got
from benchmarks.signs.truths import EXACT, LOST, NATIONAL, NEARLY, NONE, RANK_LOST, A, B, Hotline, Truth
from tests.conftest import missing


def got(
    sign_class: str, *, is_sure: bool = True, channels: tuple[tuple[str, str | None], ...] = (), **more: Any
) -> Got:
    told = [{"number": number, "level": level} for number, level in channels]
    size = {"width_px": 1600, "height_px": 1200, "ms": 400.0, "peak_mb": 500.0} | more
    return Got("a.jpg", sign_class, B, 0.9, is_sure, told, [B], **size)


def truth(label: str, **more: Any) -> Truth:
    return Truth("a.jpg", B, label, more.pop("condition", "clean"), **more)


@pytest.mark.parametrize(
    ("label", "sign_class", "right", "wrongly", "too_sure"),
    [(EXACT, "provincial", True, False, False), (EXACT, "national", False, True, False),
     (NATIONAL, "national", True, False, False), (NATIONAL, "provincial", False, False, False),
     (NEARLY, "provincial", False, True, False), (NEARLY, "other_wording", False, False, False),
     (LOST, "national", False, True, False), (LOST, "unreadable", False, False, False),
     (RANK_LOST, "provincial", False, False, True), (RANK_LOST, "national", False, True, False),
     (NONE, "absent", False, False, False), (NONE, "provincial", False, True, False)],
)  # fmt: skip
def test_right_and_wrong(label: str, sign_class: str, right: bool, wrongly: bool, too_sure: bool) -> None:
    one = got(sign_class)
    assert (is_right(truth(label), one), passes_wrongly(truth(label), one), is_too_sure(truth(label), one)) == (
        right, wrongly, too_sure,
    )  # fmt: skip
    unsure = got(sign_class, is_sure=False)
    assert (passes_wrongly(truth(label), unsure), is_too_sure(truth(label), unsure)) == (False, False)


def test_a_channel_counts_with_its_level_and_a_shops_telephone_is_none() -> None:
    province = truth(EXACT, hotline=Hotline("省级举报电话:0731-82281234", "073182281234", "province"))
    assert found_channel(province, got("provincial", channels=(("0731-82281234", "province"),))) is True
    assert found_channel(province, got("provincial", channels=(("0731-82281234", None),))) is False
    assert found_channel(province, got("provincial")) is False
    shop = truth(EXACT, hotline=Hotline("联系电话:13807461234", "13807461234", is_channel=False))
    assert found_channel(shop, got("provincial")) is True
    assert found_channel(shop, got("provincial", channels=(("13807461234", None),))) is False
    assert found_channel(truth(EXACT), got("provincial")) is None


def missed(*pairs: tuple[Truth, Got], peak_mb: float = 500.0) -> list[str]:
    return [one.what.split(",")[0].split(" (")[0] for one in bounds(pairs, peak_mb) if not one.holds]


def test_a_missed_figure_is_told() -> None:
    plain = truth(NATIONAL, is_plain=True)
    assert missed((plain, got("national"))) == []
    assert missed((plain, got("unreadable"))) == [
        "recall of exact wordings on plain pictures", "recall of exact wordings on all pictures",
    ]  # fmt: skip
    assert missed((truth(NEARLY), got("national", is_sure=False))) == ["near or absent wordings classed as exact"]
    alike = truth(NEARLY, condition="confusable")
    assert missed((alike, got("national"))) == ["one letter replaced by a look-alike"]
    assert missed((plain, got("national", ms=1501.0))) == ["ms"]
    assert missed((plain, got("national", ms=3900.0, width_px=4000, height_px=3000))) == []
    assert missed((plain, got("national")), peak_mb=600.0) == ["peak memory of the process"]


def test_the_same_pictures_from_the_same_seed(tmp_path: Path) -> None:
    if not Path(FACES["hei"][0]).is_file():
        missing("fonts-noto-cjk")
    first = draw_set(tmp_path / "a", ["two_signs"], each=1)
    draw_set(tmp_path / "b", ["two_signs"], each=1)
    draw_set(tmp_path / "c", ["two_signs"], each=1, seed=7)
    drawn = {place: (tmp_path / place / "two_signs_0.jpg").read_bytes() for place in "abc"}
    assert (drawn["a"] == drawn["b"], drawn["a"] == drawn["c"]) == (True, False)
    assert read_labels(tmp_path / "a") == first == [Truth("two_signs_0.jpg", A, EXACT, "two_signs")]
