"""The form is drawn from the schema: what it asks is what is accepted, in both languages, and not much of it."""

from __future__ import annotations

from typing import Any

import pytest

from field_app_schema.drawing import draw_forms
from field_app_schema.visits import read_visit
from tests.visit_making import sent

FORM: dict[str, Any] = draw_forms()["forms"][0]
FIELDS: dict[str, Any] = {field["name"]: field for field in FORM["fields"]}


def test_it_stays_within_the_burden() -> None:
    assert len(FIELDS) <= 7
    assert len(FIELDS["checks"]["items"]) <= 5
    assert max(sum(state in rule["required_when"]["in"] for rule in FORM["photo_rules"])
               for state in ("open_operating", "closed_at_visit", "closed_sign_removed", "gone")) == 2  # fmt: skip
    asked = " ".join([*FIELDS, *(item["value"] for item in FIELDS["checks"]["items"])])
    assert not any(word in asked for word in ("clock_in", "points", "rank", "install", "login"))


def test_every_photo_says_why_in_both_languages() -> None:
    for rule in FORM["photo_rules"]:
        assert rule["why_zh"]
        assert rule["why_en"]
        assert rule["required_when"]["field"] == "observed_state"


@pytest.mark.parametrize("name", ["method", "observed_state"])
def test_every_choice_offered_is_accepted(name: str) -> None:
    for choice in FIELDS[name]["choices"]:
        assert read_visit(sent(**{name: choice["value"]}))[name] == choice["value"]


def test_every_answer_offered_is_accepted() -> None:
    services = [choice["value"] for choice in FIELDS["services"]["choices"]]
    checks = {item["value"]: "no" for item in FIELDS["checks"]["items"]}
    for choice in FIELDS["sign_wording"]["choices"]:
        visit = read_visit(sent(answers={"services": services, "sign_wording": choice["value"]}, checks=checks))
        assert visit["answers"] == {"services": services, "sign_wording": choice["value"]}
        assert visit["checks"] == checks


def test_open_questions_are_asked_only_when_it_is_open() -> None:
    assert FIELDS["services"]["show_when"] == {"field": "observed_state", "in": ["open_operating", "open_weakened"]}
    assert FIELDS["sign_wording"]["show_when"]["in"] == ["open_operating", "open_weakened", "open_other_business"]
    assert FIELDS["note"]["max_length"] == 500


def test_the_version_changes_only_with_the_form() -> None:
    assert draw_forms()["forms"][0]["version"] == FORM["version"]
    assert len(FORM["version"]) == 12
