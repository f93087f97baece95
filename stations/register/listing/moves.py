"""What a change of `listing_status` is asked with and judged by, as plain values, and the table of changes (F2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from field_app_schema.vocab import EvidenceKind, ListingStatus, ObservedState, Role
from stations.records.days import day_in_china

PROPOSED, ACTIVE, SUSPENDED = ListingStatus.PROPOSED, ListingStatus.ACTIVE, ListingStatus.SUSPENDED
DELISTED, MERGED, REJECTED = ListingStatus.DELISTED, ListingStatus.MERGED, ListingStatus.REJECTED

SUSPENSION_REASONS = frozenset({"repair", "disaster", "staff_absent", "owner_request", "investigation"})
DELISTING_REASONS = frozenset({"owner_withdrawal", "gone", "closed", "judged_unfit"})
ASSET_DISPOSITIONS = frozenset({"returned", "transferred", "kept_by_owner", "scrapped", "none_given"})


@dataclass(frozen=True)
class MovePolicy:
    """[proposal] thresholds of F2; `prefecture_confirms` names the new statuses that a prefecture has to decide."""

    suspension_max_days: int = 180
    strike_gap_days: int = 7
    objection_working_days: int = 10
    prefecture_confirms: frozenset[str] = frozenset()


@dataclass(frozen=True)
class MoveRequest:
    """What the county asks: the new status, its day, why, and on what evidence.

    `declared` holds facts that this register cannot hold itself yet, each a day, a document number or a word:
    acceptance_result, acceptance_on, acceptance_doc_no, opened_on, funding_project_no, claim_code_issued_on,
    expected_end, withdrawal_on, withdrawal_doc_no, judged_unfit_doc_no, corrective_deadline, owner_notified_on,
    asset_disposition. They are kept with the transition.
    """

    to: str
    effective_on: dt.date
    reason_code: str
    note: str | None = None
    doc_no: str | None = None
    evidence_ids: tuple[str, ...] = ()
    successor_code: str | None = None
    declared: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Seen:
    """One standing observation: when, how, by whom, and the purposes of its photos that have arrived."""

    id: int
    at: dt.datetime
    state: str
    kind: str
    observer_id: int | None
    photos: frozenset[str] = frozenset()

    @property
    def on(self) -> dt.date:
        """The day in China."""
        return day_in_china(self.at)

    @property
    def is_open(self) -> bool:
        return self.state in (ObservedState.OPEN_OPERATING, ObservedState.OPEN_WEAKENED)

    @property
    def is_site_visit(self) -> bool:
        return self.kind == EvidenceKind.SITE_VISIT

    @property
    def is_verified(self) -> bool:
        return self.kind in (EvidenceKind.SITE_VISIT, EvidenceKind.VIDEO_LINK)


@dataclass(frozen=True)
class EvidencePhoto:
    """A photo whose bytes have arrived, of one visit."""

    inspection_id: str
    purpose: str


@dataclass(frozen=True)
class MoveFacts:
    """What the register knows when a change is asked for; `seen` is oldest first."""

    request: MoveRequest
    role: Role
    since: dt.date | None = None
    is_subsidised: bool | None = None
    has_host_and_village: bool = True
    nearby_checked: bool = True
    seen: tuple[Seen, ...] = ()
    successor_status: str | None = None
    successor_is_self: bool = False
    evidence_unknown: tuple[str, ...] = ()

    def said(self, name: str) -> Any:
        """Give a declared fact, or None when it is absent or blank."""
        value = self.request.declared.get(name)
        return None if isinstance(value, str) and not value.strip() else value


_DELISTING = (
    "DELISTING_REASON_UNKNOWN", "DELISTING_GROUND_MISSING", "OWNER_NOT_NOTIFIED", "OBJECTION_WINDOW_OPEN",
    "ASSET_DISPOSITION_MISSING", "PLAQUE_PHOTO_MISSING", "EFFECTIVE_BEFORE_LAST_ALIVE",
)  # fmt: skip
_ALWAYS = (
    "EFFECTIVE_IN_FUTURE", "EFFECTIVE_BEFORE_PREVIOUS", "REASON_MISSING", "PREFECTURE_MUST_CONFIRM",
    "EVIDENCE_UNKNOWN",
)  # fmt: skip

# (from, to) -> the conditions of that row of F2, all of which are looked at, so that a person sees them at once.
MOVES: dict[tuple[str | None, str], tuple[str, ...]] = {
    (None, PROPOSED): ("VILLAGE_OR_HOST_MISSING", "NEARBY_NOT_CHECKED"),
    (PROPOSED, ACTIVE): (
        *_ALWAYS, "ACCEPTANCE_NOT_PASSED", "OPENED_ON_MISSING", "SUBSIDY_UNKNOWN", "SIGN_PHOTO_MISSING",
        "FUNDING_LINK_MISSING", "CLAIM_CODE_MISSING", "NEARBY_NOT_CHECKED",
    ),
    (PROPOSED, REJECTED): _ALWAYS,
    (ACTIVE, SUSPENDED): (
        *_ALWAYS, "SUSPENSION_REASON_UNKNOWN", "EXPECTED_END_MISSING", "SUSPENSION_TOO_LONG",
    ),
    (SUSPENDED, ACTIVE): (*_ALWAYS, "NOT_SEEN_OPEN_SINCE"),
    (ACTIVE, DELISTED): (*_ALWAYS, *_DELISTING),
    (SUSPENDED, DELISTED): (*_ALWAYS, *_DELISTING),
    (DELISTED, ACTIVE): (*_ALWAYS, "ACCEPTANCE_NOT_PASSED", "ACCEPTANCE_NOT_NEW"),
    (ACTIVE, MERGED): (*_ALWAYS, "SUCCESSOR_MISSING", "SUCCESSOR_IS_SELF", "SUCCESSOR_NOT_ACTIVE"),
}  # fmt: skip

# What a prefecture may do beside the county: confirm what makes or ends a station.
PREFECTURE_MAY = frozenset({(PROPOSED, ACTIVE), (ACTIVE, DELISTED), (SUSPENDED, DELISTED), (DELISTED, ACTIVE)})
