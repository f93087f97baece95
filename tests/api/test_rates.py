"""The door of the reporting rates: who may ask, in which shape, a page at a time."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, sessionmaker

from tests.stations.sales.rates.building import owe, report
from tests.world import World

RATES = "/api/v1/reporting-rates"


@pytest.fixture
def reported(sessions: sessionmaker[Session], world: World) -> World:
    """The world after JY001 reported October and JY002 did not."""
    with sessions.begin() as session:
        for code in ("JY001", "JY002"):
            owe(session, world.stations[code], "2026-09-01")
        report(session, world.stations["JY001"], 202610, source="proxy")
    return world


def test_one_page_of_stations_with_total_and_frame(client: FlaskClient, reported: World) -> None:
    answer = client.get(f"{RATES}?pe=202610&by=station&page=2&page_size=1", headers=reported.as_phone("jiang"))
    assert answer.status_code == 200
    assert [(row["station"], row["period"], row["rate"]) for row in answer.json["rows"]] == [("JY002", "202610", 0.0)]
    total = answer.json["total"]
    assert (total["expected"], total["actual"], total["rate"], total["proxy_share"]) == (2, 1, 0.5, 1.0)
    assert (answer.json["count"], total["missing"], total["outstanding"]) == (2, 1, 0)
    assert '"total": 2' in answer.headers["X-Pagination"]
    assert answer.json["frame"] == {
        "unit": {"code": "431125", "name": "江永县", "level": "county"}, "as_of": "2026-11-20",
        "known_at": "2026-11-20T04:00:00+00:00", "periods": ["202610"], "unknown_share": 0.5, "rule_version": None,
        "definitions": ["reporting_rate", "reporting_rate_on_time", "nil_count", "excused_count", "proxy_share"],
        "sources": {"owner": 0, "proxy": 1, "import": 0, "feed": 0},
    }  # fmt: skip


def test_twelve_months_are_asked_unless_others_are_named(client: FlaskClient, reported: World) -> None:
    answer = client.get(RATES, headers=reported.as_phone("ping"))
    assert [row["period"] for row in answer.json["rows"]][::11] == ["202511", "202610"]
    assert [row["rate"] for row in answer.json["rows"]][-3:] == [None, 0.0, 0.5]


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [("pe=2026-10", 422, "PERIOD_UNKNOWN"), ("by=person", 422, "BAD_INPUT"), ("ou=430922", 403, "OUT_OF_SCOPE"),
     ("known_at=2026-11-01", 422, "BAD_INPUT"), ("known_at=1950-01-01T00:00:00Z", 422, "BAD_INPUT")],
)  # fmt: skip
def test_what_is_refused(client: FlaskClient, reported: World, query: str, status: int, code: str) -> None:
    answer = client.get(f"{RATES}?{query}", headers=reported.as_phone("jiang"))
    assert (answer.status_code, answer.json["code"]) == (status, code)


def test_owners_and_inspectors_may_not_ask(client: FlaskClient, reported: World) -> None:
    for person in ("tang", "chen"):
        assert client.get(RATES, headers=reported.as_phone(person)).status_code == 403
