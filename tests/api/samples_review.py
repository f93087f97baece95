"""For the access test: reviewing reports, workbooks of a month and feeds."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy.orm import Session

from stations.records.months import SalesReport
from stations.sales.feeds.tables import Feed
from tests.api.sampling import HIDDEN, OPEN, Sample
from tests.conftest import NOON

MONTH = {"station": "station", "period": "review_period"}
MULTIPART = {"Content-Type": "multipart/form-data; boundary=cut"}
ANY_VERSION = {"If-Match": "*"}

SAMPLES: dict[str, Sample] = {
    "reviews.accept": Sample(path=MONTH, headers=ANY_VERSION),
    "reviews.send_back": Sample(path=MONTH, json={"reason_code": "looks_wrong"}, headers=ANY_VERSION),
    "reviews.bulk_accept": Sample(json={"period": "{review_period}", "ou": "{unit}"}),
    "reviews.workbook": Sample(path={"period": "review_period"}, query="county={unit}"),
    "reviews.take_workbook": Sample(path={"period": "review_period"}, data=b"{month_body}", headers=MULTIPART),
    "feeds.add": Sample(json={"name": "收银系统", "unit_code": "{unit}"}),
    "feeds.feeds": Sample(foreign=HIDDEN),
    "feeds.revoke": Sample(path={"feed_id": "feed"}),
    "feeds.rejections": Sample(path={"feed_id": "feed"}),
    # Whoever asks: it is the signature that counts, and none of these has one.
    "feeds.take": Sample(json={"transactions": []}, foreign=OPEN, also=(401, 404)),
}


def make(session: Session, things: dict[str, Any]) -> dict[str, Any]:
    """Make what these doors speak of, in the county of `things`, and give their names."""
    session.add(SalesReport(
        station_id=things["station_id"], period=202603, version=1, state="submitted", timeliness="on_time",
        is_expected=False, has_activity=True, is_nil=False, source="owner", online_sales_out_fen=100,
        first_received_at=NOON, changed_at=NOON,
    ))  # fmt: skip
    body = (f"--cut\r\nContent-Disposition: form-data; name=\"county\"\r\n\r\n{things['unit']}\r\n"
            "--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"t.csv\"\r\n\r\n"
            f"站点编号,代收快递\n{things['station']},3\r\n--cut--\r\n")  # fmt: skip
    feed = Feed(id=str(uuid.uuid5(uuid.NAMESPACE_OID, things["unit"])), name=f"{things['station']}的收银系统",
                unit_code=things["unit"], unit_path=things["path"], secret="s" * 64, created_at=NOON)  # fmt: skip
    session.add(feed)
    return {"feed": feed.id, "review_period": "202603", "month_body": body}
