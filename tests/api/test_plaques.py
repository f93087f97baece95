"""A plaque on the wall leads anybody to what the public may know of the station, and to nothing more."""

from __future__ import annotations

import pypdfium2 as pdfium
import pytest
import zxingcpp
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, sessionmaker

from stations.records.tables import Station
from tests.world import World

PLAQUES = "/api/v1/papers/plaques"


def list_as(sessions: sessionmaker[Session], world: World, code: str, status: str) -> None:
    with sessions.begin() as session:
        session.get_one(Station, world.stations[code]).listing_status = status


def scanned(content: bytes) -> list[str]:
    pages = [page.render(scale=2).to_pil() for page in pdfium.PdfDocument(content)]
    return sorted(one.text for page in pages for one in zxingcpp.read_barcodes(page))


def test_each_listed_station_of_the_county_has_a_plaque_that_leads_to_it(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    answer = client.get(PLAQUES, headers=world.as_phone("jiang"))
    assert (answer.status_code, answer.content_type) == (200, "application/pdf")
    assert scanned(answer.data) == ["http://localhost/s/JY001", "http://localhost/s/JY002"]
    text = "".join("".join(page.get_textpage().get_text_range().split()) for page in pdfium.PdfDocument(answer.data))
    for said in ("江永县站点铭牌", "何家湾服务站", "何家湾村委会", "JY001", "夏湾服务站"):
        assert said in text, said
    list_as(sessions, world, "JY002", "delisted")
    assert scanned(client.get(PLAQUES, headers=world.as_phone("jiang")).data) == ["http://localhost/s/JY001"]
    assert client.get("/s/JY001").status_code == 200


@pytest.mark.parametrize(
    ("person", "query", "status", "code"),
    [
        ("jiang", "ou=430922", 403, "OUT_OF_SCOPE"),
        ("jiang", "ou=999999", 422, "UNIT_UNKNOWN"),
        ("jiang", "ou=431125100202", 422, "BAD_INPUT"),
        ("chen", "", 403, "NOT_ALLOWED"),
    ],
)
def test_who_gets_no_plaques_is_told_why(
    client: FlaskClient, world: World, person: str, query: str, status: int, code: str
) -> None:
    answer = client.get(f"{PLAQUES}?{query}", headers=world.as_phone(person))
    assert (answer.status_code, answer.get_json()["code"]) == (status, code)


def test_who_scans_it_reads_what_the_public_may_know(client: FlaskClient, world: World) -> None:
    assert client.get("/api/v1/public/stations/JY001").json == {
        "code": "JY001", "name": "何家湾服务站", "kind": "village_point", "village_name": "何家湾村委会",
        "township_name": "潇浦镇", "services": ["parcel", "purchase_agency"], "is_listed": True,
        "sign": None,
        "channels": [
            {"level": level, "unit_code": unit, "unit_name": name, "office": None, "phone": None, "url": None,
             "valid_from": None}
            for level, unit, name in (
                ("province", "43", "湖南省"), ("prefecture", "4311", "永州市"), ("county", "431125", "江永县"),
            )
        ],
    }  # fmt: skip


@pytest.mark.parametrize("status", ["delisted", "merged"])
def test_one_that_is_no_longer_listed_says_so(
    client: FlaskClient, world: World, sessions: sessionmaker[Session], status: str
) -> None:
    list_as(sessions, world, "JY001", status)
    told = client.get("/api/v1/public/stations/JY001").json
    assert (told["is_listed"], told["services"], told["name"]) == (False, [], "何家湾服务站")


@pytest.mark.parametrize("code", ["NOBODY", "%00", "JY001%00", "x" * 41])
def test_a_plaque_that_nobody_put_up(client: FlaskClient, world: World, code: str) -> None:
    assert client.get(f"/api/v1/public/stations/{code}").status_code == 404


@pytest.mark.parametrize("status", ["proposed", "rejected"])
def test_what_was_never_accepted_is_nobodys_business(
    client: FlaskClient, world: World, sessions: sessionmaker[Session], status: str
) -> None:
    list_as(sessions, world, "JY001", status)
    assert client.get("/api/v1/public/stations/JY001").status_code == 404
