"""Entering and revising stations: codes, coordinates, days, units, and nothing half-saved."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from field_app_schema.refusals import Refusal
from stations.people.tables import AuditEvent
from stations.records.revision import newest_revision, next_revision
from stations.records.tables import ServiceLink, Station, StationTransition, StationVersion, VitalityState
from stations.register.entry.facts import StationFacts
from stations.register.entry.revising import revise_station
from stations.register.entry.writing import add_station, add_stations
from stations.register.lookup.describing import station_to_change, villages_served
from tests.conftest import NOON
from tests.stations.register.building import TODAY
from tests.world import World

NEW = StationFacts(name=" 圳景服务点 ", village_code="431125100202", lon=111.35, lat=25.28, coord_system="gcj02",
                   services=("parcel",), host_type="shop")  # fmt: skip


def test_a_proposal_waits_and_keeps_the_pair_as_it_was_given(session: Session, world: World) -> None:
    made = add_station(session, world.callers["jiang"], NEW, now=NOON)
    version = session.get_one(StationVersion, made.version_id)
    assert (made.code, made.listing_status, made.vitality) == ("431125-V-0001", "proposed", "not_started")
    assert (version.name, version.lon_raw, version.lat_raw, version.coord_system) == (
        "圳景服务点", 111.35, 25.28, "gcj02",
    )  # fmt: skip
    # GCJ-02 lies some hundreds of metres to the south-east of the true point here.
    assert (round(version.lon or 0, 3), round(version.lat or 0, 3)) == (111.345, 25.283)
    assert version.point == (version.lon, version.lat)
    step = session.scalars(select(StationTransition).where(StationTransition.station_id == made.id)).one()
    assert (step.from_status, step.to_status, step.effective_on) == (None, "proposed", TODAY)


def test_a_ledger_enters_what_was_accepted_and_what_became_of_it(session: Session, world: World) -> None:
    accepted = replace(NEW, accepted_on=dt.date(2020, 3, 1), source="ledger", code="台账-7")
    ended = replace(accepted, code="台账-8", suspended_on=dt.date(2022, 1, 1), delisted_on=dt.date(2023, 1, 1))
    paused = replace(accepted, code="台账-9", suspended_on=dt.date(2022, 1, 1))
    made = add_stations(session, world.callers["jiang"], [accepted, ended, paused], now=NOON)
    assert [(one.code, one.listing_status, one.vitality, one.vitality_since) for one in made] == [
        ("台账-7", "active", "unknown", dt.date(2020, 3, 1)),
        ("台账-8", "delisted", "dead", dt.date(2023, 1, 1)),
        ("台账-9", "suspended", "unknown", dt.date(2022, 1, 1)),
    ]
    assert session.scalar(select(func.count(VitalityState.id))) == 3
    assert session.scalar(select(func.count(AuditEvent.id)).where(AuditEvent.action == "station.add")) == 3
    assert [v["code"] for v in villages_served(session, made[0].id, TODAY)] == ["431125100202"]
    assert villages_served(session, made[1].id, TODAY) == []


def test_codes_run_on_and_are_never_given_twice(session: Session, world: World) -> None:
    jiang = world.callers["jiang"]
    township = replace(NEW, kind="township_station", village_code="431125100")
    first = add_stations(session, jiang, [NEW, township], now=NOON)
    add_station(session, jiang, replace(NEW, code="431125-V-9999"), now=NOON)
    codes = [one.code for one in first] + [one.code for one in add_stations(session, jiang, [NEW, NEW], now=NOON)]
    assert codes == ["431125-V-0001", "431125-T-0001", "431125-V-10000", "431125-V-10001"]
    for twice in ([replace(NEW, code="JY001")], [replace(NEW, code="A"), replace(NEW, code="A")]):
        with pytest.raises(Refusal) as refused:
            add_stations(session, jiang, twice, now=NOON)
        assert (refused.value.code, list(refused.value.errors)) == ("BAD_INPUT", ["code"])


@pytest.mark.parametrize(
    ("change", "code", "fields"),
    [
        ({"lon": 25.28, "lat": 111.35}, "COORDINATES_SWAPPED", ["lat", "lon"]),
        ({"lon": 2.35, "lat": 48.85}, "COORDINATES_OUTSIDE_CHINA", ["lat", "lon"]),
        ({"lon": 0.0, "lat": 0.0}, "COORDINATES_OUTSIDE_CHINA", ["lat", "lon"]),
        ({"lon": float("nan")}, "BAD_INPUT", ["lon"]),
        ({"lat": None}, "BAD_INPUT", ["lat"]),
        ({"coord_system": None}, "BAD_INPUT", ["coord_system"]),
        ({"coord_system": "mars"}, "BAD_INPUT", ["coord_system"]),
        ({"village_code": "999"}, "UNIT_UNKNOWN", ["village_code"]),
        ({"village_code": "431125100"}, "UNIT_UNKNOWN", ["village_code"]),
        ({"village_code": "430922100200"}, "OUT_OF_SCOPE", []),
        ({"villages_served": ("431125100",)}, "UNIT_UNKNOWN", ["villages_served"]),
        ({"code": "湘/001"}, "BAD_INPUT", ["code"]),
        ({"name": "  "}, "BAD_INPUT", ["name"]),
        ({"name": "长" * 121, "phone": "\x00"}, "BAD_INPUT", ["name", "phone"]),
        ({"services": ("haircut",), "kind": "kiosk"}, "BAD_INPUT", ["kind", "services"]),
        ({"accepted_on": dt.date(2026, 11, 21)}, "BAD_INPUT", ["accepted_on"]),
        ({"valid_from": dt.date(1970, 1, 1)}, "BAD_INPUT", ["valid_from"]),
        ({"delisted_on": dt.date(2020, 1, 1)}, "BAD_INPUT", ["delisted_on"]),
    ],
)
def test_bad_input_is_named_and_nothing_is_saved(
    session: Session, world: World, change: dict[str, Any], code: str, fields: list[str]
) -> None:
    with pytest.raises(Refusal) as refused:
        add_stations(session, world.callers["jiang"], [NEW, replace(NEW, **change)], now=NOON)
    assert (refused.value.code, sorted(refused.value.errors)) == (code, fields)
    assert session.scalar(select(func.count(Station.id))) == 3


def test_without_coordinates_the_quality_says_so(session: Session, world: World) -> None:
    bare = replace(NEW, lon=None, lat=None, coord_system=None)
    made = add_station(session, world.callers["jiang"], bare, now=NOON)
    version = session.get_one(StationVersion, made.version_id)
    assert (version.point, version.coord_quality) == (None, "missing")


def test_a_relocation_is_a_new_version_and_the_old_one_stays(session: Session, world: World) -> None:
    one, jiang = session.get_one(Station, world.stations["JY001"]), world.callers["jiang"]
    before = one.revision
    changes = {"village_code": "431125100202", "lon": 111.35, "lat": 25.28, "operator": "供销社"}
    made = revise_station(session, jiang, one, changes, now=NOON)
    assert made is not None
    assert (one.version_id, one.unit_code, one.operator, one.listing_status) == (
        made.id, "431125100202", "供销社", "active",
    )  # fmt: skip
    assert one.unit_path.endswith("/431125100202/")
    assert one.revision > before
    assert made.name == "何家湾服务站"
    assert session.scalar(select(func.count(StationVersion.id)).where(StationVersion.station_id == one.id)) == 2
    audit = session.scalars(select(AuditEvent).where(AuditEvent.action == "station.revise")).one()
    assert (audit.before or {})["village_code"] == "431125100201"


def test_the_same_again_changes_nothing(session: Session, world: World) -> None:
    one, jiang = session.get_one(Station, world.stations["JY001"]), world.callers["jiang"]
    same = {"name": "何家湾服务站", "services": ["parcel", "purchase_agency"], "lon": 111.342, "lat": 25.271,
            "coord_system": "cgcs2000"}  # fmt: skip
    assert revise_station(session, jiang, one, same, now=NOON) is None
    assert session.scalar(select(func.count(AuditEvent.id))) == 0


def test_villages_served_begin_and_end_on_their_day(session: Session, world: World) -> None:
    one, jiang = session.get_one(Station, world.stations["JY001"]), world.callers["jiang"]
    both, second = ["431125100201", "431125100202"], ["431125100202"]
    for day, villages in ((dt.date(2026, 1, 1), both), (dt.date(2026, 6, 1), second)):
        revise_station(session, jiang, one, {"villages_served": villages}, now=NOON, valid_from=day)

    def served(day: dt.date) -> list[object]:
        return [village["code"] for village in villages_served(session, one.id, day)]

    assert served(dt.date(2025, 12, 31)) == []
    assert served(dt.date(2026, 5, 31)) == ["431125100201", "431125100202"]
    assert served(dt.date(2026, 6, 1)) == ["431125100202"]
    assert session.scalar(select(func.count(ServiceLink.id))) == 2


def test_a_stranger_and_a_stale_reader_change_nothing(session: Session, world: World) -> None:
    one = session.get_one(Station, world.stations["JY001"])
    with pytest.raises(Refusal, match="OUT_OF_SCOPE"):
        revise_station(session, world.callers["zhou"], one, {"name": "x"}, now=NOON)
    with pytest.raises(Refusal, match="STATION_UNKNOWN"):
        station_to_change(session, world.callers["zhou"], "JY001", None)
    with pytest.raises(Refusal) as refused:
        station_to_change(session, world.callers["jiang"], "JY001", 77)
    assert refused.value.details == {"seen": 77, "current": 1}


def test_revisions_only_grow_and_are_counted_in_scope(session: Session, world: World) -> None:
    assert [next_revision(session), next_revision(session)] == [2, 3]
    add_station(session, world.callers["jiang"], NEW, now=NOON)
    assert newest_revision(session, world.callers["chen"])[1] == 3
    assert newest_revision(session, world.callers["zhou"]) == (1, 1)
    assert newest_revision(session, world.callers["chen"])[0] > 3
