"""Charts and tables as files: the figures of the doors, framed, safe to open, and only of one's own area."""

from __future__ import annotations

from io import BytesIO
from itertools import product
from xml.etree import ElementTree

import pytest
import python_calamine
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, sessionmaker

from tests.conftest import Clock
from tests.months_seed import HOSTILE, SIXTH, seed_months
from tests.world import World

CHARTS, TABLES = "/api/v1/charts", "/api/v1/tables"
FILES = ["reporting-rates?by=station", "months/202610?list=missing", "survival?by=subsidy",
         "vitality-history?known=now", "outliers?pe=LAST_12_MONTHS", "contradictions?as_of=2026-11-06"]  # fmt: skip


@pytest.fixture
def months(world: World, sessions: sessionmaker[Session], clock: Clock) -> World:
    clock.at = SIXTH
    with sessions.begin() as session:
        seed_months(session, world)
    return world


def sheets(content: bytes) -> dict[str, list[list[object]]]:
    book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_a_chart_is_drawn_of_the_callers_unit(client: FlaskClient, months: World) -> None:
    headers = months.as_phone("jiang")
    for name, size, lang in product(("rates", "survival", "vitality"), ("wide", "narrow"), ("zh", "en")):
        answer = client.get(f"{CHARTS}/{name}.svg?lang={lang}&size={size}", headers=headers)
        assert (answer.status_code, answer.content_type) == (200, "image/svg+xml; charset=utf-8")
        root = ElementTree.fromstring(answer.data)  # noqa: S314  # drawn by us
        assert root.get("width") == {"wide": "720", "narrow": "360"}[size]
        title, said = (root.findtext(f"{{*}}{part}") or "" for part in ("title", "desc"))
        assert "江永县" in title
        assert "{" not in title + said


def test_the_chart_says_what_the_door_says(client: FlaskClient, months: World) -> None:
    headers = months.as_phone("jiang")
    newest = client.get("/api/v1/reporting-rates", headers=headers).json["rows"][-1]
    root = ElementTree.fromstring(client.get(f"{CHARTS}/rates.svg", headers=headers).data)  # noqa: S314
    assert f"该月应报 {newest['expected']},已报 {newest['actual']}。" in (root.findtext("{*}desc") or "")


def test_a_table_comes_as_a_file_with_its_frame(client: FlaskClient, months: World) -> None:
    headers = months.as_phone("jiang")
    for path, form, lang in product(FILES, ("xlsx", "csv"), ("zh", "en")):
        answer = client.get(f"{TABLES}/{path}&format={form}&lang={lang}", headers=headers)
        assert answer.status_code == 200, answer.json
        assert answer.headers["Content-Disposition"].startswith("attachment;")
        told = answer.data.decode("utf-8-sig") if form == "csv" else str(sheets(answer.data))
        assert {"zh": "截至", "en": "As of"}[lang] in told
        assert "江永县" in told


def test_numbers_stay_numbers_and_text_never_runs(client: FlaskClient, months: World) -> None:
    headers = months.as_phone("jiang")
    rows = sheets(client.get(f"{TABLES}/reporting-rates?by=station", headers=headers).data)["数据"]
    named = {row[0]: row for row in rows}
    assert named["JY103"][1] == HOSTILE
    expected, actual, rate = named["JY103"][2:5]
    assert (expected, actual) == (12.0, 10.0)
    assert rate == pytest.approx(10 / 12)
    text = client.get(f"{TABLES}/reporting-rates?by=station&format=csv", headers=headers).data.decode("utf-8-sig")
    assert "\"'=HYPERLINK(" in text
    assert "\nJY103,=" not in text


def test_the_telephone_list_is_the_missing_of_the_month(client: FlaskClient, months: World) -> None:
    headers = months.as_phone("jiang")
    month = client.get("/api/v1/months/202610", headers=headers).json
    rows = sheets(client.get(f"{TABLES}/months/202610?list=missing", headers=headers).data)["数据"]
    assert [row[0] for row in rows[1:]] == [one["station"] for one in month["missing"]] != []
    counties = sheets(client.get(f"{TABLES}/months/202610?list=counties", headers=months.as_phone("yong")).data)
    assert counties["数据"][1][:3] == ["431125", "江永县", 12.0]
    sent = {"county": "431125", "period": "202610"}
    assert client.post("/api/v1/county-returns", json=sent, headers=headers).status_code == 200
    counties = sheets(client.get(f"{TABLES}/months/202610?list=counties", headers=months.as_phone("yong")).data)
    assert counties["数据"][1][-1] == "已上报,待审定"


def test_only_ones_own_area_and_only_who_may_see_figures(client: FlaskClient, months: World) -> None:
    charts = [f"{CHARTS}/{name}.svg?size=wide" for name in ("rates", "survival", "vitality")]
    for path in [*(f"{TABLES}/{path}" for path in FILES), *charts]:
        assert client.get(f"{path}&ou=431125", headers=months.as_phone("zhou")).status_code == 403
        assert client.get(path, headers=months.as_phone("chen")).status_code == 403
        assert client.get(path).status_code == 401


PAGES = [("/months/202610", "/api/v1/months/202610"), ("/figures", "/api/v1/reporting-rates"),
         ("/survival", "/api/v1/survival"), ("/how", "/api/v1/definitions"),
         ("/how/outlier", "/api/v1/definitions/outlier"), ("/doubts", "/api/v1/outliers")]  # fmt: skip


def test_the_same_address_gives_page_and_data(client: FlaskClient, months: World) -> None:
    headers = months.as_phone("jiang")
    for page, door in PAGES:
        shown = client.get(page, headers=headers | {"Accept": "text/html,*/*;q=0.8"})
        assert (shown.status_code, shown.mimetype, "accept" in shown.vary) == (200, "text/html", True)
        sent_on = client.get(f"{page}?lang=zh", headers=headers | {"Accept": "application/json"})
        assert (sent_on.status_code, sent_on.location) == (302, door)
        followed = client.get(page, headers=headers | {"Accept": "application/json"}, follow_redirects=True)
        assert (followed.status_code, followed.mimetype) == (200, "application/json")
        if "/how" not in page:
            table = client.get(f"{page}?format=csv", headers=headers, follow_redirects=True)
            assert (table.status_code, table.mimetype) == (200, "text/csv")


def test_months_means_the_newest_that_is_over(client: FlaskClient, months: World) -> None:
    answer = client.get("/months?ou=431125", headers=months.as_phone("xiang"))
    assert (answer.status_code, answer.location) == (302, "/months/202610?ou=431125")
    assert client.get("/months/20261", headers=months.as_phone("xiang")).status_code == 422


def test_every_figure_that_an_answer_names_is_defined(client: FlaskClient, months: World) -> None:
    headers = months.as_phone("jiang")
    defined = {one["code"] for one in client.get("/api/v1/definitions", headers=headers).json["definitions"]}
    for door in ("reporting-rates", "months/202610", "survival", "vitality-history", "outliers", "contradictions",
                 "county-returns", "visit-list"):  # fmt: skip
        frame = client.get(f"/api/v1/{door}", headers=headers).json["frame"]
        assert frame["definitions"], door
        assert set(frame["definitions"]) <= defined, door
