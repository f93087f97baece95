"""For the access test: visits that go back, previews, and stations that were found."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.found.tables import FoundStation
from stations.people.tables import Account
from tests.api.sampling import HIDDEN, KEPT, OPEN, Sample
from tests.conftest import NOON
from tests.visit_making import jpeg, visit

FOUND = {"found_id": "found"}

SAMPLES: dict[str, Sample] = {
    "inspections.return_to_phone": Sample(path={"inspection_id": "visit"}, json={"note": "请重拍"}),
    "media.put_preview": Sample(path={"sha256": "photo"}, data=b"{preview_body}", foreign=OPEN),
    "found_stations.put_found": Sample(path={"found_id": "new_visit"}, data=b"{found_body}", foreign=KEPT),
    "found_stations.found_stations": Sample(foreign=HIDDEN),
    "found_stations.found_photo": Sample(path=FOUND | {"sha256": "photo"}, query="size=full"),
    "found_stations.decide": Sample(path=FOUND, json={"decision": "dismissed", "note": "核对"}),
}


def make(session: Session, things: dict[str, Any]) -> dict[str, Any]:
    """Let a station be found in the county of `things`, with the photo of its visit, and give what the doors need."""
    by = session.scalars(select(Account.id).where(Account.username == things["by"])).one()
    found = FoundStation(
        id=things["visit"], body=b"{}", body_sha256="0" * 64, account_id=by,
        arrived_by="phone", unit_path=things["path"], village_code=things["village"], name=f"found of {things['kind']}",
        kind="village_point", nearby=[], photos=[{"sha256": things["photo"], "purpose": "sign"}], clock={},
        captured_at=NOON, received_at=NOON, state="open",
    )  # fmt: skip
    session.add(found)
    session.flush()
    body = {"name": "路边新店", "village_code": things["village"], "kind": "village_point", "fix": None, "nearby": [],
            "photos": [], "captured_at": "2026-11-20T11:30:00+08:00", "clock": visit()["clock"],
            "form_version": "1"}  # fmt: skip
    return {"found": found.id, "found_body": json.dumps(body), "preview_body": jpeg(7)}
