"""Visits that are not what they say, told from the phone's side: each is found with its own reason, on both databases.

Beside them the visits they are easily mistaken for, which must stay silent.
"""

from __future__ import annotations

import datetime as dt
import io
import json

import pytest
from PIL import Image

from geo.datum import from_cgcs2000
from inspections.chain.tables import PhotoSeal
from inspections.plausibility.tables import VisitJudgement
from inspections.signage.tables import SignReading
from tests.conftest import NOON
from tests.inspections.plausibility.telling import HERE, THERE, Story, jpeg, scene
from tests.visit_making import sha

AT_JY002 = {"station_code": "JY002", "fix": {"lon": THERE[0], "lat": THERE[1]}}


def test_honest_visits_of_two_days_say_nothing(story: Story) -> None:
    made = []
    for day in range(2):
        signed = story.signed(story.clock.at)
        made.append(story.visit(jpeg(scene(10 + day)), signed_time=signed))
        story.clock.forward(hours=1)
        made.append(story.visit(jpeg(scene(20 + day)), signed_time=signed, **AT_JY002
                                | {"fix": {"lon": THERE[0] + day * 1e-5, "lat": THERE[1]}}))  # fmt: skip
        story.clock.forward(hours=23)
    assert [story.reasons(one) for one in made] == [{}, {}, {}, {}]


def test_the_photo_of_another_shop(story: Story) -> None:
    shop = jpeg(scene(1))
    first = story.visit(shop)
    story.clock.forward(hours=3)
    second = story.visit(shop, **AT_JY002)
    told = story.reasons(second)
    assert list(told) == ["photo_same_elsewhere"]
    assert told["photo_same_elsewhere"] == {
        "visit": first, "station": "JY001", "on": "2026-11-20", "bits": 0, "by": "file", "percent": 100, "visits": 1,
    }  # fmt: skip
    assert story.reasons(first) == {}


def test_last_years_photo(story: Story) -> None:
    door = jpeg(scene(2))
    story.visit(door)
    story.clock.forward(days=365)
    assert list(story.reasons(story.visit(door))) == ["photo_same_before"]


def test_a_copy_made_smaller_and_paler_for_another_station(story: Story) -> None:
    story.visit(jpeg(scene(3)))
    story.clock.forward(hours=3)
    copy = jpeg(scene(3).crop((6, 5, 312, 234)).resize((240, 180)), quality=55)
    told = story.reasons(story.visit(copy, **AT_JY002))
    assert list(told) == ["photo_like_elsewhere"]
    assert told["photo_like_elsewhere"]["percent"] >= 77


def test_a_colleagues_photo_is_passed_on(story: Story) -> None:
    passed_on = jpeg(scene(4))
    story.visit(passed_on, person="jiang")
    story.clock.forward(days=1)
    assert list(story.reasons(story.visit(passed_on))) == ["photo_same_other_person"]


def test_one_picture_of_the_gallery_shrunk_twice(story: Story) -> None:
    original = {"capture": {"source": "file", "original_sha256": "f" * 64, "original_size": 4_000_000}}
    story.visit(jpeg(scene(5)), claims=[original])
    story.clock.forward(hours=3)
    # So different are no two shrinkings; only what they were made from agrees.
    told = story.reasons(story.visit(jpeg(scene(6)), claims=[original], **AT_JY002))
    assert told["photo_same_elsewhere"]["by"] == "original"


def test_the_first_photo_comes_after_its_copy_was_judged(story: Story) -> None:
    slow = jpeg(scene(7))
    story.record(slow)
    story.clock.forward(hours=3)
    second = story.visit(jpeg(scene(7), quality=60), **AT_JY002)
    assert story.reasons(second) == {}
    story.clock.forward(days=2)
    story.send(slow)
    assert list(story.reasons(second)) == ["photo_like_elsewhere"]


def test_a_month_filled_in_at_home_on_the_30th(story: Story) -> None:
    story.clock.at = dt.datetime(2026, 11, 30, 12, 0, tzinfo=dt.UTC)
    home = {"lon": 111.36, "lat": 25.30}
    visits = []
    for place, day in enumerate((4, 11, 18, 25)):
        signed = story.signed(story.clock.at)
        story.clock.forward(minutes=6)
        claimed = dt.datetime(2026, 11, day, 2, 30, tzinfo=dt.UTC)
        visits.append(story.visit(jpeg(scene(30 + place)), at=claimed, signed_time=signed,
                                  fix=home | {"lat": 25.30 + place * 1e-5}))  # fmt: skip
    # The first says so too, though it came when it was alone.
    for one in visits:
        told = story.reasons(one)
        assert set(told) == {"filled_together", "backdated", "place_away"}
        assert (told["filled_together"]["visits"], told["filled_together"]["days"]) == (4, 4)


def test_a_month_without_signal_arrives_on_the_30th(story: Story) -> None:
    signed = story.signed(NOON - dt.timedelta(days=30))
    days = (25, 18, 11, 4)
    made = [
        story.visit(jpeg(scene(40 + day)), at=NOON - dt.timedelta(days=day), signed_time=signed,
                    fix={"lat": HERE[1] + day * 1e-5})
        for day in days
    ]  # fmt: skip
    assert [story.reasons(one) for one in made] == [{}, {}, {}, {}]


def test_one_place_for_ten_stations(story: Story) -> None:
    desk = {"lon": 111.3655, "lat": 25.3155}
    made = []
    for _ in range(5):
        made.append(story.visit(fix=desk))
        made.append(story.visit(station_code="JY002", fix=desk))
        story.clock.forward(days=1)
    for one in made:
        told = story.reasons(one)
        assert set(told) == {"fix_repeated", "place_away"}
        assert (told["fix_repeated"]["visits"], told["fix_repeated"]["stations"]) == (10, 2)


def test_the_phones_clock_turned_back(story: Story) -> None:
    signed = story.signed(NOON - dt.timedelta(minutes=5))
    turned = story.visit(jpeg(scene(8)), at=NOON - dt.timedelta(days=6), signed_time=signed)
    assert story.reasons(turned)["backdated"]["days"] == 6
    # Somebody else's signed time proves nothing, and is no reason either.
    borrowed = story.signed(NOON, "ping")
    assert story.reasons(story.visit(jpeg(scene(9)), at=NOON - dt.timedelta(days=5), signed_time=borrowed)) == {}


def test_a_fix_in_gcj02_is_no_absence(story: Story) -> None:
    lon, lat = (float(one) for one in from_cgcs2000(*HERE, "gcj02"))
    told = story.reasons(story.visit(fix={"lon": lon, "lat": lat}))
    assert list(told) == ["datum_suspected"]
    assert told["datum_suspected"]["datum"] == "GCJ-02"


def test_two_places_in_two_minutes(story: Story) -> None:
    first = story.visit(fix={"lon": 111.3420, "lat": 25.2710})
    story.clock.forward(minutes=2)
    second = story.visit(station_code="JY002", fix={"lon": 111.3900, "lat": 25.5600})
    assert [set(story.reasons(one)) for one in (first, second)] == [{"too_fast"}, {"too_fast", "place_away"}]


def test_a_picture_of_the_gallery_from_elsewhere(story: Story) -> None:
    exif = {
        0x8769: {0x9003: "2026:11:11 09:00:00"},
        0x8825: {1: "N", 2: (25.0, 33.0, 0.0), 3: "E", 4: (111.0, 39.0, 0.0)},
    }
    told = story.reasons(story.visit(jpeg(scene(11), exif=exif)))
    assert set(told) == {"photo_before_day", "exif_away"}
    assert told["photo_before_day"]["taken_at"] == "2026-11-11T01:00:00+00:00"
    assert 40_000 < told["exif_away"]["distance_m"] < 50_000


def test_the_phone_read_the_exif_before_it_shrank_the_picture(story: Story) -> None:
    tags = {"DateTimeOriginal": "2025:11:20 11:20:00", "GPSLatitude": "25.2712", "GPSLatitudeRef": "North latitude",
            "GPSLongitude": "111.3421", "GPSLongitudeRef": "East longitude"}  # fmt: skip
    told = story.reasons(story.visit(jpeg(scene(12)), claims=[{"exif": {"tags": tags}}]))
    assert (list(told), told["photo_before_day"]["days"]) == (["photo_before_day"], 365)


def test_the_machine_reads_another_sign_and_the_seal_does_not_hold(story: Story) -> None:
    sign = jpeg(scene(13))
    visit_id = story.visit(sign)
    story.work()
    with story.sessions.begin() as session:
        session.add(SignReading(sha256=sha(sign), engine="1", read_at=NOON, sign_class="provincial", confidence=0.9,
                                wording="电子商务进农村综合示范项目", is_sure=True, channels=[], lines=[],
                                width_px=320, height_px=240, took_ms=1))  # fmt: skip
        session.add(PhotoSeal(inspection_id=visit_id, sha256=sha(sign), payload="{}", signature="", verdict="invalid",
                              received_at=NOON))  # fmt: skip
    assert story.app.test_cli_runner().invoke(args=["judge-visits"]).output == "已安排 1 次检查 / asked for 1 visits\n"
    assert list(story.reasons(visit_id)) == ["seal_invalid", "sign_says_otherwise"]


def test_a_photo_sealed_on_another_day_and_in_another_place(story: Story) -> None:
    sign = jpeg(scene(16))
    visit_id = story.visit(sign)
    told = {
        "v": 1, "number": 1, "sha256": sha(sign), "station": "JY001", "previous": None, "monotonic_ms": 5,
        "inspector": story.world.callers["chen"].account_id, "device": story.world.callers["chen"].device_id,
        "taken_at": (NOON - dt.timedelta(minutes=4)).isoformat(), "wall": (NOON - dt.timedelta(days=3)).isoformat(),
        "signed_time": story.signed(NOON - dt.timedelta(hours=1)),
        "fix": {"lon": THERE[0], "lat": THERE[1], "accuracy_m": 20.0, "age_s": 2},
    }  # fmt: skip
    with story.sessions.begin() as session:
        session.add(PhotoSeal(inspection_id=visit_id, sha256=sha(sign), payload=json.dumps(told), signature="",
                              number=1, device_id=told["device"], verdict="valid", received_at=NOON,
                              sealed_at=NOON - dt.timedelta(days=3)))  # fmt: skip
    found = story.reasons(visit_id)
    assert list(found) == ["backdated", "photo_place_away"]
    assert found["backdated"]["days"] == 3
    with story.sessions() as session:
        times = session.get_one(VisitJudgement, visit_id).times
    assert times[1] == {"photo": sha(sign), "not_before": "2026-11-20T03:00:00+00:00",
                        "not_after": "2026-11-20T04:00:00+00:00"}  # fmt: skip


@pytest.mark.parametrize("changes", [{"provider": "mock"}, {"age_s": 7200}, {"accuracy_m": 2000.0}],
                         ids=["simulated", "two hours old", "a mast"])  # fmt: skip
def test_a_fix_that_says_little(story: Story, changes: dict[str, object]) -> None:
    code = {"provider": "fix_mocked", "age_s": "fix_old", "accuracy_m": "fix_vague"}[next(iter(changes))]
    assert list(story.reasons(story.visit(fix=changes))) == [code]


def test_a_visit_put_right_at_a_desk_is_no_story(story: Story) -> None:
    sign = jpeg(scene(14))
    first = story.visit(sign)
    back = story.client.post(f"/api/v1/inspections/{first}/return", json={"note": "字样选错了", "marks": []},
                             headers=story.world.as_phone("yong"))  # fmt: skip
    assert back.status_code == 200
    story.clock.forward(days=2)
    earlier = (NOON - dt.timedelta(minutes=4)).isoformat()
    again = story.visit(sign, replaces=first, fix={"lon": 111.0}, claims=[{"taken_at": earlier}])
    assert [story.reasons(one) for one in (first, again)] == [{}, {}]


def test_two_covered_lenses_are_no_copies(story: Story) -> None:
    story.visit(jpeg(Image.new("RGB", (320, 240), (6, 6, 6))))
    story.clock.forward(hours=3)
    assert story.reasons(story.visit(jpeg(Image.new("RGB", (320, 240), (9, 9, 9))), **AT_JY002)) == {}


def test_a_picture_that_is_not_alike_stays_alone(story: Story) -> None:
    story.visit(jpeg(scene(15)))
    story.clock.forward(hours=3)
    turned = Image.open(io.BytesIO(jpeg(scene(15)))).rotate(90)
    assert story.reasons(story.visit(jpeg(turned), **AT_JY002)) == {}
