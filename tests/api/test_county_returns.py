"""The doors of the month and of the county's return, as a county and its province use them."""

from __future__ import annotations

import datetime as dt

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, sessionmaker

from tests.conftest import Clock
from tests.stations.sales.returns.building import THIRD, begin, report
from tests.world import World

MONTHS, RETURNS = "/api/v1/months/202610", "/api/v1/county-returns"


@pytest.fixture(autouse=True)
def _october(sessions: sessionmaker[Session], world: World, clock: Clock) -> None:
    clock.at = THIRD
    with sessions.begin() as session:
        begin(session)
        report(session, world, "JY001", fen=1_234_567, parcels_in=35)


def test_a_county_looks_sends_and_sends_again(client: FlaskClient, world: World) -> None:
    jiang, xiang = world.as_phone("jiang"), world.as_phone("xiang")
    month = client.get(MONTHS, headers=jiang).json
    assert month["coverage"]["line_zh"] == "2 站应报,1 站已报,1 站未到期未报"
    assert month["totals"] == {
        "reports": 1, "online_sales_out": "12345.67", "purchase_agency_amount": None, "upstream_sales": None,
        "parcels_in": 35, "parcels_out": None,
    }  # fmt: skip
    assert month["missing"] == [
        {"station": "JY002", "name": "夏湾服务站", "head_name": None, "phone": None, "township": "上江圩镇"}
    ]
    assert month["frame"]["unit"] == {"code": "431125", "name": "江永县", "level": "county"}
    assert (month["due_at"], month["permissions"]["may_send"]) == ("2026-11-06T00:00:00+08:00", True)
    trial = client.post(RETURNS, json={"county": "431125", "period": "202610", "dry_run": True}, headers=jiang).json
    assert (trial["id"], trial["version"]) == (None, 1)
    sent = client.post(RETURNS, json={"county": "431125", "period": "202610", "note": "十月"}, headers=jiang).json
    assert (sent["state"], sent["timeliness"], sent["note"], sent["period"]) == ("sent", "on_time", "十月", "202610")
    assert sent["permissions"] == {"may_send": False, "may_accept": False, "may_return": False}
    again = client.post(RETURNS, json={"county": "431125", "period": "202610"}, headers=jiang)
    assert (again.status_code, again.json["code"]) == (409, "RETURN_STATE")
    back = client.post(f"{RETURNS}/{sent['id']}/return", json={"note": "再核"}, headers=xiang).json
    assert (back["state"], back["decided_note"]) == ("returned", "再核")
    second = client.post(RETURNS, json={"county": "431125", "period": "202610"}, headers=jiang).json
    done = client.post(f"{RETURNS}/{second['id']}/accept", json={}, headers=xiang).json
    assert (done["version"], done["state"]) == (2, "accepted")
    listed = client.get(f"{RETURNS}?period=202610", headers=xiang).json
    assert [(one["version"], one["state"]) for one in listed["returns"]] == [(2, "accepted"), (1, "returned")]
    assert listed["waited_for"] == []


def test_a_month_that_is_none_and_a_body_that_says_too_much(client: FlaskClient, world: World) -> None:
    jiang = world.as_phone("jiang")
    assert client.get("/api/v1/months/202613", headers=jiang).json["code"] == "PERIOD_UNKNOWN"
    assert client.get("/api/v1/months/LAST_MONTH", headers=jiang).json["code"] == "PERIOD_UNKNOWN"
    told = client.post(RETURNS, json={"county": "431125", "period": "202610", "total": "9"}, headers=jiang)
    assert (told.status_code, told.json["code"]) == (422, "BAD_INPUT")


def test_a_trial_before_the_month_has_ended_is_refused_too(client: FlaskClient, world: World, clock: Clock) -> None:
    clock.at = dt.datetime(2026, 10, 31, 15, 59, 59, tzinfo=dt.UTC)
    body = {"county": "431125", "period": "202610", "dry_run": True}
    told = client.post(RETURNS, json=body, headers=world.as_phone("jiang"))
    assert (told.status_code, told.json["code"]) == (409, "PERIOD_NOT_ENDED")


def test_the_export_as_json_csv_and_xlsx_in_the_county_s_own_columns(client: FlaskClient, world: World) -> None:
    jiang, door = world.as_phone("jiang"), "/api/v1/exports/mofcom-monthly"
    shipped = client.get(f"{door}/columns", headers=jiang).json
    assert (shipped["set_by"], shipped["permissions"], len(shipped["choices"])) == (None, {"may_edit": True}, 20)
    own = {"columns": [{"heading": "=额", "figure": "online_sales_out", "unit": "yuan"}]}
    put = client.put(f"{door}/columns", json=own, headers=jiang).json
    assert (put["set_by"], put["columns"]) == ("431125", [own["columns"][0] | {"constant": None}])
    told = client.get(door, headers=jiang).json
    assert (told["rows"], told["frame"]["periods"]) == ([["12345.67"]], ["202610"])
    as_csv = client.get(f"{door}?format=csv&pe=202610", headers=jiang)
    assert as_csv.get_data().decode("utf-8-sig") == "'=额\r\n12345.67\r\n"
    assert "month-431125-202610.csv" in as_csv.headers["Content-Disposition"]
    assert client.get(f"{door}?format=xlsx", headers=jiang).data[:2] == b"PK"
    refused = client.put(f"{door}/columns?ou=43", json=own, headers=jiang)
    assert (refused.status_code, refused.json["code"]) == (403, "OUT_OF_SCOPE")
    bad = client.put(f"{door}/columns", json={"columns": [{"heading": "额", "figure": "sales", "unit": "yuan"}]},
                     headers=jiang)  # fmt: skip
    assert bad.status_code == 422
