"""For the access test: visits reviewed, edited, and what they found wrong."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from inspections.review.tables import Finding
from inspections.visits.tables import Inspection
from stations.people.tables import Account
from tests.api.sampling import HIDDEN, REFUSED, Sample
from tests.conftest import NOON

VISIT = {"inspection_id": "visit"}
DECIDED = {"inspection_id": "approved_visit"}
SEEN = {"If-Match": "*"}

SAMPLES: dict[str, Sample] = {
    "staff.review": Sample(foreign=HIDDEN),
    "staff.findings": Sample(foreign=HIDDEN),
    "review.queue": Sample(foreign=HIDDEN),
    "review.counts": Sample(foreign=HIDDEN),
    "review.visit": Sample(path=VISIT, foreign=REFUSED),
    "review.approve": Sample(path=VISIT, json={}, headers=SEEN),
    "review.reopen": Sample(path=DECIDED, json={"why": "看错了"}, headers=SEEN),
    "review.sign": Sample(path=VISIT, json={"sign_class": "absent", "why": "按照片核对"}, headers=SEEN),
    "review.edit": Sample(path=VISIT, json={"note": "更正", "why": "核对"}, headers=SEEN, makers_only=True),
    "findings.findings": Sample(foreign=HIDDEN),
    "findings.findings_file": Sample(foreign=HIDDEN),
}


def make(session: Session, things: dict[str, Any]) -> dict[str, Any]:
    """Make an approved visit and what it found, in the county of `things`, and give its name."""
    waiting = session.get_one(Inspection, things["visit"])
    approved = f"0b7c7a52-6c1e-4a53-9d3e-000000{things['unit']}"
    same = {name.key: getattr(waiting, name.key) for name in Inspection.__mapper__.columns if name.key != "id"}
    session.add(Inspection(id=approved, **same | {"state": "approved", "account_id": things["account"]}))
    session.flush()
    name = session.get_one(Account, things["account"]).id
    session.add(Finding(station_id=things["station_id"], inspection_id=approved, kind="service_missing", rule_code=None,
                        details={"services": ["parcel"], "version": 1}, created_at=NOON, created_by=name))  # fmt: skip
    return {"approved_visit": approved}
