"""A sheet of codes: each printed code, read back from the paper, lets in one phone of the person named beside it."""

from __future__ import annotations

import re
from typing import Any

import pypdfium2 as pdfium
import pytest
import zxingcpp
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from stations.people.tables import Account, AuditEvent, Enrolment
from tests.conftest import NOON, Clock
from tests.world import World

SHEETS = "/api/v1/enrolment-sheets"
LINK = re.compile(r"http://localhost/app/#enrol=([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})")


def printed(client: FlaskClient, world: World, by: str = "jiang", **asked: Any) -> tuple[str, bytes]:
    """Print a sheet; gives its name and the PDF."""
    answer = client.post(SHEETS, json=asked, headers=world.as_phone(by))
    assert (answer.status_code, answer.content_type) == (201, "application/pdf"), answer.text[:400]
    return answer.headers["Location"].rpartition("/")[2], answer.data


def scanned(content: bytes) -> list[str]:
    """Read every QR code on every page as a phone's camera would, from pixels."""
    found = []
    for page in pdfium.PdfDocument(content):
        picture = page.render(scale=2).to_pil()
        found += [one.text for one in zxingcpp.read_barcodes(picture)]
    return found


def text_of(content: bytes) -> str:
    return "".join("".join(page.get_textpage().get_text_range().split()) for page in pdfium.PdfDocument(content))


def enter(client: FlaskClient, code: str) -> Any:
    return client.post("/api/v1/devices", json={"code": code, "device_label": "红米 12"})


def people_of(sessions: sessionmaker[Session], many: int) -> None:
    with sessions.begin() as session:
        for number in range(many):
            session.add(Account(username=f"p{number}", display_name=f"检查员{number:02}", role="inspector",
                                unit_code="431125", created_at=NOON))  # fmt: skip


def test_every_code_on_the_paper_lets_one_phone_in_and_no_second(client: FlaskClient, world: World) -> None:
    sheet, content = printed(client, world, roles=["inspector", "owner"], days=30)
    codes = [LINK.fullmatch(link)[1] for link in scanned(content)]
    assert len(set(codes)) == 2
    names = set()
    for code in codes:
        answer = enter(client, code)
        assert answer.status_code == 201, answer.json
        names.add(answer.json["account"]["name"])
        assert enter(client, code).json["code"] == "ENROLMENT_INVALID"
    assert names == {"陈检查", "唐站长"}
    assert client.get(SHEETS, headers=world.as_phone("jiang")).json == [
        {"sheet": sheet, "made_at": "2026-11-20T04:00:00+00:00", "made_by": "蒋联络", "codes": 2, "unused": 0,
         "used": 2, "expired": 0, "expires_at": "2026-12-20T04:00:00+00:00"}
    ]  # fmt: skip


def test_the_paper_says_whose_where_until_when_and_how(client: FlaskClient, world: World) -> None:
    _, content = printed(client, world, account_ids=[world.accounts["tang"].id], days=3)
    text = text_of(content)
    for said in ("江永县手机登记码", "唐站长", "何家湾服务站JY001", "站长", "2026-11-2312:00前有效", "一码一机",
                 "localhost/app/"):  # fmt: skip
        assert said in text, said
    (link,) = scanned(content)
    assert link.rpartition("=")[2].replace("-", "") in text
    assert "陈检查" not in text


def test_the_paper_in_english(client: FlaskClient, world: World) -> None:
    _, content = printed(client, world, account_ids=[world.accounts["tang"].id], lang="en")
    text = text_of(content)
    assert "Until2026-11-2712:00Beijingtime" in text
    assert "Onecode,onephone" in text


def test_many_cards_run_over_pages_and_each_can_be_read(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    people_of(sessions, 23)
    _, content = printed(client, world, roles=["inspector"])
    assert len(pdfium.PdfDocument(content)) == 3
    assert len(set(scanned(content))) == 24


def test_a_lost_sheet_is_withdrawn_and_what_is_let_in_stays(
    client: FlaskClient, world: World, clock: Clock, sessions: sessionmaker[Session]
) -> None:
    sheet, content = printed(client, world, roles=["inspector", "owner"])
    first, second = (link.rpartition("=")[2] for link in scanned(content))
    token = enter(client, first).json["token"]
    clock.forward(minutes=1)
    assert client.delete(f"{SHEETS}/{sheet}", headers=world.as_phone("zhou")).status_code == 404
    gone = client.delete(f"{SHEETS}/{sheet}", headers=world.as_phone("jiang"))
    assert gone.json == {"withdrawn": 1}
    assert enter(client, second).json["code"] == "ENROLMENT_INVALID"
    assert client.get("/api/v1/session", headers={"Authorization": f"Bearer {token}"}).status_code == 200
    assert client.delete(f"{SHEETS}/{sheet}", headers=world.as_phone("jiang")).json == {"withdrawn": 0}
    (row,) = client.get(SHEETS, headers=world.as_phone("jiang")).json
    assert (row["unused"], row["used"], row["expired"]) == (0, 1, 1)
    with sessions() as session:
        acts = session.scalars(select(AuditEvent.action).where(AuditEvent.object_id == sheet)).all()
    assert acts == ["enrolment.sheet", "enrolment.withdraw"]


def test_codes_end_on_the_day_printed_and_are_stored_as_hashes_only(
    client: FlaskClient, world: World, clock: Clock, sessions: sessionmaker[Session]
) -> None:
    sheet, content = printed(client, world, roles=["inspector"], days=1)
    code = scanned(content)[0].rpartition("=")[2]
    with sessions() as session:
        (row,) = session.scalars(select(Enrolment).where(Enrolment.sheet == sheet)).all()
        everything = repr([vars(one) for one in (row, *session.scalars(select(AuditEvent)))])
    assert code not in everything
    assert code.replace("-", "") not in everything
    clock.forward(days=1)
    assert enter(client, code).json["code"] == "ENROLMENT_INVALID"


def test_who_has_a_phone_may_be_left_out(client: FlaskClient, world: World, sessions: sessionmaker[Session]) -> None:
    people_of(sessions, 2)
    _, content = printed(client, world, roles=["inspector", "owner"], without_phone=True)
    assert len(scanned(content)) == 2
    assert "陈检查" not in text_of(content)


@pytest.mark.parametrize(
    ("by", "asked", "status", "code"),
    [
        ("zhou", {"account_ids": ["chen"]}, 404, "ACCOUNT_UNKNOWN"),
        ("jiang", {"account_ids": ["chen", "yong"]}, 404, "ACCOUNT_UNKNOWN"),
        ("jiang", {"roles": ["inspector"], "unit_code": "430922"}, 403, "OUT_OF_SCOPE"),
        ("jiang", {"roles": ["inspector"], "unit_code": "999999"}, 422, "UNIT_UNKNOWN"),
        ("jiang", {"roles": ["third_party"]}, 422, "BAD_INPUT"),
        ("jiang", {"roles": ["county"]}, 422, "BAD_INPUT"),
        ("jiang", {}, 422, "BAD_INPUT"),
        ("jiang", {"account_ids": ["chen"], "roles": ["inspector"]}, 422, "BAD_INPUT"),
        ("jiang", {"roles": ["inspector"], "days": 31}, 422, "BAD_INPUT"),
        ("jiang", {"roles": ["inspector"], "days": 0}, 422, "BAD_INPUT"),
        ("chen", {"roles": ["inspector"]}, 403, "NOT_ALLOWED"),
    ],
)
def test_what_is_no_sheet_is_refused_and_makes_no_code(
    client: FlaskClient, world: World, sessions: sessionmaker[Session], by: str, asked: dict[str, Any], status: int,
    code: str,
) -> None:  # fmt: skip
    if "account_ids" in asked:
        asked = asked | {"account_ids": [world.accounts[name].id for name in asked["account_ids"]]}
    answer = client.post(SHEETS, json=asked, headers=world.as_phone(by))
    assert (answer.status_code, answer.get_json()["code"]) == (status, code)
    with sessions() as session:
        assert session.scalars(select(Enrolment.id)).all() == []
