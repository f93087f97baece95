"""The doors of the feeds: a secret shown once, signed batches, eight lines at once, and nothing read unsigned."""

from __future__ import annotations

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.test import TestResponse

from api.job_loop import DAILY
from api.worker import HANDLERS, make_worker
from stations.records.months import SalesReport, SalesReportVersion
from stations.sales.feeds.signature import signature_of
from stations.sales.feeds.tables import FeedTransaction
from tests.conftest import Clock
from tests.stations.sales.filing.building import SECOND, begin
from tests.world import World

URL = "/api/v1/feeds"
SALE = {"id": "a-1", "station": "JY001", "occurred_at": "2026-10-15T12:00:00+08:00", "kind": "sale_out",
        "amount": "12000.00", "quantity": 3}  # fmt: skip
PARCELS = {"id": "a-2", "station": "JY001", "occurred_at": "2026-10-15T12:00:00+08:00", "kind": "parcel_in",
           "quantity": 35}  # fmt: skip
REPORTED = [{"station": "JY001", "period": "202610", "outcome": "reported", "code": None}]


@pytest.fixture
def feed(client: FlaskClient, world: World, sessions: sessionmaker[Session], clock: Clock) -> dict[str, str]:
    """Stand on the second of November; give a new feed of Jiangyong with its secret."""
    clock.at = SECOND
    with sessions.begin() as session:
        begin(session)
    answer = client.post(URL, json={"name": "收银系统"}, headers=world.as_phone("jiang"))
    assert answer.status_code == 201, answer.json
    made: dict[str, str] = answer.json
    return made


def signed(feed: dict[str, str], body: bytes, *, at: int = int(SECOND.timestamp()), **other: str) -> dict[str, str]:
    return {
        "Content-Type": "application/json", "X-Cunzhan-Feed": feed["id"], "X-Cunzhan-Timestamp": str(at),
        "X-Cunzhan-Signature": signature_of(feed["secret"], str(at), body),
    } | {f"X-Cunzhan-{name}": value for name, value in other.items()}  # fmt: skip


def send(client: FlaskClient, feed: dict[str, str], *sent: dict[str, Any], **how: Any) -> TestResponse:
    body = json.dumps({"transactions": sent}).encode()
    return client.post(f"{URL}/transactions", data=body, headers=signed(feed, body, **how))


def test_a_signed_batch_is_taken_in_once(client: FlaskClient, world: World, feed: dict[str, str]) -> None:
    answer = send(client, feed, SALE, PARCELS)
    assert (answer.status_code, answer.json) == (
        200, {"accepted": 2, "repeated": 0, "conflicts": [], "months": REPORTED},
    )  # fmt: skip
    again = send(client, feed, SALE, PARCELS)
    assert again.json == {"accepted": 0, "repeated": 2, "conflicts": [], "months": []}
    other = send(client, feed, SALE | {"amount": "1.00"}, SALE | {"id": "x", "station": "TJ001"})
    assert other.json["conflicts"] == [
        {"id": "a-1", "station": "JY001", "code": "FEED_CONFLICT", "zh": "同一流水号已有不同内容。",
         "en": "Another transaction has this id."},
        {"id": "x", "station": "TJ001", "code": "STATION_UNKNOWN", "zh": "没有这个站点,或不在您的范围内。",
         "en": "No such station in your area."},
    ]  # fmt: skip
    report = client.get("/api/v1/sales-reports/JY001/202610", headers=world.as_phone("tang")).json
    assert (report["source"], report["online_sales_out"], report["parcels_in"]) == ("feed", "12000.00", 35)
    kept = client.get(f"{URL}/{feed['id']}/rejections", headers=world.as_phone("jiang")).json
    assert [(one["code"], one["item"]["id"], one["settled_at"]) for one in kept] == [
        ("STATION_UNKNOWN", "x", None), ("FEED_CONFLICT", "a-1", None),
    ]  # fmt: skip


def test_the_secret_is_shown_once_and_a_revoked_feed_is_turned_away(
    client: FlaskClient, world: World, feed: dict[str, str]
) -> None:
    jiang = world.as_phone("jiang")
    listed = client.get(URL, headers=jiang)
    assert feed["secret"] not in listed.text
    assert listed.json["feeds"] == [{
        "id": feed["id"], "name": "收银系统", "unit_code": "431125", "created_at": "2026-11-02T02:00:00+00:00",
        "revoked_at": None, "last_received_at": None, "transactions": 0, "rejected": 0,
    }]  # fmt: skip
    assert client.delete(f"{URL}/{feed['id']}", headers=world.as_phone("zhou")).status_code == 404
    assert client.delete(f"{URL}/{feed['id']}", headers=jiang).status_code == 204
    assert client.delete(f"{URL}/{feed['id']}", headers=jiang).status_code == 204
    assert send(client, feed, SALE).json["code"] == "FEED_UNKNOWN"
    assert client.post(URL, json={"name": "x", "unit_code": "430922"}, headers=jiang).json["code"] == "OUT_OF_SCOPE"


@pytest.mark.parametrize(
    ("how", "status", "code"),
    [
        ({"at": int(SECOND.timestamp()) - 300}, 200, None),
        ({"at": int(SECOND.timestamp()) - 301}, 401, "FEED_SIGNATURE"),
        ({"at": int(SECOND.timestamp()) + 301}, 401, "FEED_SIGNATURE"),
        ({"Signature": "0" * 64}, 401, "FEED_SIGNATURE"),
        ({"Signature": ""}, 401, "FEED_SIGNATURE"),
        ({"Signature": "ü"}, 401, "FEED_SIGNATURE"),
        # The instant is signed too: an old batch cannot be given a new one.
        ({"Timestamp": str(int(SECOND.timestamp()) + 1)}, 401, "FEED_SIGNATURE"),
        ({"Timestamp": "now"}, 401, "FEED_SIGNATURE"),
        ({"Feed": "00000000-0000-0000-0000-000000000000"}, 404, "FEED_UNKNOWN"),
        ({"Feed": "x" * 500}, 404, "FEED_UNKNOWN"),
        ({"Feed": ""}, 404, "FEED_UNKNOWN"),
    ],
)
def test_who_signed_and_when(
    client: FlaskClient, feed: dict[str, str], how: dict[str, Any], status: int, code: str | None
) -> None:
    answer = send(client, feed, SALE, **how)
    assert (answer.status_code, answer.json.get("code")) == (status, code)


def test_a_body_altered_by_one_sign_is_refused_and_stores_nothing(
    client: FlaskClient, feed: dict[str, str], sessions: sessionmaker[Session]
) -> None:
    body = json.dumps({"transactions": [SALE]}).encode()
    altered = body.replace(b"12000.00", b"92000.00")
    answer = client.post(f"{URL}/transactions", data=altered, headers=signed(feed, body))
    assert (answer.status_code, answer.json["code"]) == (401, "FEED_SIGNATURE")
    unsigned = client.post(f"{URL}/transactions", data=b"{broken", headers={"Content-Type": "application/json"})
    assert unsigned.json["code"] == "FEED_UNKNOWN"
    broken = client.post(f"{URL}/transactions", data=b"{broken", headers=signed(feed, b"{broken"))
    assert broken.status_code in (400, 422)
    with sessions() as session:
        assert session.scalar(select(func.count(FeedTransaction.id))) == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": 12.5}, {"amount": "1e3"}, {"amount": "12.345"}, {"amount": "--1"}, {"amount": "0"},
        {"kind": "gift"}, {"quantity": -1}, {"quantity": 10_001}, {"occurred_at": "2026-10-15T12:00:00"},
        {"id": ""}, {"id": "x" * 81}, {"id": "a\x00b"}, {"rank": 1}, {"kind": "parcel_in", "amount": "5.00"},
        {"kind": "parcel_in", "amount": "0", "quantity": 0}, {"station": "x" * 41},
    ],
)  # fmt: skip
def test_a_malformed_transaction_is_named_by_its_place(
    client: FlaskClient, feed: dict[str, str], wrong: dict[str, Any]
) -> None:
    answer = send(client, feed, SALE, SALE | {"id": "second"} | wrong)
    assert (answer.status_code, answer.json["code"]) == (422, "BAD_INPUT")
    assert list(answer.json["errors"]["json"]["transactions"]) == ["1"]


def test_a_batch_has_an_end(client: FlaskClient, feed: dict[str, str]) -> None:
    many = [SALE | {"id": f"n{number}", "amount": "0.01"} for number in range(1001)]
    assert send(client, feed, *many).status_code == 422
    assert send(client, feed).status_code == 422
    assert send(client, feed, *many[:1000]).json["accepted"] == 1000
    body = b" " * 1_000_001
    answer = client.post(f"{URL}/transactions", data=body, headers=signed(feed, body))
    assert (answer.status_code, answer.json["code"]) == (413, "BODY_TOO_LARGE")


def test_eight_lines_sending_the_same_batch_make_it_once(
    app: Flask, feed: dict[str, str], sessions: sessionmaker[Session]
) -> None:
    batch = [SALE | {"id": f"n{number}", "amount": "1.50"} for number in range(100)]

    def line(_number: int) -> tuple[int, int, int]:
        answer = send(app.test_client(), feed, *batch)
        return answer.status_code, answer.json["accepted"], answer.json["repeated"]

    with ThreadPoolExecutor(8) as pool:
        answers = Counter(pool.map(line, range(8)))
    assert answers == {(200, 100, 0): 1, (200, 0, 100): 7}
    with sessions() as session:
        report = session.scalars(select(SalesReport)).one()
        assert (report.version, report.online_sales_out_fen) == (1, 15_000)
        assert session.scalar(select(func.count(FeedTransaction.id))) == 100


def test_the_month_ends_by_the_daily_work(
    app: Flask, client: FlaskClient, feed: dict[str, str], sessions: sessionmaker[Session], clock: Clock
) -> None:
    november = SALE | {"occurred_at": "2026-11-02T09:00:00+08:00"}
    answer = send(client, feed, november)
    assert answer.json["months"] == [{"station": "JY001", "period": "202611", "outcome": "collecting", "code": None}]
    assert "feed_months" in DAILY
    assert "feed_months" in HANDLERS
    clock.forward(days=30)
    worker = make_worker(app)
    worker.ask_daily()
    while worker.run_one("test"):
        pass
    with sessions() as session:
        report = session.scalars(select(SalesReport)).one()
        assert (report.period, report.source) == (202611, "feed")
        assert session.scalar(select(func.count(SalesReportVersion.id))) == 1
