"""The doors of the review: what a county accepts or sends back, one and many, and what it is told."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.test import TestResponse

from tests.stations.sales.review.building import begun, file_month
from tests.world import World

SEEN = {"If-Match": '"1"'}


@pytest.fixture
def filed(world: World, sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        file_month(begun(session), world)
        file_month(session, world, "jiang", "JY002")


def post(
    client: FlaskClient, world: World, url: str, body: Any = None, who: str = "jiang", **more: str
) -> TestResponse:
    headers = world.as_phone(who) | {name.replace("_", "-"): text for name, text in more.items()}
    return client.post(f"/api/v1/sales-reports/{url}", json=body, headers=headers)


@pytest.mark.usefixtures("filed")
def test_accept_then_send_back(client: FlaskClient, world: World) -> None:
    answer = post(client, world, "JY001/202610/accept", If_Match='"1"')
    assert (answer.status_code, answer.headers["ETag"]) == (200, '"1"')
    assert answer.json == {
        "station": "JY001", "period": "202610", "version": 1, "state": "accepted",
        "changed_at": "2026-11-20T04:00:00+00:00", "permissions": {"may_accept": False, "may_return": True},
    }  # fmt: skip
    why = {"reason_code": "unit_slip", "note": "像是万元", "fields": ["online_sales_out"]}
    answer = post(client, world, "JY001/202610/return", why, If_Match='"1"')
    assert answer.json["state"] == "returned"
    assert answer.json["permissions"] == {"may_accept": False, "may_return": False}


@pytest.mark.usefixtures("filed")
@pytest.mark.parametrize(
    ("url", "body", "match", "status", "code"),
    [
        ("JY001/202610/accept", None, "", 428, "IF_MATCH_REQUIRED"),
        ("JY001/202610/accept", None, '"2"', 409, "CONFLICT_VERSION"),
        ("JY002/202610/accept", None, '"1"', 409, "REPORT_OWN_PROXY"),
        ("JY001/202609/accept", None, '"1"', 404, "REPORT_UNKNOWN"),
        ("JY001/202613/accept", None, '"1"', 422, "PERIOD_UNKNOWN"),
        ("TJ001/202610/accept", None, '"1"', 404, "STATION_UNKNOWN"),
        ("JY001/202610/return", {"reason_code": "other"}, '"1"', 422, "BAD_INPUT"),
        ("JY001/202610/return", {"reason_code": "bad_mood"}, '"1"', 422, "BAD_INPUT"),
        ("JY001/202610/return", {"reason_code": "looks_wrong", "fields": ["rank"]}, '"1"', 422, "BAD_INPUT"),
        ("bulk-accept", {"period": "202610"}, '"1"', 422, "BAD_INPUT"),
        ("bulk-accept", {"period": "202610", "ou": "431125", "stations": ["JY001"]}, '"1"', 422, "BAD_INPUT"),
        ("bulk-accept", {"period": "202610", "ou": "430922"}, '"1"', 403, "OUT_OF_SCOPE"),
    ],
)
def test_what_cannot_be_decided(
    client: FlaskClient, world: World, url: str, body: Any, match: str, status: int, code: str
) -> None:
    answer = post(client, world, url, body, If_Match=match)
    assert (answer.status_code, answer.json["code"]) == (status, code)


@pytest.mark.usefixtures("filed")
def test_many_at_once_and_the_trial_before(client: FlaskClient, world: World) -> None:
    asked = {"period": "202610", "ou": "431125"}
    trial = post(client, world, "bulk-accept", asked | {"dry_run": True}).json
    assert trial == {
        "imported": 1, "ignored": 0, "dry_run": True,
        "conflicts": [{"station": "JY002", "code": "REPORT_OWN_PROXY", "zh": "代填的人不能自己采纳。",
                       "en": "Who filed for the owner may not accept it."}],
    }  # fmt: skip
    refused = post(client, world, "bulk-accept", asked | {"atomic_mode": "ALL"})
    assert (refused.status_code, refused.json["code"]) == (409, "REPORT_STATE")
    assert refused.json["details"]["summary"] == trial | {"imported": 0, "dry_run": False}
    assert post(client, world, "bulk-accept", asked).json == trial | {"dry_run": False}
    assert post(client, world, "JY001/202610/accept", If_Match="*").json["state"] == "accepted"


@pytest.mark.usefixtures("filed")
def test_owners_and_inspectors_review_nothing(client: FlaskClient, world: World) -> None:
    for who in ("tang", "chen", "ping", "yong"):
        assert post(client, world, "JY001/202610/accept", who=who, If_Match="*").status_code == 403
