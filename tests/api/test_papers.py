"""Papers over HTTP: the bulletin of a county's month and the inspection pack, from the rows of the world."""

from __future__ import annotations

import pypdfium2 as pdfium
import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, sessionmaker

from stations.records.obligations import begin_reporting
from stations.units.tables import OrgUnit
from tests.conftest import NOON
from tests.world import World

BULLETIN = "/api/v1/papers/bulletin"


@pytest.fixture
def reporting(world: World, sessions: sessionmaker[Session]) -> World:
    """Let Jiangyong's two stations owe reports since September."""
    with sessions.begin() as session:
        begin_reporting(session, session.get_one(OrgUnit, "431125"), 202609, by=None, now=NOON)
    return world


def report(client: FlaskClient, world: World, period: str) -> None:
    """Let Tang report her month."""
    told = {"online_sales_out": "12000.00", "purchase_agency_amount": "3000.50", "parcels_in": 40,
            "captured_at": NOON.isoformat()}  # fmt: skip
    keys = {"Idempotency-Key": f"00000000-0000-4000-8000-000000{period}", "If-None-Match": "*"}
    answer = client.put(f"/api/v1/sales-reports/JY001/{period}", json=told, headers=world.as_phone("tang") | keys)
    assert answer.status_code in (200, 201), answer.text


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
