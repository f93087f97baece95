"""The pages of 15,000 and 150,000 stations in Chromium beside FastMarkerCluster, on this machine in this run.

Our page also draws the outlines of counties or provinces, which come after the first drawing and which the peer has
not: they are in idle, tasks and heap, and not in the bytes.
"""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import shutil
import statistics
import subprocess
import tempfile
import threading
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from flask import Flask, Response, send_from_directory
from playwright.sync_api import Browser, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from api.app import create_app
from api.compact import squeezed
from api.config import Config
from benchmarks.maps._browser import Seen, first_useful, look
from benchmarks.maps._folium import best_of, fetch_markercluster, folium_page
from benchmarks.maps._seed import seed_nation
from benchmarks.months_seed import NATION, NOW, XIANG
from db import make_engine, session_factory
from stations.people.access import Caller
from stations.people.tables import StaffSession
from stations.register.lookup.map_rows import MapQuestion, map_rows
from web_map.packing import STATES

CALLERS = {"15k": XIANG, "150k": NATION}
CENTRES = {"15k": ((27.5, 111.6), 7), "150k": ((34.0, 106.0), 4)}
DIGIT = {state.value: index for index, state in enumerate(STATES)}
# What our page asks of the server until it is first drawn: at 15k every station, at 150k shares of the provinces.
ASKED = {
    "15k": ("/api/v1/maps/shares.json?level=prefecture", "/api/v1/maps/stations.json?parts=places"),
    "150k": ("/api/v1/maps/shares.json?level=province",),
}
OURS = {"15k": "/?show=dots", "150k": "/"}
RUNS = 3


class Quiet(WSGIRequestHandler):
    """Says nothing about each request, and keeps connections as the product's own server does."""

    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: object) -> None:
        return


def run() -> None:
    """Seed, serve, and measure both pages in turn, ours and the peer's alternating."""
    with tempfile.TemporaryDirectory(prefix="cunzhan-maps-") as name:
        folder = Path(name)
        url = seed_nation(folder)
        app = create_app(Config(database_url=url, var_dir=folder, photo_store_url=(folder / "photos").as_uri()),
                         clock=lambda: NOW)  # fmt: skip
        _sign_in(url)
        _serve_peer(app, url, fetch_markercluster(folder))
        server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(f"Folium {version('folium')}, Leaflet.markercluster 1.1.0; {_chromium_version()}; SQLite", flush=True)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=_chromium(), args=["--no-sandbox", "--disable-gpu"])
            for size in ("15k", "150k"):
                _compare(size, app, browser, f"http://127.0.0.1:{server.server_port}")
            browser.close()
        server.shutdown()


def _compare(size: str, app: Flask, browser: Browser, address: str) -> None:
    client = app.test_client()
    client.set_cookie("cunzhan_session", f"bench-{size}")
    take = {"Accept-Encoding": "gzip"}
    ours_bytes = sum(len(client.get(path, headers=take).data) for path in (OURS[size], *ASKED[size]))
    ours_s = best_of(RUNS, lambda: [client.get(path, headers=take) for path in (OURS[size], *ASKED[size])])
    peer = client.get(f"/peer/{size}.html", headers=take)
    peer_s = best_of(RUNS if size == "15k" else 2, lambda: client.get(f"/peer/{size}.html", headers=take))
    cookies = [{"name": "cunzhan_session", "value": f"bench-{size}", "url": address}]
    pairs = [(look(browser, address + OURS[size], cookies), look(browser, f"{address}/kept/{size}.html", cookies))
             for _ in range(RUNS if size == "15k" else 2)]  # fmt: skip
    ours, theirs = _middle([pair[0] for pair in pairs]), _middle([pair[1] for pair in pairs])
    weight = ("page and stations kB gz", ours_bytes / 1000, len(peer.data) / 1000)
    _print(size, ("server s", ours_s, peer_s), weight, ours, theirs)
    deep = _middle([look(browser, f"{address}{OURS[size].split('?')[0]}?show=dots&at=27.5,111.6,9", cookies)
                    for _ in range(RUNS)])  # fmt: skip
    _told(f"{size} among stations, zoom 9 to 11 ms", deep.zoom_ms, None, 100)
    _told(f"{size} among stations, pan ms", deep.pan_ms, None, 100)
    if size == "15k":
        slow = [first_useful(browser, address + OURS[size], cookies) for _ in range(2)]
        _told("15k first useful, 4x CPU, 400 kbit/s, cold, s", min(slow), None, 5.0)


# The least that each figure must be: absolute, and as a share of the peer's.
GOALS = {"15k": {"idle": 0.6}, "150k": {"idle": 2.0, "longest": 600.0, "heap": 20.0}}
RATIOS = {
    "15k": {"bytes": 1 / 2, "idle": 1 / 2},
    "150k": {"server": 1 / 10, "bytes": 1 / 2, "idle": 1 / 5, "longest": 1 / 15, "heap": 1 / 20},
}


def _print(
    size: str, server: tuple[str, float, float], bytes_: tuple[str, float, float], ours: Seen, peer: Seen
) -> None:
    goals, ratio = GOALS[size], RATIOS[size]
    _told(f"{size} {server[0]}", server[1], server[2], None, ratio.get("server"))
    _told(f"{size} {bytes_[0]}", bytes_[1], bytes_[2], None, ratio.get("bytes"))
    _told(f"{size} idle s", ours.idle_s, peer.idle_s, goals["idle"], ratio.get("idle"))
    _told(f"{size} longest task ms", ours.longest_ms, peer.longest_ms, goals.get("longest"), ratio.get("longest"))
    _told(f"{size} JS heap MB", ours.heap_mb, peer.heap_mb, goals.get("heap"), ratio.get("heap"))
    _told(f"{size} zoom ms", ours.zoom_ms, peer.zoom_ms, 100)
    _told(f"{size} pan ms", ours.pan_ms, peer.pan_ms, 100)


def _told(name: str, ours: float, peer: float | None, goal: float | None, ratio: float | None = None) -> None:
    """Print one figure with its goal, absolute or as a ratio to the peer, and whether both are kept."""
    kept = (goal is None or ours <= goal) and (ratio is None or peer is None or ours <= ratio * peer)
    beside = "" if peer is None else f"  FastMarkerCluster {peer:9.2f}  ratio {ours / max(peer, 1e-9):6.3f}"
    bounds = [f"<= {goal:g}" if goal is not None else "", f"ratio <= {ratio:.3f}" if ratio is not None else ""]
    said = ", ".join(one for one in bounds if one)
    verdict = f"  goal {said}  {'kept' if kept else 'NOT KEPT'}" if said else ""
    print(f"{name:46} ours {ours:9.2f}{beside}{verdict}", flush=True)


def _middle(seen: list[Seen]) -> Seen:
    return Seen(*(statistics.median(column) for column in zip(*(vars(one).values() for one in seen), strict=True)))


def _sign_in(url: str) -> None:
    engine = make_engine(url)
    with session_factory(engine).begin() as session:
        for size, caller in CALLERS.items():
            digest = hashlib.sha256(f"bench-{size}".encode()).hexdigest()
            session.add(StaffSession(token_sha256=digest, account_id=caller.account_id, csrf_token="x",
                                     created_at=NOW, expires_at=NOW + dt.timedelta(hours=12)))  # fmt: skip
    engine.dispose()


def _serve_peer(app: Flask, url: str, files: Path) -> None:
    """Add the peer's page, built anew from the same database at each request, and once for the browser."""
    sessions = session_factory(make_engine(url))
    kept: dict[str, bytes] = {}

    def page(size: str) -> str:
        caller: Caller = CALLERS[size]
        with sessions() as session:
            rows = map_rows(session, caller, MapQuestion(), now=NOW)
        stations = ((row.station_id, row.lon or 0.0, row.lat or 0.0, DIGIT[row.vitality]) for row in rows)
        return folium_page(stations, *CENTRES[size])

    def built(size: str) -> Response:
        answer = squeezed(Response(page(size), mimetype="text/html"))
        kept[size] = gzip.decompress(answer.data) if answer.headers.get("Content-Encoding") else answer.data
        return _free(answer)

    rules: list[tuple[str, str, Callable[..., Any]]] = [
        ("/peer/<size>.html", "peer_page", built),
        ("/kept/<size>.html", "peer_kept", lambda size: _free(squeezed(Response(kept[size], mimetype="text/html")))),
        ("/peer/<path:name>", "peer_file", lambda name: _free(send_from_directory(files, name))),
    ]
    for rule, endpoint, view in rules:
        app.add_url_rule(rule, endpoint, view)


def _free(response: Response) -> Response:
    """Folium's page runs inline scripts and styles, so its own policy forbids nothing."""
    response.headers["Content-Security-Policy"] = "default-src * 'unsafe-inline' 'unsafe-eval' data:"
    return response


def _chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        raise FileNotFoundError("chromium")
    return found


def _chromium_version() -> str:
    told = subprocess.run([_chromium(), "--version"], capture_output=True, text=True, check=True)
    return told.stdout.strip()
