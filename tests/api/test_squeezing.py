"""Our own files and pages travel gzipped for who takes it, the same edition either way, and never twice."""

from __future__ import annotations

import gzip

import pytest
from flask.testing import FlaskClient

from tests.world import World
from web_map.pages import STATIC

GZIP = {"Accept-Encoding": "gzip"}
# How a file travels does not depend on the database.
pytestmark = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)


def test_a_module_is_the_same_plain_and_gzipped_and_not_sent_again(client: FlaskClient) -> None:
    plain, small = client.get("/static/map/map.js"), client.get("/static/map/map.js", headers=GZIP)
    assert gzip.decompress(small.data) == plain.data == (STATIC / "map/map.js").read_bytes()
    assert len(small.data) < len(plain.data) / 2
    assert (plain.headers["Vary"], small.headers["Vary"]) == ("Accept-Encoding", "Accept-Encoding")
    assert small.mimetype == plain.mimetype
    for tag in (plain.headers["ETag"], small.headers["ETag"]):
        again = client.get("/static/map/map.js", headers=GZIP | {"If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("path", ["/static/../pages.py", "/static/%2e%2e/pages.py", "/static/map", "/static/none.js"])
def test_no_other_file_is_sent(client: FlaskClient, path: str) -> None:
    assert client.get(path, headers=GZIP).status_code == 404


def test_a_page_is_gzipped_and_names_its_modules(client: FlaskClient, world: World) -> None:
    answer = client.get("/", headers=world.as_phone("jiang") | GZIP)
    page = gzip.decompress(answer.data).decode()
    assert len(answer.data) < 45_000
    assert '<link rel="modulepreload" href="/static/map/themes/vitality.js">' in page
    assert page.count('rel="modulepreload"') >= 15
