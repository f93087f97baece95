"""The county's return: frozen sums, one that stands at a time, the province's word, a new version after a return."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from field_app_schema.vocab_months import ReturnState
from stations.people.tables import AuditEvent
from stations.records.months import CountyReturn
from stations.sales.returns.glance import month_at_a_glance
from stations.sales.returns.listing import list_returns, tell_return
from stations.sales.returns.sending import ReturnWish, decide_return, send_return
from tests.stations.sales.returns.building import (
    LAST_SECOND,
    OCTOBER,
    SIXTH,
    THIRD,
    begin,
    more_stations,
    report,
)
from tests.world import World


def send(session: Session, world: World, now: dt.datetime = THIRD, person: str = "jiang", county: str = "431125",
         **more: object) -> CountyReturn:  # fmt: skip
    wish = ReturnWish(county, OCTOBER, "十月", **more)  # type: ignore[arg-type]
    return send_return(session, world.callers[person], wish, now=now)


def decide(session: Session, world: World, sent: CountyReturn, state: ReturnState, note: str | None = None,
           person: str = "xiang") -> CountyReturn:  # fmt: skip
    return decide_return(session, world.callers[person], sent.id, state, note, now=SIXTH)


def test_sums_are_frozen_with_the_line_and_with_what_is_in_no_sum(session: Session, world: World) -> None:
    more_stations(session, world, 2)
    begin(session)
    accepted = report(session, world, "JY001", fen=1_200_000)
    report(session, world, "X000", fen=7_700, state="submitted")
    report(session, world, "X001", is_nil=True, source="proxy")
    sent = send(session, world, SIXTH)
    accepted.online_sales_out_fen = 9
    session.flush()
    told = tell_return(session, world.callers["xiang"], sent)
    assert told["figures"]["total"]["online_sales_out"] == "12000.00"
    assert told["figures"]["unaccepted"]["online_sales_out"] == "77.00"
    assert told["coverage"]["line_zh"] == "4 站应报,3 站已报(有数 2,零报告 1),1 站漏报,1 站已报未采纳"
    assert told["coverage"]["missing_stations"] == ["JY002"]
    assert told["coverage"]["unaccepted_stations"] == ["X000"]
    assert told["permissions"] == {"may_send": False, "may_accept": True, "may_return": True}
    event = session.scalars(select(AuditEvent).where(AuditEvent.action == "return.send")).one()
    assert (event.object_id, event.actor_id, event.reason) == (
        "431125/202610/1", world.callers["jiang"].account_id, "十月",
    )  # fmt: skip


def test_the_last_second_of_the_fifth_is_on_time(session: Session, world: World) -> None:
    begin(session)
    begin(session, "430922")
    assert send(session, world, LAST_SECOND).timeliness == "on_time"
    assert send(session, world, SIXTH, "zhou", "430922").timeliness == "late"


def test_a_trial_sends_nothing(session: Session, world: World) -> None:
    begin(session)
    shown = send(session, world, is_trial=True)
    assert (shown.id, shown.version, shown.state) == (None, 1, "sent")
    assert session.scalar(select(func.count()).select_from(CountyReturn)) == 0
    assert session.scalar(select(func.count()).select_from(AuditEvent)) == 0


def test_one_return_stands_at_a_time_and_a_returned_one_makes_way(session: Session, world: World) -> None:
    begin(session)
    first = send(session, world, LAST_SECOND)
    with pytest.raises(Refusal, match="RETURN_STATE"):
        send(session, world)
    decide(session, world, first, ReturnState.RETURNED, "夏湾站的数再核一下")
    second = send(session, world, SIXTH)
    # Sent back and sent again is not late: the first was in time.
    assert (second.version, second.timeliness, first.state) == (2, "on_time", "returned")
    decide(session, world, second, ReturnState.ACCEPTED)
    with pytest.raises(Refusal, match="RETURN_STATE"):
        send(session, world)
    with pytest.raises(Refusal, match="RETURN_STATE"):
        decide(session, world, second, ReturnState.RETURNED, "再看")
    with pytest.raises(Refusal, match="RETURN_STATE"):
        decide(session, world, first, ReturnState.ACCEPTED)
    brief = month_at_a_glance(session, world.callers["jiang"], None, OCTOBER, now=SIXTH)["county_return"]
    assert (brief["version"], brief["state"]) == (2, "accepted")


def test_a_return_goes_back_with_a_word(session: Session, world: World) -> None:
    begin(session)
    sent = send(session, world)
    with pytest.raises(Refusal) as refused:
        decide(session, world, sent, ReturnState.RETURNED, "  ")
    assert refused.value.errors == {"note": ["请写明退回原因 / say why it goes back"]}
    assert sent.state == "sent"


def test_what_cannot_be_sent(session: Session, world: World) -> None:
    with pytest.raises(Refusal, match="REPORTING_NOT_BEGUN"):
        send(session, world)
    begin(session)
    with pytest.raises(Refusal, match="PERIOD_NOT_ENDED"):
        send(session, world, dt.datetime(2026, 10, 31, 15, 59, 59, tzinfo=dt.UTC))
    with pytest.raises(Refusal, match="OUT_OF_SCOPE"):
        send(session, world, person="zhou")
    with pytest.raises(Refusal, match="BAD_INPUT"):
        send(session, world, county="431125100")
    with pytest.raises(Refusal, match="REPORTING_NOT_BEGUN"):
        send_return(session, world.callers["jiang"], ReturnWish("431125", 202512), now=THIRD)
    with pytest.raises(Refusal, match="RETURN_UNKNOWN"):
        decide_return(session, world.callers["xiang"], 99, ReturnState.ACCEPTED, None, now=THIRD)


def test_the_province_sees_every_version_and_who_is_waited_for(session: Session, world: World) -> None:
    begin(session)
    begin(session, "430922")
    decide(session, world, send(session, world), ReturnState.RETURNED, "再核")
    told = list_returns(session, world.callers["xiang"], None, OCTOBER, now=SIXTH)
    assert [(one["county"], one["version"], one["state"]) for one in told["returns"]] == [("431125", 1, "returned")]
    assert told["waited_for"] == [
        {"county": "430922", "name": "桃江县"}, {"county": "431125", "name": "江永县"},
    ]  # fmt: skip
    send(session, world, SIXTH)
    told = list_returns(session, world.callers["xiang"], None, OCTOBER, now=SIXTH)
    assert ([one["version"] for one in told["returns"]], told["count"]) == ([2, 1], 2)
    assert [one["permissions"]["may_accept"] for one in told["returns"]] == [True, False]
    assert told["waited_for"] == [{"county": "430922", "name": "桃江县"}]
    assert list_returns(session, world.callers["zhou"], None, None, now=SIXTH)["returns"] == []
    with pytest.raises(Refusal, match="OUT_OF_SCOPE"):
        list_returns(session, world.callers["zhou"], "431125", None, now=SIXTH)
