"""The queue: the doubtful first, what nobody checked before what is clean, in scope, and never the asker's own."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy.orm import Session, sessionmaker

from field_app_schema.refusals import Refusal
from inspections.plausibility.tables import VisitJudgement
from inspections.review.desk.queue import Counts, QueueWish, count_waiting, waiting_visits
from inspections.visits.tables import Inspection
from tests.conftest import NOON
from tests.inspections.review.reviewing import Desk, arrive
from tests.visit_making import claim, jpeg
from tests.world import World

IDS = [f"0b7c7a52-6c1e-4a53-9d3e-00000000000{number}" for number in range(8)]
CLEAN, UNSEEN, DOUBTFUL, WORST, OLDER, FAR, AWAITED, OWN = IDS


def judge(session: Session, visit_id: str, weight: int, *codes: str) -> None:
    reasons = [{"code": code, "weight": weight, "photo": None, "figures": {}} for code in codes]
    session.add(VisitJudgement(inspection_id=visit_id, judged_at=NOON, rule_version="1", weight=weight, reasons=reasons,
                               times=[]))  # fmt: skip


@pytest.fixture
def queue(sessions: sessionmaker[Session], world: World) -> Desk:
    with sessions.begin() as session:
        for visit_id in (CLEAN, UNSEEN, DOUBTFUL, WORST, OLDER):
            arrive(session, world, visit_id)
        session.get_one(Inspection, OLDER).completed_at = NOON - dt.timedelta(days=2)
        arrive(session, world, FAR, "zhou", station_code="TJ001")
        arrive(session, world, AWAITED, photos=[claim(jpeg(1))])
        arrive(session, world, OWN, "yong")
        judge(session, CLEAN, 0)
        judge(session, DOUBTFUL, 30, "place_away")
        judge(session, OLDER, 30, "place_away", "fix_old")
        judge(session, WORST, 60, "photo_same_elsewhere")
    return Desk(sessions, world)


def ids(session: Session, desk: Desk, **wish: object) -> list[str]:
    return [one.id for one in waiting_visits(session, desk.caller, QueueWish(**wish))]


def test_the_doubtful_come_first_and_what_nobody_checked_is_not_clean(queue: Desk, world: World) -> None:
    with queue.sessions() as session:
        found = waiting_visits(session, queue.caller, QueueWish())
        assert [one.id for one in found] == [WORST, OLDER, DOUBTFUL, UNSEEN, CLEAN]
        assert [(one.judged, one.weight, one.reasons) for one in found[1:4]] == [
            (True, 30, ["place_away", "fix_old"]), (True, 30, ["place_away"]), (False, 0, [])]  # fmt: skip
        assert (found[0].station_name, found[0].county) == ("何家湾服务站", "江永县")
        assert count_waiting(session, queue.caller) == Counts(total=5, doubtful=3, unjudged=1, own=1)
        province = world.callers["xiang"]
        assert count_waiting(session, province) == Counts(total=7, doubtful=3, unjudged=3, own=0)


def test_it_goes_on_behind_the_last_one_whatever_was_decided_meanwhile(queue: Desk) -> None:
    with queue.sessions() as session:
        first = waiting_visits(session, queue.caller, QueueWish(limit=2))
    queue.approve(WORST)
    with queue.sessions() as session:
        assert ids(session, queue, after=first[-1].cursor, limit=2) == [DOUBTFUL, UNSEEN]
        last = waiting_visits(session, queue.caller, QueueWish())[-1]
        assert ids(session, queue, after=last.cursor) == []
        assert ids(session, queue)[0] == OLDER


@pytest.mark.parametrize("cursor", ["", "x", "1~2~3", "1~2026-11-20T00:00:00~a", "99999999999~2026-11-20T00:00:00Z~a"])
def test_what_is_no_place_in_the_queue_is_refused(queue: Desk, cursor: str) -> None:
    with queue.sessions() as session, pytest.raises(Refusal) as told:
        ids(session, queue, after=cursor)
    assert told.value.code == "BAD_INPUT"


def test_by_reason_and_by_unit(queue: Desk, world: World) -> None:
    province = Desk(queue.sessions, world, "xiang")
    with queue.sessions() as session:
        assert ids(session, queue, reason="place_away") == [OLDER, DOUBTFUL]
        assert ids(session, queue, reason="place") == []
        assert ids(session, province, unit="430922") == [FAR]
        # Another prefecture is not in scope, whatever is asked.
        assert ids(session, queue, unit="430922") == []
        with pytest.raises(Refusal) as told:
            ids(session, queue, unit="999999")
        assert told.value.code == "UNIT_UNKNOWN"
