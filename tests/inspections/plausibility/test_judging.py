"""A judgement is stored once a visit, made again harmlessly, and read by staff in their scope, by nobody else."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session, sessionmaker

import jobs
from inspections.photos.pictures.prints import fingerprint
from inspections.photos.tables import Medium, PhotoFingerprint
from inspections.plausibility.judging import ask_for_all, judge_visit
from inspections.plausibility.plausibility_policy import plausibility_policy, rule_version
from inspections.plausibility.shelf import alike
from inspections.plausibility.tables import VisitJudgement
from inspections.visits.tables import Inspection
from stations.policy.tables import PolicyRule
from tests.conftest import NOON
from tests.inspections.plausibility.telling import THERE, Story, jpeg, scene

AT_JY002 = {"station_code": "JY002", "fix": {"lon": THERE[0], "lat": THERE[1]}}


def judge(story: Story, visit_id: str, **more: Any) -> dict[str, Any]:
    return judge_visit(story.sessions, {"inspection_id": visit_id} | more, now=story.clock.at)


def rows(story: Story) -> list[tuple[Any, ...]]:
    j = VisitJudgement
    with story.sessions() as session:
        return [tuple(row) for row in session.execute(select(j.inspection_id, j.weight, j.rule_version, j.times))]


def test_only_a_visit_whose_photos_are_here_is_judged(story: Story) -> None:
    waiting = story.record(jpeg(scene(1)))
    assert judge(story, waiting) == {"judged": False}
    assert judge(story, "0b7c7a52-6c1e-4a53-9d3e-2f4f5a1b0c99") == {"judged": False}
    assert rows(story) == []


def test_twice_is_once_and_ends(story: Story) -> None:
    shop = jpeg(scene(1))
    first = story.visit(shop)
    story.clock.forward(hours=3)
    second = story.visit(shop, **AT_JY002)
    story.work()
    before = rows(story)
    # What touches others asks for them once, and they ask for nobody.
    assert judge(story, first) == {"judged": True, "reasons": 0, "asked_again": 1}
    assert judge(story, second, spread=False) == {"judged": True, "reasons": 1, "asked_again": 0}
    story.work()
    with story.sessions() as session:
        assert not jobs.is_due(session, ["visit_judgement"], now=story.clock.at)
    assert sorted(rows(story)) == sorted(before)
    assert len(before) == 2


def test_another_threshold_is_another_judgement(story: Story) -> None:
    visit_id = story.visit(fix={"lon": 111.3435, "accuracy_m": 95.0})
    assert list(story.reasons(visit_id)) == ["place_unclear"]
    ((_, _, version, _),) = rows(story)
    with story.sessions.begin() as session:
        told = {"fix_vague_m": 90.0, "weights": {"fix_vague": 7, "no_such_reason": 1}}
        session.add(PolicyRule(code="plausibility", kind="plausibility", parameters=told, batch_years=[],
                               source_doc="湘", quote="省里定的"))  # fmt: skip
        session.add(PolicyRule(code="visit_limits", kind="visit_limits", parameters={"on_site_radius_m": 300.0},
                               batch_years=[], source_doc="湘", quote="省里定的"))  # fmt: skip
    with story.sessions() as session:
        policy = plausibility_policy(session)
    assert (policy.fix_vague_m, policy.weights["fix_vague"], policy.on_site_radius_m) == (90.0, 7, 300.0)
    assert ask_for_all(story.sessions, unit_path="/CN/43/4309/", now=NOON) == 0
    assert ask_for_all(story.sessions, unit_path="/CN/43/4311/", now=NOON) == 1
    assert list(story.reasons(visit_id)) == ["fix_vague"]
    ((_, weight, newer, _),) = rows(story)
    assert (weight, newer) == (7, rule_version(policy))
    assert newer != version
    assert len(newer) <= 16


def test_a_command_for_one_unit(story: Story) -> None:
    story.visit()
    runner = story.app.test_cli_runner()
    assert runner.invoke(args=["judge-visits", "--unit", "430922"]).output == "已安排 0 次检查 / asked for 0 visits\n"
    assert runner.invoke(args=["judge-visits", "--unit", "431125"]).output == "已安排 1 次检查 / asked for 1 visits\n"
    wrong = runner.invoke(args=["judge-visits", "--unit", "999999"])
    assert (wrong.exit_code, "Traceback" in wrong.output) == (2, False)


@pytest.mark.parametrize(("person", "told"), [("jiang", True), ("yong", True), ("chen", False)])
def test_staff_read_it_and_the_inspector_does_not(story: Story, person: str, told: bool) -> None:
    visit_id = story.visit(jpeg(scene(2)), fix={"lon": 111.36}, signed_time=story.signed(NOON))
    url, headers = f"/api/v1/inspections/{visit_id}", story.world.as_phone(person)
    assert story.client.get(url, headers=headers).json["reasons"] is None
    story.work()
    answer = story.client.get(url, headers=headers).json
    if not told:
        assert (answer["reasons"], answer["times"]) == (None, None)
        return
    (reason,) = answer["reasons"]
    assert reason == {"code": "place_away", "photo": None,
                      "figures": {"distance_m": 1810, "accuracy_m": 12, "radius_m": 100}}  # fmt: skip
    assert answer["times"][0] == {"photo": None, "not_before": NOON.isoformat(), "not_after": NOON.isoformat()}


def test_a_station_of_another_county_is_not_named(story: Story) -> None:
    shop = jpeg(scene(3))
    # Zhou's county is not Jiang's; the province sees both.
    story.visit(shop, person="zhou", station_code="TJ001", fix={"lon": 112.15, "lat": 28.52})
    story.clock.forward(hours=3)
    visit_id = story.visit(shop)
    story.work()
    seen = {}
    for person in ("jiang", "xiang"):
        answer = story.client.get(f"/api/v1/inspections/{visit_id}", headers=story.world.as_phone(person)).json
        (reason,) = answer["reasons"]
        seen[person] = (reason["code"], reason["figures"]["station"], reason["figures"]["visit"] is None)
    assert seen == {"jiang": ("photo_same_elsewhere", None, True), "xiang": ("photo_same_elsewhere", "TJ001", False)}


def add_print(session: Session, number: int, picture: int) -> None:
    sha256 = f"{picture:064d}"
    session.add(Medium(sha256=sha256, size_bytes=1, mime="image/jpeg", width_px=1, height_px=1, stored_at=NOON))
    session.flush()
    session.add(PhotoFingerprint(id=number, sha256=sha256, kind=1, bits=fingerprint(jpeg(scene(picture)))))


def found(sessions: sessionmaker[Session], picture: int) -> list[int]:
    with sessions() as session:
        asked = {"asked": fingerprint(jpeg(scene(picture), quality=60))}
        return [int(one.sha256) for one in alike(session, asked, 60)["asked"]]


def test_the_shelf_keeps_up_with_the_table(sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        add_print(session, 5, 50)
    assert found(sessions, 50) == [50]
    # A number that was given before the last one, and committed after it.
    with sessions.begin() as session:
        add_print(session, 3, 30)
    assert [found(sessions, picture) for picture in (50, 30, 70)] == [[50], [30], []]
    # Begun anew, with the same numbers for other pictures.
    with sessions.begin() as session:
        session.execute(delete(PhotoFingerprint))
        add_print(session, 5, 70)
    assert [found(sessions, picture) for picture in (50, 30, 70)] == [[], [], [70]]


def test_what_is_not_committed_is_on_no_shelf_for_long(sessions: sessionmaker[Session]) -> None:
    with sessions() as session:
        add_print(session, 1, 40)
        session.flush()
        assert [int(one.sha256) for one in alike(session, {"x": fingerprint(jpeg(scene(40)))}, 60)["x"]] == [40]
        session.rollback()
    assert found(sessions, 40) == []


def test_a_visit_by_telephone_is_asked_for_no_place(story: Story) -> None:
    visit_id = story.visit(method="phone_callback", fix={"lon": 116.0, "lat": 39.0})
    assert story.reasons(visit_id) == {}
    with story.sessions() as session:
        assert session.scalar(select(func.count()).select_from(Inspection)) == 1


def test_a_visit_is_explained_on_the_command_line(story: Story) -> None:
    visit_id = story.visit(fix={"lon": 111.36})
    runner = story.app.test_cli_runner()
    assert runner.invoke(args=["explain-visit", visit_id]).exit_code == 1
    story.work()
    told = runner.invoke(args=["explain-visit", visit_id, "--lang", "en"]).output.splitlines()
    assert told[0].startswith(" 30 place_away: The position is 1,810 m from the registered one")
    assert told[1] == "When the visit was made: — … 2026-11-20T04:00:00+00:00"
