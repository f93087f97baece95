"""Papers over HTTP: the bulletin of a county's month and the inspection pack, from the rows of the world."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import subprocess
import zipfile
from hashlib import sha256
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, sessionmaker

from stations.records.obligations import begin_reporting
from stations.units.tables import OrgUnit
from tests.conftest import NOON, Clock
from tests.world import World

BULLETIN = "/api/v1/papers/bulletin"
PACK = "/api/v1/papers/inspection-pack"


@pytest.fixture
def reporting(world: World, sessions: sessionmaker[Session]) -> World:
    """Let Jiangyong's two stations owe reports since September."""
    with sessions.begin() as session:
        begin_reporting(session, session.get_one(OrgUnit, "431125"), 202609, by=None, now=NOON)
    return world


def report(client: FlaskClient, clock: Clock, world: World, period: str) -> None:
    """Let Tang report her month on 8 November, after the due day and before the lock."""
    clock.at = dt.datetime(2026, 11, 8, 4, 0, tzinfo=dt.UTC)
    told = {"online_sales_out": "12000.00", "purchase_agency_amount": "3000.50", "parcels_in": 40,
            "captured_at": clock.at.isoformat()}  # fmt: skip
    keys = {"Idempotency-Key": f"00000000-0000-4000-8000-000000{period}", "If-None-Match": "*"}
    answer = client.put(f"/api/v1/sales-reports/JY001/{period}", json=told, headers=world.as_phone("tang") | keys)
    assert answer.status_code == 201, answer.text
    clock.at = NOON


def text_of(content: bytes) -> str:
    document = pdfium.PdfDocument(content)
    return "".join("".join(page.get_textpage().get_text_range().split()) for page in document)


def test_the_bulletin_of_the_county(client: FlaskClient, reporting: World) -> None:
    answer = client.get(f"{BULLETIN}?period=202610", headers=reporting.as_phone("jiang"))
    assert answer.status_code == 200
    assert answer.content_type == "application/pdf"
    assert "bulletin-431125-202610.pdf" in answer.headers["Content-Disposition"]
    text = text_of(answer.data)
    for said in ("江永县农村电商服务站2026年10月运行情况通报", "2站应报,0站已报,2站漏报", "JY001何家湾服务站",
                 "JY002夏湾服务站", "截至2026-10-31,建成站点2个,在册2个", "2026-11-2012:00"):  # fmt: skip
        assert said in text, said


def test_the_month_still_open_names_who_has_not_reported_yet(client: FlaskClient, reporting: World) -> None:
    answer = client.get(f"{BULLETIN}?period=202611", headers=reporting.as_phone("jiang"))
    assert "尚未报送的站点(未到期)" in text_of(answer.data)


@pytest.mark.parametrize(
    ("person", "query", "status", "code"),
    [
        ("jiang", "period=202613", 422, "PERIOD_UNKNOWN"),
        ("jiang", "period=202612", 409, "PERIOD_NOT_ENDED"),
        ("jiang", "period=202610&county=430922", 403, "OUT_OF_SCOPE"),
        ("jiang", "period=202610&county=999999", 422, "UNIT_UNKNOWN"),
        ("tang", "period=202610", 403, "NOT_ALLOWED"),
        ("chen", "period=202610", 403, "NOT_ALLOWED"),
    ],
)
def test_who_may_not_have_it_is_told_why(
    client: FlaskClient, reporting: World, person: str, query: str, status: int, code: str
) -> None:
    answer = client.get(f"{BULLETIN}?{query}", headers=reporting.as_phone(person))
    assert (answer.status_code, answer.get_json()["code"]) == (status, code)


def test_the_province_has_the_counties_in_its_bulletin(client: FlaskClient, reporting: World) -> None:
    answer = client.get(f"{BULLETIN}?period=202610&lang=en", headers=reporting.as_phone("xiang"))
    text = text_of(answer.data)
    assert "湖南省" in text
    assert "JY001何家湾服务站" in text


def test_the_same_data_at_the_same_instant_are_the_same_bytes(client: FlaskClient, reporting: World) -> None:
    first, second = (
        client.get(f"{BULLETIN}?period=202610", headers=reporting.as_phone("jiang")).data for _ in range(2)
    )
    assert first == second


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_inspection_pack_holds_every_paper_and_its_sum(
    client: FlaskClient, clock: Clock, reporting: World, tmp_path: Path
) -> None:
    report(client, clock, reporting, "202610")
    answer = client.get(f"{PACK}?period=202610", headers=reporting.as_phone("jiang"))
    assert answer.content_type == "application/zip"
    files = unpacked(answer.data)
    assert list(files) == [
        "清单-431125-202610.json", "SHA256SUMS", "通报-431125-202610.pdf", "台账-431125-2026-10-31.xlsx",
        "台账-431125-2026-10-31.csv", "月报一览-431125-202610.csv", "报送率-431125-202610.json",
        "矛盾清单-431125-202610.json", "存活统计-431125-202610.json", "指标说明-431125-202610.json",
    ]  # fmt: skip
    manifest = json.loads(files["清单-431125-202610.json"])
    assert (manifest["unit"], manifest["as_of"], manifest["known_at"]) == (
        "431125", "2026-10-31", "2026-11-20T04:00:00+00:00",
    )  # fmt: skip
    assert {one["name"]: one["sha256"] for one in manifest["files"]} == {
        name: sha256(content).hexdigest() for name, content in files.items() if name[0] not in "清S"
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    assert subprocess.run(["sha256sum", "--quiet", "-c", "SHA256SUMS"], cwd=tmp_path, check=False).returncode == 0


def test_the_pack_says_where_each_report_stands_and_no_stations_sales(
    client: FlaskClient, clock: Clock, reporting: World
) -> None:
    report(client, clock, reporting, "202610")
    files = unpacked(client.get(f"{PACK}?period=202610", headers=reporting.as_phone("jiang")).data)
    months = list(csv.DictReader(io.StringIO(files["月报一览-431125-202610.csv"].decode("utf-8-sig"))))
    assert [(row["站点编号"], row["应报"], row["状态"], row["时效"], row["来源"]) for row in months] == [
        ("JY001", "是", "已报", "逾期", "站长自报"), ("JY002", "是", "", "未报", ""),
    ]  # fmt: skip
    everything = b"".join(content for name, content in files.items() if not name.endswith("pdf"))
    assert b"12000" not in everything
    rates = json.loads(files["报送率-431125-202610.json"])
    assert [row["period"] for row in rates["rows"]][-2:] == ["202609", "202610"]
    assert rates["rows"][-1]["actual"] == 1


def test_the_same_pack_at_the_same_instant_is_the_same_bytes(client: FlaskClient, reporting: World) -> None:
    first, second = (client.get(f"{PACK}?period=202610", headers=reporting.as_phone("jiang")).data for _ in range(2))
    assert first == second


@pytest.mark.parametrize("person", ["tang", "chen", "ping"])
def test_the_pack_with_telephones_is_for_staff(client: FlaskClient, reporting: World, person: str) -> None:
    answer = client.get(f"{PACK}?period=202610", headers=reporting.as_phone(person))
    assert answer.get_json()["code"] == "NOT_ALLOWED"


def test_the_pack_is_that_of_a_county(client: FlaskClient, reporting: World) -> None:
    whole = client.get(f"{PACK}?period=202610", headers=reporting.as_phone("xiang"))
    assert (whole.status_code, whole.get_json()["code"]) == (422, "BAD_INPUT")
    assert client.get(f"{PACK}?period=202610&county=431125", headers=reporting.as_phone("xiang")).status_code == 200
    assert client.get(f"{PACK}?period=202610&county=430922", headers=reporting.as_phone("jiang")).status_code == 403
