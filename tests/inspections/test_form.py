"""The form is drawn from the schema: what it asks is what is accepted, in both languages, and not much of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from field_app_schema.drawing import draw_form, draw_forms
from field_app_schema.refusals import Refusal
from field_app_schema.visits import MAY_STAY_OPEN, PHOTO_RULES, VISIT_QUESTIONS, VisitSchema, read_visit
from field_app_schema.words import collect_words
from tests.visit_making import sent

FORMS: dict[str, Any] = {form["name"]: form for form in draw_forms()["forms"]}
FORM: dict[str, Any] = FORMS["inspection"]
FIELDS: dict[str, Any] = {field["name"]: field for field in FORM["fields"]}


def test_it_stays_within_the_burden() -> None:
    # Six questions stand; the seventh comes only where the sign bears other words.
    assert len([field for field in FORM["fields"] if field["name"] != "other_wording"]) <= 6
    assert FIELDS["other_wording"]["show_when"] == {"field": "sign_wording", "in": ["other_wording"]}
    assert len(FIELDS["checks"]["items"]) <= 5
    demanded = [rule["required_when"]["in"] for rule in FORM["photo_rules"] if rule["required_when"]]
    states = ("open_operating", "closed_at_visit", "closed_sign_removed", "gone", "not_found", "not_assessed")
    assert [sum(state in seen for seen in demanded) for state in states] == [1, 1, 1, 2, 1, 0]
    assert len(FORMS["month"]["fields"]) <= 7
    assert len(FORMS["found_station"]["fields"]) <= 4


def test_every_photo_says_why_in_both_languages() -> None:
    for form in FORMS.values():
        for rule in form["photo_rules"]:
            assert rule["why_zh"]
            assert rule["why_en"]
            assert rule["required_when"] is None or rule["offered_when"] is None
    offered = [rule["purpose"] for rule in FORM["photo_rules"] if rule["required_when"] is None]
    assert offered == ["inside"]
    assert [rule["required_when"] for rule in FORMS["found_station"]["photo_rules"]] == [None]


@pytest.mark.parametrize("name", ["method", "observed_state"])
def test_every_choice_offered_is_accepted(name: str) -> None:
    for choice in FIELDS[name]["choices"]:
        assert read_visit(sent(**{name: choice["value"]}))[name] == choice["value"]


def test_every_answer_offered_is_accepted() -> None:
    services = [choice["value"] for choice in FIELDS["services"]["choices"]]
    checks = {item["value"]: "no" for item in FIELDS["checks"]["items"]}
    for choice in FIELDS["sign_wording"]["choices"]:
        answers = {"services": services, "sign_wording": choice["value"], "other_wording": "供销社益农社"}
        visit = read_visit(sent(answers=answers, checks=checks))
        assert visit["answers"] == answers
        assert visit["checks"] == checks


def test_every_question_that_is_not_demanded_may_be_left_open_on_purpose() -> None:
    left_open = {name: field["left_open"] for name, field in FIELDS.items() if not field["required"]}
    # The remark asks nothing: empty is empty.
    assert left_open.pop("note") == []
    assert left_open.keys() == {"services", "sign_wording", "other_wording", "checks"}
    assert all(values == ["not_seen", "not_applicable"] for values in left_open.values())
    assert left_open.keys() == MAY_STAY_OPEN
    assert FIELDS.keys() == VISIT_QUESTIONS
    for value in ("not_seen", "not_applicable"):
        told = dict.fromkeys(left_open, value)
        assert read_visit(sent(answers={}, checks={}, not_answered=told))["not_answered"] == told


@pytest.mark.parametrize(
    ("changes", "named"),
    [({"not_answered": {"observed_state": "not_seen"}}, "observed_state"),
     ({"not_answered": {"weather": "not_seen"}}, "weather"), ({"not_answered": {"note": "not_seen"}}, "note"),
     ({"not_answered": {"sign_wording": "not_seen"}, "answers": {"sign_wording": "national"}}, "sign_wording"),
     ({"not_answered": {"services": "not_seen"}, "answers": {"services": []}}, "services"),
     ({"not_answered": {"checks": "not_applicable"}, "checks": {"staff_present": "not_seen"}}, "checks"),
     ({"not_answered": {"services": "forgotten"}, "answers": {}}, "services")],
    ids=["demanded", "no such question", "the remark", "answered", "answered with none", "checked", "another word"],
)  # fmt: skip
def test_what_is_answered_or_demanded_is_not_left_open(changes: dict[str, Any], named: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_visit(sent(**changes))
    assert refused.value.code == "BAD_INPUT"
    assert list(refused.value.errors["not_answered"]) == [named]


def test_a_visit_of_an_older_phone_is_whole_without_the_new_keys() -> None:
    visit = read_visit(sent())
    assert (visit["not_answered"], visit["replaces"], visit["clock"]["signed_time"]) == ({}, None, None)


def test_open_questions_are_asked_only_when_it_is_open() -> None:
    assert FIELDS["services"]["show_when"] == {"field": "observed_state", "in": ["open_operating", "open_weakened"]}
    assert FIELDS["sign_wording"]["show_when"]["in"] == ["open_operating", "open_weakened", "open_other_business"]
    assert (FIELDS["note"]["max_length"], FIELDS["other_wording"]["max_length"]) == (500, 100)


def test_the_versions_change_with_what_is_shown_and_with_nothing_else() -> None:
    again = {form["name"]: form["version"] for form in draw_forms()["forms"]}
    assert again == {name: form["version"] for name, form in FORMS.items()}
    assert [len(version) for version in again.values()] == [12, 12, 12]
    words = collect_words()
    reworded = words | {"visit.hint.note": ("可以不填。", "Optional.")}
    elsewhere = words | {"month_form.hint.note": ("另一个表单的话。", "Of another form.")}
    offered = [replace(rule, is_demanded=False) for rule in PHOTO_RULES]
    open_ended = VisitSchema()
    open_ended.fields["note"].metadata = {"asked": 6, "left_open": ["not_seen"]}
    drawn = {
        "same": draw_form("inspection", "visit", VisitSchema(), words, rules=PHOTO_RULES),
        "elsewhere": draw_form("inspection", "visit", VisitSchema(), elsewhere, rules=PHOTO_RULES),
        "reworded": draw_form("inspection", "visit", VisitSchema(), reworded, rules=PHOTO_RULES),
        "offered": draw_form("inspection", "visit", VisitSchema(), words, rules=offered),
        "open ended": draw_form("inspection", "visit", open_ended, words, rules=PHOTO_RULES),
    }  # fmt: skip
    is_same = {name: form["version"] == FORM["version"] for name, form in drawn.items()}
    assert is_same == {"same": True, "elsewhere": True, "reworded": False, "offered": False, "open ended": False}
    assert len({form["version"] for form in drawn.values()}) == 4
