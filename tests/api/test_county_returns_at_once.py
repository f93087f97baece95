"""Many at once: one return is sent, and its sum holds exactly the reports that are accepted when it stands."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from stations.people.tables import AuditEvent
from stations.records.months import CountyReturn, SalesReport
from tests.conftest import Clock
from tests.stations.sales.returns.building import THIRD, begin, more_stations, report
from tests.world import World

RETURNS, BODY = "/api/v1/county-returns", {"county": "431125", "period": "202610"}


def test_of_many_who_send_one_has_sent(
    app: Flask, world: World, sessions: sessionmaker[Session], clock: Clock
) -> None:
    clock.at = THIRD
    with sessions.begin() as session:
        begin(session)
        report(session, world, "JY001", fen=1)

    def send(_number: int) -> int:
        return app.test_client().post(RETURNS, json=BODY, headers=world.as_phone("jiang")).status_code

    with ThreadPoolExecutor(8) as pool:
        assert Counter(pool.map(send, range(16))) == {200: 1, 409: 15}
    with sessions() as session:
        assert session.scalar(select(func.count()).select_from(CountyReturn)) == 1
        assert session.scalar(select(func.count()).where(AuditEvent.action == "return.send")) == 1


def test_no_report_slips_out_of_a_sum_that_is_being_sent(
    app: Flask, world: World, sessions: sessionmaker[Session], clock: Clock
) -> None:
    clock.at = THIRD
    with sessions.begin() as session:
        codes = more_stations(session, world, 12)
        begin(session)
        for code in codes:
            report(session, world, code, fen=100)

    def ask(what: str) -> tuple[str, int]:
        headers, client = world.as_phone("jiang"), app.test_client()
        if what == "send":
            return what, client.post(RETURNS, json=BODY, headers=headers).status_code
        door, body = f"/api/v1/sales-reports/{what}/202610/return", {"reason_code": "looks_wrong"}
        return "back", client.post(door, json=body, headers=headers | {"If-Match": '"1"'}).status_code

    with ThreadPoolExecutor(8) as pool:
        counted = Counter(pool.map(ask, [*codes[:4], "send", *codes[4:]]))
    with sessions() as session:
        accepted = session.scalar(select(func.count()).where(SalesReport.state == "accepted"))
        sent = session.scalars(select(CountyReturn)).one()
    assert sent.figures["accepted"]["reports"] == accepted
    assert counted["send", 200] == 1
    assert counted["back", 200] + counted["back", 409] == 12
    assert counted["back", 409] == accepted
