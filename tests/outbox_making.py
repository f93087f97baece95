"""A phone's export file as the phone writes it, built by name."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

from tests.visit_making import ID_A, ID_B, ID_C, claim, jpeg, sent

MONTH = json.dumps({
    "online_sales_out": "12000.00", "purchase_agency_amount": None, "upstream_sales": None, "parcels_in": 35,
    "parcels_out": None, "is_nil": False, "note": None, "reason": None, "captured_at": "2026-12-02T12:00:00.000Z",
}).encode()  # fmt: skip
PHOTOS = [jpeg(1), jpeg(2), jpeg(3)]
DRAFT_ID = "0b7c7a52-6c1e-4a53-9d3e-2f4f5a1b0c09"


def line(**told: Any) -> bytes:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def head(**changes: Any) -> bytes:
    return line(t="head", format="cunzhan-outbox", version=2, exported_at="2026-11-20T03:50:00.000Z", device_id=1,
                account_id="1", **changes)  # fmt: skip


def record(body: bytes, account_id: int, id: str = ID_A, kind: str = "visit", **changes: Any) -> bytes:
    told = {"t": "record", "id": id, "kind": kind, "account_id": str(account_id), "station_code": "JY001",
            "period": "", "seen_version": None, "captured_at": "2026-11-20T03:30:00.000Z", "state": "ready",
            "sha256": hashlib.sha256(body).hexdigest(), "quarantine_id": None,
            "body_base64": base64.b64encode(body).decode()}  # fmt: skip
    return line(**told | changes)


def photo(body: bytes, record_id: str = ID_A, **changes: Any) -> bytes:
    told = {"t": "photo", "record_id": record_id, "sha256": hashlib.sha256(body).hexdigest(), "purpose": "sign",
            "size": len(body), "mime": "image/jpeg", "taken_at": None,
            "bytes_base64": base64.b64encode(body).decode()}  # fmt: skip
    return line(**told | changes)


def draft(account_id: int, **changes: Any) -> bytes:
    told = {"t": "draft", "id": DRAFT_ID, "kind": "visit", "account_id": str(account_id), "station_code": "JY002",
            "answers": {"note": "写到一半"}, "form_version": "1"}  # fmt: skip
    return line(**told | changes)


def end(records: int = 3, photos: int = 3, drafts: int = 1) -> bytes:
    return line(t="end", records=records, photos=photos, drafts=drafts)


def visit_body(*pictures: bytes, **changes: Any) -> bytes:
    return sent(photos=[claim(one) for one in pictures], **changes)


def whole_file(chen: int, tang: int) -> list[bytes]:
    """Give the lines of a file with two visits of Chen's, a month of Tang's and a draft."""
    first, second, third = PHOTOS
    return [
        head(), record(visit_body(first, second), chen), photo(first), photo(second),
        record(visit_body(), chen, ID_B),
        record(MONTH, tang, ID_C, "month", period="202611"),
        draft(chen), photo(third, DRAFT_ID), end(),
    ]  # fmt: skip
