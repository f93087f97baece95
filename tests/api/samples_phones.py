"""For the access test: sheets of enrolment codes, a phone's export file."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from inspections.chain.codes import short_code
from stations.people.tables import Enrolment
from tests.api.sampling import HIDDEN, OPEN, Sample
from tests.conftest import NOON
from tests.outbox_making import head, record, visit_body
from tests.seal_making import SealingPhone

PHONE_KEY = SealingPhone(1, 1).public_key

SAMPLES: dict[str, Sample] = {
    "staff.visit_tasks": Sample(foreign=HIDDEN),
    "staff.found_stations": Sample(foreign=HIDDEN),
    # A key that anybody's phone may have; one phone takes it twice.
    "devices.put_key": Sample(json={"public_key": PHONE_KEY}, foreign=OPEN, also=(404,)),
    "verify.verify": Sample(foreign=OPEN),
    "verify.verify_code": Sample(path={"code": "photo_code"}, foreign=OPEN),
    "verification.photos_of_code": Sample(path={"code": "photo_code"}, foreign=OPEN),
    # The small picture is made by the worker, who does not work here.
    "verification.picture_of_code": Sample(path={"code": "photo_code"}, foreign=OPEN, also=(404,)),
    "papers.plaques": Sample(query="ou={unit}"),
    "staff.signed_station_page": Sample(path={"code": "station"}, foreign=OPEN),
    "stations.signed": Sample(path={"code": "station"}, foreign=OPEN),
    "enrolment_sheets.print_sheet": Sample(json={"account_ids": ["{account}"]}),
    "enrolment_sheets.sheets": Sample(foreign=HIDDEN),
    "outbox_files.import_outbox_file": Sample(data=b"{outbox_file}", foreign=HIDDEN),
    "enrolment_sheets.withdraw": Sample(path={"sheet": "sheet"}),
}


def make(session: Session, things: dict[str, Any]) -> dict[str, Any]:
    """Make what these doors speak of, in the county of `things`, and give their names."""
    sheet = f"00000000-0000-4000-8000-000000{things['unit']}"
    session.add(Enrolment(code_sha256=things["unit"] * 8, account_id=things["account"], created_at=NOON, sheet=sheet,
                          expires_at=NOON + dt.timedelta(days=7)))  # fmt: skip
    # What is not the importer's is kept aside, and nothing is told of whose it is.
    lost = record(visit_body(), things["account"], id=things["new_visit"], station_code=None)
    return {"sheet": sheet, "photo_code": short_code(things["photo"]), "outbox_file": head() + lost}
