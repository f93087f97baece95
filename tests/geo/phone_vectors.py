"""Numbers that hold the phone's own datum shift to ours; `python -m tests.geo.phone_vectors` writes them again."""

from __future__ import annotations

import json
from pathlib import Path

from geo.datum import from_cgcs2000

VECTORS = Path(__file__).resolve().parents[2] / "field_app" / "tests" / "datum_vectors.json"

# The county of the demonstration, the mainland's far corners, the two meridians where the polynomial has its root.
PLACES = ((111.344, 25.273), (87.617, 43.793), (126.642, 53.480), (109.512, 18.252), (105.0, 35.0), (121.47, 31.23),
          (75.99, 39.47), (104.999999, 30.5), (116.397428, 39.90923), (134.77, 48.39))  # fmt: skip


def make_vectors() -> list[dict[str, list[float]]]:
    """Give, for each place, its CGCS2000, GCJ-02 and BD-09 pairs; degrees, nine decimals (a tenth of a millimetre)."""
    return [
        {"cgcs2000": [lon, lat], **{datum: _pair(lon, lat, datum) for datum in ("gcj02", "bd09")}}
        for lon, lat in PLACES
    ]


def _pair(lon: float, lat: float, datum: str) -> list[float]:
    x, y = from_cgcs2000(lon, lat, datum)
    return [round(float(x), 9), round(float(y), 9)]


if __name__ == "__main__":
    VECTORS.write_text(json.dumps(make_vectors(), indent=1) + "\n", encoding="utf-8")
