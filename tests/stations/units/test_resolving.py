"""Every name and code that a notice prints resolves to today's unit; what is only likely waits for a person."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from stations.units.gazetteer import MatchedBy, Outcome
from stations.units.loading import load_demonstration_county, load_shipped_units
from stations.units.resolving import resolve_shipped, resolve_unit
from tests.conftest import NOON

PRINTED = list(csv.DictReader((Path(__file__).parent / "concordance.csv").read_text(encoding="utf-8").splitlines()))


def test_all_86_printed_names_resolve_and_the_misprint_is_offered() -> None:
    assert len(PRINTED) == 86
    wrong = []
    for row in PRINTED:
        found = resolve_shipped(row["name_as_printed"], row["province"])
        expected = Outcome.NEEDS_CONFIRMATION if row["name_as_printed"] == "汩罗市" else Outcome.RESOLVED
        if found.unit is None or (found.unit.code, found.outcome) != (row["nbs_2023_code"], expected):
            wrong.append((row["name_as_printed"], found))
    assert wrong == []


@pytest.mark.parametrize(
    ("asked", "code", "name", "how"),
    [
        ("宁乡县", "430182", "宁乡市", MatchedBy.FORMER_NAME),
        ("祁阳县", "431181", "祁阳市", MatchedBy.FORMER_NAME),
        ("邵东县", "430582", "邵东市", MatchedBy.FORMER_NAME),
        ("城步县", "430529", "城步苗族自治县", MatchedBy.SHORT_FORM),
        ("东乡县", "622926", "东乡族自治县", MatchedBy.SHORT_FORM),
        ("430124", "430182", "宁乡市", MatchedBy.FORMER_CODE),
        ("431121", "431181", "祁阳市", MatchedBy.FORMER_CODE),
        ("431125000000", "431125", "江永县", MatchedBy.CODE),
        ("４３１１２５", "431125", "江永县", MatchedBy.CODE),
        ("湖南省永州市江永县", "431125", "江永县", MatchedBy.NAME),
        ("湖南省 宁乡县", "430182", "宁乡市", MatchedBy.FORMER_NAME),
        ("内蒙古", "15", "内蒙古自治区", MatchedBy.SHORT_FORM),
        ("湘西州", "4331", "湘西土家族苗族自治州", MatchedBy.SHORT_FORM),
        (" 江 永 县 ", "431125", "江永县", MatchedBy.NAME),
    ],
)
def test_names_and_codes_of_the_notices(asked: str, code: str, name: str, how: MatchedBy) -> None:
    found = resolve_shipped(asked)
    assert found.unit is not None
    assert (found.unit.code, found.unit.name, found.matched_by, found.outcome) == (code, name, how, Outcome.RESOLVED)


def test_a_year_says_what_it_was_called_then() -> None:
    found = resolve_shipped("宁乡市", as_of=2015)
    assert found.unit is not None
    assert (found.unit.code, found.name_then, found.code_then) == ("430182", "宁乡县", "430124")


def test_several_units_of_one_name_are_all_named_and_a_province_decides() -> None:
    assert resolve_shipped("鼓楼区").outcome is Outcome.AMBIGUOUS
    assert len(resolve_shipped("鼓楼区").candidates) == 4
    found = resolve_shipped("鼓楼区", "河南省")
    assert found.unit is not None
    assert found.unit.code == "410204"


def test_an_unknown_name_gives_the_nearest_ones() -> None:
    found = resolve_shipped("江永永县")
    assert (found.outcome, found.unit) == (Outcome.UNKNOWN, None)
    assert "江永县" in [unit.name for unit in found.candidates]


def test_an_unknown_province_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        resolve_shipped("江永县", "湖北北")
    assert refused.value.code == "UNIT_UNKNOWN"


def test_the_database_answers_for_villages_too(session: Session) -> None:
    load_shipped_units(session, NOON)
    load_demonstration_county(session, NOON)
    by_code = resolve_unit(session, "431125100006")
    assert by_code.unit is not None
    assert by_code.unit.name == "四方井社区居委会"
    assert resolve_unit(session, "上江圩镇").unit is not None
    assert resolve_unit(session, "城步县").outcome is Outcome.RESOLVED
