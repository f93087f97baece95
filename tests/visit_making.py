"""Visits and photos as a phone would send them, built by name."""

from __future__ import annotations

import hashlib
import io
import json
from typing import Any

from PIL import Image

ID_A = "0b7c7a52-6c1e-4a53-9d3e-2f4f5a1b0c01"
ID_B = "0b7c7a52-6c1e-4a53-9d3e-2f4f5a1b0c02"
ID_C = "0b7c7a52-6c1e-4a53-9d3e-2f4f5a1b0c03"


def visit(**changes: Any) -> dict[str, Any]:
    """Give a visit made at half past eleven on the morning of the tests' noon, eleven metres from JY001."""
    return {
        "station_code": "JY001", "method": "site_visit", "started_at": "2026-11-20T11:20:00+08:00",
        "ended_at": "2026-11-20T11:30:00+08:00", "captured_at": "2026-11-20T11:30:00+08:00",
        "observed_state": "open_operating", "answers": {"services": ["parcel"], "sign_wording": "national"},
        "checks": {"staff_present": "yes", "online_sales": "not_seen"},
        "fix": {"lon": 111.3420, "lat": 25.2711, "accuracy_m": 12.0, "coord_system": "wgs84", "provider": "browser",
                "age_s": 3},
        "note": "一切正常", "photos": [],
        "clock": {"wall": "2026-11-20T03:30:00Z", "monotonic_ms_since_sync": 1000, "last_server_time": None,
                  "time_zone": "Asia/Shanghai"},
        "form_version": "1",
    } | changes  # fmt: skip


def sent(**changes: Any) -> bytes:
    """Give the bytes of a visit."""
    return json.dumps(visit(**changes), ensure_ascii=False).encode()


def jpeg(seed: int = 1, size: tuple[int, int] = (64, 48), *, exif: bool = False) -> bytes:
    """Give a small JPEG; another seed, another picture."""
    image = Image.new("RGB", size, (seed * 40 % 256, seed * 70 % 256, 90))
    image.putpixel((seed % size[0], 0), (255, 255, 255))
    marks = Image.Exif()
    if exif:
        marks[0x010F] = "SecretMaker"
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90, exif=marks)
    return out.getvalue()


def sha(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def claim(body: bytes, purpose: str = "sign", mime: str = "image/jpeg") -> dict[str, Any]:
    """Give a photo as a visit names it."""
    return {"sha256": sha(body), "purpose": purpose, "size": len(body), "mime": mime,
            "taken_at": "2026-11-20T11:25:00+08:00"}  # fmt: skip
