"""Base tiles come by configuration, each provider in its own datum; a page may load its hosts and no others."""

from __future__ import annotations

import pytest

from api.config import ConfigError, config_from_env
from api.tiles import PRESETS, preset_tiles, tile_origins


def test_no_tiles_unless_asked_for() -> None:
    tiles = config_from_env({}).tiles
    assert (tiles.url, tiles.datum, tile_origins(tiles)) == ("", "cgcs2000", "")


@pytest.mark.parametrize(
    ("provider", "datum", "host"),
    [("tianditu", "cgcs2000", "https://t7.tianditu.gov.cn"), ("amap", "gcj02", "https://webrd01.is.autonavi.com"),
     ("osm", "cgcs2000", "https://tile.openstreetmap.org")],
)  # fmt: skip
def test_each_provider_has_its_datum_and_its_hosts(provider: str, datum: str, host: str) -> None:
    tiles = config_from_env({"CUNZHAN_TILES": provider, "CUNZHAN_TILE_KEY": "k&y"}).tiles
    assert (tiles.datum, host in tile_origins(tiles).split()) == (datum, True)
    assert all(f"{{{axis}}}" in tiles.url for axis in "xyz")
    assert tiles.attribution


def test_the_key_goes_into_every_address_and_cannot_break_it() -> None:
    tiles = preset_tiles("tianditu", "k&y")
    assert tiles.url.endswith("&tk=k%26y")
    assert tiles.labels_url.endswith("&tk=k%26y")
    assert len(tile_origins(tiles).split()) == 8


@pytest.mark.parametrize(
    ("env", "named"),
    [({"CUNZHAN_TILES": "tianditu"}, "CUNZHAN_TILE_KEY"), ({"CUNZHAN_TILES": "bing"}, "CUNZHAN_TILES"),
     ({"CUNZHAN_TILES": "osm", "CUNZHAN_TILE_URL": "/t/{z}/{x}/{y}.png"}, "CUNZHAN_TILE_URL"),
     ({"CUNZHAN_TILE_URL": "/t/{z}/{x}/{y}.png", "CUNZHAN_TILE_DATUM": "bd09"}, "CUNZHAN_TILE_DATUM")],
)  # fmt: skip
def test_nonsense_stops_the_start(env: dict[str, str], named: str) -> None:
    with pytest.raises(ConfigError, match=named):
        config_from_env(env)


def test_own_tiles_keep_their_datum() -> None:
    env = {"CUNZHAN_TILE_URL": "https://tiles.example.gov.cn/{z}/{x}/{y}.png", "CUNZHAN_TILE_DATUM": "gcj02"}
    tiles = config_from_env(env).tiles
    assert (tiles.datum, tile_origins(tiles)) == ("gcj02", "https://tiles.example.gov.cn")
    assert set(PRESETS) == {"none", "tianditu", "amap", "osm"}
