"""The doors of the monthly report: filed, repeated, corrected, read month by month, as the document says."""

from __future__ import annotations

import datetime as dt
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.test import TestResponse

from field_app_schema.sales_reports import FilingReceiptSchema, ReportPageSchema, ReportSchema, StationMonthsSchema
from stations.records.months import SalesReportVersion
from tests.api.test_document import fits
from tests.conftest import Clock
from tests.stations.sales.filing.building import begin, leave
from tests.world import World

URL = "/api/v1/sales-reports/JY001/202610"
KEY = "0d0f4f3e-3f0a-4a5e-9a51-0d6f4b8f0c11"
# 2 November 2026, ten in the morning in China.
SECOND = dt.datetime(2026, 11, 2, 2, 0, tzinfo=dt.UTC)
FORM = {"online_sales_out": "12000.00", "parcels_in": 35}


@pytest.fixture
def door(client: FlaskClient, sessions: sessionmaker[Session], clock: Clock) -> FlaskClient:
    with sessions.begin() as session:
        begin(session)
    clock.at = SECOND
    return client


def put(client: FlaskClient, world: World, form: dict[str, Any], *, who: str = "tang", key: str | None = None,
        url: str = URL, **headers: str) -> TestResponse:  # fmt: skip
    named = {"Idempotency-Key": key or str(uuid.uuid4())} | {name.replace("_", "-"): v for name, v in headers.items()}
    return client.put(url, json=form, headers=world.as_phone(who) | named)


def test_an_owner_files_in_one_request_and_a_repeat_gets_the_same_answer(door: FlaskClient, world: World) -> None:
    first = put(door, world, FORM | {"note": "节前", "captured_at": "2026-11-02T09:58:00+08:00",
                                     "sent_at": "2026-11-02T10:00:30+08:00"}, key=KEY)  # fmt: skip
    told = fits(FilingReceiptSchema(), first, 201)
    assert first.headers["ETag"] == '"1"'
    assert {name: told[name] for name in ("station", "period", "version", "state", "timeliness", "source")} == {
        "station": "JY001", "period": "202610", "version": 1, "state": "submitted", "timeliness": "on_time",
        "source": "owner",
    }  # fmt: skip
    assert (told["online_sales_out"], told["upstream_sales"], told["parcels_in"]) == ("12000.00", None, 35)
    assert (told["clock_offset_s"], told["captured_in_future"], told["hints"]) == (30, False, [])
    # Sent again a minute later by the same clock: still the same filing.
    again = put(door, world, FORM | {"note": "节前", "captured_at": "2026-11-02T01:58:00+00:00",
                                     "sent_at": "2026-11-02T10:01:30+08:00"}, key=KEY.upper())  # fmt: skip
    assert (again.status_code, again.json, again.headers["ETag"]) == (200, first.json, '"1"')
    other = put(door, world, FORM, key=KEY)
    assert (other.status_code, other.json and other.json["code"]) == (409, "REPORT_CONFLICT")


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({}, "REPORT_EMPTY"),
        ({"online_sales_out": None}, "REPORT_EMPTY"),
        ({"is_nil": True, "parcels_in": 0}, "REPORT_NIL_WITH_VALUES"),
        ({"online_sales_out": "1.00", "upstream_sales": "1.01"}, "REPORT_UPSTREAM_EXCEEDS"),
        ({"online_sales_out": 12000}, "BAD_INPUT"),
        ({"online_sales_out": "1.005"}, "BAD_INPUT"),
        ({"online_sales_out": "-1"}, "BAD_INPUT"),
        ({"online_sales_out": "1e3"}, "BAD_INPUT"),
        ({"online_sales_out": "１２"}, "BAD_INPUT"),
        ({"online_sales_out": "100000000.01"}, "BAD_INPUT"),
        ({"parcels_in": 1.5}, "BAD_INPUT"),
        ({"parcels_in": "3"}, "BAD_INPUT"),
        ({"parcels_in": True}, "BAD_INPUT"),
        ({"parcels_in": -1}, "BAD_INPUT"),
        ({"parcels_in": 1, "note": "长" * 501}, "BAD_INPUT"),
        ({"parcels_in": 1, "rank": 1}, "BAD_INPUT"),
    ],
)
def test_what_is_no_report_is_refused(door: FlaskClient, world: World, form: dict[str, Any], code: str) -> None:
    answer = put(door, world, form)
    assert (answer.status_code, answer.json and answer.json["code"]) == (422, code)


def test_a_filing_needs_its_key(door: FlaskClient, world: World) -> None:
    for headers in ({}, {"Idempotency-Key": "1"}):
        answer = door.put(URL, json=FORM, headers=world.as_phone("tang") | headers)
        assert (answer.status_code, answer.json and list(answer.json["errors"])) == (422, ["Idempotency-Key"])


def test_a_correction_says_what_it_saw_and_why(door: FlaskClient, world: World) -> None:
    assert put(door, world, FORM).status_code == 201
    blind = put(door, world, {"is_nil": True})
    assert blind.status_code == 409
    assert blind.json is not None
    assert (blind.json["code"], blind.json["details"]["current"]["version"]) == ("CONFLICT_VERSION", 1)
    assert blind.json["details"]["current"]["values"]["parcels_in"] == 35
    assert blind.json["details"]["sent"]["is_nil"] is True
    silent = put(door, world, {"is_nil": True, "reason": "  "}, If_Match='"1"')
    assert (silent.status_code, silent.json and silent.json["code"]) == (422, "REPORT_REASON_REQUIRED")
    made = put(door, world, {"is_nil": True, "reason": "看错月份"}, If_Match='"1"')
    assert (made.status_code, made.headers["ETag"]) == (201, '"2"')
    assert put(door, world, FORM | {"reason": "又错"}, If_Match="*").headers["ETag"] == '"3"'
    assert put(door, world, FORM | {"reason": "x"}, If_Match='"abc"').status_code == 409


def test_the_whole_story_can_be_read(door: FlaskClient, world: World) -> None:
    empty = door.get(URL, headers=world.as_phone("tang"))
    assert (empty.status_code, empty.json and empty.json["code"]) == (404, "REPORT_UNKNOWN")
    put(door, world, FORM)
    put(door, world, {"is_nil": True, "reason": "看错月份"}, who="jiang", If_Match='"1"')
    answer = door.get(URL, headers=world.as_phone("tang"))
    story = fits(ReportSchema(), answer, 200)
    assert answer.headers["ETag"] == '"2"'
    assert [(one["version"], one["source"], one["is_nil"], one["entered_by"]) for one in story["versions"]] == [
        (1, "owner", False, "唐站长"),
        (2, "proxy", True, "蒋联络"),
    ]
    assert [(one["from_state"], one["to_state"], one["by"]) for one in story["changes"]] == [
        (None, "submitted", "唐站长")
    ]
    assert (story["state"], story["period_state"], story["is_expected"]) == ("submitted", "submitted", True)
    assert story["permissions"] == {"may_submit": False, "may_correct": True, "may_accept": False,
                                    "may_return": False, "may_excuse": False, "may_unlock": False}  # fmt: skip
    assert door.get(URL, headers=world.as_phone("zhou")).status_code == 404


def test_staff_read_lists_and_an_owner_only_the_own(door: FlaskClient, world: World) -> None:
    put(door, world, FORM)
    put(door, world, FORM, who="jiang", url="/api/v1/sales-reports/JY002/202610")
    put(door, world, FORM, who="jiang", url="/api/v1/sales-reports/JY002/202609")
    page = fits(ReportPageSchema(), door.get("/api/v1/sales-reports", headers=world.as_phone("yong")), 200)
    assert [(one["station"], one["period"]) for one in page["reports"]] == [("JY001", "202610"), ("JY002", "202610")]
    asked = "/api/v1/sales-reports?ou=431125101&period=LAST_3_MONTHS&state=submitted&page_size=1&page=2"
    page = fits(ReportPageSchema(), door.get(asked, headers=world.as_phone("xiang")), 200)
    assert ([(one["station"], one["period"]) for one in page["reports"]], page["total"]) == ([], 1)
    mine = fits(ReportPageSchema(), door.get("/api/v1/sales-reports", headers=world.as_phone("tang")), 200)
    assert [one["station"] for one in mine["reports"]] == ["JY001"]
    foreign = door.get("/api/v1/sales-reports?ou=431125", headers=world.as_phone("zhou"))
    assert (foreign.status_code, foreign.json and foreign.json["code"]) == (403, "OUT_OF_SCOPE")


def test_the_months_say_why_they_are_open_or_closed(
    door: FlaskClient, world: World, sessions: sessionmaker[Session], clock: Clock
) -> None:
    with sessions.begin() as session:
        leave(session, 202608)
    put(door, world, FORM)
    asked = "/api/v1/periods?station=JY001"
    told = fits(StationMonthsSchema(), door.get(asked, headers=world.as_phone("tang")), 200)
    shown = told["months"]
    assert told["first_period"] == "202601"
    assert [month["period"] for month in shown] == [
        "202611", "202610", "202609", "202608", "202607", "202606", "202605", "202604", "202603", "202602", "202601",
    ]  # fmt: skip
    running, october, september, august = shown[:4]
    assert (running["state"], running["why_zh"]) == ("not_due", "还没到,12-01起可报")
    assert (october["state"], october["why_en"]) == ("submitted", "Filed; can be corrected until 11-15")
    assert october["figures"]["online_sales_out"] == "12000.00"
    assert (october["opens_at"], october["due_at"]) == ("2026-11-01T00:00:00+08:00", "2026-11-06T00:00:00+08:00")
    assert (september["state"], september["timeliness"]) == ("locked", "missing")
    assert september["why_zh"] == "过了10-15,已锁定;要补报,请县里申请许可"
    assert september["permissions"]["may_submit"] is False
    assert (august["state"], august["why"], august["permissions"]["may_submit"]) == ("open", "open_by_leave", True)
    clock.at = dt.datetime(2026, 12, 3, tzinfo=dt.UTC)
    shown = fits(StationMonthsSchema(), door.get(asked, headers=world.as_phone("tang")), 200)["months"]
    assert (shown[1]["state"], shown[1]["why_zh"]) == ("open", "可以报了,请在12-03(含)前报,最迟12-05")


def test_before_the_county_begins_there_are_no_months(client: FlaskClient, world: World) -> None:
    shown = client.get("/api/v1/periods?station=JY001", headers=world.as_phone("tang")).json
    assert shown == {"station": "JY001", "first_period": None, "months": [], "as_of": "2026-11-20"}


def test_a_figure_in_wan_yuan_is_asked_about_and_taken_in(door: FlaskClient, world: World, clock: Clock) -> None:
    for month, sold in (("202607", "11000"), ("202608", "13000.5"), ("202609", "9000")):
        clock.at = dt.datetime(int(month[:4]), int(month[4:]) + 1, 3, tzinfo=dt.UTC)
        assert put(door, world, {"online_sales_out": sold}, url=URL.replace("202610", month)).status_code == 201
    clock.at = SECOND
    first = put(door, world, {"online_sales_out": "1.2", "parcels_in": 20}, key=KEY)
    assert first.status_code == 201
    assert first.json is not None
    assert first.json["hints"] == [
        {"field": "online_sales_out", "code": "unit_slip", "factor": 10000, "direction": "too_small",
         "usual": "11000.00", "perhaps": "12000.00", "en": "Ten thousand times off the months before: 元 or 万元?",
         "zh": "和往月差一万倍,是不是“元”和“万元”弄混了?"}
    ]  # fmt: skip
    assert put(door, world, {"online_sales_out": "1.2", "parcels_in": 20}, key=KEY).json == first.json


def test_eight_phones_with_one_key_make_one_version(app: Flask, door: FlaskClient, world: World) -> None:
    def send(_number: int) -> tuple[int, Any]:
        answer = put(app.test_client(), world, FORM, key=KEY)
        return answer.status_code, answer.json

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, range(8)))
    assert sorted(status for status, _ in answers) == [200] * 7 + [201]
    assert all(body == answers[0][1] for _, body in answers)


def test_what_the_phone_knew_of_the_time_is_kept_and_decides_nothing(
    door: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    clock = {"wall": "2031-01-01T09:58:00+08:00", "monotonic_ms_since_sync": 1200.0, "time_zone": "Asia/Shanghai",
             "last_server_time": "2026-11-02T01:57:58+00:00", "signed_time": "anything"}  # fmt: skip
    assert put(door, world, FORM | {"clock": clock}, key=KEY).status_code == 201
    # The clock is no part of what was said: the same filing, told without it, is the same.
    assert put(door, world, FORM, key=KEY).status_code == 200
    with sessions() as session:
        kept = session.scalars(select(SalesReportVersion.clock)).one()
    assert kept == clock
    assert put(door, world, FORM | {"clock": {"wall": "gestern"}}).status_code == 422
