"""The cached answer follows the evidence, one appended row a change; the nightly look wakes only who is due."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import event, func, select, update
from sqlalchemy.orm import Session, sessionmaker

from stations.policy.tables import PolicyRule
from stations.records.days import day_in_china, working_days_between
from stations.records.tables import Observation, ReportingObligation, Station, VitalityState
from stations.vitality.rechecking import due_stations, recheck_due
from stations.vitality.refreshing import refresh_vitality
from tests.conftest import NOON
from tests.stations.register.building import TODAY, days_ago, look
from tests.world import World


def states(session: Session) -> list[tuple[str, str]]:
    rows = session.scalars(select(VitalityState).order_by(VitalityState.id))
    return [(row.value, row.reason) for row in rows]


def test_a_visit_changes_the_answer_from_the_day_it_was_made(session: Session, world: World) -> None:
    one = session.get_one(Station, world.stations["JY001"])
    before = one.revision
    seen = look(session, one, world.callers["chen"], "gone", 3, known=NOON)
    assert (one.vitality, one.vitality_confidence, one.vitality_reason) == ("dead", "verified", "gone_seen")
    assert (one.vitality_since, one.last_observed_state) == (dt.date(2026, 11, 17), "gone")
    assert one.revision > before
    row = session.scalars(select(VitalityState)).one()
    assert (row.as_of, row.evidence_ids, row.rule_version) == (TODAY, [f"observation:{seen.id}"], "v1")


def test_an_older_visit_that_comes_late_is_not_the_last_one_seen(session: Session, world: World) -> None:
    one, chen = session.get_one(Station, world.stations["JY001"]), world.callers["chen"]
    look(session, one, chen, "open_operating", 1, known=NOON)
    look(session, one, chen, "gone", 9, known=NOON)
    assert (one.vitality, one.last_observed_state, one.last_observed_at) == ("alive", "open_operating", days_ago(1))


def test_the_same_answer_again_is_not_written_again(session: Session, world: World) -> None:
    one, chen = session.get_one(Station, world.stations["JY001"]), world.callers["chen"]
    look(session, one, chen, "open_operating", 9)
    since = one.vitality_since
    look(session, one, chen, "open_operating", 2)
    assert refresh_vitality(session, [one.id, one.id], now=NOON) == []
    assert states(session) == [("alive", "seen_open")]
    assert (one.vitality_since, one.vitality_recheck_on) == (since, dt.date(2027, 5, 18))


def test_a_county_looking_at_its_own_is_not_independent(session: Session, world: World) -> None:
    one = session.get_one(Station, world.stations["JY001"])
    for who in ("jiang", "chen", "yong"):
        look(session, one, world.callers[who], "open_operating", 1)
    rows = session.scalars(select(Observation).order_by(Observation.id)).all()
    assert [(row.is_independent, row.evidence_kind) for row in rows] == [
        (False, "site_visit"), (True, "site_visit"), (True, "site_visit"),
    ]  # fmt: skip


def test_a_call_is_no_visit(session: Session, world: World) -> None:
    one, chen = session.get_one(Station, world.stations["JY001"]), world.callers["chen"]
    look(session, one, chen, "gone", 1, method="phone_callback")
    assert one.vitality == "unknown"
    look(session, one, chen, "open_operating", 1, method="phone_callback")
    assert (one.vitality, one.vitality_confidence) == ("alive", "reported")
    look(session, one, chen, "gone", 0, method="look_back")
    assert one.vitality == "dead"


def test_thresholds_are_read_from_the_policy_rules(session: Session, world: World) -> None:
    session.add(PolicyRule(code="alive_rule", kind="threshold", parameters={"site_visit_days": 5}, batch_years=[],
                           source_doc="[proposal]", quote="", is_proposal=True))  # fmt: skip
    one = session.get_one(Station, world.stations["JY001"])
    look(session, one, world.callers["chen"], "open_operating", 6, known=NOON)
    assert (one.vitality, one.vitality_reason) == ("unknown", "evidence_stale")


def test_the_nightly_look_wakes_only_who_is_due(sessions: sessionmaker[Session], world: World) -> None:
    with sessions.begin() as session:
        one = session.get_one(Station, world.stations["JY001"])
        look(session, one, world.callers["chen"], "open_operating", 10)
        assert one.vitality_recheck_on == dt.date(2027, 5, 10)
        assert due_stations(session, dt.date(2027, 5, 9), 10) == []
    early = dt.datetime(2027, 5, 9, 15, 59, tzinfo=dt.UTC)
    assert recheck_due(sessions, early).looked_at == 0
    # One minute later it is the tenth of May in China.
    midnight = dt.datetime(2027, 5, 9, 16, 0, tzinfo=dt.UTC)
    first, second = recheck_due(sessions, midnight), recheck_due(sessions, midnight)
    assert ((first.looked_at, first.changed), second.looked_at) == ((1, 1), 0)
    with sessions() as session:
        one = session.get_one(Station, world.stations["JY001"])
        assert (one.vitality, one.vitality_reason, one.vitality_since) == (
            "unknown", "evidence_stale", dt.date(2027, 5, 10),
        )  # fmt: skip
        assert states(session) == [("alive", "seen_open"), ("unknown", "evidence_stale")]


def test_many_due_stations_are_done_in_pieces_up_to_a_limit(sessions: sessionmaker[Session], world: World) -> None:
    with sessions.begin() as session:
        for row in session.scalars(select(Station)):
            row.vitality_recheck_on = TODAY
    assert recheck_due(sessions, NOON, limit=2).looked_at == 2
    with sessions() as session:
        assert len(due_stations(session, TODAY, 10)) == 1


def test_only_who_is_due_is_written(sessions: sessionmaker[Session], world: World) -> None:
    with sessions.begin() as session:
        session.execute(update(Station).values(vitality_recheck_on=dt.date(2027, 1, 1)))
        session.get_one(Station, world.stations["JY002"]).vitality_recheck_on = TODAY
    written: list[object] = []
    engine = sessions.kw["bind"]

    def take_note(_connection: object, _cursor: object, statement: str, parameters: object, *_rest: object) -> None:
        if statement.startswith("UPDATE station "):
            written.append(parameters)

    event.listen(engine, "before_cursor_execute", take_note)
    assert recheck_due(sessions, NOON).looked_at == 1
    event.remove(engine, "before_cursor_execute", take_note)
    assert len(written) == 1
    assert world.stations["JY002"] in _values(written[0])
    with sessions() as session:
        days = dict(session.execute(select(Station.code, Station.vitality_recheck_on)).all())
    assert days == {"JY001": dt.date(2027, 1, 1), "JY002": None, "TJ001": dt.date(2027, 1, 1)}


def _values(parameters: object) -> list[object]:
    """Give the values of one statement, which the two drivers name differently; a statement for many is refused."""
    if isinstance(parameters, list):
        (parameters,) = parameters
    return list(parameters.values()) if isinstance(parameters, dict) else list(parameters)


def test_six_silent_months_that_were_owed(session: Session, world: World) -> None:
    one = session.get_one(Station, world.stations["JY001"])
    session.add(ReportingObligation(station_id=one.id, starts_on=dt.date(2026, 5, 1), recorded_at=NOON))
    session.flush()
    refresh_vitality(session, [one.id], now=NOON)
    assert (one.vitality, one.vitality_confidence) == ("presumed_dead", "inferred")
    assert session.scalar(select(func.count(VitalityState.id))) == 1


def test_the_day_changes_at_midnight_in_china() -> None:
    assert day_in_china(dt.datetime(2026, 11, 19, 15, 59, tzinfo=dt.UTC)) == dt.date(2026, 11, 19)
    assert day_in_china(dt.datetime(2026, 11, 19, 16, 0, tzinfo=dt.UTC)) == dt.date(2026, 11, 20)


def test_working_days_leave_out_the_weekend() -> None:
    friday = dt.date(2026, 11, 20)
    assert working_days_between(friday, dt.date(2026, 11, 22)) == 0
    assert working_days_between(friday, dt.date(2026, 11, 23)) == 1
    assert working_days_between(dt.date(2026, 11, 6), friday) == 10
    assert working_days_between(friday, dt.date(2026, 11, 6)) == 0
