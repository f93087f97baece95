"""Reading the register as of a day and as known at an instant: late news, corrections, revival, mergers, scope."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from stations.records.tables import Station, StationTransition
from stations.register.entry.facts import StationFacts
from stations.register.entry.revising import revise_station
from stations.register.entry.writing import add_stations
from stations.register.listing.moves import MoveRequest
from stations.register.listing.transitions import change_status
from stations.register.lookup.asking import StationQuery
from stations.register.lookup.reading import find_station, list_stations, read_station, states_at
from stations.register.lookup.timeline import read_timeline
from tests.conftest import NOON
from tests.stations.register.building import TODAY, days_ago, delisting, look, photo
from tests.world import World


def station(session: Session, world: World, code: str = "JY001") -> Station:
    return session.get_one(Station, world.stations[code])


def test_what_came_late_changes_the_day_but_not_what_was_known_then(session: Session, world: World) -> None:
    chen, xiang = world.callers["chen"], world.callers["xiang"]
    one = station(session, world)
    look(session, one, chen, "open_operating", 40)
    look(session, one, chen, "gone", 20, known=days_ago(2))
    day = days_ago(10).date()

    def on(as_of: dt.date, known_at: dt.datetime | None = None) -> tuple[str, str | None]:
        state = read_station(session, xiang, "JY001", now=NOON, as_of=as_of, known_at=known_at)
        return state.vitality, state.last_observed_state

    assert on(day) == ("dead", "gone")
    assert on(day, days_ago(5)) == ("alive", "open_operating")
    assert on(days_ago(30).date()) == ("alive", "open_operating")
    assert on(days_ago(50).date()) == ("unknown", None)
    assert on(dt.date(2024, 5, 10)) == ("unknown", None)


def test_a_day_before_the_station_was_known_or_true_has_no_station(session: Session, world: World) -> None:
    xiang = world.callers["xiang"]
    early = StationQuery(as_of=dt.date(2024, 5, 9))
    assert list_stations(session, xiang, early, now=NOON).total == 0
    unknown_then = StationQuery(as_of=TODAY, known_at=dt.datetime(2024, 5, 10, tzinfo=dt.UTC))
    assert list_stations(session, xiang, unknown_then, now=NOON).total == 0
    with pytest.raises(Refusal, match="STATION_UNKNOWN"):
        read_station(session, xiang, "JY001", now=NOON, as_of=dt.date(2024, 5, 9))


def test_a_correction_of_history_leaves_today_as_it_is(session: Session, world: World) -> None:
    one, jiang = station(session, world), world.callers["jiang"]
    revise_station(session, jiang, one, {"name": "新名"}, now=days_ago(10), valid_from=dt.date(2025, 1, 1))
    revise_station(session, jiang, one, {"name": "旧名改正"}, now=NOON, valid_from=dt.date(2024, 8, 1))

    def name(as_of: dt.date, known_at: dt.datetime | None = None) -> str:
        return read_station(session, jiang, "JY001", now=NOON, as_of=as_of, known_at=known_at).name

    assert name(TODAY) == "新名"
    assert name(dt.date(2024, 12, 31)) == "旧名改正"
    assert name(dt.date(2024, 12, 31), days_ago(1)) == "何家湾服务站"
    assert name(dt.date(2024, 6, 1)) == "何家湾服务站"
    assert name(TODAY, days_ago(11)) == "何家湾服务站"


def test_delisted_and_revived_keeps_both_lives(session: Session, world: World) -> None:
    one, jiang, visit = station(session, world), world.callers["jiang"], "1" * 36
    look(session, one, world.callers["chen"], "gone", 60, visit=visit)
    gone = delisting(owner_notified_on=dt.date(2026, 9, 22))
    gone = replace(gone, effective_on=days_ago(40).date())
    change_status(session, jiang, one, gone, now=days_ago(40), photos=[photo(visit, "front")])
    declared = {"acceptance_result": "passed", "acceptance_on": days_ago(6).date(), "acceptance_doc_no": "验2"}
    again = MoveRequest("active", days_ago(5).date(), "accepted", declared=declared)
    change_status(session, jiang, one, again, now=days_ago(5))

    def on(as_of: dt.date) -> tuple[str, str]:
        state = states_at(session, jiang, as_of=as_of, unit_path=one.unit_path)[0]
        return state.listing_status, state.vitality

    assert [on(days_ago(days).date()) for days in (50, 30, 5, 0)] == [
        ("active", "dead"), ("delisted", "dead"), ("active", "unknown"), ("active", "unknown"),
    ]  # fmt: skip
    assert (one.listing_status, one.vitality, one.vitality_since) == ("active", "unknown", days_ago(5).date())


def test_a_merged_station_follows_its_successor_on_every_day(session: Session, world: World) -> None:
    one, other, jiang = station(session, world), station(session, world, "JY002"), world.callers["jiang"]
    look(session, other, world.callers["chen"], "open_operating", 20)
    asked = MoveRequest("merged", days_ago(10).date(), "co_located", successor_code="JY002")
    change_status(session, jiang, one, asked, now=days_ago(10))
    found = {s.code: s for s in states_at(session, jiang, as_of=days_ago(1).date())}
    assert (found["JY001"].listing_status, found["JY001"].vitality) == ("merged", "alive")
    # Read alone, the successor's evidence is still found.
    assert read_station(session, jiang, "JY001", now=NOON, as_of=days_ago(1).date()).vitality == "alive"
    before = read_station(session, jiang, "JY001", now=NOON, as_of=days_ago(11).date())
    assert (before.listing_status, before.vitality) == ("active", "unknown")


def test_two_stations_merged_into_each_other_still_give_an_answer(session: Session, world: World) -> None:
    one, other = station(session, world), station(session, world, "JY002")
    for a, b in ((one, other), (other, one)):
        session.add(StationTransition(station_id=a.id, from_status="active", to_status="merged", effective_on=TODAY,
                                      reason_code="slip", evidence_ids=[], details={}, successor_id=b.id,
                                      recorded_at=NOON))  # fmt: skip
    session.flush()
    states = states_at(session, world.callers["jiang"], as_of=TODAY)
    assert [(state.code, state.vitality) for state in states] == [("JY001", "unknown"), ("JY002", "unknown")]


def test_a_withdrawn_observation_counts_only_while_it_stood(session: Session, world: World) -> None:
    one, jiang = station(session, world), world.callers["jiang"]
    look(session, one, world.callers["chen"], "gone", 20).withdrawn_at = days_ago(5)
    session.flush()
    day = days_ago(10).date()
    assert read_station(session, jiang, "JY001", now=NOON, as_of=day).vitality == "unknown"
    then = read_station(session, jiang, "JY001", now=NOON, as_of=day, known_at=days_ago(6))
    assert (then.vitality, then.last_observed_state) == ("dead", "gone")


def test_filters_pages_and_search_agree_on_both_paths(session: Session, world: World) -> None:
    xiang = world.callers["xiang"]
    look(session, station(session, world), world.callers["chen"], "open_operating", 3)
    for as_of in (None, days_ago(1).date()):
        def codes(query: StationQuery, day: dt.date | None = as_of) -> list[str]:
            page = list_stations(session, xiang, replace(query, as_of=day), now=NOON)
            return [one.code for one in page.stations]

        assert codes(StationQuery()) == ["TJ001", "JY001", "JY002"]
        assert codes(StationQuery(unit="431125")) == ["JY001", "JY002"]
        assert codes(StationQuery(unit="431125", unit_mode="CHILDREN")) == []
        assert codes(StationQuery(unit="431125100", unit_mode="CHILDREN")) == ["JY001"]
        assert codes(StationQuery(unit="431125101200", unit_mode="SELECTED")) == ["JY002"]
        assert codes(StationQuery(vitality=("alive",))) == ["JY001"]
        assert codes(StationQuery(listing_status=("delisted",))) == []
        assert codes(StationQuery(search="夏湾")) == ["JY002"]
        assert codes(StationQuery(search="jy0")) == ["JY001", "JY002"]
        assert codes(StationQuery(search="430922")) == ["TJ001"]
        assert codes(StationQuery(search="%")) == []
        assert codes(StationQuery(bbox=(111.3, 25.2, 111.35, 25.3))) == ["JY001"]
        assert codes(StationQuery(offset=1, limit=1)) == ["JY001"]
    assert list_stations(session, xiang, StationQuery(limit=1), now=NOON).total == 3


def test_a_page_of_another_day_says_when_each_changes_next_and_the_whole_scope_does_not(
    session: Session, world: World
) -> None:
    look(session, station(session, world), world.callers["chen"], "open_operating", 20)
    jiang, day = world.callers["jiang"], days_ago(10).date()
    page = list_stations(session, jiang, StationQuery(as_of=day, vitality=("alive",)), now=NOON)
    assert [(one.code, one.vitality_recheck_on) for one in page.stations] == [("JY001", dt.date(2027, 4, 30))]
    assert read_station(session, jiang, "JY001", now=NOON, as_of=day).vitality_recheck_on == dt.date(2027, 4, 30)
    assert [one.vitality_recheck_on for one in states_at(session, jiang, as_of=day)] == [None, None]


def test_a_stranger_sees_nothing_and_an_owner_one(session: Session, world: World) -> None:
    every = StationQuery()
    found = {
        who: [one.code for one in list_stations(session, world.callers[who], every, now=NOON).stations]
        for who in ("chen", "tang", "zhou", "yong")
    }
    assert found == {"chen": ["JY001", "JY002"], "tang": ["JY001"], "zhou": ["TJ001"], "yong": ["JY001", "JY002"]}
    for code in ("JY001", "no such", "x" * 500, "nul\x00"):
        with pytest.raises(Refusal, match="STATION_UNKNOWN"):
            find_station(session, world.callers["zhou"], code)


def test_only_staff_and_the_owner_see_the_phone(session: Session, world: World) -> None:
    one = station(session, world)
    changes = {"phone": "13800000000", "extra": {"备注": "找老唐 13800000000"}}
    revise_station(session, world.callers["jiang"], one, changes, now=NOON)
    seen = {who: read_station(session, world.callers[who], "JY001", now=NOON) for who in
            ("chen", "ping", "tang", "jiang", "yong", "xiang")}  # fmt: skip
    assert {who: state.phone is not None for who, state in seen.items()} == {
        "chen": False, "ping": False, "tang": True, "jiang": True, "yong": True, "xiang": True,
    }  # fmt: skip
    assert seen["chen"].extra == {}
    told = read_timeline(session, world.callers["chen"], "JY001", now=NOON)
    assert "13800000000" not in repr(told)
    assert told[0].details["also_changed"] == ["phone", "extra"]


@pytest.mark.parametrize("day", [dt.date(1989, 12, 31), dt.date(2026, 11, 22), dt.date.min, dt.date.max])
def test_an_absurd_day_is_refused(session: Session, world: World, day: dt.date) -> None:
    with pytest.raises(Refusal) as refused:
        list_stations(session, world.callers["xiang"], StationQuery(as_of=day), now=NOON)
    assert (refused.value.code, list(refused.value.errors)) == ("BAD_INPUT", ["as_of"])


def test_the_number_of_queries_does_not_grow_with_the_stations(session: Session, world: World) -> None:
    many = [StationFacts(name=f"站{n}", village_code="431125100201", accepted_on=dt.date(2024, 5, 10), source="ledger")
            for n in range(60)]  # fmt: skip
    add_stations(session, world.callers["jiang"], many, now=NOON)
    said: list[str] = []
    engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", lambda *a: said.append(a[2]))
    jiang = world.callers["jiang"]
    assert list_stations(session, jiang, StationQuery(limit=500), now=NOON).total == 62
    assert len(said) == 2
    said.clear()
    assert len(states_at(session, jiang, as_of=dt.date(2026, 1, 1))) == 62
    assert len(said) == 10


def test_the_story_tells_how_we_know_and_how_old(session: Session, world: World) -> None:
    one, jiang = station(session, world), world.callers["jiang"]
    look(session, one, world.callers["chen"], "gone", 5)
    told = read_timeline(session, jiang, "JY001", now=NOON)
    assert [(one.kind, one.what, one.age_days) for one in told] == [
        ("vitality", "dead", 5), ("observation", "gone", 5), ("version", "described", 924),
        ("transition", "active", 924),
    ]  # fmt: skip
    assert (told[0].rule_version, told[0].reason, told[0].confidence) == ("v1", "gone_seen", "verified")
    assert told[0].evidence_ids == [told[1].id]
    assert (told[1].is_independent, told[1].observer_unit) == (True, "江永县")
    assert len(read_timeline(session, jiang, "JY001", now=NOON, as_of=days_ago(6).date())) == 2
    assert len(read_timeline(session, jiang, "JY001", now=NOON, known_at=days_ago(6))) == 2
