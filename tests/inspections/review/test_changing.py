"""A sign corrected and answers set right: a new version, what was there stays readable, an approval is taken back."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from field_app_schema.refusals import Refusal
from field_app_schema.visits import check_edit
from inspections.review.desk.item import review_item
from inspections.review.editing import edit_visit
from inspections.review.signs.correcting import correct_sign
from inspections.review.signs.holding import Sign
from inspections.review.tables import SignFinding, VisitEdit
from inspections.visits.tables import Inspection
from tests.inspections.review.reviewing import Desk, arrive, bind_2020, decisions, findings, steps
from tests.visit_making import ID_A, ID_B, sent
from tests.world import World

B2020 = "signage.national-2020"
WHOLE = {"services": ["parcel", "purchase_agency"], "sign_wording": "national"}


def correct(desk: Desk, sign: Sign, visit_id: str = ID_A, seen: int | None = None, photo: str | None = None) -> None:
    with desk.sessions.begin() as session:
        correct_sign(session, desk.act(seen), visit_id, sign, photo, "按照片核对")


def edit(desk: Desk, visit_id: str = ID_A, seen: int | None = None, **wish: Any) -> None:
    with desk.sessions.begin() as session:
        edit_visit(session, desk.act(seen), visit_id, wish, "核对后更正", check=check_edit)


@pytest.fixture
def desk(sessions: sessionmaker[Session], world: World) -> Desk:
    """The prefecture's reviewer, and a visit that waits in a county under the rules of 2020."""
    with sessions.begin() as session:
        bind_2020(session)
        arrive(session, world, answers=WHOLE)
    return Desk(sessions, world)


def test_a_corrected_sign_takes_the_place_of_the_inspectors_and_takes_the_approval_back(desk: Desk) -> None:
    desk.approve()
    correct(desk, Sign("provincial", "电子商务进农村综合示范项目", "outside_front", ["county"]))
    with desk.sessions() as session:
        rows = session.scalars(select(SignFinding).order_by(SignFinding.id)).all()
        assert [(row.sign_class, row.source, row.superseded_at is None) for row in rows] == [
            ("national", "inspector", False), ("provincial", "reviewer", True)]  # fmt: skip
        assert rows[1].verdicts == [{"rule": B2020, "wording": "fail", "channel": "fail"}]
        assert decisions(session) == [("approved", 1), ("reopened", 1), ("sign_corrected", 2)]
        assert steps(session) == ["under_review", "approved", "under_review"]
        assert session.get_one(Inspection, ID_A).version == 2
    desk.approve()
    with desk.sessions() as session:
        # The reviewer's word stands, though the inspector answered otherwise.
        assert len(session.scalars(select(SignFinding)).all()) == 2
        assert findings(session) == [("wrong_wording", B2020), ("report_channel_missing", B2020)]


def test_a_first_correction_is_a_look_and_who_had_read_the_visit_before_is_told(desk: Desk) -> None:
    correct(desk, Sign("absent"), seen=1)
    with desk.sessions() as session:
        assert steps(session) == ["under_review"]
    with pytest.raises(Refusal) as told:
        desk.approve(seen=1)
    assert told.value.code == "CONFLICT_VERSION"
    desk.approve(seen=3)
    with desk.sessions() as session:
        assert findings(session) == [("sign_missing", None)]


def test_a_photo_of_another_visit_shows_no_sign_of_this_one(desk: Desk) -> None:
    with pytest.raises(Refusal) as told:
        correct(desk, Sign("absent"), photo="a" * 64)
    assert (told.value.code, list(told.value.errors)) == ("BAD_INPUT", ["photo"])


def test_an_edit_makes_a_version_and_leaves_alone_what_the_phone_sent(desk: Desk) -> None:
    desk.approve()
    edit(desk, answers={"services": ["parcel"], "sign_wording": "national"}, note="一切正常")
    with desk.sessions() as session:
        visit = session.get_one(Inspection, ID_A)
        assert (visit.version, visit.state, visit.answers["services"]) == (2, "under_review", ["parcel"])
        assert visit.body == sent(answers=WHOLE)
        row = session.scalars(select(VisitEdit)).one()
        assert (row.version, row.before, row.after, row.why) == (
            2, {"answers": WHOLE}, {"answers": visit.answers}, "核对后更正")  # fmt: skip
        assert decisions(session) == [("approved", 1), ("reopened", 1)]
        kinds = [one.kind for one in review_item(session, desk.caller, ID_A).decisions]
        assert sorted(kinds) == ["approved", "edited", "reopened"]
    desk.approve()
    with desk.sessions() as session:
        assert findings(session) == [("service_missing", None)]


def test_an_inspector_edits_only_own_visits(desk: Desk, world: World) -> None:
    with desk.sessions.begin() as session:
        arrive(session, world, ID_B, "ping")
    inspector = Desk(desk.sessions, world, "chen")
    edit(inspector, note="补记:后门开着")
    with pytest.raises(Refusal) as told:
        edit(inspector, ID_B, note="不是我的")
    assert told.value.code == "INSPECTION_UNKNOWN"
    edit(desk, ID_B, note="审核人补记")


def test_what_cannot_be_edited_is_refused(desk: Desk) -> None:
    with pytest.raises(Refusal) as told:
        edit(desk, note="一切正常")
    assert told.value.code == "BAD_INPUT"
    with pytest.raises(Refusal) as told:
        edit(desk, not_answered={"services": "not_seen"})
    assert (told.value.code, list(told.value.errors)) == ("BAD_INPUT", ["not_answered"])
    edit(desk, seen=1, note="更正")
    with pytest.raises(Refusal) as told:
        edit(desk, seen=1, note="再更正")
    assert told.value.code == "CONFLICT_VERSION"
    desk.give_back()
    with pytest.raises(Refusal) as told:
        edit(desk, note="退回后")
    assert told.value.code == "VISIT_STATE"
