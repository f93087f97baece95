"""For the access test: rates, outliers, contradictions and follow-ups."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from stations.sales.doubts.tables import FollowUp
from tests.api.sampling import Sample
from tests.conftest import NOON

MARK = {"station": "{station}", "period": "202609", "subject": "parcels_in", "reason_code": "visit"}

SAMPLES: dict[str, Sample] = {
    "rates.reporting_rates_of_a_unit": Sample(query="ou={unit}&by=station"),
    "doubts.outliers_of_a_unit": Sample(query="ou={unit}"),
    "doubts.contradictions_of_a_unit": Sample(query="ou={unit}"),
    "doubts.stations_worth_a_visit": Sample(query="ou={unit}"),
    "doubts.follow_ups_of_a_unit": Sample(query="ou={unit}"),
    "doubts.mark_for_a_closer_look": Sample(json=MARK),
    "doubts.settle": Sample(path={"follow_up_id": "follow_up"}, query="note=seen"),
}


def make(session: Session, things: dict[str, Any]) -> dict[str, Any]:
    """Make what these doors speak of, in the county of `things`, and give their names."""
    mark = FollowUp(station_id=things["station_id"], subject="parcels_out", reason_code="visit", set_at=NOON)
    session.add(mark)
    session.flush()
    return {"follow_up": mark.id}
