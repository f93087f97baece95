"""Static pictures and vector tiles by door: who may, what they tell, and that they are not sent twice."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pyogrio
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from field_app_schema.pictures import DRAWN
from geo.tiles import tiles_of
from stations.people.tables import Account
from stations.records.tables import Station, StationVersion
from tests.conftest import Backend
from tests.world import World

URL = "/api/v1/maps/picture"


def words_of(svg: bytes) -> list[str]:
    return [text.text or "" for text in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]  # noqa: S314  # drawn by us


def test_a_picture_tells_day_counts_definition_and_what_is_not_known(
    client: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    with sessions.begin() as session:
        session.scalars(select(Station).where(Station.code == "JY002")).one().vitality = "alive"
        nowhere = session.get_one(StationVersion, 1)
        nowhere.lon = nowhere.lat = nowhere.point = None
    headers = world.as_phone("yong")
    answer = client.get(f"{URL}.svg", headers=headers)
    assert answer.content_type == "image/svg+xml; charset=utf-8"
    said = words_of(answer.get_data())
    assert said[:2] == ["永州市站点状态图", "截至 2026-11-20 · 2 个站点"]
    assert said[said.index("在营") + 1] == "1"
    assert said[said.index("不明") + 1] == "1"
    shares = "存活占比 50%(可能区间 50% 至 100%);不明或存疑 50%"
    for words in (shares, "口径:存活占比 =", "1 个没有坐标", "内部工作用图"):
        assert words in "".join(said)
    assert answer.get_data(as_text=True).count("<use ") == 1 + 7
    again = client.get(f"{URL}.svg", headers=headers | {"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")
    before = words_of(client.get(f"{URL}.svg?as_of=2024-05-09&lang=en", headers=headers).get_data())
    assert before[:2] == ["Stations of 永州市 by state", "As of 2024-05-09 · 0 stations"]
    for form, start in (("png", b"\x89PNG"), ("pdf", b"%PDF")):
        assert client.get(f"{URL}.{form}", headers=headers).get_data().startswith(start)


def test_the_nation_is_shown_in_shares(client: FlaskClient, world: World, sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        session.get_one(Account, world.accounts["xiang"].id).unit_code = "CN"
        session.scalars(select(Station).where(Station.code == "TJ001")).one().vitality = "alive"
    for query in ("", "?as_of=2026-11-19"):
        answer = client.get(f"{URL}.svg{query}", headers=world.as_phone("xiang"))
        said = words_of(answer.get_data())
        assert said[0] == "中国各县站点存活占比图"
        # Jiangyong 0 of 2, Taojiang 1 of 1; the day before, recomputed without evidence, nobody was known to live.
        numbers = [said[said.index(words) + 1] for words in ("0% 至 20%", "80% 及以上", "没有建成站点")]
        assert numbers == (["1", "1", "0"] if not query else ["2", "0", "0"])
        assert "<use " not in answer.get_data(as_text=True)
        # The two counties of the register and every other area of the file: the nation is drawn whole.
        assert answer.get_data(as_text=True).count("<path ") > 2_800


def test_themes_of_coverage_are_drawn_for_who_may_read_coverage(client: FlaskClient, world: World) -> None:
    for theme in DRAWN[1:]:
        asked = f"{URL}.svg?theme={theme}&unit=431125"
        said = words_of(client.get(asked, headers=world.as_phone("xiang")).get_data())
        assert said[0].startswith("江永县")
        assert "口径:" in "".join(said)
        assert client.get(asked, headers=world.as_phone("zhou")).status_code == 403
        assert client.get(f"{URL}.svg?theme={theme}", headers=world.as_phone("chen")).status_code == 403
    assert client.get(f"{URL}.svg?unit=431125", headers=world.as_phone("zhou")).status_code == 403
    assert client.get(f"{URL}.gif", headers=world.as_phone("xiang")).status_code == 404


def read_tile(content: bytes, folder: Path, z: int, x: int, y: int) -> list[dict[str, Any]]:
    """Read a tile with GDAL's own driver, which takes the place of the tile from the path."""
    path = folder / str(z) / str(x) / f"{y}.mvt"
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    about, _, points, fields = pyogrio.raw.read(path, layer="stations")
    names = about["fields"].tolist()
    return [
        dict(zip(names, row, strict=True)) | {"place": np.frombuffer(point[5:21], "<f8").tolist()}
        for *row, point in zip(*fields, points, strict=True)
    ]


def test_postgis_draws_tiles_and_sqlite_says_that_it_cannot(
    client: FlaskClient, world: World, backend: Backend, tmp_path: Path
) -> None:
    headers = world.as_phone("xiang")
    for z in (3, 12):
        x, y = (int(one) for one in tiles_of(111.342, 25.271, z))
        tile = f"/api/v1/maps/tiles/{z}/{x}/{y}.mvt"
        answer = client.get(tile, headers=headers)
        if backend.name == "sqlite":
            assert answer.status_code == 501
            assert (answer.json or {})["code"] == "POSTGIS_ONLY"
            continue
        assert answer.content_type == "application/vnd.mapbox-vector-tile"
        again = client.get(tile, headers=headers | {"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304
        told = read_tile(answer.get_data(), tmp_path, z, x, y)
        # Far out the two stations of Jiangyong fall into one cell and are told as two of one state.
        assert sorted(one["n"] for one in told) == ([1, 2] if z == 3 else [1])
        assert {one["vitality"] for one in told} == {"unknown"}
        if z == 12:
            (one,) = told
            assert (one["code"], one["listing_status"]) == ("JY001", "active")
            # The Web-Mercator metres of (111.342, 25.271), to a unit of the tile.
            assert one["place"] == pytest.approx([12394534.7, 2909067.8], abs=3)
        zhou = client.get(tile, headers=world.as_phone("zhou"))
        assert b"JY001" not in zhou.get_data()
    for wrong in ("2/4/0", "23/0/0", "0/0/1"):
        assert client.get(f"/api/v1/maps/tiles/{wrong}.mvt", headers=headers).status_code in (404, 501)
