"""The conditions of a change of status: a pure question each, and the sentence that says it is not met."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from field_app_schema.vocab import ObservedState, PhotoPurpose, Role
from stations.records.days import EARLIEST, working_days_between
from stations.register.listing.moves import (
    ASSET_DISPOSITIONS,
    DELISTING_REASONS,
    MOVES,
    SUSPENSION_REASONS,
    MoveFacts,
    MovePolicy,
)
from stations.register.listing.sentences import SENTENCES

DECISIVE = (ObservedState.GONE, ObservedState.CLOSED_SIGN_REMOVED)
STRIKES = (ObservedState.CLOSED_AT_VISIT, ObservedState.OPEN_OTHER_BUSINESS)


@dataclass(frozen=True)
class Unmet:
    """A condition that is not met, as a person reads it."""

    code: str
    zh: str
    en: str


@dataclass(frozen=True)
class _Judged:
    """What a condition looks at: the facts, the thresholds and today."""

    facts: MoveFacts
    policy: MovePolicy
    as_of: dt.date

    @property
    def effective_on(self) -> dt.date:
        return self.facts.request.effective_on

    def day(self, name: str) -> dt.date | None:
        """Give a declared day if it is one and has come, or None."""
        day = self.facts.said(name)
        return day if isinstance(day, dt.date) and EARLIEST <= day <= self.as_of else None


def unmet_conditions(
    before: str | None, after: str, facts: MoveFacts, policy: MovePolicy, as_of: dt.date
) -> list[Unmet]:
    """Give every condition of the change that is not met on `as_of`, in the order of the table; none means yes.

    A change that the table does not hold has the one unmet condition NO_SUCH_MOVE.
    """
    if (before, after) not in MOVES:
        return [Unmet("NO_SUCH_MOVE", *SENTENCES["NO_SUCH_MOVE"])]
    judged = _Judged(facts, policy, as_of)
    return [Unmet(code, *SENTENCES[code]) for code in MOVES[before, after] if not MET[code](judged)]


def _acceptance_passed(j: _Judged) -> bool:
    accepted = j.day("acceptance_on")
    return (
        j.facts.said("acceptance_result") == "passed"
        and j.facts.said("acceptance_doc_no") is not None
        and accepted is not None
        and accepted <= j.effective_on
    )


def _acceptance_is_new(j: _Judged) -> bool:
    accepted = j.day("acceptance_on")
    return accepted is not None and (j.facts.since is None or accepted > j.facts.since)


def _sign_photo(j: _Judged) -> bool:
    return not j.facts.is_subsidised or any(PhotoPurpose.SIGN in seen.photos for seen in j.facts.seen)


def _suspension_ends(j: _Judged) -> dt.date | None:
    end = j.facts.said("expected_end")
    return end if isinstance(end, dt.date) and end > j.effective_on else None


def _suspension_short_enough(j: _Judged) -> bool:
    end = _suspension_ends(j)
    return end is None or (end - j.effective_on).days <= j.policy.suspension_max_days


def _seen_open_since(j: _Judged) -> bool:
    return any(seen.is_open and (j.facts.since is None or seen.on > j.facts.since) for seen in j.facts.seen)


def _last_alive(j: _Judged) -> dt.date | None:
    return max((seen.on for seen in j.facts.seen if seen.is_open), default=None)


def _gone_with_photo(j: _Judged) -> bool:
    """Only somebody who looked again, on the spot or by video, refutes that it was gone."""
    alive = max((seen.at for seen in j.facts.seen if seen.is_open and seen.is_verified), default=None)
    return any(
        seen.is_site_visit and seen.state in DECISIVE and seen.photos and (alive is None or seen.at > alive)
        for seen in j.facts.seen
    )


def _closed_twice(j: _Judged) -> bool:
    """Any sign of life after the first closed door refutes it, a telephone call too."""
    alive = max((seen.at for seen in j.facts.seen if seen.is_open), default=None)
    strikes = [
        seen for seen in j.facts.seen
        if seen.is_site_visit and seen.state in STRIKES and seen.observer_id is not None
        and (alive is None or seen.at > alive)
    ]  # fmt: skip
    return any(
        (later.on - earlier.on).days >= j.policy.strike_gap_days and later.observer_id != earlier.observer_id
        for earlier in strikes
        for later in strikes
    )


def _withdrawn(j: _Judged) -> bool:
    return j.day("withdrawal_on") is not None and j.facts.said("withdrawal_doc_no") is not None


def _judged_unfit(j: _Judged) -> bool:
    deadline = j.day("corrective_deadline")
    return (
        j.facts.said("judged_unfit_doc_no") is not None
        and deadline is not None
        and deadline < j.as_of
        and deadline < j.effective_on
    )


def _delisting_ground(j: _Judged) -> bool:
    return _withdrawn(j) or _gone_with_photo(j) or _closed_twice(j) or _judged_unfit(j)


def _objection_window_over(j: _Judged) -> bool:
    notified = j.day("owner_notified_on")
    return notified is None or working_days_between(notified, j.effective_on) >= j.policy.objection_working_days


def _plaque_photo(j: _Judged) -> bool:
    # Where the place or its sign is gone, the photo of that is the photo of the plaque.
    return _gone_with_photo(j) or any(PhotoPurpose.PLAQUE_REMOVED in seen.photos for seen in j.facts.seen)


def _not_before_last_alive(j: _Judged) -> bool:
    alive = _last_alive(j)
    return alive is None or j.effective_on >= alive


def _decided_by_the_right_level(j: _Judged) -> bool:
    return j.facts.role is not Role.COUNTY or j.facts.request.to not in j.policy.prefecture_confirms


MET: dict[str, Callable[[_Judged], bool]] = {
    "EFFECTIVE_IN_FUTURE": lambda j: j.effective_on <= j.as_of,
    "EFFECTIVE_BEFORE_PREVIOUS": lambda j: j.effective_on >= (j.facts.since or EARLIEST),
    "REASON_MISSING": lambda j: bool(j.facts.request.reason_code.strip()),
    "PREFECTURE_MUST_CONFIRM": _decided_by_the_right_level,
    "EVIDENCE_UNKNOWN": lambda j: not j.facts.evidence_unknown,
    "VILLAGE_OR_HOST_MISSING": lambda j: j.facts.has_host_and_village,
    "NEARBY_NOT_CHECKED": lambda j: j.facts.nearby_checked,
    "ACCEPTANCE_NOT_PASSED": _acceptance_passed,
    "ACCEPTANCE_NOT_NEW": _acceptance_is_new,
    "OPENED_ON_MISSING": lambda j: j.day("opened_on") is not None,
    "SUBSIDY_UNKNOWN": lambda j: j.facts.is_subsidised is not None,
    "SIGN_PHOTO_MISSING": _sign_photo,
    "FUNDING_LINK_MISSING": lambda j: not j.facts.is_subsidised or j.facts.said("funding_project_no") is not None,
    "CLAIM_CODE_MISSING": lambda j: j.day("claim_code_issued_on") is not None,
    "SUSPENSION_REASON_UNKNOWN": lambda j: j.facts.request.reason_code in SUSPENSION_REASONS,
    "EXPECTED_END_MISSING": lambda j: _suspension_ends(j) is not None,
    "SUSPENSION_TOO_LONG": _suspension_short_enough,
    "NOT_SEEN_OPEN_SINCE": _seen_open_since,
    "DELISTING_REASON_UNKNOWN": lambda j: j.facts.request.reason_code in DELISTING_REASONS,
    "DELISTING_GROUND_MISSING": _delisting_ground,
    "OWNER_NOT_NOTIFIED": lambda j: j.day("owner_notified_on") is not None,
    "OBJECTION_WINDOW_OPEN": _objection_window_over,
    "ASSET_DISPOSITION_MISSING": lambda j: j.facts.said("asset_disposition") in ASSET_DISPOSITIONS,
    "PLAQUE_PHOTO_MISSING": _plaque_photo,
    "EFFECTIVE_BEFORE_LAST_ALIVE": _not_before_last_alive,
    "SUCCESSOR_MISSING": lambda j: j.facts.successor_is_self or j.facts.successor_status is not None,
    "SUCCESSOR_IS_SELF": lambda j: not j.facts.successor_is_self,
    "SUCCESSOR_NOT_ACTIVE": lambda j: j.facts.successor_status in (None, "active"),
}
