"""The written document of evidence: its example, its friendly forms, and every wrong shape named by its path."""

import datetime as dt
import json
import re
from pathlib import Path

import pytest

from field_app_schema.refusals import Refusal
from field_app_schema.words.vitality import WORDS
from stations.vitality.evidence import Reason
from stations.vitality.evidence_file import explain

PAGE = Path(__file__).parents[3] / "docs" / "evidence-file.md"
DAY = dt.date(2026, 11, 20)
VISIT = {"id": "v", "kind": "site_visit", "at": "2026-11-01", "observed_state": "open_operating"}


def test_the_example_of_the_page_answers_what_the_page_says():
    example, answer = (json.loads(block) for block in re.findall(r"```json\n(.*?)```", PAGE.read_text("utf-8"), re.S))
    told = explain(example, DAY)
    assert {key: told[key] for key in answer} == answer
    assert told["rule_version"] == "v1"
    assert told["as_of"] == "2026-11-20"
    assert told["reason_text_zh"] == "现场检查未见营业,但有有效期内的营业证据,待再查。"
    assert told["reason_text_en"].startswith("A visit found it not at work")
    assert explain(example, dt.date(2026, 11, 29))["vitality"] == "dormant"


def test_every_reason_has_its_sentence_in_both_languages():
    assert all(all(WORDS[f"vitality_reason.{reason}"]) for reason in Reason)


def test_a_bare_list_will_do():
    assert explain([VISIT], DAY)["vitality"] == "alive"


def test_an_empty_list_is_not_a_station_anybody_accepted():
    assert explain([], DAY)["reason"] == "not_accepted"


def test_an_acceptance_date_will_do():
    assert explain({"accepted_on": "2026-10-01"}, DAY)["reason"] == "no_evidence"
    assert explain({"accepted_on": "2026-12-01", "evidence": [VISIT]}, DAY)["vitality"] == "not_started"


@pytest.mark.parametrize("name", ["unannounced", "cross", "look_back", "supervision", "spot_check"])
def test_every_visit_on_site_can_condemn(name):
    told = explain([VISIT, {"id": "g", "kind": name, "at": "2026-11-10", "observed_state": "gone"}], DAY)
    assert (told["vitality"], told["evidence_ids"]) == ("dead", ["g"])


def test_the_reason_of_a_suspension_names_the_frozen_one_too():
    listing = [
        {"to": "active", "effective_on": "2026-01-01"},
        {"to": "suspended", "effective_on": "2026-11-05", "reason_code": "repair"},
    ]
    told = explain({"listing": listing, "evidence": [VISIT]}, DAY)
    assert (told["vitality"], told["reason"], told["detail"]) == ("alive", "suspended", "repair")
    assert told["reason_text_zh"] == "暂停服务,状态停在暂停之日。当时:现场检查见正常营业。"


def test_decisions_of_one_day_keep_the_order_of_the_file():
    day = {"effective_on": "2026-11-05"}
    listing = [{"to": "active", "effective_on": "2026-01-01"}, {"to": "suspended"} | day, {"to": "resumed"} | day]
    assert explain({"listing": listing, "evidence": [VISIT]}, DAY)["reason"] == "seen_open"


def test_a_merged_station_names_where_it_is_counted():
    listing = [
        {"to": "active", "effective_on": "2026-01-01"},
        {"to": "merged", "effective_on": "2026-11-05", "successor": "S-2"},
    ]
    told = explain({"listing": listing, "evidence": [VISIT]}, DAY)
    assert (told["vitality"], told["reason"], told["counted_at"]) == ("unknown", "merged", "S-2")


def test_what_was_not_yet_known_does_not_count():
    late = VISIT | {"recorded_at": "2026-11-18T09:00:00+08:00"}
    known = dt.datetime(2026, 11, 17, tzinfo=dt.UTC)
    assert explain([late], DAY, known)["vitality"] == "unknown"
    assert explain([late], DAY, known + dt.timedelta(days=2))["vitality"] == "alive"


def test_thresholds_may_differ_and_the_version_says_so():
    told = explain({"evidence": [VISIT], "policy": {"site_visit_days": 10}}, DAY)
    assert (told["vitality"], told["rule_version"]) == ("unknown", "v1+")


@pytest.mark.parametrize(
    ("document", "path"),
    [
        (None, "$"),
        ("text", "$"),
        ({}, "$"),
        ({"evidence": {}}, "evidence"),
        ([1], "evidence[0]"),
        ([{}], "evidence[0].kind"),
        ([VISIT | {"kind": "rumour"}], "evidence[0].kind"),
        ([VISIT | {"kind": ["x"]}], "evidence[0].kind"),
        ([VISIT | {"at": "2026-02-30"}], "evidence[0].at"),
        ([VISIT | {"at": 5}], "evidence[0].at"),
        ([VISIT | {"at": "0001-01-01"}], "evidence[0].at"),
        ([VISIT | {"at": "2026-08-01T10:00:00"}], "evidence[0].at"),
        ([VISIT | {"at": "2026-08-01Tnoon"}], "evidence[0].at"),
        ([VISIT | {"at": None}], "evidence[0].at"),
        ([VISIT | {"observed_state": "asleep"}], "evidence[0].observed_state"),
        ([VISIT | {"observed_state": None}], "evidence[0].observed_state"),
        ([VISIT | {"recorded_at": "2026-08-01"}], "evidence[0].recorded_at"),
        ([VISIT, VISIT], "evidence[1].id"),
        ([{"kind": "phone_callback", "at": "2026-11-01"}], "evidence[0].answered"),
        ([{"kind": "owner_report", "is_nil": True}], "evidence[0].period"),
        ([{"kind": "owner_report", "period": "2026-13", "is_nil": True}], "evidence[0].period"),
        ([{"kind": "owner_report", "period": "0000-01", "is_nil": True}], "evidence[0].period"),
        ([{"kind": "owner_report", "period": "2026-08"}], "evidence[0].activity"),
        ([{"kind": "auto_feed", "period": "2026-08", "activity": -1}], "evidence[0].activity"),
        ([{"kind": "auto_feed", "period": "2026-08", "activity": "NaN"}], "evidence[0].activity"),
        ([{"kind": "auto_feed", "period": "2026-08", "activity": [1]}], "evidence[0].activity"),
        ([{"kind": "owner_report", "period": "2026-08", "activity": 3, "is_nil": True}], "evidence[0].is_nil"),
        ([{"kind": "owner_report", "period": "2026-08", "is_nil": "yes"}], "evidence[0].is_nil"),
        ({"listing": [{"to": "active"}]}, "listing[0].effective_on"),
        ({"listing": [{"to": "asleep", "effective_on": "2026-01-01"}]}, "listing[0].to"),
        ({"accepted_on": "yesterday"}, "accepted_on"),
        ({"evidence": [], "obligations": [{}]}, "obligations[0].from"),
        ({"evidence": [], "obligations": [{"from": "2026-02-01", "to": "2026-01-01"}]}, "obligations[0].to"),
        ({"evidence": [], "policy": {"grace": 3}}, "policy.grace"),
        ({"evidence": [], "policy": {"closing_day": 31}}, "policy.closing_day"),
        ({"evidence": [], "policy": {"site_visit_days": "180"}}, "policy.site_visit_days"),
        ({"evidence": [], "policy": 7}, "policy"),
    ],
)
def test_a_wrong_shape_is_named_by_its_path(document, path):
    with pytest.raises(Refusal) as no:
        explain(document, DAY)
    assert no.value.code == "BAD_INPUT"
    assert path in no.value.errors
    assert " / " in no.value.errors[path][0]


def test_all_faults_are_told_at_once():
    with pytest.raises(Refusal) as no:
        explain([VISIT | {"at": "x"}, {"kind": "y"}], DAY)
    assert set(no.value.errors) == {"evidence[0].at", "evidence[1].kind"}
