"""Where somebody was: distance against accuracy, repeated coordinates, speed, and a datum that explains it all."""

from __future__ import annotations

import datetime as dt

import pytest

from geo.datum import from_cgcs2000
from geo.distance import destination
from inspections.plausibility.grounds.facts import Fix
from tests.inspections.plausibility.facts_making import (
    NOON,
    STATION,
    ago,
    clock,
    codes,
    figures,
    fix,
    near,
    photo,
    visit,
)


def off(metres: float, bearing: float = 90.0, accuracy_m: float | None = 12.0) -> Fix:
    lon, lat = destination(*STATION, bearing, metres)
    return fix(float(lon), float(lat), accuracy_m=accuracy_m)


def test_an_honest_visit_gives_no_reason() -> None:
    assert codes(visit()) == []


@pytest.mark.parametrize(
    ("metres", "accuracy_m", "said"),
    [
        (87.9, 12.0, []),
        # Cannot be told, but its best guess is within the circle.
        (99.0, 60.0, []),
        (101.0, 12.0, ["place_unclear"]),
        (111.0, 12.0, ["place_unclear"]),
        (113.0, 12.0, ["place_away"]),
        (300.0, 180.0, ["place_away"]),
        (300.0, 220.0, ["place_unclear"]),
        (300.0, 500.0, ["place_unclear"]),
        # So wide a fix is said to be wide, and nothing more.
        (300.0, 501.0, ["fix_vague"]),
        (99.0, None, []),
        (101.0, None, ["place_unclear"]),
    ],
)
def test_distance_is_weighed_against_accuracy(metres: float, accuracy_m: float | None, said: list[str]) -> None:
    assert codes(visit(fix=off(metres, accuracy_m=accuracy_m))) == said


def test_its_figures_are_whole_metres() -> None:
    assert figures(visit(fix=off(812.4)), "place_away") == {"distance_m": 812, "accuracy_m": 12, "radius_m": 100}


def test_of_a_call_nobody_asks_where_the_caller_was() -> None:
    assert codes(visit(is_on_the_spot=False, fix=None)) == []
    assert codes(visit(is_on_the_spot=False, fix=off(50_000))) == []
    assert codes(visit(fix=None)) == ["no_fix"]


@pytest.mark.parametrize(("age_s", "said"), [(1800.0, []), (1801.0, ["fix_old"]), (None, [])])
def test_a_fix_may_be_half_an_hour_old(age_s: float | None, said: list[str]) -> None:
    assert codes(visit(fix=fix(age_s=age_s))) == said


def test_a_simulated_position_says_so_itself() -> None:
    assert codes(visit(fix=fix(provider="MockLocation"))) == ["fix_mocked"]


@pytest.mark.parametrize("datum", ["gcj02", "bd09"])
@pytest.mark.parametrize("turned", [1.0, -1.0], ids=["the fix is shifted", "the register is shifted"])
def test_a_shift_of_the_datum_is_said_instead_of_away(datum: str, turned: float) -> None:
    lon, lat = (float(one) for one in from_cgcs2000(*STATION, datum))
    there = fix(STATION[0] + turned * (lon - STATION[0]), STATION[1] + turned * (lat - STATION[1]))
    told = visit(fix=there)
    assert codes(told) == ["datum_suspected"]
    assert figures(told, "datum_suspected")["datum"] == {"gcj02": "GCJ-02", "bd09": "BD-09"}[datum]


def test_the_shift_must_fit_in_metres() -> None:
    lon, lat = (float(one) for one in from_cgcs2000(*STATION, "gcj02"))
    beside = destination(lon, lat, 0.0, [90.0, 94.0])
    just, past = (fix(float(x), float(y), accuracy_m=12.0) for x, y in zip(*beside, strict=True))
    assert [codes(visit(fix=one)) for one in (just, past)] == [["datum_suspected"], ["place_away"]]
    told = figures(visit(fix=just), "datum_suspected")
    assert (told["left_m"], told["shift_m"]) == (90, 621)
    # Nor does a wide fix: nearly any vector would do.
    assert codes(visit(fix=fix(lon, lat, accuracy_m=101.0))) == ["place_away"]


def test_the_same_last_digit_at_another_station_or_on_another_day() -> None:
    here = fix()
    elsewhere = near(fix=here, clock=clock(ago(minutes=40)))
    assert codes(visit(neighbours=(elsewhere,))) == ["fix_repeated"]
    the_day_before = near(fix=here, station="JY001", station_point=STATION)
    told = visit(neighbours=(elsewhere, the_day_before))
    assert figures(told, "fix_repeated") == {
        "visits": 3, "stations": 2, "days": 2, "lon": 111.342, "lat": 25.2711, "visit": "v1",
    }  # fmt: skip


def test_what_honestly_repeats() -> None:
    same_day = clock(ago(minutes=40))
    one_digit = near(fix=fix(lat=25.2711001), clock=same_day)
    the_same_house = near(fix=fix(), station_point=(111.3421, 25.2710), clock=same_day)
    the_same_station = near(fix=fix(), station="JY001", station_point=STATION, clock=same_day)
    a_mast = near(fix=fix(accuracy_m=101.0), clock=same_day)
    a_call = near(fix=fix(), is_on_the_spot=False, clock=same_day)
    # Perhaps another shop of the same house: where it stands nobody has registered.
    unplaced = near(fix=fix(), station_point=None, clock=same_day)
    assert codes(visit(neighbours=(one_digit, the_same_house, the_same_station, a_mast, a_call, unplaced))) == []
    assert codes(visit(station_point=None, neighbours=(near(fix=fix(), clock=same_day),))) == []


FAR = fix(111.3420, 25.6710)  # 44.5 km north


@pytest.mark.parametrize(("minutes", "said"), [(13, []), (12, ["too_fast"]), (0, ["too_fast"])])
def test_two_places_need_time_between_them(minutes: int, said: list[str]) -> None:
    # At 120 km/h 44.45 km take 22.2 minutes, and 10 are granted for clocks.
    before = clock(ago(minutes=minutes))
    assert codes(visit(neighbours=(near(fix=FAR, clock=before),))) == said


def test_its_figures_take_the_accuracies_off() -> None:
    told = visit(neighbours=(near(fix=fix(111.3420, 25.6710, accuracy_m=2000.0), clock=clock(ago(minutes=5))),))
    assert figures(told, "too_fast") == {"km": 42.5, "minutes": 5, "kmh": 509, "station": "JY002", "visit": "v1"}


def test_the_age_of_a_fix_counts() -> None:
    # Finished ten minutes apart, but the first fix is half an hour old.
    there = near(fix=fix(111.3420, 25.6710, age_s=1500.0), clock=clock(ago(minutes=10)))
    assert codes(visit(neighbours=(there,))) == []


def test_a_claimed_pause_that_cannot_have_been_does_not_help() -> None:
    # The phone claims a day between, but both were made within the last quarter of an hour.
    yesterday = clock(ago(days=1), signed_at=ago(minutes=10), no_later_than=NOON)
    told = visit(
        clock=clock(signed_at=ago(minutes=5), no_later_than=NOON), neighbours=(near(fix=FAR, clock=yesterday),)
    )
    assert figures(told, "too_fast")["minutes"] == 10


def test_two_phones_are_held_only_to_what_is_proved() -> None:
    """A second phone is three hours fast: really three hours apart, its claims say five minutes."""
    before = clock(ago(minutes=5), no_later_than=ago(hours=2, minutes=50), signed_at=ago(hours=4), device=2)
    assert codes(visit(clock=clock(signed_at=None), neighbours=(near(fix=FAR, clock=before),))) == []
    assert codes(visit(neighbours=(near(fix=FAR, clock=before),))) == []
    # What no token came with may be any phone's.
    unknown = clock(signed_at=None, device=None)
    assert codes(visit(clock=unknown, neighbours=(near(fix=FAR, clock=unknown),))) == []
    # Both proved within the last quarter of an hour, whatever their clocks say.
    proved = clock(ago(hours=3), signed_at=ago(minutes=10), no_later_than=NOON, device=2)
    told = visit(clock=clock(signed_at=ago(minutes=5), no_later_than=NOON), neighbours=(near(fix=FAR, clock=proved),))
    assert figures(told, "too_fast")["minutes"] == 10


def test_a_photo_carries_another_place() -> None:
    at = destination(*STATION, 270.0, [505.0, 530.0])
    just, past = (photo(exif_point=(float(x), float(y))) for x, y in zip(*at, strict=True))
    assert codes(visit(photos=(just,))) == []
    told = visit(photos=(past,))
    assert figures(told, "exif_away") == {"distance_m": 530}
    # Some phones write the shifted datum; that is no other place.
    shifted = tuple(float(one) for one in from_cgcs2000(*STATION, "gcj02"))
    assert codes(visit(photos=(photo(exif_point=shifted),))) == []


def test_without_a_fix_the_photo_is_laid_beside_the_register() -> None:
    told = visit(fix=None, photos=(photo(exif_point=(111.40, 25.27)),))
    assert codes(told) == ["exif_away_station", "no_fix"]


def test_a_photo_sealed_elsewhere() -> None:
    there = photo(seal_fix=Fix(111.3900, 25.3600, 20.0))
    assert codes(visit(photos=(there,))) == ["photo_place_away"]
    assert codes(visit(photos=(photo(seal_fix=Fix(111.3440, 25.2711, 20.0)),))) == []
    assert codes(visit(photos=(photo(seal_fix=Fix(111.3900, 25.3600, 20.0), is_carried=True),))) == []


def test_the_clock_of_tests_stands_at_noon_in_china() -> None:
    assert NOON.astimezone(dt.timezone(dt.timedelta(hours=8))).hour == 12
