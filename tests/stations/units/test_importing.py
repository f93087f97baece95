"""A village list comes in whole or not at all, twice is once, and its counts stay frozen."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from stations.units.denominators import count_villages
from stations.units.hierarchy import is_heading, parent_of, path_of, village_class
from stations.units.importing import Imported, import_villages
from stations.units.loading import load_demonstration_county, load_shipped_units
from stations.units.tables import FormerUnit, OrgUnit, UnitDenominator
from stations.units.village_list import read_names, read_villages
from tests.conftest import NOON

HEADER = "code,name,streetCode,provinceCode,cityCode,areaCode"
TWO_COUNTIES = {
    "431125100201": "何家湾村委会", "431125100202": "圳景村委会", "431125101001": "上江圩社区居委会",
    "429004001200": "仙桃的村", "500101001500": "万州的类村", "431125101400": "类居委会",
}  # fmt: skip


def text_of(villages: dict[str, str]) -> str:
    return "\n".join([HEADER, *(f'{c},"{n}",{c[:9]},{c[:2]},{c[:4]},{c[:6]}' for c, n in villages.items())]) + "\n"


def take(session: Session, villages: dict[str, str] | str, year: int = 2023) -> Imported:
    text = villages if isinstance(villages, str) else text_of(villages)
    lines = read_villages(io.BytesIO(text.encode()))
    return import_villages(session, lines, base_year=year, names={}, source=f"test {year}", now=NOON)


def denominator(session: Session, code: str, year: int = 2023) -> tuple[int, int]:
    row = session.get_one(UnitDenominator, (year, code))
    return row.villages, row.admin_villages


def test_class_comes_from_the_code_never_from_the_name() -> None:
    codes = ["431125100001", "431125100199", "431125100200", "431125100399", "431125100400", "431125100599"]
    assert [village_class(code) for code in codes] == [
        "residents_committee", "residents_committee", "villagers_committee", "villagers_committee",
        "like_residents_committee", "like_villagers_committee",
    ]  # fmt: skip
    assert village_class("431125100600") is None


def test_counties_directly_below_a_province_hang_there() -> None:
    assert path_of("429004001200") == "/CN/42/429004/429004001/429004001200/"
    assert parent_of("500101") == "50"
    assert is_heading("4290")
    assert not is_heading("4311")


def test_a_list_comes_in_and_twice_changes_nothing(session: Session) -> None:
    load_shipped_units(session, NOON)
    first = take(session, TWO_COUNTIES)
    assert (first.villages, first.admin_villages, first.added, first.counties_frozen) == (6, 4, 6, 3)
    assert take(session, TWO_COUNTIES) == Imported(villages=6, admin_villages=4)
    assert denominator(session, "431125") == (4, 2)
    assert denominator(session, "43") == (4, 2)
    assert denominator(session, "CN") == (6, 4)
    assert session.get_one(OrgUnit, "431125100201").village_class == "villagers_committee"


def test_without_names_the_code_stands_until_a_name_comes(session: Session) -> None:
    load_shipped_units(session, NOON)
    take(session, TWO_COUNTIES)
    assert session.get_one(OrgUnit, "431125100").name == "431125100"
    lines = read_villages(io.BytesIO(text_of(TWO_COUNTIES).encode()))
    import_villages(session, lines, base_year=2023, names={"431125100": "潇浦镇"}, source="x", now=NOON)
    session.expire_all()
    assert session.get_one(OrgUnit, "431125100").name == "潇浦镇"


def test_a_later_year_adds_its_own_counts_and_ends_what_is_gone(session: Session) -> None:
    load_shipped_units(session, NOON)
    take(session, TWO_COUNTIES, 2019)
    later = {k: v for k, v in TWO_COUNTIES.items() if k != "431125100202"} | {"431125100201": "何湾村委会"}
    result = take(session, later, 2023)
    session.expire_all()
    assert (result.renamed, result.ended, result.added) == (1, 1, 0)
    assert denominator(session, "431125", 2019) == (4, 2)
    assert denominator(session, "431125", 2023) == (3, 1)
    assert session.get_one(OrgUnit, "431125100202").base_year_to == 2019
    assert session.get_one(OrgUnit, "431125100201").name == "何湾村委会"
    assert session.scalars(select(FormerUnit.former_name).where(FormerUnit.unit_code == "431125100201")).all() == [
        "何家湾村委会"
    ]


def test_an_earlier_year_may_come_later_and_changes_no_name_of_today(session: Session) -> None:
    load_shipped_units(session, NOON)
    take(session, {"431125100201": "何湾村委会"}, 2023)
    take(session, {"431125100201": "何家湾村委会", "431125100203": "旧村委会"}, 2019)
    session.expire_all()
    kept, old = session.get_one(OrgUnit, "431125100201"), session.get_one(OrgUnit, "431125100203")
    assert (kept.name, kept.base_year_from, kept.base_year_to) == ("何湾村委会", 2019, None)
    assert (old.base_year_from, old.base_year_to) == (2019, 2019)


@pytest.mark.parametrize("change", ["add", "drop"])
def test_a_frozen_year_refuses_another_list(session: Session, change: str) -> None:
    load_shipped_units(session, NOON)
    take(session, TWO_COUNTIES)
    other = dict(TWO_COUNTIES)
    if change == "add":
        other["431125100209"] = "新村委会"
    else:
        del other["431125100202"]
    with pytest.raises(Refusal) as refused, session.begin_nested():
        take(session, other)
    assert refused.value.code == "UNIT_BASE_YEAR_FROZEN"
    assert denominator(session, "431125") == (4, 2)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "空的"),
        ("id,name\n431125100201,x\n", 1, "code"),
        (f"{HEADER}\n43112510020,短,431125100,43,4311,431125\n", 2, "12 位"),
        (f"{HEADER}\n431125100201,\n", 2, "列"),
        (f"{HEADER}\n431125100201, ,431125100,43,4311,431125\n", 2, "名称"),
        (f"{HEADER}\n431125100601,六百,431125100,43,4311,431125\n", 2, "001–599"),
        (f"{HEADER}\n431125100201,外乡,431125101,43,4311,431125\n", 2, "streetCode"),
        (text_of(TWO_COUNTIES) + '431125100201,"又一次",431125100,43,4311,431125\n', 8, "重复"),
        (f'{HEADER}\n431125100201,"没有收尾,431125100,43,4311,431125\n', 2, "引号"),
    ],
)
def test_a_bad_line_refuses_the_whole_file_and_is_named(session: Session, text: str, line: int, said: str) -> None:
    load_shipped_units(session, NOON)
    with pytest.raises(Refusal) as refused, session.begin_nested():
        take(session, text)
    assert refused.value.code == "FILE_FORMAT"
    assert refused.value.details["line"] == line
    assert said in refused.value.errors["file"][0]
    assert session.scalar(select(func.count()).where(OrgUnit.level == "village")) == 0


def test_a_file_that_is_not_utf8_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        list(read_villages(io.BytesIO(text_of(TWO_COUNTIES).encode("gb18030"))))
    assert "UTF-8" in refused.value.errors["file"][0]


def test_a_wrong_byte_is_named_with_its_own_line() -> None:
    rows = [f"431125100201,何家湾村委会第{number}行".encode() for number in range(2, 900)]
    rows[700] = "431125100201,何家湾".encode("gb18030")
    with pytest.raises(Refusal) as refused:
        list(read_villages(io.BytesIO(b"\n".join([b"code,name", *rows]))))
    assert refused.value.details["line"] == 702


@pytest.mark.parametrize(
    "body", [b'"code"x,name\n', b"code,name\n" + b"4" * 200_000, b"code,name\n431125100201,\x07\n", b"PK\x03\x04\0\0"]
)
def test_what_is_no_list_at_all_is_refused_and_never_crashes(body: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        list(read_villages(io.BytesIO(body)))
    assert refused.value.code == "FILE_FORMAT"


@pytest.mark.parametrize(
    "text", ['code,name\n43,"湖南\n', "code,name\n４３,湖南省\n", f"code,name\n43,{'省' * 81}\n", "x\n1\n"]
)
def test_a_broken_file_of_names_beside_the_list_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "provinces.csv").write_text(text, encoding="utf-8")
    with pytest.raises(Refusal) as refused:
        read_names(tmp_path)
    assert "provinces.csv" in refused.value.errors["file"][0]


def test_a_rare_character_in_the_private_use_area_is_a_name() -> None:
    # As the national list of 2023 prints it.
    assert [one.name for one in read_villages(io.BytesIO("code,name\n420684103229,高\ue170村委会\n".encode()))] == [
        "高\ue170村委会"
    ]


def test_a_byte_order_mark_is_no_part_of_the_header() -> None:
    assert len(list(read_villages(io.BytesIO(b"\xef\xbb\xbf" + text_of(TWO_COUNTIES).encode())))) == 6


def test_the_demonstration_county_is_whole(session: Session) -> None:
    load_shipped_units(session, NOON)
    assert load_demonstration_county(session, NOON) == 121
    assert load_demonstration_county(session, NOON) == 0
    assert denominator(session, "431125") == (112, 96)
    townships = select(func.count()).where(OrgUnit.level == "township", OrgUnit.parent_code == "431125")
    assert session.scalar(townships) == 9


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None)
@given(st.permutations(list(TWO_COUNTIES)))
def test_the_order_of_lines_does_not_matter(session: Session, order: list[str]) -> None:
    with session.begin_nested() as savepoint:
        load_shipped_units(session, NOON)
        take(session, {code: TWO_COUNTIES[code] for code in order})
        counted = {code: denominator(session, code) for code in ("CN", "43", "42", "431125", "431125100")}
        savepoint.rollback()
    assert counted == {"CN": (6, 4), "43": (4, 2), "42": (1, 1), "431125": (4, 2), "431125100": (2, 2)}


@given(st.lists(st.integers(0, 999_999), max_size=60, unique=True), st.randoms())
def test_counts_add_up_on_every_level(numbers: list[int], dice: random.Random) -> None:
    classes = [n for n in numbers if 1 <= n % 1000 <= 599]
    codes = [f"{dice.choice(['43112510', '43092210', '42900400'])}{n // 1000 % 10}{n % 1000:03d}" for n in classes]
    every, admin = count_villages(codes)
    assert every["CN"] == len(codes) == sum(every[code] for code in ("42", "43"))
    assert admin["CN"] <= every["CN"]
