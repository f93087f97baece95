"""Coverage as pictures and files: the doors' own figures, framed, whole lists, and only of one's own area."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from itertools import product
from xml.etree import ElementTree

import pytest
import python_calamine
from flask.testing import FlaskClient
from sqlalchemy.orm import Session, sessionmaker

from tests.conftest import NOON
from tests.stations.coverage.worked import COUNTY, add_unit, build_worked_county
from tests.world import World

API = "/api/v1"
CHARTS = ("coverage-funnel", "coverage-gaps", "alignment")
FILES = ["coverage?list=figures", "coverage?list=units", "coverage/villages?reason=station_dead",
         "alignment?list=levels", "alignment?list=pairs", "alignment?list=orphans",
         "delivery-days?confidence=any"]  # fmt: skip


@pytest.fixture
def county(client: FlaskClient, world: World, sessions: sessionmaker[Session]) -> World:
    with sessions.begin() as session:
        build_worked_county(session, NOON)
    return world


def rows_of(client: FlaskClient, world: World, path: str) -> list[list[str]]:
    answer = client.get(f"{API}/tables/{path}&ou={COUNTY}&format=csv&lang=en", headers=world.as_phone("yong"))
    assert answer.status_code == 200, answer.json
    return list(csv.reader(StringIO(answer.data.decode("utf-8-sig"))))


def test_every_picture_says_the_figures_of_its_door(client: FlaskClient, county: World) -> None:
    headers = county.as_phone("yong")
    for name, size, lang in product(CHARTS, ("wide", "narrow"), ("zh", "en")):
        answer = client.get(f"{API}/charts/{name}.svg?ou={COUNTY}&lang={lang}&size={size}", headers=headers)
        assert (answer.status_code, answer.content_type) == (200, "image/svg+xml; charset=utf-8")
        root = ElementTree.fromstring(answer.data)  # noqa: S314  # drawn by us
        assert root.get("width") == {"wide": "720", "narrow": "360"}[size]
        title, said = (root.findtext(f"{{*}}{part}") or "" for part in ("title", "desc"))
        assert "道县" in title
        assert "{" not in title + said
    funnel = client.get(f"{API}/coverage?ou={COUNTY}", headers=headers).json["funnel"]
    said = client.get(f"{API}/charts/coverage-funnel.svg?ou={COUNTY}", headers=headers).get_data(as_text=True)
    for step in funnel:
        assert f"{step['covered']:.0f} / 6" in said


def test_an_empty_unit_has_pictures_that_say_so(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    with sessions.begin() as session:
        add_unit(session, COUNTY, "道县", "4311", NOON)
    for name, said in zip(CHARTS, ("没有可算的村", "没有可算的村", "没有站点,也没有物流节点"), strict=True):
        answer = client.get(f"{API}/charts/{name}.svg?ou={COUNTY}", headers=world.as_phone("yong"))
        assert said in answer.get_data(as_text=True)


def test_every_file_comes_with_its_frame(client: FlaskClient, county: World) -> None:
    headers = county.as_phone("yong")
    for path, form, lang in product(FILES, ("xlsx", "csv"), ("zh", "en")):
        answer = client.get(f"{API}/tables/{path}&ou={COUNTY}&format={form}&lang={lang}", headers=headers)
        assert answer.status_code == 200, answer.json
        if form == "csv":
            told = answer.data.decode("utf-8-sig")
        else:
            book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(answer.data))
            told = str([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])
        for word in ({"zh": ("截至", "村庄名单年份", "快递收发"), "en": ("As of", "village list", "Parcels")})[lang]:
            assert word in told, (path, form)
        assert "{" not in told


def test_the_figures_file_holds_numerators_denominators_and_shares(client: FlaskClient, county: World) -> None:
    told = {(row[0], row[2]): row[3:] for row in rows_of(client, county, FILES[0]) if len(row) == 7}
    assert told["service_coverage", "All villages"] == ["2", "6", "0.333333", ""]
    assert told["built_coverage", "All villages"][:2] == ["5", "6"]
    assert told["gap_reason", "The station is dead"][:2] == ["1", "6"]
    assert told["hollow_rate", "All villages"] == ["", "", "0.6", ""]
    units = [row for row in rows_of(client, county, FILES[1]) if row and row[0].startswith(COUNTY)]
    assert [row[1] for row in units] == ["濂溪镇", "寿雁镇"]
    assert sum(int(row[3]) for row in units) == 6


def test_lists_are_whole_and_of_the_reason_asked(client: FlaskClient, county: World) -> None:
    dead = [row for row in rows_of(client, county, FILES[2]) if row and row[0].startswith(COUNTY)]
    assert [(row[1], row[12]) for row in dead] == [("四村", "The station is dead")]
    every = rows_of(client, county, "coverage/villages?confidence=any")
    assert len([row for row in every if row and row[0].startswith(COUNTY)]) == 6
    counts = client.get(f"{API}/alignment?ou={COUNTY}", headers=county.as_phone("yong")).json["counts"]
    pairs = [row for row in rows_of(client, county, FILES[4]) if row and row[0] in ("County", "Township", "Village")]
    orphans = [row for row in rows_of(client, county, FILES[5]) if row and row[0].startswith("Orphan")]
    assert len(pairs) == counts["pairs"]
    # The line after the table names it; it is no orphan.
    assert len([row for row in orphans if len(row) == 5]) == counts["orphan_stations"] + counts["orphan_nodes"]


def test_the_page_sends_data_on_and_strangers_get_nothing(client: FlaskClient, county: World) -> None:
    headers = county.as_phone("yong")
    for asked, where in (
        (f"ou={COUNTY}&format=json", f"/api/v1/coverage?ou={COUNTY}"),
        (f"ou={COUNTY}&reason=late&page=1&format=json", f"/api/v1/coverage/villages?ou={COUNTY}&reason=late&page=1"),
        (f"ou={COUNTY}&page=2&format=csv", f"/api/v1/tables/coverage/villages?ou={COUNTY}&format=csv&lang=zh"),
    ):
        answer = client.get(f"/coverage?{asked}", headers=headers)
        assert (answer.status_code, answer.location) == (302, where)
        assert client.get(where, headers=headers).status_code == 200
    for path in ("charts/coverage-funnel.svg", "tables/coverage", "tables/coverage/villages", "tables/alignment"):
        assert client.get(f"{API}/{path}?ou={COUNTY}", headers=county.as_phone("jiang")).status_code == 403
