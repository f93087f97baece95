"""The datum guard over the register: found, mended by appended versions, undone to the very pairs before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

import numpy as np
import pytest
import shapely
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from field_app_schema.refusals import Refusal
from geo.areas import Areas
from geo.datum import from_cgcs2000
from stations.logistics.datums.checking import Claim, check_unit, standing_suspicions, suspicions
from stations.logistics.datums.repairing import repair
from stations.logistics.datums.undoing import list_repairs, undo
from stations.people.tables import AuditEvent
from stations.records.network import DatumRepair
from stations.records.revision import newest_revision
from stations.records.tables import Station, StationVersion
from stations.register.entry.revising import revise_station, version_on
from stations.units.tables import OrgUnit
from tests.conftest import NOON
from tests.world import World, add_station

COUNTY = "/CN/43/4311/431125/"
PAIR = tuple[float, float]


def settle(session: Session, number: int, pair: PAIR, *, datum_meant: str = "cgcs2000", hours: int = 0) -> str:
    """Add a village with its own place and a station 130 m beside it, its pair in `datum_meant` and called CGCS2000."""
    village, path = f"4311251003{number:02d}", f"{COUNTY}431125100/4311251003{number:02d}/"
    session.add(OrgUnit(code=village, level="village", name=f"村{number}", parent_code="431125100", path=path,
                        lon=pair[0], lat=pair[1], coord_quality="village", village_class="villagers_committee",
                        base_year_from=2023, updated_at=NOON))  # fmt: skip
    session.flush()
    beside = (pair[0] + 0.001 * (-1) ** number, pair[1] + 0.001 * (-1) ** (number // 2))
    lon, lat = (float(one) for one in from_cgcs2000(*beside, datum_meant))
    id_ = add_station(session, f"D{number:02d}", f"站{number}", village, path, lon, lat, NOON)
    version = session.scalars(select(StationVersion).where(StationVersion.station_id == id_)).one()
    version.recorded_at += dt.timedelta(hours=hours)
    return f"D{number:02d}"


def grid(number: int) -> PAIR:
    return 111.3 + 0.01 * (number % 5), 25.2 + 0.01 * (number // 5)


@pytest.fixture
def mixed(sessions: sessionmaker[Session], world: World) -> World:
    """Twelve stations of Jiangyong whose pairs are in truth GCJ-02."""
    with sessions.begin() as session:
        for number in range(12):
            settle(session, number, grid(number), datum_meant="gcj02")
    return world


def places(session: Session) -> dict[str, tuple[Any, ...]]:
    rows = session.execute(
        select(Station.code, StationVersion.lon, StationVersion.lat, StationVersion.lon_raw, StationVersion.lat_raw,
               StationVersion.coord_system)
        .join(StationVersion, StationVersion.id == Station.version_id).where(Station.code.like("D%"))
    )  # fmt: skip
    return {row.code: tuple(row)[1:] for row in rows}


def refused(session: Session, *args: Any, **more: Any) -> Refusal:
    with pytest.raises(Refusal) as caught:
        repair(session, *args, now=NOON, **more)
    return caught.value


def test_a_mixed_county_is_found_mended_and_brought_back(session: Session, mixed: World) -> None:
    jiang = mixed.callers["jiang"]
    told = check_unit(session, jiang, None, now=NOON)
    assert (told["stations"], told["compared"], told["faulty"]) == (14, 12, 1)
    finding = told["counties"][0]["findings"][0]
    assert (finding["fault"], finding["declared"], finding["truth"], finding["stations"]) == (
        "mixed_gcj02", "cgcs2000", "gcj02", 14,
    )  # fmt: skip
    assert finding["figures"]["projections"]["gcj02"] == 1.0
    assert finding["zh"].startswith("14 个站点称为 CGCS2000,实际是 GCJ-02:平均偏移为该坐标系偏移量(")
    before, revision = places(session), newest_revision(session, jiang)[0]
    tried = repair(session, jiang, None, "mixed_gcj02", now=NOON)
    assert (tried["dry_run"], tried["stations"], tried["counties"][0]["id"]) == (True, 14, None)
    assert (places(session), newest_revision(session, jiang)[0]) == (before, revision)
    named = sorted(before)
    done = repair(session, jiang, None, "mixed_gcj02", now=NOON, stations=named, dry_run=False)
    county = done["counties"][0]
    assert (county["name"], county["stations"], county["nearer_their_village"]) == ("江永县", 12, 12)
    change = county["changes"][0]
    assert (change["before"]["coord_system"], change["after"]["coord_system"]) == ("cgcs2000", "gcj02")
    assert 500 < change["moved_m"] < 700
    assert 100 < change["from_village_after_m"] < 200
    after = places(session)
    for code, (lon, lat, *raw) in after.items():
        number = int(code[1:])
        assert raw == [*before[code][2:4], "gcj02"]
        assert abs(lon - grid(number)[0] - 0.001 * (-1) ** number) < 1e-7
        assert abs(lat - grid(number)[1] - 0.001 * (-1) ** (number // 2)) < 1e-7
    assert newest_revision(session, jiang)[0] == revision + 1
    assert check_unit(session, jiang, None, now=NOON)["faulty"] == 0
    listed = list_repairs(session, jiang, None)["repairs"]
    assert [(one["id"], one["stations"], one["repaired_by"], one["undone_at"]) for one in listed] == [
        (county["id"], 12, "蒋联络", None),
    ]  # fmt: skip
    undone = undo(session, mixed.callers["yong"], county["id"], now=NOON + dt.timedelta(hours=1))
    assert (undone["undone_by"], undone["codes"]) == ("永州市", named)
    assert places(session) == before
    acts = session.scalars(select(AuditEvent.action).where(AuditEvent.object_kind == "datum_repair")).all()
    assert sorted(acts) == ["datum.repair", "datum.undo"]
    with pytest.raises(Refusal, match="DATUM_REPAIR_UNDONE"):
        undo(session, jiang, county["id"], now=NOON)


def test_the_mending_reaches_back_and_what_was_known_before_stays(session: Session, mixed: World) -> None:
    jiang, one = mixed.callers["jiang"], session.scalars(select(Station).where(Station.code == "D00")).one()
    revise_station(session, jiang, one, {"hours": "8-18"}, now=NOON, valid_from=dt.date(2026, 1, 1))
    wrong = places(session)["D00"][0]
    repair(session, jiang, None, "mixed_gcj02", now=NOON + dt.timedelta(hours=1), stations=["D00"], dry_run=False)
    then = version_on(session, one.id, dt.date(2025, 6, 1))
    assert (then.coord_system, then.hours, then.source) == ("gcj02", None, "datum_repair")
    assert version_on(session, one.id, dt.date(2026, 6, 1)).hours == "8-18"
    assert version_on(session, one.id, dt.date(2025, 6, 1), NOON).lon == wrong


def test_a_station_placed_anew_since_keeps_the_repair_from_being_undone(session: Session, mixed: World) -> None:
    jiang = mixed.callers["jiang"]
    done = repair(session, jiang, None, "mixed_gcj02", now=NOON, dry_run=False)
    one = session.scalars(select(Station).where(Station.code == "D03")).one()
    revise_station(session, jiang, one, {"phone": "123"}, now=NOON)
    revise_station(session, jiang, one, {"lon": 111.4, "lat": 25.3, "coord_system": "cgcs2000"}, now=NOON)
    with pytest.raises(Refusal) as caught:
        undo(session, jiang, done["counties"][0]["id"], now=NOON)
    assert (caught.value.code, caught.value.details["stations"]) == ("DATUM_REPAIR_UNDONE", ["D03"])


def test_only_the_import_at_fault_is_mended(session: Session, world: World) -> None:
    for number in range(16):
        settle(session, number, grid(number), datum_meant="bd09" if number < 8 else "cgcs2000", hours=number // 8)
    jiang = world.callers["jiang"]
    county = check_unit(session, jiang, None, now=NOON)["counties"][0]
    finding = county["findings"][0]
    assert (county["verdict"], finding["fault"], finding["batch"]["zh"]) == (
        "partly", "mixed_bd09", "2024-05-11 08:00:00 导入的台账",
    )  # fmt: skip
    # The two stations of the world came with the same ledger.
    assert {one["code"] for one in finding["named"]} == {f"D{n:02d}" for n in range(8)} | {"JY001", "JY002"}
    assert refused(session, jiang, None, "mixed_bd09", stations=["D01", "D12"]).details["stations"] == ["D12"]
    assert repair(session, jiang, None, "mixed_bd09", now=NOON, stations=["D01"])["stations"] == 1


def test_where_no_import_tells_them_apart_a_person_names_the_stations(session: Session, world: World) -> None:
    for number in range(16):
        settle(session, number, grid(number), datum_meant="gcj02" if number < 8 else "cgcs2000")
    jiang = world.callers["jiang"]
    finding = check_unit(session, jiang, None, now=NOON)["counties"][0]["findings"][0]
    assert (finding["fault"], finding["must_be_named"], finding["share"]) == ("mixed_gcj02", True, 0.5)
    shifted = {f"D{number:02d}" for number in range(8)}
    assert {one["code"] for one in finding["named"]} == shifted
    assert all(one["suspicion"] > 0.9 for one in finding["named"])
    assert refused(session, jiang, None, "mixed_gcj02").code == "DATUM_NOT_SUSPECTED"
    assert repair(session, jiang, None, "mixed_gcj02", now=NOON, stations=sorted(shifted))["stations"] == 8


def test_swapped_axes_zero_and_far_places(session: Session, world: World) -> None:
    for number in range(6):
        settle(session, number, grid(number))
    held = {"D00": (25.2, 111.3), "D01": (0.0, 0.0), "D02": (150.0, 60.0), "D03": (111.3, 28.0)}
    for code, (lon, lat) in held.items():
        version = session.scalars(select(StationVersion).join(Station, Station.version_id == StationVersion.id)
                                  .where(Station.code == code)).one()  # fmt: skip
        version.lon, version.lat, version.lon_raw, version.lat_raw = lon, lat, lon, lat
    session.flush()
    jiang = world.callers["jiang"]
    findings = check_unit(session, jiang, "431125", now=NOON)["counties"][0]["findings"]
    assert {one["fault"]: [row["code"] for row in one["named"]] for one in findings} == {
        "swapped": ["D00"], "zero": ["D01"], "outside": ["D02"], "wrong_county": ["D03"],
    }  # fmt: skip
    ids = [repair(session, jiang, None, fault, now=NOON, dry_run=False)["counties"][0]["id"]
           for fault in ("swapped", "zero", "wrong_county", "outside")]  # fmt: skip
    after = places(session)
    assert after["D00"][:2] == (111.3, 25.2)
    assert [after[code] for code in ("D01", "D03")] == [
        (None, None, 0.0, 0.0, "cgcs2000"), (None, None, 111.3, 28.0, "cgcs2000"),
    ]  # fmt: skip
    assert check_unit(session, jiang, None, now=NOON)["faulty"] == 0
    for id_ in ids:
        undo(session, jiang, id_, now=NOON)
    assert {code: places(session)[code][:2] for code in held} == held


def test_with_an_outline_a_station_over_the_border_is_found(session: Session, world: World) -> None:
    for number in range(6):
        settle(session, number, grid(number))
    version = session.scalars(select(StationVersion).join(Station, Station.version_id == StationVersion.id)
                              .where(Station.code == "D02")).one()  # fmt: skip
    version.lon = version.lon_raw = 111.45
    session.flush()
    jiang = world.callers["jiang"]
    assert check_unit(session, jiang, None, now=NOON)["faulty"] == 0

    def outlines(codes: Collection[str]) -> Areas:
        return {code: shapely.box(111.2, 25.1, 111.4, 25.4) for code in codes if code == "431125"}

    finding = check_unit(session, jiang, None, now=NOON, outlines=outlines)["counties"][0]["findings"][0]
    assert (finding["fault"], [one["code"] for one in finding["named"]]) == ("wrong_county", ["D02"])
    assert repair(session, jiang, None, "wrong_county", now=NOON, outlines=outlines)["stations"] == 1


def test_who_may_not_and_what_is_not_suspected(session: Session, mixed: World) -> None:
    zhou, jiang = mixed.callers["zhou"], mixed.callers["jiang"]
    assert refused(session, zhou, "431125", "mixed_gcj02").code == "OUT_OF_SCOPE"
    assert refused(session, zhou, None, "mixed_gcj02").code == "DATUM_NOT_SUSPECTED"
    assert refused(session, jiang, None, "mixed_bd09").code == "DATUM_NOT_SUSPECTED"
    assert refused(session, jiang, None, "mixed_gcj02", stations=["TJ001"]).details["stations"] == ["TJ001"]
    done = repair(session, jiang, None, "mixed_gcj02", now=NOON, dry_run=False)
    with pytest.raises(Refusal, match="DATUM_REPAIR_UNKNOWN"):
        undo(session, zhou, done["counties"][0]["id"], now=NOON)
    assert session.scalars(select(DatumRepair.unit_path)).all() == [COUNTY]
    with pytest.raises(Refusal, match="OUT_OF_SCOPE"):
        list_repairs(session, zhou, "4311")


def test_what_is_about_to_come_in_is_judged_beside_the_villages(session: Session, mixed: World) -> None:
    jiang = mixed.callers["jiang"]
    rows = [
        (str(n), *(float(one) for one in from_cgcs2000(*grid(n), "gcj02")), f"4311251003{n:02d}") for n in range(12)
    ]
    shaken = np.random.default_rng(1).normal(0, 0.001, (12, 2))
    claims = [Claim(name, lon + east, lat + north, village)
              for (name, lon, lat, village), (east, north) in zip(rows, shaken, strict=True)]  # fmt: skip
    line = suspicions(session, jiang, COUNTY, claims)[0]
    assert (line["county"], line["fault"], line["stations"]) == ("431125", "mixed_gcj02", 12)
    assert line["zh"].startswith("江永县:12 个站点称为 CGCS2000,实际是 GCJ-02")
    assert suspicions(session, jiang, COUNTY, [Claim("x", 111.3, 25.2, "431125100300")]) == []
    assert suspicions(session, mixed.callers["zhou"], COUNTY, claims) == []
    assert [one["fault"] for one in standing_suspicions(session, jiang, COUNTY)] == ["mixed_gcj02"]
