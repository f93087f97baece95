"""What a visit found wrong, out of plain values: pure, and silent wherever something cannot be told."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from field_app_schema.visits import WORKING_STATES, SignWording
from field_app_schema.vocab import ObservedState
from field_app_schema.vocab_evidence import FindingKind, RuleVerdict

STATION_IS_GONE = (ObservedState.GONE, ObservedState.CLOSED_SIGN_REMOVED, ObservedState.NOT_FOUND)


@dataclass(frozen=True)
class Seen:
    """What a visit saw: the state of the station, and the services that worked (None: the question was left open)."""

    observed_state: str
    services: Collection[str] | None = None


@dataclass(frozen=True)
class Found:
    """One thing wrong, by which rule (None: by the register), with the figures of its sentence."""

    kind: FindingKind
    rule: str | None = None
    details: dict[str, Any] = field(default_factory=dict)


def findings_of(
    seen: Seen, sign: Mapping[str, Any] | None, verdicts: Sequence[Mapping[str, Any]], promised: Collection[str]
) -> list[Found]:
    """Give what is wrong, in the order of `FindingKind`.

    `sign` is `{"sign_class", "wording", "channel_levels"}` or None where nobody held it to be anything; `verdicts` what
    each binding rule says of it; `promised` the services of the register. A station that is gone has lost its sign and
    its services with itself: that is one finding. `cannot_tell` is none.
    """
    if seen.observed_state in STATION_IS_GONE:
        return [Found(FindingKind.STATION_GONE, None, {"observed_state": str(seen.observed_state)})]
    return [*_of_sign(sign, verdicts), *_of_services(seen, promised)]


def _of_sign(sign: Mapping[str, Any] | None, verdicts: Sequence[Mapping[str, Any]]) -> list[Found]:
    if sign is None or not verdicts:
        return []
    if sign["sign_class"] == SignWording.ABSENT:
        # All that the rules ask of a sign hangs on its being there.
        return [Found(FindingKind.SIGN_MISSING, None, {"rules": [one["rule"] for one in verdicts]})]
    shown = {"sign_class": sign["sign_class"], "wording": sign["wording"]}
    wrong = [Found(FindingKind.WRONG_WORDING, one["rule"], dict(shown))
             for one in verdicts if one["wording"] == RuleVerdict.FAIL]  # fmt: skip
    levels = {"channel_levels": sign["channel_levels"]}
    return wrong + [Found(FindingKind.REPORT_CHANNEL_MISSING, one["rule"], dict(levels))
                    for one in verdicts if one["channel"] == RuleVerdict.FAIL]  # fmt: skip


def _of_services(seen: Seen, promised: Collection[str]) -> list[Found]:
    """Compare with the register only what was answered while the station stood open."""
    if seen.services is None or seen.observed_state not in WORKING_STATES:
        return []
    lacking = [service for service in promised if service not in seen.services]
    return [Found(FindingKind.SERVICE_MISSING, None, {"services": lacking})] if lacking else []
