"""For the access test: what comes down to phones, and the visits that are assigned."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from inspections.tasks.tables import VisitTask
from stations.people.tables import Account
from tests.api.sampling import HIDDEN, Sample
from tests.conftest import NOON

ASKED = {"account_id": "{account}", "stations": ["{station}"], "method": "site_visit"}

SAMPLES: dict[str, Sample] = {
    "phone.my_changes": Sample(foreign=HIDDEN),
    "phone.my_ground": Sample(foreign=HIDDEN),
    "visit_tasks.assign": Sample(json=ASKED),
    "visit_tasks.tasks": Sample(foreign=HIDDEN),
    "visit_tasks.withdraw": Sample(path={"task_id": "task"}),
}


def make(session: Session, things: dict[str, Any]) -> dict[str, Any]:
    """Assign a visit in the county of `things`, and give its number."""
    by = session.scalars(select(Account.id).where(Account.username == things["by"])).one()
    task = VisitTask(station_id=things["station_id"], account_id=things["account"], method="site_visit",
                     assigned_by=by, unit_path=things["path"], assigned_at=NOON, revision=1)  # fmt: skip
    session.add(task)
    session.flush()
    return {"task": task.id}
