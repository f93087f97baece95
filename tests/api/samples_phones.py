"""For the access test: sheets of enrolment codes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from stations.people.tables import Enrolment
from tests.api.sampling import HIDDEN, Sample
from tests.conftest import NOON

SAMPLES: dict[str, Sample] = {
    "enrolment_sheets.print_sheet": Sample(json={"account_ids": ["{account}"]}),
    "enrolment_sheets.sheets": Sample(foreign=HIDDEN),
    "enrolment_sheets.withdraw": Sample(path={"sheet": "sheet"}),
}


def make(session: Session, things: dict[str, Any]) -> dict[str, Any]:
    """Make what these doors speak of, in the county of `things`, and give their names."""
    sheet = f"00000000-0000-4000-8000-000000{things['unit']}"
    session.add(Enrolment(code_sha256=things["unit"] * 8, account_id=things["account"], created_at=NOON, sheet=sheet,
                          expires_at=NOON + dt.timedelta(days=7)))  # fmt: skip
    return {"sheet": sheet}
