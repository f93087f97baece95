"""Base tiles of public providers, each with the datum it is drawn in; what lies over them is shifted, never the tiles.

A provider is chosen by configuration only, and none by default. Who shows a public map answers for its approval
number (审图号); without one the page says that it is for internal work only.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlsplit


@dataclass(frozen=True)
class BaseTiles:
    """Addresses of the tiles and of the names over them, as Leaflet takes them (`{s}` is one of `subdomains`)."""

    url: str = ""
    labels_url: str = ""
    subdomains: str = "abc"
    datum: str = "cgcs2000"
    attribution: str = ""


NO_TILES = BaseTiles()


def _tianditu(layer: str) -> str:
    # `w` is the Web-Mercator set; the names are a layer of their own.
    return (f"https://t{{s}}.tianditu.gov.cn/{layer}_w/wmts?SERVICE=WMTS&REQUEST=GetTile&VERSION=1.0.0&LAYER={layer}"
            "&STYLE=default&TILEMATRIXSET=w&FORMAT=tiles&TILEMATRIX={z}&TILEROW={y}&TILECOL={x}&tk=")  # fmt: skip


# WGS-84 and CGCS2000 are treated as equal (`geo.datum` says why); Amap alone is drawn in the shifted GCJ-02.
PRESETS = {
    "none": NO_TILES,
    "tianditu": BaseTiles(
        _tianditu("vec"), _tianditu("cva"), "01234567", attribution="天地图 · 国家地理信息公共服务平台"),
    "amap": BaseTiles(
        "https://webrd0{s}.is.autonavi.com/appmaptile?lang=zh_cn&size=1&scale=1&style=8&x={x}&y={y}&z={z}",
        subdomains="1234", datum="gcj02", attribution="高德地图"),
    "osm": BaseTiles("https://tile.openstreetmap.org/{z}/{x}/{y}.png", attribution="© OpenStreetMap contributors"),
}  # fmt: skip
NEED_A_KEY = ("tianditu",)


def preset_tiles(name: str, key: str) -> BaseTiles:
    """Give a provider's tiles with the operator's key in them; ValueError when it needs a key and has none."""
    known = PRESETS[name]
    if name not in NEED_A_KEY:
        return known
    if not key:
        raise ValueError(f"CUNZHAN_TILES={name} needs CUNZHAN_TILE_KEY")
    safe = quote(key, safe="")
    return BaseTiles(known.url + safe, known.labels_url + safe, known.subdomains, known.datum, known.attribution)


def tile_origins(tiles: BaseTiles) -> str:
    """Give the hosts of the tiles for a page's policy, one for each subdomain; empty if they are our own or none."""
    origins: list[str] = []
    for url in (tiles.url, tiles.labels_url):
        parts = urlsplit(url)
        if parts.netloc:
            origins += [f"{parts.scheme}://{parts.netloc.replace('{s}', one)}" for one in tiles.subdomains]
    return " ".join(dict.fromkeys(origins))
