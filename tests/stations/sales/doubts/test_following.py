"""Closer looks: one mark a thing, settled once with a word, each act in the audit trail."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from field_app_schema.refusals import Refusal
from stations.people.tables import AuditEvent
from stations.sales.doubts.following import Mark, clear, follow_ups, mark
from stations.sales.doubts.tables import FollowUp
from tests.conftest import NOON
from tests.world import World


def marked(session: Session, world: World, person: str = "jiang", **more: Any) -> dict[str, Any]:
    given: dict[str, Any] = {"station": "JY001", "subject": "parcels_in", "reason_code": "festival", "period": "202610"}
    return mark(session, world.callers[person], Mark(**given | more), now=NOON)


def acts(session: Session) -> list[tuple[str, Any, Any, str | None]]:
    rows = session.scalars(select(AuditEvent).order_by(AuditEvent.id))
    return [(row.action, (row.before or {}).get("reason_code"), (row.after or {}).get("reason_code"), row.reason)
            for row in rows]  # fmt: skip


def test_marked_again_it_is_one_mark_with_the_new_reason(session: Session, world: World) -> None:
    first = marked(session, world)
    assert marked(session, world)["id"] == first["id"]
    again = marked(session, world, "xiang", reason_code="unit_slip", note="问过站长")
    assert (again["id"], again["reason_code"], again["note"]) == (first["id"], "unit_slip", "问过站长")
    assert session.scalar(select(func.count(FollowUp.id))) == 1
    assert acts(session) == [("follow_up.mark", None, "festival", None),
                             ("follow_up.mark", "festival", "unit_slip", None)]  # fmt: skip


def test_another_month_another_subject_or_none_are_marks_of_their_own(session: Session, world: World) -> None:
    for more in ({}, {"period": "202609"}, {"subject": "parcels_out"}, {"period": None}, {"period": None}):
        marked(session, world, **more)
    found, count = follow_ups(session, world.callers["yong"], ou=None, is_open=True, offset=0, limit=2)
    assert [(one["station"], one["period"], one["subject"]) for one in found] == [
        ("JY001", None, "parcels_in"), ("JY001", "202609", "parcels_in"),
    ]  # fmt: skip
    assert count == 4


def test_settled_once_with_a_word_and_then_it_may_be_marked_anew(session: Session, world: World) -> None:
    first = marked(session, world)
    assert first["permissions"] == {"may_mark": True}
    settled = clear(session, world.callers["jiang"], first["id"], "是庙会", now=NOON)
    assert (settled["cleared_at"], settled["cleared_note"]) == (NOON, "是庙会")
    assert settled["permissions"] == {"may_mark": False}
    assert clear(session, world.callers["jiang"], first["id"], "又一次", now=NOON)["cleared_note"] == "是庙会"
    assert acts(session)[1:] == [("follow_up.clear", "festival", None, "是庙会")]
    assert marked(session, world)["id"] != first["id"]
    found, count = follow_ups(session, world.callers["jiang"], ou="431125100", is_open=False, offset=0, limit=10)
    assert ([one["id"] for one in found], count) == ([first["id"]], 1)


def test_two_who_mark_at_once_make_one_mark(sessions: sessionmaker[Session], world: World) -> None:
    ready = Barrier(2)

    def act(person: str) -> int:
        with sessions.begin() as session:
            ready.wait(timeout=30)
            return int(marked(session, world, person)["id"])

    with ThreadPoolExecutor(2) as pool:
        ids = set(pool.map(act, ("jiang", "xiang")))
    with sessions() as session:
        assert ids == set(session.scalars(select(FollowUp.id)))
    assert len(ids) == 1


def test_what_is_refused(session: Session, world: World) -> None:
    theirs = marked(session, world)["id"]
    zhou = world.callers["zhou"]
    for code, act in (
        ("STATION_UNKNOWN", lambda: marked(session, world, "zhou")),
        ("PERIOD_UNKNOWN", lambda: marked(session, world, period="2026-1")),
        ("FOLLOW_UP_UNKNOWN", lambda: clear(session, zhou, theirs, "x", now=NOON)),
        ("OUT_OF_SCOPE", lambda: follow_ups(session, zhou, ou="431125", is_open=True, offset=0, limit=1)),
    ):
        with pytest.raises(Refusal, match=code):
            act()
