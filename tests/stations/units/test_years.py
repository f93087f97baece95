"""Lists of several years: the newest of a county gives today's picture, whichever comes in first."""

from __future__ import annotations

import io
from itertools import permutations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from stations.units.gazetteer import Outcome
from stations.units.importing import Imported, import_villages
from stations.units.loading import load_demonstration_county, load_shipped_units
from stations.units.resolving import resolve_unit
from stations.units.shipped import shipped_units
from stations.units.tables import FormerUnit, OrgUnit, UnitDenominator
from stations.units.village_list import read_villages
from tests.conftest import NOON

# One village in every province, as a list of the whole country must have.
EVERYWHERE = {
    f"{county}001200": "村委会"
    for county in {unit.code[:2]: unit.code for unit in shipped_units() if unit.level == "county"}.values()
}
TAOJIANG = {"430922100200": "崆峒村委会", "430922100201": "金凤山村委会"}


def take(
    session: Session, villages: dict[str, str], year: int, names: dict[str, str] | None = None
) -> Imported:
    text = "code,name\n" + "".join(f"{code},{name}\n" for code, name in villages.items())
    taken = import_villages(session, read_villages(io.BytesIO(text.encode())), base_year=year, names=names or {},
                            source=f"list {year}", now=NOON)  # fmt: skip
    session.expire_all()
    return taken


def span(session: Session, code: str) -> tuple[int | None, int | None]:
    unit = session.get_one(OrgUnit, code)
    return unit.base_year_from, unit.base_year_to


def test_a_newer_list_of_another_county_ends_nothing_here(session: Session) -> None:
    load_shipped_units(session, NOON)
    load_demonstration_county(session, NOON)
    take(session, TAOJIANG, 2020)
    assert span(session, "430922100200") == (2020, None)
    take(session, {"430922100200": "崆峒村委会"}, 2024)
    assert span(session, "430922100201") == (2020, 2020)
    assert span(session, "431125100006") == (2023, None)


@pytest.mark.parametrize("order", list(permutations([2020, 2021, 2023])))
def test_years_come_in_any_order_to_the_same_end(session: Session, order: tuple[int, ...]) -> None:
    load_shipped_units(session, NOON)
    lists = {
        2020: {"430922100200": "旧名村委会", "430922100201": "早去村委会"},
        2021: {"430922100200": "中名村委会", "430922100202": "只一年村委会", "430922101200": "并乡村委会"},
        2023: {"430922100200": "今名村委会", "430922100203": "新来村委会"},
    }
    for year in order:
        take(session, lists[year], year)
    rows = session.execute(
        select(OrgUnit.code, OrgUnit.name, OrgUnit.base_year_from, OrgUnit.base_year_to)
        .where(OrgUnit.level == "village").order_by(OrgUnit.code)
    ).all()  # fmt: skip
    assert [tuple(row) for row in rows] == [
        ("430922100200", "今名村委会", 2020, None), ("430922100201", "早去村委会", 2020, 2020),
        ("430922100202", "只一年村委会", 2021, 2021), ("430922100203", "新来村委会", 2023, None),
        ("430922101200", "并乡村委会", 2021, 2021),
    ]  # fmt: skip
    assert span(session, "430922101") == (2021, 2021)
    for year in order:
        again = take(session, lists[year], year)
        assert (again.added, again.renamed, again.ended, again.counties_frozen) == (0, 0, 0, 0)
    counts = select(UnitDenominator.base_year, UnitDenominator.villages).where(UnitDenominator.unit_code == "430922")
    assert session.execute(counts.order_by(UnitDenominator.base_year)).all() == [(2020, 2), (2021, 3), (2023, 2)]


def test_a_frozen_year_refuses_another_name(session: Session) -> None:
    load_shipped_units(session, NOON)
    take(session, TAOJIANG, 2023)
    with pytest.raises(Refusal) as refused, session.begin_nested():
        take(session, TAOJIANG | {"430922100200": "别名村委会"}, 2023)
    assert refused.value.code == "UNIT_BASE_YEAR_FROZEN"


def test_a_frozen_year_refuses_a_village_exchanged_for_a_gone_one(session: Session) -> None:
    load_shipped_units(session, NOON)
    take(session, {"430922100200": "崆峒村委会", "430922100209": "已并村委会"}, 2020)
    take(session, TAOJIANG, 2023)
    with pytest.raises(Refusal) as refused, session.begin_nested():
        take(session, {"430922100200": "崆峒村委会", "430922100209": "已并村委会"}, 2023)
    assert refused.value.code == "UNIT_BASE_YEAR_FROZEN"


@pytest.mark.parametrize("order", [(2018, 2024), (2024, 2018)])
def test_a_list_of_the_whole_country_ends_what_it_does_not_hold(session: Session, order: tuple[int, ...]) -> None:
    load_shipped_units(session, NOON)
    lists = {2018: EVERYWHERE | {"430124001200": "旧县的村委会"} | TAOJIANG, 2024: EVERYWHERE}
    for year in order:
        take(session, lists[year], year, {"430124": "宁乡县"} if year == 2018 else {})
    assert [span(session, code) for code in ("430124", "430124001", "430124001200")] == [(2018, 2018)] * 3
    assert span(session, "430922100200") == (2018, 2018)
    assert span(session, next(iter(EVERYWHERE))) == (2018, None)
    assert take(session, lists[2024], 2024).ended == 0


def test_an_old_list_does_not_put_a_former_county_before_the_one_it_became(session: Session) -> None:
    load_shipped_units(session, NOON)
    take(session, {"430124001200": "旧县的村委会", "431121001200": "旧祁阳的村委会"}, 2015,
         {"430124": "宁乡县", "431121": "祁阳县", "430922": "旧桃江县"})  # fmt: skip
    for asked, code in (("宁乡县", "430182"), ("430124", "430182"), ("祁阳县", "431181")):
        found = resolve_unit(session, asked)
        assert found.unit is not None
        assert (found.unit.code, found.outcome) == (code, Outcome.RESOLVED)


def test_a_newer_list_renames_a_township_and_keeps_the_old_name(session: Session) -> None:
    load_shipped_units(session, NOON)
    take(session, TAOJIANG, 2020, {"430922100": "桃花江乡", "430922": "桃江县"})
    take(session, TAOJIANG, 2023, {"430922100": "桃花江镇"})
    assert session.get_one(OrgUnit, "430922100").name == "桃花江镇"
    former = session.scalars(select(FormerUnit).where(FormerUnit.unit_code == "430922100")).one()
    assert (former.former_name, former.kind, former.source) == ("桃花江乡", "rename", "list 2023")


def test_a_township_that_comes_back_stands_again(session: Session) -> None:
    load_shipped_units(session, NOON)
    take(session, TAOJIANG | {"430922101200": "来回村委会"}, 2019)
    take(session, TAOJIANG, 2020)
    assert span(session, "430922101") == (2019, 2019)
    take(session, TAOJIANG | {"430922101200": "来回村委会"}, 2021)
    assert (span(session, "430922101"), span(session, "430922101200")) == ((2019, None), (2019, None))


def test_villages_of_one_name_are_told_apart_by_the_province(session: Session) -> None:
    load_shipped_units(session, NOON)
    many = {f"110101001{number:03d}": "同名村委会" for number in range(200, 399)}
    many |= {f"110101002{number:03d}": "同名村委会" for number in range(200, 399)}
    take(session, many | {"431125100200": "同名村委会"}, 2023)
    assert len(resolve_unit(session, "同名村委会").candidates) == 20
    found = resolve_unit(session, "同名村委会", "湖南省")
    assert found.unit is not None
    assert found.unit.code == "431125100200"
