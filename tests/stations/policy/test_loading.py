"""The shipped facts: whole, loaded once, corrected when they are found otherwise, refused without their units."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from decimal import Decimal
from fractions import Fraction

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from field_app_schema.policy import KINDS
from field_app_schema.refusals import Refusal
from field_app_schema.vocab import Role
from stations.people.access import Caller
from stations.policy.loading import Loaded, load_policy, shipped_rules
from stations.policy.reading import GradeBand, excellence_share, grade_bands, grade_of
from stations.policy.tables import CountyProgramme, Evaluation, PolicyRule
from stations.units.loading import load_shipped_units
from stations.units.tables import OrgUnit
from stations.vitality.evidence import AlivePolicy
from stations.vitality.new_rule import adopt
from stations.vitality.thresholds import alive_policy
from tests.conftest import NOON

LATER = NOON + dt.timedelta(days=1)


@pytest.fixture
def loaded(session: Session) -> Session:
    load_shipped_units(session, NOON)
    load_policy(session, NOON)
    return session


def count(session: Session, table: type[PolicyRule | CountyProgramme | Evaluation]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def test_everything_is_loaded_once(session: Session) -> None:
    load_shipped_units(session, NOON)
    assert load_policy(session, NOON) == Loaded(added=61 + 86 + 17, changed=0, unchanged=0)
    session.expire_all()
    assert load_policy(session, LATER) == Loaded(added=0, changed=0, unchanged=164)
    assert [count(session, table) for table in (PolicyRule, CountyProgramme, Evaluation)] == [61, 86, 17]
    assert set(session.scalars(select(PolicyRule.updated_at))) == {NOON}


def test_a_rule_that_somebody_set_stays_as_set(loaded: Session) -> None:
    province = Caller(None, Role.PROVINCE, "43", "/CN/43/", display_name="湖南省")
    adopt(loaded, province, AlivePolicy(rule_version="v2", site_visit_days=90), now=LATER)
    loaded.get_one(PolicyRule, "monthly_report").quote = "?"
    assert load_policy(loaded, LATER).changed == 1
    assert alive_policy(loaded).site_visit_days == 90


def test_the_rules_by_kind(loaded: Session) -> None:
    kinds = Counter(loaded.scalars(select(PolicyRule.kind)))
    assert kinds == {
        "signage_wording": 3, "deadline": 25, "grade_band": 4, "fund_threshold": 9, "payout": 5, "coverage_target": 1,
        "delivery_days": 1, "acceptance": 1, "alive_rule": 1, "station_transitions": 1, "visit_limits": 1,
        "monthly_report": 1, "form_burden": 1, "reading": 3, "outlier": 1, "contradiction": 1,
        "coverage": 1, "plausibility": 1,
    }  # fmt: skip
    assert set(kinds) == set(KINDS)


def test_a_rule_found_otherwise_becomes_as_shipped_and_a_foreign_one_stays(loaded: Session) -> None:
    loaded.get_one(PolicyRule, "visit_limits").parameters = {"on_site_radius_m": 5}
    loaded.delete(loaded.get_one(PolicyRule, "grade.poor"))
    loaded.add(PolicyRule(code="hunan.own", kind="payout", parameters={}, province_code="43", batch_years=[],
                          source_doc="湘", quote="省里自己的"))  # fmt: skip
    loaded.flush()
    assert load_policy(loaded, LATER) == Loaded(added=1, changed=1, unchanged=162)
    loaded.expire_all()
    limits = loaded.get_one(PolicyRule, "visit_limits")
    assert (limits.parameters["on_site_radius_m"], limits.updated_at) == (100.0, LATER)
    assert loaded.get_one(PolicyRule, "alive_rule").updated_at == NOON
    assert loaded.get_one(PolicyRule, "hunan.own").quote == "省里自己的"


def test_rows_whose_unit_is_not_loaded_are_named_and_nothing_is_put_in(session: Session) -> None:
    with pytest.raises(Refusal, match="UNIT_UNKNOWN") as bare:
        load_policy(session, NOON)
    assert {"rules.json: 43", "rules.json: 6230", "evaluations.csv: 43"} <= set(bare.value.details["missing"])
    load_shipped_units(session, NOON)
    session.delete(session.get_one(OrgUnit, "431321"))
    session.flush()
    with pytest.raises(Refusal, match="431321") as refused:
        load_policy(session, NOON)
    assert refused.value.details["missing"] == ["evaluations.csv: 431321", "programme_counties.csv: 431321"]
    assert count(session, PolicyRule) == count(session, CountyProgramme) == 0


def test_every_rule_says_where_it_comes_from(loaded: Session) -> None:
    rules = list(loaded.scalars(select(PolicyRule)))
    assert [one.code for one in rules if not one.quote.strip() or not one.source_doc.strip()] == []
    ours = {one.code for one in rules if one.is_proposal}
    assert ours == {
        "alive_rule", "station_transitions", "visit_limits", "monthly_report", "form_burden", "reading.third_year",
        "reading.covered_village", "reading.alignment", "outliers", "contradictions", "coverage",
        "plausibility",
    }  # fmt: skip
    assert {one.source_doc for one in rules if one.is_proposal} == {"本产品建议 / proposal of this product"}
    assert not any("proposal" in one.source_doc for one in rules if not one.is_proposal)


def test_a_rule_that_names_another_names_one_that_is_there() -> None:
    codes = {rule["code"] for rule in shipped_rules()}
    named = {rule["parameters"].get(name) for rule in shipped_rules() for name in ("deadline", "offset_rule")} - {None}
    assert len(named) == 5
    assert named <= codes


def test_wordings_and_thresholds_as_the_notices_print_them(loaded: Session) -> None:
    wordings = {one.code: one for one in loaded.scalars(select(PolicyRule)) if one.kind == "signage_wording"}
    assert {code: (one.parameters["wording"], one.province_code) for code, one in wordings.items()} == {
        "signage.gansu-2018": ("电子商务进农村综合示范项目", "62"),
        "signage.henan-2020": ("电子商务进农村综合示范项目", "41"),
        "signage.national-2020": ("全国电子商务进农村综合示范项目", None),
    }
    assert all(one.parameters["wording"] in one.quote for one in wordings.values())
    assert wordings["signage.national-2020"].parameters["must_show_report_channel"] is True
    poverty = loaded.get_one(PolicyRule, "fund.national-2020-poverty-share").parameters
    assert (poverty["operator"], Fraction(poverty["value"])) == (">=", Fraction(1, 3))
    monthly = loaded.get_one(PolicyRule, "deadline.henan-2020-monthly")
    assert (monthly.parameters["day_of_month"], monthly.effective_from) == (5, dt.date(2020, 7, 21))
    assert "每月5日前" in monthly.quote


def test_the_counties_of_the_programme(loaded: Session) -> None:
    rows = list(loaded.scalars(select(CountyProgramme)))
    provinces = Counter((one.county_code[:2], one.batch_year) for one in rows)
    assert provinces == {("43", 2015): 8, ("43", 2016): 7, ("43", 2017): 18, ("43", 2018): 16, ("62", 2018): 20,
                         ("41", 2020): 13, ("42", None): 4}  # fmt: skip
    assert sum(one.funds_wan or 0 for one in rows) == Decimal(30000)
    printed = {one.name_as_printed: one.county_code for one in rows}
    assert (printed["宁乡县"], printed["汩罗市"], printed["城步县"]) == ("430182", "430681", "430529")


def test_published_grades_and_excellence_shares_follow_from_the_scores(loaded: Session) -> None:
    rows = list(loaded.scalars(select(Evaluation)))
    bands = grade_bands(loaded, batch_year=2015)
    assert bands[0] == GradeBand("excellent", Decimal(85), None)
    assert [one.grade for one in rows] == [grade_of(one.score, bands) for one in rows]
    shares = {year: excellence_share(one for one in rows if one.year == year) for year in (2015, 2016)}
    assert shares == {2015: Fraction(3, 8), 2016: Fraction(5, 7)}
    assert [f"{float(share):.1%}" for share in shares.values()] == ["37.5%", "71.4%"]
