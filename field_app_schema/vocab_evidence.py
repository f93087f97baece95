"""Closed lists of the evidence room: signs, findings, decisions, verdicts. Standard library only."""

from __future__ import annotations

from enum import StrEnum


class SignPosition(StrEnum):
    """Where a sign hangs; the notices ask for a prominent place and name none (domain model §3)."""

    OUTSIDE_FRONT = "outside_front"
    INSIDE_FACING_DOOR = "inside_facing_door"
    OTHER = "other"


class RuleVerdict(StrEnum):
    """What a rule says of a sign; `cannot_tell` is an answer, never a pass."""

    PASS = "pass"  # noqa: S105  # a word of the domain
    FAIL = "fail"
    CANNOT_TELL = "cannot_tell"


class ChannelLevel(StrEnum):
    """Whose report channel it is (domain model F6)."""

    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"


class DecisionKind(StrEnum):
    """What a reviewer did with a visit; each one is a row."""

    APPROVED = "approved"
    RETURNED = "returned"
    SIGN_CORRECTED = "sign_corrected"
    REOPENED = "reopened"


class FindingKind(StrEnum):
    """What an approved visit found wrong, ready to become an item of a rectification list."""

    SIGN_MISSING = "sign_missing"
    WRONG_WORDING = "wrong_wording"
    REPORT_CHANNEL_MISSING = "report_channel_missing"
    STATION_GONE = "station_gone"
    SERVICE_MISSING = "service_missing"


class SealVerdict(StrEnum):
    """What became of a photo's seal: the key's signature over what the phone knew at capture."""

    VALID = "valid"
    INVALID = "invalid"
    NO_KEY = "no_key"
