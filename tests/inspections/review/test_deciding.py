"""Approved, taken back, sent back: by others than who made the visit, in scope, once, and each time a row."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from field_app_schema.refusals import Refusal
from inspections.review.tables import Finding, SignFinding
from inspections.visits.tables import Inspection
from stations.people.tables import AuditEvent
from tests.inspections.review.reviewing import Desk, arrive, bind_2020, decisions, findings, steps
from tests.visit_making import ID_A, ID_B, claim, jpeg
from tests.world import World

B2020 = "signage.national-2020"
PROVINCIAL = {"services": ["parcel", "purchase_agency"], "sign_wording": "provincial"}


def refused(desk: Desk, what: str, visit_id: str = ID_A, seen: int | None = None) -> str:
    with pytest.raises(Refusal) as told:
        getattr(desk, what)(visit_id, seen=seen)
    return told.value.code


def test_approved_with_its_steps_its_sign_and_its_findings(sessions: sessionmaker[Session], world: World) -> None:
    with sessions.begin() as session:
        bind_2020(session)
        arrive(session, world, answers=PROVINCIAL)
    Desk(sessions, world).approve()
    with sessions() as session:
        assert steps(session) == ["under_review", "approved"]
        assert decisions(session) == [("approved", 1)]
        held = session.scalars(select(SignFinding)).one()
        assert (held.sign_class, held.source, held.decided_by) == ("provincial", "inspector", world.accounts["chen"].id)
        assert held.verdicts == [{"rule": B2020, "wording": "fail", "channel": "cannot_tell"}]
        found = session.scalars(select(Finding)).one()
        assert (found.kind, found.rule_code) == ("wrong_wording", B2020)
        assert found.details["required"] == "全国电子商务进农村综合示范项目"
        act = session.scalars(select(AuditEvent).where(AuditEvent.action == "visit.approve")).one()
        assert act.after == {"state": "approved", "version": 1, "findings": ["wrong_wording"]}


def test_an_approval_taken_back_takes_its_findings_along_and_the_next_makes_new_ones(
    sessions: sessionmaker[Session], world: World
) -> None:
    with sessions.begin() as session:
        arrive(session, world)
    desk = Desk(sessions, world)
    desk.approve()
    desk.reopen()
    with sessions() as session:
        assert steps(session) == ["under_review", "approved", "under_review"]
        assert findings(session) == []
        assert findings(session, standing=False) == [("service_missing", None)]
    desk.approve()
    with sessions() as session:
        assert decisions(session) == [("approved", 1), ("reopened", 1), ("approved", 1)]
        assert findings(session) == [("service_missing", None)]
    desk.give_back()
    with sessions() as session:
        assert findings(session) == []
        assert decisions(session)[-1] == ("returned", 1)
        assert session.get_one(Inspection, ID_A).state == "returned"


def test_nobody_decides_on_an_own_visit(sessions: sessionmaker[Session], world: World) -> None:
    with sessions.begin() as session:
        arrive(session, world, person="yong")
    own, above = Desk(sessions, world), Desk(sessions, world, "xiang")
    assert refused(own, "approve") == "OWN_VISIT"
    assert refused(own, "give_back") == "OWN_VISIT"
    above.approve()
    assert refused(own, "reopen") == "OWN_VISIT"


def test_another_prefecture_knows_no_such_visit(sessions: sessionmaker[Session], world: World) -> None:
    with sessions.begin() as session:
        arrive(session, world, ID_B, "zhou", station_code="TJ001")
    assert refused(Desk(sessions, world), "approve", ID_B) == "INSPECTION_UNKNOWN"
    Desk(sessions, world, "xiang").approve(ID_B)


def test_what_is_still_coming_or_decided_is_not_decided(sessions: sessionmaker[Session], world: World) -> None:
    with sessions.begin() as session:
        arrive(session, world, photos=[claim(jpeg(1))])
        arrive(session, world, ID_B)
    desk = Desk(sessions, world)
    assert refused(desk, "approve") == "VISIT_STATE"
    desk.approve(ID_B)
    assert refused(desk, "approve", ID_B) == "VISIT_STATE"
    desk.give_back(ID_B)
    assert refused(desk, "reopen", ID_B) == "VISIT_STATE"


def test_the_second_reviewer_is_told_of_the_first(sessions: sessionmaker[Session], world: World) -> None:
    with sessions.begin() as session:
        arrive(session, world)
    first, second = Desk(sessions, world), Desk(sessions, world, "xiang")
    first.approve(seen=1)
    assert refused(second, "give_back", seen=1) == "CONFLICT_VERSION"
    first.reopen(seen=2)
    # It looks as it did at first, and yet it is not what the second one read.
    assert refused(second, "approve", seen=1) == "CONFLICT_VERSION"
    second.approve(seen=3)
