"""Which rules hold where, when and for which batch; where one grade ends and the next begins."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from stations.policy.reading import GradeBand, excellence_share, grade_of, page_of_rules, rules
from stations.policy.tables import Evaluation, PolicyRule
from tests.world import World

BANDS = [
    GradeBand("excellent", Decimal(85), None), GradeBand("good", Decimal(70), Decimal(85)),
    GradeBand("fair", Decimal(60), Decimal(70)), GradeBand("poor", None, Decimal(60)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("score", "grade"),
    [("0", "poor"), ("59.99", "poor"), ("60", "fair"), ("69.99", "fair"), ("70", "good"), ("80.8", "good"),
     ("84.999", "good"), ("85", "excellent"), ("100", "excellent"), ("104.5", "excellent")],
)  # fmt: skip
def test_a_band_begins_at_its_lower_bound_and_ends_before_its_upper(score: str, grade: str) -> None:
    assert grade_of(Decimal(score), BANDS) == grade


def test_bands_with_a_hole_or_an_overlap_give_no_grade() -> None:
    with pytest.raises(ValueError, match="0 bands hold the score 72"):
        grade_of(Decimal(72), [BANDS[0], BANDS[3]])
    with pytest.raises(ValueError, match="2 bands hold the score 90"):
        grade_of(Decimal(90), [*BANDS, BANDS[0]])


def test_no_evaluated_county_has_no_share() -> None:
    with pytest.raises(ZeroDivisionError):
        excellence_share([Evaluation(unit_type="province_department", grade="excellent")])


@pytest.fixture
def some(session: Session, world: World) -> Session:
    add(session, "a.always")
    add(session, "b.hunan", province_code="43", batch_years=[2015, 2016])
    add(session, "c.dated", effective_from=dt.date(2020, 5, 26), effective_to=dt.date(2021, 1, 1), batch_years=[2020])
    add(session, "d.other", kind="deadline")
    session.flush()
    return session


def add(session: Session, code: str, *, kind: str = "payout", **columns: object) -> None:
    given = {"parameters": {}, "batch_years": [], "source_doc": "文", "quote": "原文"} | columns
    session.add(PolicyRule(code=code, kind=kind, **given))


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ({}, "d.other a.always b.hunan c.dated"), ({"kind": "payout"}, "a.always b.hunan c.dated"),
        ({"province_code": "43"}, "d.other a.always b.hunan c.dated"),
        ({"province_code": "62"}, "d.other a.always c.dated"),
        ({"batch_year": 2015}, "d.other a.always b.hunan"), ({"batch_year": 2020}, "d.other a.always c.dated"),
        ({"on": dt.date(2020, 5, 25)}, "d.other a.always b.hunan"),
        ({"on": dt.date(2020, 5, 26)}, "d.other a.always b.hunan c.dated"),
        ({"on": dt.date(2021, 1, 1)}, "d.other a.always b.hunan c.dated"),
        ({"on": dt.date(2021, 1, 2)}, "d.other a.always b.hunan"),
        ({"kind": "payout", "province_code": "62", "on": dt.date(2020, 6, 1), "batch_year": 2020}, "a.always c.dated"),
    ],
)  # fmt: skip
def test_rules_by_kind_province_day_and_batch(some: Session, asked: dict[str, object], codes: str) -> None:
    assert [one.code for one in rules(some, **asked)] == codes.split()


def test_a_page_says_how_many_there_are_and_refuses_what_is_no_province(some: Session) -> None:
    page = page_of_rules(some, offset=1, limit=2)
    assert ([one.code for one in page.rules], page.total) == (["a.always", "b.hunan"], 4)
    for code in ("99", "4311"):
        with pytest.raises(Refusal, match="UNIT_UNKNOWN"):
            page_of_rules(some, offset=0, limit=2, province=code)
