"""How each figure is counted: a definition in two languages, its rule row, and the notice's own words."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, sessionmaker

from stations.policy.definitions import shipped_definitions
from stations.policy.loading import FACTS, load_policy
from stations.policy.tables import PolicyRule
from stations.units.loading import load_shipped_units
from tests.conftest import NOON
from tests.world import World

DOOR = "/api/v1/definitions"
# What the answers name in their frames; each must be explained.
NAMED = {
    "reporting_rate", "reporting_rate_on_time", "nil_count", "excused_count", "proxy_share", "coverage_line",
    "month_total", "survival_share_built", "survival_share_listed", "survival_bounds", "unknown_share", "cohort_curve",
    "share_alive_at", "median_months_to_last_alive", "delisting_effect", "vitality", "outlier", "contradiction",
    "online_sales_out", "purchase_agency_amount", "parcels",
    "built_coverage", "listed_coverage", "geo_coverage", "alive_coverage", "service_coverage", "evidenced_coverage",
    "hollow_rate", "coverage_bounds", "poor_coverage", "tilt", "pop_coverage", "e2sfca", "gini", "moran_i",
    "match_rate", "alignment", "colocation_rate", "chain_complete", "delivery_on_time", "delivery_km",
    "village_on_time", "gap_reason", "single_point", "redundant", "siting", "lscp_min", "paper_only",
}  # fmt: skip


def test_every_figure_that_is_named_is_defined() -> None:
    assert set(shipped_definitions()) >= NAMED


def test_every_rule_and_document_behind_a_definition_is_shipped() -> None:
    shipped = json.loads((FACTS / "rules.json").read_text(encoding="utf-8"))
    rules, documents = {rule["code"] for rule in shipped["rules"]}, set(shipped["documents"].values())
    for one in shipped_definitions().values():
        assert one.rule_code is None or one.rule_code in rules, one.code
        assert {notice.document for notice in one.notices} <= documents
        assert (one.numerator_zh is None) == (one.numerator_en is None), one.code
        assert (one.denominator_zh is None) == (one.denominator_en is None), one.code
        assert one.zh.endswith("。"), one.code
        assert one.en.endswith("."), one.code


def test_a_figure_comes_with_its_rule_and_the_notices_words(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    with sessions.begin() as session:
        load_shipped_units(session, NOON)
        load_policy(session, NOON)
        session.get_one(PolicyRule, "alive_rule").parameters = {"rule_version": "v1", "site_visit_days": 90}
    told = client.get(f"{DOOR}/survival_share_built", headers=world.as_phone("jiang")).json
    assert told["numerator_zh"] == "该日状态为在营或功能弱化的站点。"
    assert told["notices"][0]["quote"] == "针对村级电商服务站点存活率偏低问题"
    assert told["notices"][0]["document"].startswith("《省商务厅办公室关于进一步做好")
    assert (told["rule_code"], told["rule"]["parameters"]["site_visit_days"]) == ("alive_rule", 90)
    assert (told["rule"]["is_shipped"], told["rule"]["is_proposal"], told["is_ours"]) == (False, True, True)
    listed = client.get(DOOR, headers=world.as_phone("tang")).json["definitions"]
    assert [one["code"] for one in listed][:2] == ["reporting_rate", "reporting_rate_on_time"]


def test_where_no_rule_is_loaded_the_shipped_one_counts(client: FlaskClient, world: World) -> None:
    rule = client.get(f"{DOOR}/reporting_rate_on_time", headers=world.as_phone("ping")).json["rule"]
    assert (rule["is_shipped"], rule["parameters"]["due_day"], rule["parameters"]["late_sync_hours"]) == (True, 5, 72)


@pytest.mark.parametrize(
    ("path", "person", "status"), [("", None, 401), ("/happiness", "xiang", 404), ("/outlier", "chen", 200)]
)
def test_who_reads_and_what_there_is_not(
    client: FlaskClient, world: World, path: str, person: str | None, status: int
) -> None:
    answer = client.get(DOOR + path, headers=world.as_phone(person) if person else {})
    assert answer.status_code == status
    assert status == 200 or answer.json["code"] == {401: "NOT_SIGNED_IN", 404: "FIGURE_UNKNOWN"}[status]
