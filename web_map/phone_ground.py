"""Outlines for the map on a phone: rings of degrees, as fine as a slow line can bear."""

from __future__ import annotations

import gzip
import json
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path

from web_map.outlines import edition, outlines_at
from web_map.pictures.ground import rings_of

# [[[lon, lat], …], …] by six-digit code.
Rings = dict[str, list[list[list[float]]]]
# A phone fetches them once; at 50 kbit/s this is ten seconds.
MOST_BYTES = 60_000
# From about 50 m to 5 km.
_TOLERANCES_DEGREES = (0.0005, 0.002, 0.005, 0.01, 0.02, 0.05)


def phone_rings(source: Path | None, codes: Collection[str]) -> Rings:
    """Give the rings of the counties with these six-digit codes that the file knows, CGCS2000, outer ones and holes.

    They are the finest of the tolerances with which all of them gzipped stay below MOST_BYTES.
    """
    return {} if source is None else _rings(source, edition(source), tuple(sorted(codes)))


@lru_cache(maxsize=64)
def _rings(source: Path, _edition: str, codes: tuple[str, ...]) -> Rings:
    told: Rings = {}
    for tolerance in _TOLERANCES_DEGREES:
        geometries = outlines_at(source, codes, tolerance)
        told = {code: [ring.round(5).tolist() for ring in rings_of(json.loads(text))]
                for code, text in geometries.items()}  # fmt: skip
        if len(gzip.compress(json.dumps(told, separators=(",", ":")).encode(), 6)) <= MOST_BYTES:
            break
    return told
