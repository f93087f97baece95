"""Decisions at once: one change stands however many ask, and what was decided is what stands."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from field_app_schema.refusals import Refusal
from field_app_schema.vocab_months import ReturnReason
from stations.records.months import ReportStateChange
from stations.sales.filing.taking_in import take_in
from stations.sales.review.accepting_many import AcceptWish, accept_many
from stations.sales.review.deciding import Returning, accept_report, return_report
from tests.conftest import NOON
from tests.stations.sales.filing.building import OCTOBER, SECOND, station, told
from tests.stations.sales.review.building import begun, file_month, report_of
from tests.world import World


@pytest.fixture
def filed(sessions: sessionmaker[Session], world: World) -> sessionmaker[Session]:
    with sessions.begin() as session:
        file_month(begun(session), world)
    return sessions


def accepted(sessions: sessionmaker[Session]) -> int:
    with sessions() as session:
        changes = select(func.count(ReportStateChange.id)).where(ReportStateChange.to_state == "accepted")
        return session.scalar(changes) or 0


def test_one_by_one_and_many_at_once_accept_a_report_once(filed: sessionmaker[Session], world: World) -> None:
    def accept(number: int) -> bool:
        with filed.begin() as session:
            if number % 2:
                wish = AcceptWish(OCTOBER, "431125")
                return accept_many(session, world.callers["jiang"], wish, now=NOON).imported > 0
            return accept_report(session, world.callers["jiang"], "JY001", OCTOBER, 1, now=NOON).is_new

    with ThreadPoolExecutor(8) as pool:
        assert Counter(pool.map(accept, range(8))) == {True: 1, False: 7}
    assert accepted(filed) == 1


def test_a_correction_and_an_acceptance_at_once_never_accept_what_nobody_read(
    filed: sessionmaker[Session], world: World
) -> None:
    def act(number: int) -> str:
        try:
            with filed.begin() as session:
                if number % 2:
                    accept_report(session, world.callers["jiang"], "JY001", OCTOBER, 1, now=SECOND)
                    return "accepted"
                again = told(online_sales_out_fen=9_00, seen_version=1, reason="漏了")
                take_in(session, world.callers["tang"], station(session, world), OCTOBER, again, now=SECOND)
                return "corrected"
        except Refusal as refusal:
            return refusal.code

    with ThreadPoolExecutor(8) as pool:
        said = Counter(pool.map(act, range(8)))
    with filed() as session:
        report = report_of(session, world)
    # Whoever came first won; the other side was told.
    if report.state == "accepted":
        assert (report.version, said["corrected"], said["REPORT_ACCEPTED"]) == (1, 0, 4)
    else:
        assert (report.version, said["corrected"], said["accepted"]) == (2, 1, 0)


def test_an_accepted_report_speaks_for_life_and_one_sent_back_does_not(
    filed: sessionmaker[Session], world: World
) -> None:
    with filed.begin() as session:
        was = station(session, world).vitality
        accept_report(session, world.callers["jiang"], "JY001", OCTOBER, 1, now=SECOND)
        spoken = station(session, world).vitality
        return_report(session, world.callers["jiang"], "JY001", OCTOBER, 1, Returning(ReturnReason.OTHER), now=SECOND)
        # Nine months were silent before; a report that nobody has read speaks as little as one sent back.
        assert (was, spoken, station(session, world).vitality) == ("presumed_dead", "alive", "presumed_dead")
