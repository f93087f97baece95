"""Around the months: a county begins once, excuses with a reason, and locked months open only from above."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from field_app_schema.reporting import ExcusePageSchema, ExcusesSchema, LeavePageSchema, LeaveSchema, StartSchema
from stations.people.tables import AuditEvent
from stations.records.months import CountyReturn, SalesReport
from tests.api.test_document import fits
from tests.api.test_sales_reports import FORM, put
from tests.conftest import Clock
from tests.stations.sales.filing.building import SECOND, begin
from tests.world import World

JUNE_LEAVE = {"unit_code": "431125", "period": "202606", "reason": "停电", "expires_at": "2026-12-20T00:00:00+08:00"}
DISASTER = {"stations": ["JY001", "JY002"], "period": "202610", "reason_code": "disaster", "note": "洪水"}


@pytest.fixture
def door(client: FlaskClient, sessions: sessionmaker[Session]) -> FlaskClient:
    with sessions.begin() as session:
        begin(session)
    return client


def ask(client: FlaskClient, world: World, who: str, method: str, url: str, body: Any = None) -> tuple[int, Any]:
    answer = client.open(f"/api/v1{url}", method=method, json=body, headers=world.as_phone(who))
    return answer.status_code, answer.json if method != "DELETE" or answer.status_code >= 400 else None


def code_of(told: tuple[int, Any]) -> tuple[int, str]:
    return told[0], told[1]["code"]


def acts(sessions: sessionmaker[Session], action: str) -> list[tuple[str, Any, Any, str | None]]:
    with sessions() as session:
        rows = session.scalars(select(AuditEvent).where(AuditEvent.action == action).order_by(AuditEvent.id))
        return [(one.object_id, one.before, one.after, one.reason) for one in rows]


def test_a_county_begins_and_may_move_it_back_but_not_on(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    asked = {"unit_code": "431125", "first_period": "202609"}
    answer = client.post("/api/v1/reporting-starts", json=asked, headers=world.as_phone("jiang"))
    made = fits(StartSchema(), answer, 201)
    assert (made["name"], made["first_period"], made["decided_by"], made["stations"]) == (
        "江永县",
        "202609",
        "蒋联络",
        2,
    )
    again = ask(client, world, "jiang", "POST", "/reporting-starts", asked)
    assert (again[0], again[1]["stations"]) == (201, 0)
    later = ask(client, world, "xiang", "POST", "/reporting-starts", asked | {"first_period": "202610"})
    assert code_of(later) == (409, "REPORTING_BEGUN")
    earlier = ask(client, world, "xiang", "POST", "/reporting-starts", asked | {"first_period": "202607"})
    assert (earlier[1]["first_period"], earlier[1]["decided_by"]) == ("202607", "湖南省")
    _, listed = ask(client, world, "yong", "GET", "/reporting-starts")
    assert [(one["unit_code"], one["first_period"]) for one in listed["starts"]] == [("431125", "202607")]
    assert ask(client, world, "zhou", "GET", "/reporting-starts")[1]["starts"] == []
    assert acts(sessions, "reporting.begin") == [
        ("431125", None, {"first_period": "202609", "stations": 2}, None),
        ("431125", {"first_period": "202609"}, {"first_period": "202607", "stations": 2}, None),
    ]


@pytest.mark.parametrize(
    ("who", "unit", "period", "code"),
    [
        ("zhou", "431125", "202609", "OUT_OF_SCOPE"),
        ("xiang", "4311", "202609", "UNIT_UNKNOWN"),
        ("jiang", "000000", "202609", "UNIT_UNKNOWN"),
        ("jiang", "431125", "202613", "PERIOD_UNKNOWN"),
        ("jiang", "431125", "190001", "PERIOD_UNKNOWN"),
        ("jiang", "431125", "203001", "PERIOD_UNKNOWN"),
        ("yong", "431125", "202609", "NOT_ALLOWED"),
    ],
)
def test_nobody_begins_elsewhere_or_in_no_month(
    client: FlaskClient, world: World, who: str, unit: str, period: str, code: str
) -> None:
    told = ask(client, world, who, "POST", "/reporting-starts", {"unit_code": unit, "first_period": period})
    assert told[1]["code"] == code


def test_the_command_begins_too(app: Flask, world: World) -> None:
    runner = app.test_cli_runner()
    assert runner.invoke(args=["begin-reporting", "431125", "202609"]).output == (
        "江永县:自 202609 起报送,2 个站点的义务有变化\n431125: reports from 202609 on, 2 stations changed\n"
    )
    late = runner.invoke(args=["begin-reporting", "431125", "202610"])
    assert (late.exit_code, "REPORTING_BEGUN" in late.output) == (1, True)


def test_an_excused_month_leaves_the_denominator_and_comes_back(
    door: FlaskClient, world: World, sessions: sessionmaker[Session], clock: Clock
) -> None:
    clock.at = SECOND
    put(door, world, FORM)
    answer = door.post("/api/v1/period-excuses", json=DISASTER, headers=world.as_phone("jiang"))
    made = fits(ExcusesSchema(), answer, 201)["excuses"]
    assert [(one["station"], one["period"], one["reason_code"], one["granted_by"]) for one in made] == [
        ("JY001", "202610", "disaster", "蒋联络"),
        ("JY002", "202610", "disaster", "蒋联络"),
    ]
    assert expected(sessions) == [False]
    months = ask(door, world, "jiang", "GET", "/periods?station=JY002")[1]["months"]
    assert (months[1]["state"], months[1]["excuse"], months[1]["is_expected"]) == ("excused", "disaster", False)
    assert months[1]["permissions"]["may_submit"] is True
    again = ask(door, world, "jiang", "POST", "/period-excuses", DISASTER | {"stations": ["JY002", "JY001"]})
    assert (code_of(again), again[1]["details"]["stations"]) == ((409, "EXCUSE_EXISTS"), ["JY001", "JY002"])
    assert ask(door, world, "jiang", "DELETE", f"/period-excuses/{made[0]['id']}")[0] == 204
    assert code_of(ask(door, world, "jiang", "DELETE", f"/period-excuses/{made[0]['id']}")) == (404, "EXCUSE_UNKNOWN")
    assert expected(sessions) == [True]
    listed = door.get("/api/v1/period-excuses?period=202610", headers=world.as_phone("yong"))
    page = fits(ExcusePageSchema(), listed, 200)
    assert [(one["station"], one["withdrawn_at"]) for one in page["excuses"]] == [
        ("JY002", None), ("JY001", "2026-11-02T02:00:00+00:00"),
    ]  # fmt: skip
    mine = fits(ExcusePageSchema(), door.get("/api/v1/period-excuses", headers=world.as_phone("tang")), 200)
    assert [one["station"] for one in mine["excuses"]] == ["JY001"]
    assert [(one[2], one[3]) for one in acts(sessions, "report.excuse")] == [
        ({"station": "JY001", "period": "202610"}, "disaster"),
        ({"station": "JY002", "period": "202610"}, "disaster"),
        ({"withdrawn": True}, None),
    ]


def expected(sessions: sessionmaker[Session]) -> list[bool]:
    with sessions() as session:
        return list(session.scalars(select(SalesReport.is_expected)))


def test_excuses_are_all_or_none_and_say_why(door: FlaskClient, world: World) -> None:
    foreign = ask(door, world, "jiang", "POST", "/period-excuses", DISASTER | {"stations": ["JY001", "TJ001"]})
    assert (code_of(foreign), foreign[1]["details"]["stations"]) == ((404, "STATION_UNKNOWN"), ["TJ001"])
    assert ask(door, world, "jiang", "GET", "/period-excuses")[1]["total"] == 0
    for wrong in ({"reason_code": "feed"}, {"reason_code": "other", "note": " "}, {"stations": []}, {"period": "0"}):
        assert code_of(ask(door, world, "jiang", "POST", "/period-excuses", DISASTER | wrong)) == (422, "BAD_INPUT")
    far = ask(door, world, "jiang", "POST", "/period-excuses", DISASTER | {"period": "203001"})
    assert code_of(far) == (422, "PERIOD_UNKNOWN")
    made = ask(door, world, "jiang", "POST", "/period-excuses", DISASTER)[1]["excuses"]
    assert code_of(ask(door, world, "zhou", "DELETE", f"/period-excuses/{made[0]['id']}")) == (404, "EXCUSE_UNKNOWN")


def test_no_number_is_too_great_to_be_unknown(door: FlaskClient, world: World) -> None:
    for who, thing in (("jiang", "period-excuses"), ("yong", "lock-exceptions")):
        for number in (2**31 - 1, 2**31, 10**30):
            assert ask(door, world, who, "DELETE", f"/{thing}/{number}")[0] == 404


def test_a_month_whose_return_stands_is_not_excused_any_more(
    door: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    with sessions.begin() as session:
        sent = CountyReturn(county_code="431125", county_path="/CN/43/4311/431125/", period=202610, version=1,
                            state="accepted", figures={}, coverage={}, timeliness="late", sent_at=SECOND)  # fmt: skip
        session.add(sent)
    assert code_of(ask(door, world, "jiang", "POST", "/period-excuses", DISASTER)) == (409, "PERIOD_LOCKED")
    ask(door, world, "yong", "POST", "/lock-exceptions", JUNE_LEAVE | {"period": "202610"})
    assert ask(door, world, "jiang", "POST", "/period-excuses", DISASTER)[0] == 201


def test_a_locked_month_opens_from_above_and_closes_again(
    door: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    june = "/api/v1/sales-reports/JY001/202606"
    assert (locked := put(door, world, FORM, url=june).json)
    assert locked["code"] == "PERIOD_LOCKED"
    assert code_of(ask(door, world, "jiang", "POST", "/lock-exceptions", JUNE_LEAVE)) == (403, "NOT_ALLOWED")
    answer = door.post("/api/v1/lock-exceptions", json=JUNE_LEAVE, headers=world.as_phone("yong"))
    given = fits(LeaveSchema(), answer, 201)
    assert (given["unit_name"], given["station"], given["granted_by"], given["stands"]) == (
        "江永县",
        None,
        "永州市",
        True,
    )
    assert put(door, world, FORM, url=june).status_code == 201
    for who in ("jiang", "tang", "xiang"):
        page = fits(LeavePageSchema(), door.get("/api/v1/lock-exceptions", headers=world.as_phone(who)), 200)
        assert [one["reason"] for one in page["exceptions"]] == ["停电"], who
    assert ask(door, world, "zhou", "GET", "/lock-exceptions")[1]["total"] == 0
    assert ask(door, world, "yong", "DELETE", f"/lock-exceptions/{given['id']}")[0] == 204
    assert code_of(ask(door, world, "yong", "DELETE", f"/lock-exceptions/{given['id']}")) == (404, "EXCEPTION_UNKNOWN")
    correction = put(door, world, FORM | {"reason": "漏记"}, url=june, If_Match='"1"')
    assert (correction.status_code, correction.json and correction.json["code"]) == (409, "PERIOD_LOCKED")
    page = ask(door, world, "yong", "GET", "/lock-exceptions?period=202606")[1]
    assert [one["stands"] for one in page["exceptions"]] == [False]
    assert ask(door, world, "yong", "GET", "/lock-exceptions?period=202607")[1]["total"] == 0
    place = {"unit": "431125", "station": None, "period": "202606", "expires_at": "2026-12-20T00:00:00+08:00"}
    assert [(one[2], one[3]) for one in acts(sessions, "report.unlock")] == [(place, "停电"), ({"revoked": True}, None)]


def test_leave_for_one_station_is_for_that_station(door: FlaskClient, world: World) -> None:
    of_station = {name: value for name, value in JUNE_LEAVE.items() if name != "unit_code"} | {"station": "JY002"}
    given = ask(door, world, "xiang", "POST", "/lock-exceptions", of_station)[1]
    assert (given["station"], given["unit_name"]) == ("JY002", "夏湾村委会")
    assert put(door, world, FORM, url="/api/v1/sales-reports/JY001/202606").status_code == 409
    assert put(door, world, FORM, who="jiang", url="/api/v1/sales-reports/JY002/202606").status_code == 201
    assert ask(door, world, "tang", "GET", "/lock-exceptions")[1]["exceptions"] == []


@pytest.mark.parametrize(
    ("more", "status", "code"),
    [
        ({"expires_at": "2026-11-20T12:00:00+08:00"}, 422, "EXCEPTION_EXPIRY"),
        ({"expires_at": "2027-02-18T12:00:01+08:00"}, 422, "EXCEPTION_EXPIRY"),
        ({"expires_at": "2026-12-20T00:00:00"}, 422, "BAD_INPUT"),
        ({"reason": " "}, 422, "BAD_INPUT"),
        ({"station": "JY001"}, 422, "BAD_INPUT"),
        ({"period": "202611"}, 409, "PERIOD_NOT_ENDED"),
        ({"unit_code": "430922"}, 403, "OUT_OF_SCOPE"),
        ({"unit_code": "43"}, 403, "OUT_OF_SCOPE"),
        ({"unit_code": "999999"}, 422, "UNIT_UNKNOWN"),
    ],
)
def test_leave_has_bounds(door: FlaskClient, world: World, more: dict[str, str], status: int, code: str) -> None:
    assert code_of(ask(door, world, "yong", "POST", "/lock-exceptions", JUNE_LEAVE | more)) == (status, code)


def test_leave_may_last_ninety_days_and_not_a_second_more(door: FlaskClient, world: World, clock: Clock) -> None:
    longest = JUNE_LEAVE | {"expires_at": "2027-02-18T12:00:00+08:00"}
    assert ask(door, world, "yong", "POST", "/lock-exceptions", longest)[0] == 201
    clock.at = dt.datetime(2027, 2, 18, 3, 59, 59, tzinfo=dt.UTC)
    assert put(door, world, FORM, url="/api/v1/sales-reports/JY001/202606").status_code == 201
    clock.forward(seconds=1)
    assert put(door, world, FORM, who="jiang", url="/api/v1/sales-reports/JY002/202606").status_code == 409
