"""The doors of a month's workbook: out as XLSX, in as multipart, tried first, refused whole, taken in once."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.test import TestResponse

from tests.conftest import Clock
from tests.stations.sales.filing.building import SECOND, begin
from tests.world import World

URL = "/api/v1/months/202610"


@pytest.fixture
def second(world: World, sessions: sessionmaker[Session], clock: Clock) -> None:
    """Stand on the second of November, in a county that collects reports."""
    assert world
    clock.at = SECOND
    with sessions.begin() as session:
        begin(session)


def send(client: FlaskClient, world: World, content: bytes, who: str = "jiang", **form: str) -> TestResponse:
    data: dict[str, Any] = {**form, "file": (BytesIO(content), "月报.xlsx")}
    return client.post(f"{URL}/import", data=data, headers=world.as_phone(who))


def filled(client: FlaskClient, world: World, cells: dict[str, Any]) -> bytes:
    """Download the workbook, fill cells in by their address, and give it as saved by a spreadsheet."""
    answer = client.get(f"{URL}/workbook", headers=world.as_phone("jiang"))
    assert answer.status_code == 200, answer.json
    book = load_workbook(BytesIO(answer.data))
    for place, value in cells.items():
        book.worksheets[0][place] = value
    content = BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.usefixtures("second")
def test_the_workbook_goes_out_comes_back_filled_and_is_taken_in_once(client: FlaskClient, world: World) -> None:
    book = filled(client, world, {"D2": 12000.5, "G2": 35, "I3": "是"})
    trial = send(client, world, book)
    summary = {"dry_run": True, "saved": False, "rows": 2, "imported": 2, "updated": 0, "ignored": 0, "blank": 0,
               "wrong_rows": 0, "error_count": 0}  # fmt: skip
    assert (trial.status_code, trial.json) == (200, {"period": "202610", "summary": summary, "errors": []})
    done = send(client, world, book, dry_run="false")
    assert done.json["summary"] == summary | {"dry_run": False, "saved": True}
    again = send(client, world, book, dry_run="false")
    assert again.json["summary"] == summary | {"dry_run": False, "saved": True, "imported": 0, "ignored": 2}
    report = client.get("/api/v1/sales-reports/JY001/202610", headers=world.as_phone("jiang")).json
    assert (report["source"], report["state"], report["online_sales_out"]) == ("import", "submitted", "12000.50")
    assert report["permissions"]["may_accept"] is False


@pytest.mark.usefixtures("second")
def test_wrong_cells_are_named_and_nothing_is_saved(client: FlaskClient, world: World) -> None:
    book = filled(client, world, {"D2": "-5", "D3": 100})
    answer = send(client, world, book, dry_run="false")
    assert (answer.status_code, answer.json["code"]) == (422, "MONTH_ROWS")
    assert answer.json["details"]["result"]["errors"] == [{
        "sheet": "202610月报", "row": 2, "column": "D", "header": "网络销售额(元)", "value": "-5",
        "code": "NUMBER_NEGATIVE", "zh": "“-5”小于零。", "en": "Below zero: -5.",
        "what_to_do_zh": "退货请从本月销售额中扣除后填写,最少填 0。",
    }]  # fmt: skip
    missing = client.get("/api/v1/sales-reports/JY002/202610", headers=world.as_phone("jiang"))
    assert missing.json["code"] == "REPORT_UNKNOWN"


@pytest.mark.usefixtures("second")
def test_whose_county_and_which_month(client: FlaskClient, world: World) -> None:
    assert send(client, world, b"x", county="430922").json["code"] == "OUT_OF_SCOPE"
    assert send(client, world, b"x", dry_run="perhaps").json["code"] == "BAD_INPUT"
    assert send(client, world, b"x", surprise="1").json["code"] == "BAD_INPUT"
    assert send(client, world, b"x").json["code"] == "FILE_FORMAT"
    assert client.post(f"{URL}/import", data={}, headers=world.as_phone("jiang")).json["code"] == "BAD_INPUT"
    stranger = client.get(f"{URL}/workbook?county=431125", headers=world.as_phone("zhou"))
    assert stranger.json["code"] == "OUT_OF_SCOPE"
    for who in ("tang", "chen", "ping", "xiang"):
        assert client.get(f"{URL}/workbook", headers=world.as_phone(who)).status_code == 403
    home = client.get(f"{URL}/workbook", headers=world.as_phone("jiang"))
    assert "month-431125-202610.xlsx" in home.headers["Content-Disposition"]
