"""Outlines for phones: as fine as a slow line bears."""

from __future__ import annotations

import gzip
import json
import math
from pathlib import Path

from web_map.phone_ground import phone_rings


def written(tmp_path: Path, rings: list[list[list[float]]]) -> Path:
    file = tmp_path / "outlines.geojson"
    one = {"type": "Feature", "properties": {"code": "431125"},
           "geometry": {"type": "Polygon", "coordinates": rings}}  # fmt: skip
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [one]}), encoding="utf-8")
    return file


def test_a_coast_too_fine_for_a_slow_line_is_drawn_coarser(tmp_path: Path) -> None:
    # 20 000 corners, each out of step with the last; seen from the middle none hides another.
    angles = [(n * math.tau / 20_000, 0.2 + 0.002 * math.sin(n * n)) for n in range(20_000)]
    coast = [[111.2 + far * math.cos(angle), 25.2 + far * math.sin(angle)] for angle, far in angles]
    told = phone_rings(written(tmp_path, [[*coast, coast[0]]]), ["431125", "999999"])
    assert list(told) == ["431125"]
    assert len(gzip.compress(json.dumps(told, separators=(",", ":")).encode())) <= 60_000
    assert 20 < len(told["431125"][0]) < 10_000
    assert all(abs(math.hypot(lon - 111.2, lat - 25.2) - 0.2) < 0.004 for lon, lat in told["431125"][0])


def test_without_a_file_there_is_nothing(tmp_path: Path) -> None:
    assert phone_rings(None, ["431125"]) == {}
