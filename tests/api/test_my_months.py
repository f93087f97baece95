"""The owner's months as the phone keeps them: the own station only, returns with their marks, a tag that tells."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.orm import Session, sessionmaker

from field_app_schema.sales_reports import MyMonthsSchema
from field_app_schema.vocab_months import ReportField, ReturnReason
from stations.people.tables import Account
from stations.records.months import PeriodExcuse, SalesReport
from stations.sales.review.deciding import Returning, accept_report, return_report
from stations.sales.review.mine import months_tag
from tests.api.test_document import fits
from tests.conftest import Clock
from tests.stations.sales.filing.building import begin, leave
from tests.world import World

# 2 November 2026, ten in the morning in China: October is open.
SECOND = dt.datetime(2026, 11, 2, 2, 0, tzinfo=dt.UTC)
FORM = {"online_sales_out": "12000.00", "parcels_in": 35, "note": "节前"}
WHY = Returning(ReturnReason.UNIT_SLIP, "像是万元", (ReportField.ONLINE_SALES_OUT,))


@pytest.fixture
def door(client: FlaskClient, sessions: sessionmaker[Session], clock: Clock) -> FlaskClient:
    with sessions.begin() as session:
        begin(session)
    clock.at = SECOND
    return client


def put(client: FlaskClient, world: World, form: dict[str, Any], period: str = "202610", **headers: str) -> None:
    named = {"Idempotency-Key": str(uuid.uuid4())} | {name.replace("_", "-"): value for name, value in headers.items()}
    answer = client.put(f"/api/v1/sales-reports/JY001/{period}", json=form, headers=world.as_phone("tang") | named)
    assert answer.status_code == 201, answer.json


def get(client: FlaskClient, world: World, who: str = "tang", **headers: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.get("/api/v1/my/months", headers=world.as_phone(who) | named)


def month(client: FlaskClient, world: World, period: str = "202610") -> dict[str, Any]:
    told: dict[str, dict[str, Any]] = {one["period"]: one for one in get(client, world).json["months"]}
    return told[period]


def send_back(sessions: sessionmaker[Session], world: World, seen: int, now: dt.datetime) -> None:
    with sessions.begin() as session:
        return_report(session, world.callers["jiang"], "JY001", 202610, seen, WHY, now=now)


def test_an_owner_gets_the_months_of_the_own_station(door: FlaskClient, world: World) -> None:
    put(door, world, FORM)
    told = fits(MyMonthsSchema(), get(door, world), 200)
    assert (told["station"], told["first_period"]) == ({"code": "JY001", "name": "何家湾服务站"}, "202601")
    assert [one["period"] for one in told["months"]][:3] == ["202611", "202610", "202609"]
    october = told["months"][1]
    assert (october["state"], october["version"], october["note"], october["returned"]) == (
        "submitted", 1, "节前", None,
    )  # fmt: skip
    assert (october["figures"]["online_sales_out"], october["figures"]["parcels_in"]) == ("12000.00", 35)
    assert october["permissions"] == {
        "may_submit": False, "may_correct": True, "may_accept": False, "may_return": False, "may_excuse": False,
        "may_unlock": False,
    }  # fmt: skip
    assert (told["months"][0]["state"], told["months"][0]["why_zh"]) == ("not_due", "还没到,12-01起可报")


@pytest.mark.parametrize("who", ["jiang", "zhou"])
def test_who_owns_no_station_has_no_months(door: FlaskClient, world: World, who: str) -> None:
    answer = get(door, world, who)
    assert (answer.status_code, answer.json["code"]) == (403, "NOT_ALLOWED")


def test_nobody_and_an_inspector_are_refused(door: FlaskClient, world: World) -> None:
    assert door.get("/api/v1/my/months").status_code == 401
    assert get(door, world, "chen").status_code == 403


def test_another_owner_sees_another_station(door: FlaskClient, world: World, sessions: sessionmaker[Session]) -> None:
    put(door, world, FORM)
    with sessions.begin() as session:
        moved = update(Account).where(Account.username == "tang").values(station_id=world.stations["JY002"])
        session.execute(moved)
    answer = get(door, world)
    assert answer.json["station"] == {"code": "JY002", "name": "夏湾服务站"}
    assert {one["version"] for one in answer.json["months"]} == {None}
    with sessions.begin() as session:
        session.execute(update(Account).where(Account.username == "tang").values(station_id=None))
    gone = get(door, world)
    assert (gone.status_code, gone.json["code"]) == (404, "STATION_UNKNOWN")


def test_a_return_says_why_until_it_is_mended(
    door: FlaskClient, world: World, sessions: sessionmaker[Session], clock: Clock
) -> None:
    put(door, world, FORM)
    send_back(sessions, world, 1, SECOND)
    shown = month(door, world)
    assert (shown["state"], shown["report_state"], shown["returned"]) == (
        "returned", "returned",
        {"at": "2026-11-02T02:00:00+00:00", "reason_code": "unit_slip", "note": "像是万元",
         "fields": ["online_sales_out"]},
    )  # fmt: skip
    # A return that came too late to be mended still says why.
    clock.at = SECOND + dt.timedelta(days=14)
    assert (month(door, world)["why"], month(door, world)["returned"]["note"]) == ("returned_locked", "像是万元")
    clock.at = SECOND
    put(door, world, {"parcels_in": 3}, If_Match='"1"')
    assert (month(door, world)["returned"], month(door, world)["note"]) == (None, None)
    later = Returning(ReturnReason.OTHER, "再核对", (ReportField.PARCELS_IN,))
    with sessions.begin() as session:
        return_report(session, world.callers["jiang"], "JY001", 202610, 2, later, now=SECOND + dt.timedelta(hours=1))
    assert (month(door, world)["returned"]["note"], month(door, world)["returned"]["fields"]) == (
        "再核对", ["parcels_in"],
    )  # fmt: skip


def test_the_tag_changes_with_what_is_shown_and_with_nothing_else(
    door: FlaskClient, world: World, sessions: sessionmaker[Session], clock: Clock
) -> None:
    seen = [get(door, world).json["tag"]]

    def changed() -> bool:
        seen.append(get(door, world).json["tag"])
        return seen[-1] not in seen[:-1]

    clock.at = SECOND + dt.timedelta(days=1)
    assert not changed()
    put(door, world, FORM)
    assert changed()
    send_back(sessions, world, 1, clock.at)
    assert changed()
    put(door, world, FORM | {"note": "节后"}, If_Match='"1"')
    assert changed()
    with sessions.begin() as session:
        accept_report(session, world.callers["jiang"], "JY001", 202610, 2, now=clock.at)
    assert changed()
    with sessions.begin() as session:
        session.add(PeriodExcuse(station_id=world.stations["JY001"], period=202607, reason_code="disaster",
                                 recorded_at=SECOND))  # fmt: skip
    assert changed()
    # What happens at another station is no news here.
    with sessions.begin() as session:
        leave(session, 202609, station_id=world.stations["JY002"])
    assert not changed()


def test_the_clock_alone_changes_the_tag_at_the_lock(door: FlaskClient, world: World, clock: Clock) -> None:
    locks = dt.datetime(2026, 11, 15, 16, 0, tzinfo=dt.UTC)
    clock.at = locks - dt.timedelta(seconds=1)
    before = get(door, world).json["tag"]
    assert month(door, world)["state"] == "open"
    clock.at = locks
    assert month(door, world)["state"] == "locked"
    assert get(door, world).json["tag"] != before


def test_an_unchanged_answer_is_304_and_the_plans_tag_is_the_same(
    door: FlaskClient, world: World, sessions: sessionmaker[Session]
) -> None:
    first = get(door, world)
    tag = first.json["tag"]
    assert (first.headers["ETag"], first.headers["Cache-Control"]) == (f'"{tag}"', "private, no-cache")
    again = get(door, world, If_None_Match=first.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")
    with sessions() as session:
        assert months_tag(session, world.callers["tang"], now=SECOND) == tag
        assert months_tag(session, world.callers["jiang"], now=SECOND) is None


def test_excused_locked_and_fed_months_say_so(door: FlaskClient, world: World, sessions: sessionmaker[Session]) -> None:
    with sessions.begin() as session:
        station_id = world.stations["JY001"]
        session.add(PeriodExcuse(station_id=station_id, period=202608, reason_code="disaster", recorded_at=SECOND))
        session.add(SalesReport(station_id=station_id, period=202609, version=1, state="submitted", is_nil=False,
                                timeliness="on_time", is_expected=True, has_activity=True, source="feed",
                                parcels_in=9, first_received_at=SECOND, changed_at=SECOND))  # fmt: skip
    assert (month(door, world, "202608")["why"], month(door, world, "202608")["excuse"]) == ("excused", "disaster")
    fed = month(door, world, "202609")
    assert (fed["why"], fed["why_zh"], fed["permissions"]["may_correct"]) == (
        "by_feed", "系统自动报送,不用填", False,
    )  # fmt: skip
    assert month(door, world, "202607")["why"] == "locked"
