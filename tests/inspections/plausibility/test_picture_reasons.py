"""Pictures used before, signs read otherwise, and the whole list: its order, its silence, its sentences."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from field_app_schema.reasons_said import say_reason
from field_app_schema.words.reasons import WORDS
from inspections.plausibility.grounds.exif import exif_place, exif_time
from inspections.plausibility.grounds.facts import Break, Clock, Fix, Neighbour, PhotoFacts, Reading
from inspections.plausibility.grounds.thresholds import POLICY, WEIGHTS
from inspections.plausibility.reasons import reasons_for, times_of
from stations.policy.loading import FACTS
from tests.inspections.plausibility.facts_making import NOON, A, B, ago, codes, figures, fix, near, photo, use, visit


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "photo_same_elsewhere"),
        ({"same_inspector": False}, "photo_same_elsewhere"),
        ({"same_station": True, "same_inspector": False}, "photo_same_other_person"),
        ({"same_station": True}, "photo_same_before"),
        ({"by": "original"}, "photo_same_elsewhere"),
        ({"by": "likeness", "bits": 60}, "photo_like_elsewhere"),
        ({"by": "likeness", "bits": 0}, "photo_like_elsewhere"),
        ({"by": "likeness", "bits": 12, "same_station": True, "same_inspector": False}, "photo_like_other_person"),
        ({"by": "likeness", "bits": 12, "same_station": True}, "photo_like_before"),
    ],
)
def test_a_picture_used_before(changes: dict[str, object], said: str) -> None:
    assert codes(visit(photos=(photo(uses=(use(**changes),)),))) == [said]


def test_too_unlike_is_another_picture_and_a_later_use_is_the_others() -> None:
    unlike, later = use(by="likeness", bits=61), use(is_earlier=False)
    assert codes(visit(photos=(photo(uses=(unlike, later)),))) == []


def test_of_several_uses_the_heaviest_is_told_with_their_number() -> None:
    uses = (use(visit="v3", same_station=True), use(visit="v2", on=dt.date(2026, 9, 1)), use(), use(visit="v4"))
    told = visit(photos=(photo(uses=uses),))
    assert figures(told, "photo_same_elsewhere") == {
        "visit": "v2", "station": "JY002", "on": "2026-09-01", "bits": 0, "by": "file", "percent": 100, "visits": 4,
    }  # fmt: skip
    like = visit(photos=(photo(uses=(use(by="likeness", bits=32),)),))
    assert figures(like, "photo_like_elsewhere")["percent"] == 88


def test_the_machine_reads_another_class() -> None:
    sure, unsure = Reading("provincial", "电子商务进农村综合示范项目", True), Reading("absent", None, False)
    told = visit(photos=(photo(reading=sure), photo(sha256=B, reading=unsure)))
    assert figures(told, "sign_says_otherwise") == {
        "read": "provincial", "said": "national", "wording": "电子商务进农村综合示范项目",
    }  # fmt: skip
    borne_out = visit(photos=(photo(reading=sure), photo(sha256=B, reading=Reading("national", "…", True))))
    assert codes(borne_out) == []
    assert codes(dataclasses.replace(told, sign_wording=None)) == []


def test_a_bad_picture_and_a_broken_chain_are_told_lightly() -> None:
    told = visit(photos=(photo(kept_anyway=True, sharpness=8.0),), breaks=(Break("seal_invalid", A),))
    assert codes(told) == ["seal_invalid", "kept_anyway"]


def test_a_weight_of_nothing_silences() -> None:
    quiet = dataclasses.replace(POLICY, weights=dict(WEIGHTS) | {"no_fix": 0})
    assert reasons_for(visit(fix=None), quiet) == []


EVERYTHING = visit(
    fix=fix(111.50, 25.27, provider="mock", age_s=4000.0),
    clock=Clock(ago(days=9), NOON, ago(days=9), ago(hours=1)),
    photos=(
        photo(uses=(use(), use(visit="v7", same_station=True)), exif_point=(111.0, 25.0), kept_anyway=True,
              reading=Reading("absent", None, True)),
        photo(sha256=B, taken_at=ago(days=40), uses=(use(visit="v9", by="likeness", bits=3),)),
    ),
    neighbours=(
        near(fix=fix(111.50, 25.27), visit="v2"), near(fix=fix(112.9, 25.27), visit="v3"),
        near(visit="v4", clock=Clock(ago(days=20), NOON, None, ago(hours=1))),
        near(visit="v5", clock=Clock(ago(days=15), NOON, None, ago(hours=1))),
    ),
    breaks=(Break("chain_broken", A, {"number": 2}), Break("seal_missing", B)),
)  # fmt: skip


numbers = st.floats(0, 1e300) | st.sampled_from([0.0, 1e300])
fixes = st.builds(Fix, st.floats(73.1, 134.9), st.floats(3.1, 53.9), st.none() | numbers.map(lambda one: min(one, 1e7)),
                  st.none() | numbers, st.none() | st.text())  # fmt: skip
days = st.datetimes(dt.datetime(1901, 1, 1), dt.datetime(2199, 1, 1), timezones=st.just(dt.UTC))  # noqa: DTZ001
clocks = st.builds(Clock, days, days, st.none() | days, st.none() | days, st.none() | st.floats())
points = st.tuples(st.floats(-180, 180), st.floats(-90, 90))
wide = st.floats(-1e9, 1e9)
photos = st.builds(PhotoFacts, st.just(A), taken_at=st.none() | days, exif_at=st.none() | days,
                   exif_point=st.none() | points, known_by=st.none() | days, seal_clock=st.none() | clocks,
                   seal_fix=st.none() | st.builds(Fix, wide, wide, wide))  # fmt: skip
nears = st.builds(Neighbour, st.text("0123", min_size=1, max_size=3), st.sampled_from(["JY001", "JY002"]), clocks,
                  st.none() | fixes)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(clocks, st.none() | fixes, st.lists(photos, max_size=2), st.lists(nears, max_size=4))
def test_nothing_that_a_phone_can_claim_breaks_the_rules(
    told: Clock, at: Fix | None, taken: list[PhotoFacts], others: list[Neighbour]
) -> None:
    facts = visit(clock=told, fix=at, photos=tuple(taken), neighbours=tuple(others))
    found = reasons_for(facts, POLICY)
    json.dumps([[one.figures for one in found], times_of(facts, POLICY)], allow_nan=False)
    assert all(say_reason(one.code, one.figures, lang) for one in found for lang in ("zh", "en"))


@settings(max_examples=60, deadline=None)
@given(st.permutations(EVERYTHING.photos), st.permutations(EVERYTHING.neighbours), st.permutations(EVERYTHING.breaks))
def test_the_order_of_facts_means_nothing(photos: list, neighbours: list, breaks: list) -> None:
    turned = dataclasses.replace(EVERYTHING, photos=tuple(photos), neighbours=tuple(neighbours), breaks=tuple(breaks))
    assert reasons_for(turned, POLICY) == reasons_for(EVERYTHING, POLICY)


def test_all_at_once_heaviest_first_and_every_figure_is_plain_json() -> None:
    told = reasons_for(EVERYTHING, POLICY)
    assert [one.weight for one in told] == sorted((one.weight for one in told), reverse=True)
    assert len({one.code for one in told}) == 15
    assert json.loads(json.dumps([one.figures for one in told])) == [one.figures for one in told]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_figure_that_a_sentence_names_is_there(lang: str) -> None:
    for one in reasons_for(EVERYTHING, POLICY):
        sentence = WORDS[f"reason.{one.code}"][lang == "en"]
        named = {name for _, name, _, _ in string.Formatter().parse(sentence) if name}
        assert named <= one.figures.keys(), one.code
        assert "{" not in say_reason(one.code, one.figures, lang)


def test_every_reason_has_a_weight_and_a_sentence() -> None:
    assert {key.removeprefix("reason.") for key in WORDS if key.startswith("reason.")} == set(WEIGHTS)


def test_a_sentence_in_both_languages() -> None:
    told = {"distance_m": 1812, "accuracy_m": None, "radius_m": 100}
    assert say_reason("place_away", told, "zh") == (
        "定位离登记位置 1,812 米(精度 未知 米,半径 100 米)。也可能是登记位置不准。"
    )
    hidden = {"station": None, "on": "2026-09-01", "percent": 90}
    assert "outside your area (2026-09-01; 90%)" in say_reason("photo_like_elsewhere", hidden, "en")
    read = {"read": "absent", "said": "national", "wording": "{x}"}
    assert say_reason("sign_says_otherwise", read, "en").startswith("Read by machine as «No sign», while the inspector")
    assert "2026-11-20 12:00" in say_reason("photo_time_away", {"taken_at": NOON.isoformat()}, "zh")


def test_the_shipped_rule_says_what_holds_without_it() -> None:
    (rule,) = [one for one in json.loads((FACTS / "rules.json").read_text("utf-8"))["rules"]
               if one["code"] == "plausibility"]  # fmt: skip
    proposed = dataclasses.asdict(POLICY)
    del proposed["on_site_radius_m"]
    assert rule["parameters"] == proposed
    assert rule["is_proposal"]


@pytest.mark.parametrize(
    ("tags", "at"),
    [
        ({"DateTimeOriginal": "2026:11:20 12:00:00"}, NOON),
        ({"DateTimeOriginal": "2026:11:20 12:00:00", "OffsetTimeOriginal": "+00:00"}, NOON + dt.timedelta(hours=8)),
        ({"DateTimeOriginal": "0000:00:00 00:00:00", "DateTimeDigitized": "2026-11-20T12:00:00"}, NOON),
        ({"DateTimeOriginal": "yesterday"}, None),
        ({"DateTime": "2026:11:20 12:00:00"}, None),
        ({"DateTimeOriginal": "9999:12:31 20:00:00", "OffsetTimeOriginal": "+00:00"}, None),
        ({"DateTimeOriginal": "2026:11:20 12:00:00", "OffsetTimeOriginal": "+99:99"}, None),
        (None, None),
    ],
)
def test_when_a_picture_says_it_was_taken(tags: dict[str, str] | None, at: dt.datetime | None) -> None:
    assert exif_time(tags) == at


@pytest.mark.parametrize(
    ("tags", "place"),
    [
        ({"gps": {"lon": 111.342, "lat": 25.271}}, (111.342, 25.271)),
        ({"GPSLongitude": "111.342", "GPSLatitude": "25.271", "GPSLongitudeRef": "East longitude"}, (111.342, 25.271)),
        ({"GPSLongitude": "70.5", "GPSLatitude": "33.4", "GPSLongitudeRef": "W", "GPSLatitudeRef": "South latitude"},
         (-70.5, -33.4)),
        ({"GPSLongitude": "0", "GPSLatitude": "0"}, None),
        ({"GPSLongitude": "111.342"}, None),
        ({"gps": {"lon": 1e9, "lat": 25.0}}, None),
        ({"gps": {"lon": True, "lat": 25.0}}, None),
        ({"GPSLongitude": "111,342", "GPSLatitude": "nan"}, None),
    ],
)  # fmt: skip
def test_where_a_picture_says_it_was_taken(tags: dict[str, object], place: tuple[float, float] | None) -> None:
    assert exif_place(tags) == place
