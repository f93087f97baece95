"""What a ledger's word on the status is worth.

A new station enters with the dates the ledger gives: accepted on the acceptance date, and suspended or delisted only
on a stated date. A word without a date («已关停») is the county's claim: it is kept as an extra column and shown, the
station enters as its dates say, and nothing is observed, because nobody says who saw it and when; the alive rule then
answers «unknown». The status of a station that stands is never changed by a ledger: such a change has its conditions
(domain model F2) and its own door. A ledger's claim is at most a review of documents, reported and never verified.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from stations.register.entry.facts import StationFacts
from stations.register.entry.rows import newest_status
from stations.register.ledger.cells import text_of
from stations.register.ledger.telling import Told


@dataclass(frozen=True)
class Claim:
    """The word of the ledger, and the status the register has or will have instead."""

    said: str
    status: str


def dates_of_status(told: Told, facts: StationFacts) -> StationFacts:
    """Give a new station's facts with its end date; complains of a status that cannot be or contradicts it."""
    status, ended_on = told.values.get("listing_status"), told.values.get("ended_on")
    said = text_of(told.row.cell("listing_status"))
    if status in {"merged", "rejected"}:
        told.complain("listing_status", "STATUS_NOT_BY_LEDGER", said, status)
        return facts
    if ended_on is None:
        return facts
    if status in {"active", "proposed"}:
        told.complain("ended_on", "STATUS_CONTRADICTS", said, status)
        return facts
    return replace(facts, suspended_on=ended_on) if status == "suspended" else replace(facts, delisted_on=ended_on)


def status_claim(told: Told, facts: StationFacts, standing_status: str | None) -> Claim | None:
    """Give the claim when the ledger's word is not the status the register has or will have; None when they agree."""
    word = told.values.get("listing_status")
    status = standing_status or newest_status(facts)
    if word is None or word == status:
        return None
    return Claim(text_of(told.row.cell("listing_status")), status)
