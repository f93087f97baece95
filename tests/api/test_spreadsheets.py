"""Every file for a spreadsheet, opened and read back: what a person typed never comes out as a formula, nor goes in."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator

import openpyxl
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session, sessionmaker

from stations.records.months import SalesReport, SalesReportVersion
from stations.records.obligations import begin_reporting
from stations.records.tables import Station, StationVersion
from stations.units.tables import OrgUnit
from tests.conftest import NOON, Clock
from tests.world import World

HOSTILE = [
    "=1+1", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1,1)", "\t=1+1", "\r=1+1", " =HYPERLINK(\"http://x\")",
    "=WEBSERVICE()", "＝1+1", "＋1", "－1", "＠x",
]  # fmt: skip
# Each door that answers with a sheet, with a question that makes it name stations where it can.
DOORS = {
    "/ledgers/template.xlsx": [""],
    "/exports/ledger": ["format=xlsx", "format=csv"],
    "/exports/mofcom-monthly": [f"pe=202610&by={by}&format={form}" for by in ("county", "station")
                                for form in ("xlsx", "csv")],
    "/months/202610/workbook": [""],
    "/tables/reporting-rates": [f"by={by}&format={form}" for by in ("period", "unit", "station")
                                for form in ("xlsx", "csv")],
    "/tables/months/202610": [f"list={name}&format={form}" for name in ("missing", "late", "awaiting")
                              for form in ("xlsx", "csv")],
    "/tables/survival": ["format=xlsx", "format=csv"],
    "/tables/vitality-history": ["format=xlsx", "format=csv"],
    "/tables/outliers": ["format=xlsx", "format=csv"],
    "/tables/contradictions": ["format=xlsx", "format=csv"],
    "/tables/coverage": [f"list={name}&format={form}" for name in ("figures", "units") for form in ("xlsx", "csv")],
    "/tables/coverage/villages": ["format=xlsx", "format=csv"],
    "/tables/alignment": [f"list={name}&format={form}" for name in ("levels", "pairs", "orphans")
                          for form in ("xlsx", "csv")],
    "/tables/delivery-days": ["format=xlsx", "format=csv"],
    "/network/templates/nodes.xlsx": [""],
    "/tables/findings": ["format=xlsx", "format=csv"],
    "/papers/inspection-pack": ["period=202610"],
}  # fmt: skip
NUMBER = re.compile(r"-?\d+(\.\d+)?")
CAN_RUN = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")


def test_every_door_with_a_sheet_is_walked_here(client: FlaskClient) -> None:
    document = client.get("/api/openapi.json").get_json()
    found = set()
    for path, doors in document["paths"].items():
        asked = doors.get("get", {})
        kinds = {kind for answer in asked.get("responses", {}).values() for kind in answer.get("content", {})}
        forms = {form for one in asked.get("parameters", []) if one.get("name") == "format"
                 for form in one["schema"].get("enum", [])}  # fmt: skip
        if {"xlsx", "csv"} & forms or any("spreadsheet" in kind or "csv" in kind or "zip" in kind for kind in kinds):
            found.add(path.removeprefix("/api/v1").replace("{period}", "202610").replace("{kind}", "nodes"))
    assert found == set(DOORS)


@pytest.fixture
def hostile(client: FlaskClient, clock: Clock, world: World, sessions: sessionmaker[Session]) -> World:
    """Give Jiangyong stations, people, units and notes of the worst names, and months that tell of all of them."""
    with sessions.begin() as session:
        station = session.scalars(select(Station).where(Station.code == "JY001")).one()
        for number, name in enumerate(HOSTILE):
            copy = Station(**{c.key: getattr(station, c.key) for c in Station.__table__.columns
                              if c.key not in ("id", "code")} | {"code": f"{name.strip()}{number}"})  # fmt: skip
            session.add(copy)
            session.flush()
            dress(session, copy, name)
        dress(session, station, "=1+1")
        session.execute(update(OrgUnit).where(OrgUnit.code == "431125100").values(name="=2+5+cmd"))
        begin_reporting(session, session.get_one(OrgUnit, "431125"), 202608, by=None, now=NOON)
    clock.at = dt.datetime(2026, 11, 8, 4, 0, tzinfo=dt.UTC)
    told = {"online_sales_out": "12000.00", "purchase_agency_amount": "1.00", "parcels_in": 4, "note": "=1+1"}
    for person, code, key in (("tang", "JY001", 1), ("jiang", "JY002", 2)):
        headers = world.as_phone(person) | {"Idempotency-Key": f"00000000-0000-4000-8000-{key:012d}"}
        answer = client.put(f"/api/v1/sales-reports/{code}/202610", json=told, headers=headers)
        assert answer.status_code == 201, answer.text
    clock.at = NOON
    made = ((HOSTILE[0], "station_name", None), (HOSTILE[3], "constant", "=1+1"))
    columns = [{"heading": heading, "figure": figure, "unit": "text", "constant": constant}
               for heading, figure, constant in made]  # fmt: skip
    answer = client.put("/api/v1/exports/mofcom-monthly/columns", json={"columns": columns},
                        headers=world.as_phone("jiang"))  # fmt: skip
    assert answer.status_code == 200, answer.text
    return world


def dress(session: Session, station: Station, name: str) -> None:
    """Let a station, its head, telephone, address and operator be called `name`."""
    station.operator = name
    before = session.scalars(select(StationVersion).limit(1)).one()
    kept = {c.key: getattr(before, c.key) for c in StationVersion.__table__.columns if c.key != "id"}
    version = StationVersion(**kept | {"station_id": station.id, "name": name, "head_name": name, "phone": name,
                                       "address": name, "hours": name, "extra": {name: name}})  # fmt: skip
    session.add(version)
    session.flush()
    station.version_id = version.id


def sheets_in(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """Give the sheets of an answer, also those inside a pack."""
    if "zip" not in name:
        yield name, content
        return
    with zipfile.ZipFile(io.BytesIO(content)) as pack:
        for one in pack.namelist():
            if one.endswith((".xlsx", ".csv")):
                yield one, pack.read(one)


def check_workbook(content: bytes) -> str:
    """See that no cell is a formula or a link and no text a number; give all texts."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        for name in parts.namelist():
            assert "externalLink" not in name
            if name.startswith("xl/worksheets/"):
                assert not re.search(rb"<f[ >]|<hyperlink", parts.read(name)), name
    texts = []
    for sheet in openpyxl.load_workbook(io.BytesIO(content)):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", (sheet.title, cell.coordinate, cell.value)
                texts.append(str(cell.value))
    return "\n".join(texts)


def check_csv(content: bytes) -> str:
    """See that no cell begins with what a spreadsheet runs, unless it is a plain number; give all texts."""
    cells = [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")) for cell in row]
    wrong = [cell for cell in cells if CAN_RUN.match(cell) and not NUMBER.fullmatch(cell)]
    assert wrong == []
    return "\n".join(cells)


def test_no_text_comes_out_as_a_formula(client: FlaskClient, hostile: World) -> None:
    everything = {}
    for path, questions in DOORS.items():
        for question in questions:
            answer = client.get(f"/api/v1{path}?{question}", headers=hostile.as_phone("jiang"))
            assert answer.status_code == 200, (path, question, answer.text)
            for name, content in sheets_in(f"{path}?{question} {answer.content_type}", answer.data):
                read = check_workbook if content[:2] == b"PK" else check_csv
                everything[f"{path}?{question} {name}"] = read(content)
    # The hostile names are there, so that the look at them proves something.
    naming = [name for name, texts in everything.items() if "1+1" in texts]
    for path in ("/exports/ledger", "/months/202610/workbook", "/tables/reporting-rates", "/tables/months/202610",
                 "/papers/inspection-pack", "/exports/mofcom-monthly"):  # fmt: skip
        assert any(name.startswith(path) for name in naming), path


def test_no_formula_goes_in_with_a_month(client: FlaskClient, hostile: World, sessions: sessionmaker[Session]) -> None:
    content = client.get("/api/v1/months/202610/workbook", headers=hostile.as_phone("jiang")).data
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    places = [place for place, head in enumerate(heads, 1) if head and "元" in head and "上月" not in head]
    assert places
    for row in range(2, sheet.max_row + 1):
        for place in places:
            sheet.cell(row, place).value = "=1000*12"
            assert sheet.cell(row, place).data_type == "f"
    filled = io.BytesIO()
    book.save(filled)
    answer = client.post(
        "/api/v1/months/202610/import", headers=hostile.as_phone("jiang"), content_type="multipart/form-data",
        data={"county": "431125", "dry_run": "false", "file": (io.BytesIO(filled.getvalue()), "month.xlsx")},
    )  # fmt: skip
    assert answer.status_code in (200, 422), answer.text
    with sessions() as session:
        kept = session.scalars(select(SalesReportVersion)).all()
        assert {one.online_sales_out_fen for one in kept} == {1_200_000}
        assert all(one.source != "import" for one in session.scalars(select(SalesReport)))


def test_a_formula_in_a_ledger_is_no_name(client: FlaskClient, hostile: World, app: Flask) -> None:
    content = client.get("/api/v1/exports/ledger?format=xlsx", headers=hostile.as_phone("jiang")).data
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    name, code = heads.index("站点名称") + 1, heads.index("站点编号") + 1
    row = next(row for row in range(2, sheet.max_row + 1) if sheet.cell(row, code).value == "JY002")
    sheet.cell(row, name).value = '=CONCATENATE("坏","名")'
    filled = io.BytesIO()
    book.save(filled)
    client.post(
        "/api/v1/ledgers", headers=hostile.as_phone("jiang"), content_type="multipart/form-data",
        data={"dry_run": "false", "save_good_rows": "true", "file": (io.BytesIO(filled.getvalue()), "台账.xlsx")},
    )  # fmt: skip
    with app.extensions["cunzhan_sessions"]() as session:
        names = session.scalars(select(StationVersion.name)).all()
    assert not [one for one in names if "CONCATENATE" in one or one == "坏名"]
