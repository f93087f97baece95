"""The doors of doubts: their shapes, who may ask and mark, and that no figure reaches an inspector."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, sessionmaker

from stations.records.tables import Station
from tests.stations.register.building import look
from tests.stations.sales.doubts.test_outliers import file_past
from tests.stations.sales.rates.building import report
from tests.world import World

MARK = {"station": "JY001", "period": "202610", "subject": "online_sales_out", "reason_code": "unit_slip", "note": "问"}


@pytest.fixture
def doubtful(sessions: sessionmaker[Session], world: World) -> World:
    """JY001 was seen gone in August, and in October wrote 万元 for 元."""
    with sessions.begin() as session:
        station = session.get_one(Station, world.stations["JY001"])
        look(session, station, world.callers["chen"], "gone", 92)
        file_past(session, station.id)
        report(session, station.id, 202610, online_sales_out_fen=12)
    return world


def test_outliers_with_their_mark(client: FlaskClient, doubtful: World) -> None:
    jiang = doubtful.as_phone("jiang")
    made = client.put("/api/v1/follow-ups", json=MARK, headers=jiang)
    assert (made.status_code, made.json["period"], made.json["permissions"]) == (200, "202610", {"may_mark": True})
    answer = client.get("/api/v1/outliers?ou=431125&pe=202610&algorithm=MOD_Z_SCORE&threshold=3.5", headers=jiang)
    assert answer.status_code == 200
    (row,) = answer.json["outliers"]
    assert row["z"] < -3.5
    assert {name: row[name] for name in row if name not in ("z", "follow_up", "zh", "en")} == {
        "station": "JY001", "name": "何家湾服务站", "period": "202610", "field": "online_sales_out", "unit": "yuan",
        "value": "0.12", "median": "1050.00", "ratio": 0.000114, "n": 6, "basis": "own",
        "same_month_last_year": None, "slip": "unit_slip",
    }  # fmt: skip
    assert row["follow_up"] == {"id": made.json["id"], "reason_code": "unit_slip", "note": "问",
                                "set_at": "2026-11-20T04:00:00+00:00"}  # fmt: skip
    assert answer.json["frame"]["definitions"] == ["outlier"]


def test_contradictions_for_staff_and_reasons_for_inspectors(client: FlaskClient, doubtful: World) -> None:
    answer = client.get("/api/v1/contradictions?ou=431125", headers=doubtful.as_phone("ping"))
    (row,) = answer.json["contradictions"]
    assert (row["code"], row["evidence"][1]["figures"]) == (
        "reports_sales_but_seen_gone", {"online_sales_out": "1300.00"}
    )  # fmt: skip
    assert client.get("/api/v1/contradictions", headers=doubtful.as_phone("chen")).status_code == 403
    visits = client.get("/api/v1/visit-list?ou=431125", headers=doubtful.as_phone("chen"))
    assert visits.status_code == 200
    assert [town["code"] for town in visits.json["townships"]] == ["431125100", "431125101"]
    reasons = visits.json["townships"][0]["stations"][0]["reasons"]
    assert [reason["code"] for reason in reasons] == ["reports_sales_but_seen_gone"]
    assert "1300" not in visits.get_data(as_text=True)


def test_marks_are_listed_settled_and_then_out_of_the_list(client: FlaskClient, doubtful: World) -> None:
    jiang = doubtful.as_phone("jiang")
    made = client.put("/api/v1/follow-ups", json=MARK, headers=jiang).json["id"]
    assert client.get("/api/v1/follow-ups?ou=431125", headers=jiang).json["count"] == 1
    assert client.delete(f"/api/v1/follow-ups/{made}", headers=jiang).json["code"] == "BAD_INPUT"
    settled = client.delete(f"/api/v1/follow-ups/{made}?note=单位已改", headers=jiang)
    assert (settled.status_code, settled.json["cleared_note"]) == (200, "单位已改")
    assert client.get("/api/v1/follow-ups", headers=jiang).json["count"] == 0
    assert client.get("/api/v1/follow-ups?open=false", headers=jiang).json["follow_ups"][0]["id"] == made


@pytest.mark.parametrize(
    ("url", "code"),
    [("outliers?algorithm=MEAN", "BAD_INPUT"), ("outliers?threshold=0", "BAD_INPUT"),
     ("outliers?pe=x", "PERIOD_UNKNOWN"), ("outliers?threshold=nan", "BAD_INPUT"),
     ("contradictions?as_of=1900-01-01", "BAD_INPUT"),
     ("visit-list?ou=99", "UNIT_UNKNOWN"), ("follow-ups?ou=430922", "OUT_OF_SCOPE")],
)  # fmt: skip
def test_bad_questions(client: FlaskClient, doubtful: World, url: str, code: str) -> None:
    assert client.get(f"/api/v1/{url}", headers=doubtful.as_phone("jiang")).json["code"] == code


@pytest.mark.parametrize("wrong", [{"subject": "mood"}, {"reason_code": "lazy"}, {"station": ""}, {"who": "x"}])
def test_bad_marks(client: FlaskClient, doubtful: World, wrong: dict[str, str]) -> None:
    answer = client.put("/api/v1/follow-ups", json=MARK | wrong, headers=doubtful.as_phone("jiang"))
    assert (answer.status_code, answer.json["code"]) == (422, "BAD_INPUT")
