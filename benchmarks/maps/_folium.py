"""The peer: Folium's FastMarkerCluster over the same stations, its scripts served by the same machine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

import folium
from folium.plugins import FastMarkerCluster

SHELF = "/static/shelf/leaflet"
# What Folium 0.20 asks of the network under these names.
MARKERCLUSTER = "leaflet.markercluster@1.1.0"
COLOURS = ["#009e73", "#e69f00", "#0072b2", "#b0307f", "#d55e00", "#5b6663", "#9aa5a1"]
CALLBACK = f"""function (row) {{
  var marker = L.circleMarker(new L.LatLng(row[0], row[1]), {{radius: 6, color: {COLOURS}[row[2]]}});
  marker.bindTooltip(String(row[3]));
  return marker;
}}"""


def fetch_markercluster(folder: Path) -> Path:
    """Give the folder with Leaflet.markercluster's files, installed by npm into `folder`."""
    npm = shutil.which("npm", path=f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin")
    if npm is None:
        raise FileNotFoundError("npm")
    env = os.environ | {"PATH": f"{Path(npm).parent}:{os.environ['PATH']}"}
    subprocess.run([npm, "install", "--prefix", folder, "--no-fund", "--no-audit", "--ignore-scripts", MARKERCLUSTER],
                   check=True, capture_output=True, env=env)  # fmt: skip
    return folder / "node_modules/leaflet.markercluster/dist"


class LocalCluster(FastMarkerCluster):
    """FastMarkerCluster with its files from this machine."""

    default_js = [("markercluster", "/peer/leaflet.markercluster.js")]
    default_css = [("markercluster_css", "/peer/MarkerCluster.css"), ("default_css", "/peer/MarkerCluster.Default.css")]


class LocalMap(folium.Map):
    """Folium's map with Leaflet from this machine and nothing it does not need for this."""

    default_js = [("leaflet", f"{SHELF}/leaflet.js")]
    default_css = [("leaflet_css", f"{SHELF}/leaflet.css")]


def folium_page(stations: Iterable[tuple[int, float, float, int]], centre: tuple[float, float], zoom: int) -> str:
    """Give the whole page with every station in it, as Folium writes it."""
    shell = LocalMap(location=centre, zoom_start=zoom, tiles=None, prefer_canvas=True)
    shell.options["max_zoom"] = 18
    rows = [[lat, lon, state, number] for number, lon, lat, state in stations]
    LocalCluster(rows, callback=CALLBACK).add_to(shell)  # type: ignore[no-untyped-call]  # Folium's has no types
    return str(shell.get_root().render())


def best_of(times: int, work: object) -> float:
    """Give the least seconds of some runs of a callable."""
    least = float("inf")
    for _ in range(times):
        began = time.perf_counter()
        work()  # type: ignore[operator]  # a callable without arguments
        least = min(least, time.perf_counter() - began)
    return least
