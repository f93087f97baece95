"""15,000 stations by ogr2ogr into a GeoPackage: our OGC API – Features beside pygeoapi over the same PostGIS data."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
from sqlalchemy import text
from sqlalchemy.engine import make_url

from benchmarks.http import served, tree_cpu_s
from benchmarks.months_seed import seeded
from db import make_engine

OURS, PEER = 8876, 8877
BOUND, ROUNDS, PAGE = 0.6, 7, 1000
KEY = "bench-key"
# What our collection tells, as a table of its own with a primary key and a spatial index: the peer joins nothing.
TABLE = """
create table peer_station as
select s.code, v.name, s.kind, v.village_code, v.services::text as services, v.coord_quality, s.listing_status,
       s.vitality, s.vitality_confidence, s.vitality_reason, s.vitality_since, s.last_observed_at,
       current_date as as_of, v.point
from station s join station_version v on v.id = s.version_id
where s.listing_status in ('proposed', 'active', 'suspended', 'delisted');
alter table peer_station add primary key (code);
create index on peer_station using gist (point);
insert into device (account_id, label, token_sha256, enrolled_at, is_gis_key)
select id, 'bench', :token, now(), true from account where username = 'xiang'
"""


def run() -> None:
    """Time both, best of seven alternating, and compare what arrived."""
    if shutil.which("ogr2ogr") is None:
        raise SystemExit("ogr2ogr is not installed: apt-get install gdal-bin")
    url = seeded("postgis", "province", months=30)
    engine = make_engine(url)
    with engine.begin() as connection:
        for statement in TABLE.split(";"):
            connection.execute(text(statement), {"token": hashlib.sha256(KEY.encode()).hexdigest()}
                               if ":token" in statement else {})  # fmt: skip
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("analyze"))
    engine.dispose()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="cunzhan-ogc-")))
        ours = stack.enter_context(
            served("api.app:create_app()", OURS, {"DATABASE_URL": url, "CUNZHAN_VAR": str(folder)})
        )
        stack.enter_context(_pygeoapi(url, folder))
        _compare(folder, ours)


def _compare(folder: Path, ours: int) -> None:
    best = {OURS: float("inf"), PEER: float("inf")}
    cpu = float("inf")
    for _ in range(ROUNDS):
        for port, address in ((OURS, f"http://127.0.0.1:{OURS}/ogc"), (PEER, f"http://127.0.0.1:{PEER}/")):
            before = tree_cpu_s(ours)
            best[port] = min(best[port], _fetch(address, folder / f"{port}.gpkg"))
            if port == OURS:
                cpu = min(cpu, tree_cpu_s(ours) - before)
    mine, theirs = (_read(folder / f"{port}.gpkg") for port in (OURS, PEER))
    assert mine.keys() == theirs.keys(), f"{len(mine)} of ours, {len(theirs)} of theirs"
    assert all(np.allclose(mine[code], theirs[code], rtol=0, atol=1e-9) for code in mine)
    ratio = best[OURS] / best[PEER]
    kept = "kept" if ratio <= BOUND else "NOT KEPT"
    print(f"{len(mine):,} stations to GPKG  ours {best[OURS]:.2f} s  peer {best[PEER]:.2f} s "
          f"(pygeoapi {version('pygeoapi')})  ratio {ratio:.2f}  bound {BOUND}  {kept}")  # fmt: skip
    print(f"our server: {1000 * cpu / (len(mine) / PAGE):.1f} CPU-ms a page of {PAGE:,} features, sign-in included")


def _fetch(address: str, target: Path) -> float:
    target.unlink(missing_ok=True)
    begun = time.perf_counter()
    subprocess.run(
        ["ogr2ogr", "-f", "GPKG", target, f"OAPIF:{address}", "stations", "-oo", f"PAGE_SIZE={PAGE}"], check=True,
        env=os.environ | {"GDAL_HTTP_HEADERS": f"Authorization: Bearer {KEY}"}, capture_output=True,
    )  # fmt: skip
    return time.perf_counter() - begun


def _read(path: Path) -> dict[str, tuple[float, float]]:
    # The peer leaves the key out of the properties; GDAL keeps it as «id».
    _, _, points, fields = pyogrio.raw.read(path, columns=["id"])
    # ISO WKB of a point: byte order, type, then two doubles.
    pairs = np.frombuffer(b"".join(point[5:21] for point in points), dtype="<f8").reshape(-1, 2)
    return {code: (float(lon), float(lat)) for code, (lon, lat) in zip(fields[0], pairs, strict=True)}


@contextmanager
def _pygeoapi(url: str, folder: Path) -> Iterator[int]:
    """Serve the peer by the same gunicorn with as many workers."""
    settings = folder / "pygeoapi.json"
    settings.write_text(json.dumps(_settings(url)), encoding="utf-8")
    document = folder / "openapi.yml"
    paths = {"PYGEOAPI_CONFIG": str(settings), "PYGEOAPI_OPENAPI": str(document)}
    program = Path(sys.executable).parent / "pygeoapi"
    done = subprocess.run([program, "openapi", "generate", settings, "--output-file", document], check=False,
                          env=os.environ | paths, capture_output=True, text=True)  # fmt: skip
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    with served("pygeoapi.flask_app:APP", PEER, paths) as pid:
        yield pid


def _settings(url: str) -> dict[str, Any]:
    place = make_url(url)
    return {
        "server": {
            "bind": {"host": "127.0.0.1", "port": PEER}, "url": f"http://127.0.0.1:{PEER}",
            "mimetype": "application/json",
            "encoding": "utf-8", "gzip": False, "language": "en-US", "pretty_print": False, "admin": False,
            "limits": {"default_items": 10, "max_items": 10000},
            "map": {"url": "http://127.0.0.1/", "attribution": "none"},
        },
        "logging": {"level": "ERROR"},
        "metadata": {
            "identification": {"title": "peer", "description": "peer", "keywords": ["peer"], "keywords_type": "theme",
                               "terms_of_service": "none", "url": "http://127.0.0.1"},
            "license": {"name": "none", "url": "http://127.0.0.1"},
            "provider": {"name": "peer", "url": "http://127.0.0.1"},
            "contact": {"name": "peer", "email": "peer@example.org", "url": "http://127.0.0.1"},
        },
        "resources": {"stations": {
            "type": "collection", "title": "stations", "description": "stations", "keywords": ["stations"], "links": [],
            "extents": {"spatial": {"bbox": [108, 24, 115, 31], "crs": "http://www.opengis.net/def/crs/OGC/1.3/CRS84"}},
            "providers": [{
                "type": "feature", "name": "PostgreSQL", "id_field": "code", "table": "peer_station",
                "geom_field": "point",
                "data": {"host": place.query["host"], "port": 5432, "dbname": place.database, "user": place.username,
                         "password": "none", "search_path": ["public"]},
            }],
        }},
    }  # fmt: skip
