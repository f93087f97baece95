"""The door of the policy rules: who may read, which rules, in pages, and not again while nothing changes."""

from __future__ import annotations

import json

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, sessionmaker

from stations.policy.loading import load_policy
from stations.policy.tables import PolicyRule
from stations.units.loading import load_shipped_units
from tests.conftest import NOON
from tests.world import World

RULES = "/api/v1/policy-rules"


@pytest.fixture
def ruled(sessions: sessionmaker[Session], world: World) -> World:
    with sessions.begin() as session:
        load_shipped_units(session, NOON)
        load_policy(session, NOON)
    return world


def test_a_rule_comes_with_its_document_and_quote(client: FlaskClient, ruled: World) -> None:
    answer = client.get(f"{RULES}?kind=signage_wording&province=62", headers=ruled.as_phone("chen"))
    assert answer.status_code == 200
    assert [one["code"] for one in answer.json["rules"]] == ["signage.gansu-2018", "signage.national-2020"]
    national = answer.json["rules"][1]
    assert national["source_doc"].startswith("财办建〔2020〕48号")
    assert "以及省级主管部门的举报监督渠道" in national["quote"]
    assert (national["effective_from"], national["batch_years"], national["is_proposal"], national["updated_at"]) == (
        "2020-05-26", [2020], False, "2026-11-20T04:00:00+00:00",
    )  # fmt: skip
    before = client.get(f"{RULES}?kind=signage_wording&province=62&on=2020-05-25", headers=ruled.as_phone("chen"))
    assert [one["code"] for one in before.json["rules"]] == ["signage.gansu-2018"]
    later = client.get(f"{RULES}?kind=deadline&batch_year=2014", headers=ruled.as_phone("tang"))
    assert {one["code"] for one in later.json["rules"]} >= {"deadline.national-2014-2017-acceptance"}
    assert "deadline.hunan-2018-plan" not in {one["code"] for one in later.json["rules"]}


def test_rules_come_in_pages(client: FlaskClient, ruled: World) -> None:
    first = client.get(f"{RULES}?kind=deadline&page_size=20", headers=ruled.as_phone("xiang"))
    second = client.get(f"{RULES}?kind=deadline&page_size=20&page=2", headers=ruled.as_phone("xiang"))
    assert [len(answer.json["rules"]) for answer in (first, second)] == [20, 5]
    assert (first.json["total"], json.loads(second.headers["X-Pagination"])["total"]) == (25, 25)
    assert len({one["code"] for answer in (first, second) for one in answer.json["rules"]}) == 25


def test_the_tag_stays_until_a_rule_changes(
    client: FlaskClient, ruled: World, sessions: sessionmaker[Session]
) -> None:
    headers = ruled.as_phone("jiang")
    headers["If-None-Match"] = client.get(RULES, headers=headers).headers["ETag"]
    again = client.get(RULES, headers=headers)
    assert (again.status_code, again.data) == (304, b"")
    assert client.get(f"{RULES}?page=2", headers=headers).status_code == 200
    with sessions.begin() as session:
        session.get_one(PolicyRule, "visit_limits").parameters = {"oldest_days": 30}
    assert client.get(RULES, headers=headers).status_code == 200


def test_only_who_is_signed_in_reads(client: FlaskClient, ruled: World) -> None:
    assert client.get(RULES).status_code == 401
    assert client.get(RULES, headers=ruled.as_phone("ping")).status_code == 200


@pytest.mark.parametrize(
    ("question", "field"),
    [
        ("kind=mood", "query"), ("province=湖南", "query"), ("province=4311", "query"), ("on=2020-13-01", "query"),
        ("batch_year=20", "query"), ("page_size=501", "query"), ("province=99", "province"),
    ],
)  # fmt: skip
def test_a_bad_question_is_refused_by_field(client: FlaskClient, ruled: World, question: str, field: str) -> None:
    answer = client.get(f"{RULES}?{question}", headers=ruled.as_phone("xiang"))
    assert answer.status_code == 422
    assert field in answer.json["errors"]
