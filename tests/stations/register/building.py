"""Small builders for tests of the register: what was seen, and changes complete but for what a test takes out."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from stations.people.access import Caller
from stations.records.tables import Observation, Station
from stations.register.listing.moves import EvidencePhoto, MoveRequest
from stations.register.observing import observe
from tests.conftest import NOON

TODAY = dt.date(2026, 11, 20)

ACCEPTED = {"acceptance_result": "passed", "acceptance_on": dt.date(2026, 11, 10), "acceptance_doc_no": "验〔2026〕3号",
            "opened_on": dt.date(2026, 11, 1), "funding_project_no": "XM-07",
            "claim_code_issued_on": dt.date(2026, 11, 12)}  # fmt: skip
DELISTING = {"owner_notified_on": dt.date(2026, 11, 2), "asset_disposition": "returned"}


def days_ago(days: int) -> dt.datetime:
    return NOON - dt.timedelta(days=days)


def look(
    session: Session, station: Station, observer: Caller, state: str, days: int, *,
    method: str = "site_visit", visit: str | None = None, known: dt.datetime | None = None,
) -> Observation:  # fmt: skip
    """Take down what an observer saw so many days before the noon of the tests, known at once unless said."""
    at = days_ago(days)
    return observe(session, station, observed_at=at, observed_state=state, method=method, observer=observer,
                   source="inspection", inspection_id=visit, now=known or at)  # fmt: skip


def accepting(**more: Any) -> MoveRequest:
    return MoveRequest("active", TODAY, "accepted", declared=ACCEPTED | more)


def suspending(**more: Any) -> MoveRequest:
    declared = {"expected_end": dt.date(2027, 1, 20)} | more
    return MoveRequest("suspended", TODAY, "repair", declared=declared)


def delisting(reason: str = "gone", **more: Any) -> MoveRequest:
    return MoveRequest("delisted", TODAY, reason, declared=DELISTING | more)


def without(request: MoveRequest, *names: str) -> MoveRequest:
    """Give the same request less some declared facts."""
    return replace(request, declared={k: v for k, v in request.declared.items() if k not in names})


def photo(visit: str, purpose: str) -> EvidencePhoto:
    return EvidencePhoto(visit, purpose)
