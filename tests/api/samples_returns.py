"""For the access test: county returns, their export and reminders."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from stations.records.months import CountyReturn, ReportingStart
from stations.sales.reminders.tables import ReminderSent
from tests.api.sampling import Sample
from tests.conftest import NOON

SUMS = {"reports": 1, "online_sales_out_fen": 100}

SAMPLES: dict[str, Sample] = {
    "months.month": Sample(query="ou={unit}", path={"period": "ended_month"}),
    "county_returns.county_returns": Sample(query="ou={unit}&period=202609"),
    "county_returns.send": Sample(json={"county": "{unit}", "period": "202608"}),
    "county_returns.accept": Sample(path={"return_id": "county_return"}, json={}),
    "county_returns.send_back": Sample(path={"return_id": "county_return"}, json={"note": "再核"}),
    "county_returns.export": Sample(query="ou={unit}&pe=202610"),
    "county_returns.columns": Sample(query="ou={unit}"),
    # Each office edits its own table: those above a county may look at it only.
    "county_returns.put_columns": Sample(query="ou={unit}", json={"columns": []}, also=(403,)),
    "reminders.reminders": Sample(query="ou={unit}&period=202609"),
    "reminders.mailbox": Sample(query="ou={unit}"),
    "reminders.put_mailbox": Sample(query="ou={unit}", json={"address": "office@county.example"}),
}


def make(session: Session, things: dict[str, Any]) -> dict[str, Any]:
    """Make what these doors speak of, in the county of `things`, and give their names."""
    if session.get(ReportingStart, things["unit"]) is None:
        session.add(ReportingStart(county_code=things["unit"], first_period=202601, recorded_at=NOON))
    coverage = dict.fromkeys(
        ("expected", "reported", "with_figures", "nil", "missing", "outstanding", "late", "excused", "feed",
         "feed_silent", "beyond", "accepted", "unaccepted"), 0,
    )  # fmt: skip
    sent = CountyReturn(
        county_code=things["unit"], county_path=things["path"], period=202609, version=1, state="sent",
        figures=dict.fromkeys(("total", "accepted", "feed", "unaccepted"), SUMS),
        coverage=coverage | {"line_zh": f"{things['station']} 已报", "line_en": "reported"}, timeliness="on_time",
        sent_at=dt.datetime(2026, 10, 3, tzinfo=dt.UTC),
    )  # fmt: skip
    session.add(sent)
    session.add(ReminderSent(station_id=things["station_id"], period=202609, kind="due_day", asked_at=NOON,
                             message_id=f"message-{things['unit']}"))  # fmt: skip
    session.flush()
    return {"county_return": sent.id, "ended_month": "202610"}
