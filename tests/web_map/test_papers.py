"""Papers: every character is there as it was typed, nothing typed is obeyed, the same texts are the same bytes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pypdfium2 as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web_map.hostile import HOSTILE
from web_map.papers.bulletin import Bulletin, BulletinRows, dashed, grouped, percent
from web_map.papers.paper import FONTS, Paper, Table, set_paper

AT = dt.datetime(2026, 11, 6, 1, 30, tzinfo=dt.UTC)
# What a typesetter would obey, were it given as markup.
MARKUP = [
    '#import "bulletin.typ"', "#sys.inputs.paper", "$x^2$", "*粗*", "_斜_", "`raw`", "[内容]", "\\ \\#", "= 标题",
    "- 列表", "+ 一", "/ 词: 义", "<标签>", "@ref", "// 注", "/* 注 */", "~", "---", '"引号"', "'单'", "#{1+1}", "]]}}",
]  # fmt: skip
RARE = "㙍㵲陁浉埇镕喆玥漷栟滘㘵鳽鵟𫛭"


def paper(*texts: str, rows: int = 0) -> Paper:
    names = Table("四、漏报站点", ["编号", "站点"], [[f"JY{i:03d}", text] for i, text in enumerate(texts)])
    many = Table("五、其他", ["编号"], [[f"第{number}行"] for number in range(rows)])
    return Paper("江永县农村电商服务站2026年10月运行情况通报", [*texts], [names, many], "指标怎样统计",
                 [(text, text) for text in texts], [(text, text) for text in texts], "江永县", "年  月  日",
                 "(盖章处)")  # fmt: skip


def text_of(content: bytes) -> tuple[int, str]:
    document = pdfium.PdfDocument(content)
    pages = [document[number].get_textpage().get_text_range() for number in range(len(document))]
    document.close()
    return len(pages), "\n".join(pages)


def test_what_was_typed_is_printed_and_never_obeyed() -> None:
    _, text = text_of(set_paper(paper(*MARKUP, *HOSTILE), at=AT))
    flat = "".join(text.split())
    for typed in [*MARKUP, *HOSTILE]:
        # In the lead, the table, twice in the definitions and twice in the frame.
        assert flat.count("".join(typed.split())) >= 6, typed


def test_rare_characters_of_names_have_glyphs_and_can_be_copied() -> None:
    _, text = text_of(set_paper(paper(RARE), at=AT))
    assert RARE in text


def test_a_line_end_in_a_name_is_only_a_line_end() -> None:
    _, text = text_of(set_paper(paper("何家湾\n= 大标题\r\n#pagebreak()"), at=AT))
    assert "= 大标题" in text
    assert "#pagebreak()" in text


@settings(max_examples=25, deadline=None, derandomize=True, database=None)
@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=40))
def test_no_text_at_all_breaks_a_paper(typed: str) -> None:
    assert set_paper(paper(typed), at=AT).startswith(b"%PDF-")


def test_pages_are_numbered_and_the_head_of_a_table_comes_again() -> None:
    pages, text = text_of(set_paper(paper("何家湾服务站", rows=90), at=AT))
    assert pages == 3
    assert "第 1 页 / 共 3 页" in text
    assert "第 3 页 / 共 3 页" in text
    assert text.count("编号") == 4


def test_the_same_texts_are_the_same_bytes_and_small() -> None:
    content = set_paper(paper("何家湾服务站"), at=AT)
    assert content == set_paper(paper("何家湾服务站"), at=AT)
    assert len(content) < 100_000


def test_the_paper_is_black_on_white() -> None:
    picture = pdfium.PdfDocument(set_paper(paper(*MARKUP), at=AT))[0].render(scale=0.5).to_numpy()
    assert (picture.max(axis=2) - picture.min(axis=2)).max() == 0
    assert 0.8 < (picture > 250).mean() < 0.99


def test_both_weights_and_their_licence_stand_in_the_room() -> None:
    assert sorted(path.name for path in FONTS.iterdir()) == [
        "LICENSE_FONT", "NotoSansSC_400Regular.ttf", "NotoSansSC_700Bold.ttf",
    ]  # fmt: skip


RATES = {"expected": 91, "actual": 87, "rate": 87 / 91, "rate_on_time": 80 / 91, "nil": 4, "late": 6, "late_sync": 1,
         "missing": 4, "excused": 2, "proxy_share": None}  # fmt: skip
COVERAGE = {"line_zh": "91 站应报,87 站已报(有数 83,零报告 4),4 站漏报", "line_en": "87 of 91 stations reported"}
FRAME = {"unit": {"code": "431125", "name": "江永县", "level": "county"}, "as_of": dt.date(2026, 10, 31),
         "known_at": AT, "sources": {"owner": 70, "proxy": 17, "feed": 0}, "unknown_share": 0.3,
         "rule_version": "1.0"}  # fmt: skip
HEADLINE = {"built": 10, "listed": 8, "alive": 5, "known_dead": 2, "unsure": 3, "share_built": 0.5,
            "share_listed": 0.625, "low": 0.5, "high": 0.8, "unknown_share": 0.3,
            "by_vitality": {"alive": 4, "weak": 1, "dormant": 1, "presumed_dead": 1, "dead": 2,
                            "unknown": 1}}  # fmt: skip


def rows(**month: Any) -> BulletinRows:
    totals = {"reports": 80, "online_sales_out": "1234567.80", "purchase_agency_amount": "0.00",
              "upstream_sales": None, "parcels_in": 12345, "parcels_out": 0}  # fmt: skip
    told = {"frame": FRAME | {"unknown_share": 4 / 91}, "period": "202610", "coverage": COVERAGE, "totals": totals,
            "totals_unaccepted": {"reports": 7}, "is_past_due": True, "counties": None,
            "missing": [{"station": "JY007", "name": "夏湾服务站", "head_name": "不该印的人", "phone": "13800000000",
                         "township": "上江圩镇"}]}  # fmt: skip
    survival = {"frame": FRAME | {"sources": {"visit": 5, "none": 3}}, "headline": HEADLINE}
    rates = [RATES | {"period": "202609", "rate": 1.0}, RATES | {"period": "202610"}]
    return BulletinRows(told | month, rates, survival, [("reporting_rate", "报送率:应报的占多少。", "Rate: of all.")])


def test_the_bulletin_says_coverage_both_shares_the_unknown_and_who_is_missing() -> None:
    _, text = text_of(set_paper(Bulletin(rows()).paper(), at=AT))
    for said in (
        "江永县农村电商服务站2026年10月运行情况通报", "87站已报(有数83,零报告4),4站漏报", "建成站点10个,在册8个",
        "占建成的50.0%、在册的62.5%;不明3个,占30.0%", "可能区间50.0%至80.0%", "报送率100.0%95.6%", "代填占已报——",
        "网络销售额1,234,567.80元", "代购额0.00元", "农产品上行额(已含在网络销售额内)—元", "收件12,345件",
        "另有7份已报未采纳", "JY007夏湾服务站上江圩镇", "不排名", "截至2026-10-31", "2026-11-0609:30",
        "站长自报70、县里代报17", "月报4.4%;存活30.0%", "现场检查5", "判定规则版本1.0", "(盖章处)",
        "报送率应报的占多少。",
    ):  # fmt: skip
        assert said in "".join(text.split()), said


def test_no_person_and_no_telephone_is_printed() -> None:
    _, text = text_of(set_paper(Bulletin(rows()).paper(), at=AT))
    assert "不该印的人" not in text
    assert "138" not in text


def test_the_bulletin_in_english_and_with_nobody_missing() -> None:
    _, text = text_of(set_paper(Bulletin(rows(missing=[], is_past_due=False), "en").paper(), at=AT))
    flat = " ".join(text.split())
    for said in ("bulletin of 2026-10", "87 of 91 stations reported", "50.0% of all built", "None.", "not due",
                 "Page 1 of", "Rate of all."):  # fmt: skip
        assert said in flat, said


def test_above_a_county_the_counties_stand_instead_of_the_stations() -> None:
    part = {"county": "431125", "name": "江永县", "coverage": {"expected": 91, "missing": 4, "outstanding": 0}}
    _, text = text_of(set_paper(Bulletin(rows(missing=None, counties=[part])).paper(), at=AT))
    assert "各县漏报站点数" in text
    assert "江永县914" in "".join(text.split())


@pytest.mark.parametrize(
    ("share", "said"),
    [(None, "—"), (0.0, "0.0%"), (1.0, "100.0%"), (0.9999, "99.9%"), (0.00001, "0.1%"), (0.625, "62.5%")],
)
def test_only_all_is_a_hundred_and_only_nothing_is_nought(share: float | None, said: str) -> None:
    assert percent(share) == said


def test_figures_are_grouped_and_empty_is_not_nought() -> None:
    assert [grouped(value) for value in ("1234567.80", "-1200.00", 0, None)] == ["1,234,567.80", "-1,200.00", "0", "—"]
    assert dashed("202610") == "2026-10"
