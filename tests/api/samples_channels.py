"""For the access test: report channels, the evidence ladder."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from tests.api.sampling import HIDDEN, Sample

CHANNEL = {"office": "商务局", "phone": "0746-1234567", "valid_from": "2026-11-01"}
SAMPLES: dict[str, Sample] = {
    "staff.report_channels": Sample(foreign=HIDDEN),
    "report_channels.channels": Sample(foreign=HIDDEN),
    "report_channels.publish": Sample(path={"unit": "unit"}, json=CHANNEL),
    "stations.evidence": Sample(path={"code": "station"}),
}


def make(_session: Session, _things: dict[str, Any]) -> dict[str, Any]:
    """Nothing more than the world has."""
    return {}
