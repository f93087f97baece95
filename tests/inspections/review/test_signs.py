"""The sign that is held: as the answers are now, judged by the rules of now, in words that are those of its class."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from field_app_schema.refusals import Refusal
from inspections.review.desk.item import review_item
from inspections.review.public_sign import settled_sign
from inspections.review.signs.holding import Sign
from inspections.review.tables import SignFinding
from inspections.visits.tables import Inspection
from stations.records.tables import Station
from tests.conftest import NOON
from tests.inspections.review.reviewing import Desk, arrive, bind_2020, decisions, findings
from tests.inspections.review.test_changing import B2020, WHOLE, correct, edit
from tests.visit_making import ID_A, ID_B
from tests.world import World

A, B = "电子商务进农村综合示范项目", "全国电子商务进农村综合示范项目"
EARLIER = {"started_at": "2026-11-10T11:20:00+08:00", "ended_at": "2026-11-10T11:30:00+08:00",
           "captured_at": "2026-11-10T11:30:00+08:00"}  # fmt: skip
EARLY = NOON.replace(hour=1)
GONE: dict[str, Any] = {"observed_state": "closed_sign_removed", "answers": {}, "checks": {}}


@pytest.fixture
def desk(sessions: sessionmaker[Session], world: World) -> Desk:
    return Desk(sessions, world)


def shown(desk: Desk) -> tuple[str, str, str | None, list[str]]:
    """Give class, source, by whom, and what the rules say of the wording, as a reviewer reads it."""
    with desk.sessions() as session:
        sign = review_item(session, desk.caller, ID_A).sign
        assert sign.held is not None
        return sign.held.sign_class, sign.held.source, sign.held.by, [one["wording"] for one in sign.verdicts]


def public(desk: Desk) -> tuple[str, str] | None:
    with desk.sessions() as session:
        told = settled_sign(session, "JY001")
        return None if told is None else (told.sign_class, told.seen_on.isoformat())


def test_answers_set_right_are_the_sign_that_is_shown_before_it_is_approved_anew(desk: Desk, world: World) -> None:
    with desk.sessions.begin() as session:
        bind_2020(session)
        arrive(session, world, answers=WHOLE)
    desk.approve()
    assert shown(desk) == ("national", "inspector", world.callers["chen"].display_name, ["pass"])
    edit(desk, answers=WHOLE | {"sign_wording": "absent"})
    assert shown(desk) == ("absent", "inspector", None, ["fail"])
    desk.approve()
    assert shown(desk) == ("absent", "inspector", world.callers["chen"].display_name, ["fail"])
    with desk.sessions() as session:
        assert findings(session) == [("sign_missing", None)]


def test_a_correction_says_what_was_held_before_it(desk: Desk, world: World) -> None:
    with desk.sessions.begin() as session:
        arrive(session, world, answers=WHOLE)
    desk.approve()
    edit(desk, answers=WHOLE | {"sign_wording": "absent"})
    correct(desk, Sign("provincial"))
    with desk.sessions() as session:
        [told] = [one for one in review_item(session, desk.caller, ID_A).decisions if one.kind == "sign_corrected"]
        assert (told.details["from"], told.details["to"]) == ("absent", "provincial")
        assert decisions(session)[-1] == ("sign_corrected", 3)
    # A reviewer's word stands, whatever is answered afterwards.
    edit(desk, answers=WHOLE)
    assert shown(desk)[:2] == ("provincial", "reviewer")


@pytest.mark.parametrize("source", ["reviewer", "inspector"])
def test_what_is_approved_is_judged_by_the_rules_on_the_screen(desk: Desk, world: World, source: str) -> None:
    with desk.sessions.begin() as session:
        arrive(session, world, answers=WHOLE | {"sign_wording": "provincial"})
    if source == "reviewer":
        correct(desk, Sign("provincial", A))
    else:
        desk.approve()
        desk.reopen()
    with desk.sessions.begin() as session:
        first = session.scalars(select(SignFinding)).one()
        assert (first.source, first.verdicts) == (source, [])
        first.decided_at = EARLY
        # The programme of the county is loaded only now.
        bind_2020(session)
    assert shown(desk)[3] == ["fail"]
    desk.approve()
    with desk.sessions() as session:
        assert findings(session) == [("wrong_wording", B2020)]
        old, new = session.scalars(select(SignFinding).order_by(SignFinding.id)).all()
        assert (old.superseded_at, new.superseded_at) == (NOON, None)
        assert (new.source, new.decided_by, new.decided_at) == (source, old.decided_by, EARLY)
        assert new.verdicts == [{"rule": B2020, "wording": "fail", "channel": "cannot_tell"}]
    desk.reopen()
    desk.approve()
    with desk.sessions() as session:
        # Nothing changed: no third row.
        assert len(session.scalars(select(SignFinding)).all()) == 2


def test_words_that_are_not_those_of_the_class_are_refused(desk: Desk, world: World) -> None:
    with desk.sessions.begin() as session:
        arrive(session, world, answers=WHOLE)
    with pytest.raises(Refusal) as told:
        correct(desk, Sign("national", "国家级电子商务进农村综合示范项目"))
    assert (told.value.code, list(told.value.errors)) == ("BAD_INPUT", ["wording"])
    with desk.sessions() as session:
        assert session.get_one(Inspection, ID_A).version == 1
    correct(desk, Sign("national", f"永州市江永县 {B}"))
    desk.approve()
    assert public(desk) == ("national", "2026-11-20")


def test_the_public_is_told_no_class_that_its_own_words_contradict(desk: Desk, world: World) -> None:
    with desk.sessions.begin() as session:
        arrive(session, world, answers=WHOLE)
        session.get_one(Inspection, ID_A).answers = WHOLE | {"other_wording": "国家级电子商务进农村综合示范项目"}
    desk.approve()
    assert public(desk) is None


def test_a_sign_that_was_found_taken_down_since_is_not_told(desk: Desk, world: World) -> None:
    with desk.sessions.begin() as session:
        arrive(session, world, ID_B, answers=WHOLE, **EARLIER)
        arrive(session, world, ID_A, **GONE)
    desk.approve(ID_B)
    assert public(desk) == ("national", "2026-11-10")
    desk.approve(ID_A)
    assert public(desk) is None
    desk.reopen(ID_A)
    assert public(desk) == ("national", "2026-11-10")


def test_a_sign_seen_after_the_station_was_gone_is_told(desk: Desk, world: World) -> None:
    with desk.sessions.begin() as session:
        arrive(session, world, ID_B, **GONE, **EARLIER)
        arrive(session, world, ID_A, answers=WHOLE)
    desk.approve(ID_B)
    desk.approve(ID_A)
    assert public(desk) == ("national", "2026-11-20")


@pytest.mark.parametrize(("is_subsidised", "said"), [(False, "not_required"), (True, "absent"), (None, "absent")])
def test_no_sign_is_missed_where_none_is_asked_for(
    desk: Desk, world: World, is_subsidised: bool | None, said: str
) -> None:
    with desk.sessions.begin() as session:
        bind_2020(session)
        session.get_one(Station, world.stations["JY001"]).is_subsidised = is_subsidised
        arrive(session, world, answers=WHOLE | {"sign_wording": "absent"})
    desk.approve()
    with desk.sessions() as session:
        held = review_item(session, desk.caller, ID_A).sign.held
        assert held is not None
        assert (held.sign_class, held.counts_as) == ("absent", said)
    assert public(desk) == (said, "2026-11-20")


def test_a_fix_that_does_not_say_how_good_it_is_is_not_exact(desk: Desk, world: World) -> None:
    fix = {"lon": 111.3420, "lat": 25.2711, "accuracy_m": None, "coord_system": "wgs84"}
    with desk.sessions.begin() as session:
        arrive(session, world, fix=fix)
    with desk.sessions() as session:
        item = review_item(session, desk.caller, ID_A)
        assert item.fix is not None
        assert item.fix["accuracy_m"] is None
        assert item.on_site_radius_m == 100.0
