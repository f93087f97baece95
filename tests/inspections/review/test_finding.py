"""What a visit found wrong, from plain values; whatever cannot be told is no finding."""

from __future__ import annotations

from typing import Any

import pytest

from inspections.review.findings.finding import Seen, findings_of

OPEN = Seen("open_operating", ["parcel"])
PROMISED = ["parcel", "purchase_agency"]


def verdict(rule: str, wording: str, channel: str | None = None) -> dict[str, Any]:
    return {"rule": rule, "wording": wording, "channel": channel}


def sign(sign_class: str, wording: str | None = None, levels: list[str] | None = None) -> dict[str, Any]:
    return {"sign_class": sign_class, "wording": wording, "channel_levels": levels}


def kinds(found: list[Any]) -> list[tuple[str, str | None]]:
    return [(one.kind.value, one.rule) for one in found]


@pytest.mark.parametrize("state", ["gone", "closed_sign_removed", "not_found"])
def test_a_station_that_is_gone_is_one_finding(state: str) -> None:
    found = findings_of(Seen(state, ["parcel"]), sign("absent"), [verdict("b", "fail", "fail")], PROMISED)
    assert kinds(found) == [("station_gone", None)]
    assert found[0].details == {"observed_state": state}


def test_each_rule_that_fails_is_one_finding() -> None:
    found = findings_of(OPEN, sign("provincial", None, []), [verdict("a", "pass"), verdict("b", "fail", "fail")],
                        ["parcel"])  # fmt: skip
    assert kinds(found) == [("wrong_wording", "b"), ("report_channel_missing", "b")]


def test_an_absent_sign_is_missing_once_and_only_where_a_rule_binds() -> None:
    both = [verdict("a", "fail"), verdict("b", "fail", "fail")]
    found = findings_of(OPEN, sign("absent"), both, ["parcel"])
    assert kinds(found) == [("sign_missing", None)]
    assert found[0].details == {"rules": ["a", "b"]}
    assert findings_of(OPEN, sign("absent"), [], ["parcel"]) == []


@pytest.mark.parametrize("sign_class", ["national", "unreadable", "other_wording"])
def test_what_cannot_be_told_is_no_finding(sign_class: str) -> None:
    told = [verdict("a", "cannot_tell"), verdict("b", "cannot_tell", "cannot_tell")]
    assert findings_of(OPEN, sign(sign_class), told, ["parcel"]) == []
    assert findings_of(OPEN, None, told, ["parcel"]) == []


def test_a_promised_service_is_missing_only_where_it_was_asked_and_answered() -> None:
    found = findings_of(OPEN, None, [], PROMISED)
    assert kinds(found) == [("service_missing", None)]
    assert found[0].details == {"services": ["purchase_agency"]}
    assert findings_of(Seen("open_operating", None), None, [], PROMISED) == []
    assert findings_of(Seen("closed_at_visit", []), None, [], PROMISED) == []
    assert findings_of(Seen("open_weakened", []), None, [], []) == []
