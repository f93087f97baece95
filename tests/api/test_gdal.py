"""The real GDAL client reads our features: every page once, boxes and values are asked of the server."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pyogrio
import pytest
from sqlalchemy.orm import Session, sessionmaker

from stations.records.tables import StationVersion
from tests.browser.conftest import live_server as live_server  # noqa: PLC0414  # a fixture, used by its name
from tests.conftest import missing
from tests.world import World


@pytest.fixture(autouse=True)
def gdal() -> None:
    if shutil.which("ogr2ogr") is None:
        missing("gdal-bin")


def run(*words: str | Path) -> str:
    told = os.environ | {"GDAL_HTTP_HEADERS": "Authorization: Bearer phone-of-xiang"}
    done = subprocess.run([*words], env=told, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def test_ogr2ogr_copies_every_station_into_a_geopackage(
    live_server: str, world: World, sessions: sessionmaker[Session], tmp_path: Path
) -> None:
    with sessions.begin() as session:
        session.get_one(StationVersion, 1).name = "甲’s «站» {{7*7}}"
        nowhere = session.get_one(StationVersion, 2)
        nowhere.lon = nowhere.lat = nowhere.point = None
    source, target = f"OAPIF:{live_server}/ogc", tmp_path / "stations.gpkg"
    layers = run("ogrinfo", "-ro", source)
    assert all(name in layers for name in ("stations", "villages", "logistics_nodes", "coverage"))
    # One feature a page: the next links lead through all of them.
    run("ogr2ogr", "-f", "GPKG", target, source, "stations", "-oo", "PAGE_SIZE=1")
    about, _, points, fields = pyogrio.raw.read(target)
    told = dict(zip(about["fields"].tolist(), fields, strict=True))
    assert told["id"].tolist() == ["JY001", "JY002", "TJ001"]
    assert told["name"].tolist()[0] == "甲’s «站» {{7*7}}"
    assert set(told["vitality"]) == {"unknown"}
    assert told["as_of"].tolist()[0] == np.datetime64("2026-11-20")
    places = [None if point is None else np.frombuffer(point[5:21], "<f8").tolist() for point in points]
    assert places == [[111.342, 25.271], None, [112.15, 28.52]]
    assert about["crs"] in ("EPSG:4326", "OGC:CRS84")
    run("ogr2ogr", "-f", "GPKG", tmp_path / "few.gpkg", source, "stations", "-spat", "112", "28", "113", "29",
        "-where", "vitality='unknown'")  # fmt: skip
    assert pyogrio.read_info(tmp_path / "few.gpkg")["features"] == 1
