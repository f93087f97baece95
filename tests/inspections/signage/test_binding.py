"""Which documents bind a station's sign: the shipped rules and counties, as the notices print them."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy.orm import Session, sessionmaker

from inspections.signage.binding import class_under, sign_duty, signage_rules_for
from inspections.signage.rules import verdicts
from stations.policy.loading import shipped_counties, shipped_rules
from stations.policy.tables import CountyProgramme, PolicyRule
from stations.records.tables import Station
from stations.units.loading import add_missing
from stations.units.shipped import shipped_units
from stations.units.tables import OrgUnit
from tests.conftest import NOON

TODAY = dt.date(2026, 11, 20)


# 崆峒区 (Gansu 2018), 封丘县 and 永城市 (Henan 2020), 江永县 and 桃江县 (Hunan), 老河口市 (Hubei, no year),
# 中牟县 (Henan, not in the programme).
COUNTIES = {"620802", "410727", "411481", "431125", "430922", "420682", "410122"}


@pytest.fixture
def loaded(sessions: sessionmaker[Session]) -> Session:
    """The shipped wordings, and the shipped facts of seven counties; never committed."""
    session = sessions()
    parents = {code[:digits] for code in COUNTIES for digits in (2, 4, 6)} | {"CN"}
    add_missing(session, [one for one in shipped_units() if one.code in parents], NOON)
    session.add_all(PolicyRule(**rule) for rule in shipped_rules() if rule["kind"] == "signage_wording")
    session.add_all(CountyProgramme(**row) for row in shipped_counties() if row["county_code"] in COUNTIES)
    session.flush()
    return session


def station(session: Session, county: str, *, is_subsidised: bool | None = True) -> Station:
    path = session.get_one(OrgUnit, county).path
    return Station(
        code="X", unit_code=county, unit_path=f"{path}{county}100/{county}100201/", is_subsidised=is_subsidised
    )


def bound(session: Session, county: str, on: dt.date = TODAY) -> tuple[list[str], str]:
    duty = sign_duty(session, station(session, county), on)
    return [one.code for one in duty.rules], duty.why


def test_by_province_and_batch(loaded: Session) -> None:
    with loaded:
        assert bound(loaded, "620802") == (["signage.gansu-2018"], "bound")
        assert bound(loaded, "410727") == (["signage.henan-2020", "signage.national-2020"], "bound")
        assert bound(loaded, "411481") == (["signage.henan-2020", "signage.national-2020"], "bound")
        assert bound(loaded, "431125") == ([], "no_document")
        assert bound(loaded, "430922") == ([], "no_document")
        assert bound(loaded, "420682") == ([], "batch_unknown")
        assert bound(loaded, "410122") == ([], "no_programme")


def test_what_a_rule_says_arrives_whole(loaded: Session) -> None:
    with loaded:
        henan, national = signage_rules_for(loaded, station(loaded, "410727"), TODAY)
        assert (henan.wording, henan.must_show_report_channel, henan.channel_levels) == (
            "电子商务进农村综合示范项目", False, ("county",),
        )  # fmt: skip
        assert (national.wording, national.must_show_report_channel, national.channel_levels) == (
            "全国电子商务进农村综合示范项目", True, ("province",),
        )  # fmt: skip
        assert national.document.startswith("财办建〔2020〕48号")
        assert [one["wording"] for one in verdicts("provincial", None, None, [henan, national])] == ["pass", "fail"]


def test_on_a_day(loaded: Session) -> None:
    with loaded:
        # 财办建〔2020〕48号 is of May 26, 豫商体系〔2020〕25号 of July 21.
        assert bound(loaded, "410727", dt.date(2020, 5, 25)) == ([], "no_document")
        assert bound(loaded, "410727", dt.date(2020, 5, 26)) == (["signage.national-2020"], "bound")
        assert bound(loaded, "410727", dt.date(2020, 7, 20)) == (["signage.national-2020"], "bound")
        assert bound(loaded, "410727", dt.date(2020, 7, 21))[0] == ["signage.henan-2020", "signage.national-2020"]
        loaded.get_one(PolicyRule, "signage.national-2020").effective_to = dt.date(2025, 12, 31)
        loaded.flush()
        assert bound(loaded, "410727") == (["signage.henan-2020"], "bound")


def test_a_county_with_two_batches_is_bound_by_both(loaded: Session) -> None:
    with loaded:
        loaded.add(CountyProgramme(county_code="620802", batch_year=2020, group="二次申报", status="demonstration",
                                   name_as_printed="崆峒区", source_doc="x"))  # fmt: skip
        loaded.flush()
        assert bound(loaded, "620802") == (["signage.gansu-2018", "signage.national-2020"], "bound")


def test_a_rule_without_batches_binds_every_county_of_its_province_in_the_programme(loaded: Session) -> None:
    with loaded:
        loaded.add(PolicyRule(code="signage.hunan", kind="signage_wording", parameters={"wording": "国家级电商示范"},
                              province_code="43", batch_years=[], source_doc="湘", quote="q"))  # fmt: skip
        loaded.flush()
        (own,) = signage_rules_for(loaded, station(loaded, "431125"), TODAY)
        assert (own.code, own.wording, own.must_show_report_channel) == ("signage.hunan", "国家级电商示范", False)
        assert bound(loaded, "410727")[0] == ["signage.henan-2020", "signage.national-2020"]


def test_central_funds_are_what_binds(loaded: Session) -> None:
    with loaded:
        without = sign_duty(loaded, station(loaded, "410727", is_subsidised=False), TODAY)
        assert (without.rules, without.why) == ([], "not_subsidised")
        unknown = sign_duty(loaded, station(loaded, "410727", is_subsidised=None), TODAY)
        assert (len(unknown.rules), unknown.why) == (2, "bound_subsidy_unknown")
        assert class_under("absent", without) == "not_required"
        assert class_under("provincial", without) == "provincial"
        assert class_under("absent", unknown) == "absent"
