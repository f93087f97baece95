"""The small world of the tests: two counties, three stations and the people everybody knows.

Chen inspects in Jiangyong, Tang owns a station there, Zhou is a stranger: county staff of Taojiang. Beside them the
county liaison of Jiangyong, the prefecture, the province and a third party, who come on when scope is the question.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy.orm import Session

from field_app_schema.vocab import Role
from stations.people.access import Caller
from stations.people.tables import Account, Device
from stations.records.tables import RegisterRevision, Station, StationTransition, StationVersion
from stations.units.tables import OrgUnit

UNITS = [
    ("CN", "nation", "中国", None),
    ("43", "province", "湖南省", "CN"),
    ("4311", "prefecture", "永州市", "43"),
    ("4309", "prefecture", "益阳市", "43"),
    ("431125", "county", "江永县", "4311"),
    ("430922", "county", "桃江县", "4309"),
    ("431125100", "township", "潇浦镇", "431125"),
    ("431125101", "township", "上江圩镇", "431125"),
    ("430922100", "township", "桃花江镇", "430922"),
    ("431125100201", "village", "何家湾村委会", "431125100"),
    ("431125100202", "village", "圳景村委会", "431125100"),
    ("431125101200", "village", "夏湾村委会", "431125101"),
    ("430922100200", "village", "崆峒村委会", "430922100"),
]

# code, name, village, lon, lat
STATIONS = [
    ("JY001", "何家湾服务站", "431125100201", 111.3420, 25.2710),
    ("JY002", "夏湾服务站", "431125101200", 111.3900, 25.3600),
    ("TJ001", "崆峒服务站", "430922100200", 112.1500, 28.5200),
]

PEOPLE = [
    ("chen", "陈检查", Role.INSPECTOR, "431125", None),
    ("tang", "唐站长", Role.OWNER, "431125", "JY001"),
    ("zhou", "周外县", Role.COUNTY, "430922", None),
    ("jiang", "蒋联络", Role.COUNTY, "431125", None),
    ("yong", "永州市", Role.PREFECTURE, "4311", None),
    ("xiang", "湖南省", Role.PROVINCE, "43", None),
    ("ping", "评估方", Role.THIRD_PARTY, "431125", None),
]


@dataclass
class World:
    """Ids of what was built, and callers and phone headers for its people."""

    now: dt.datetime
    stations: dict[str, int] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    callers: dict[str, Caller] = field(default_factory=dict)

    def as_phone(self, person: str) -> dict[str, str]:
        """Give the headers with which this person's phone speaks."""
        return {"Authorization": f"Bearer phone-of-{person}"}


def build_world(session: Session, now: dt.datetime) -> World:
    """Put the units, the stations (accepted on 2024-05-10) and the people into an empty database."""
    world = World(now)
    paths: dict[str, str] = {}
    for code, level, name, parent in UNITS:
        paths[code] = f"{paths[parent] if parent else '/'}{code}/"
        kind = "villagers_committee" if level == "village" else None
        session.add(OrgUnit(code=code, level=level, name=name, parent_code=parent, path=paths[code],
                            village_class=kind, base_year_from=2023, updated_at=now))  # fmt: skip
    session.add(RegisterRevision(id=1, value=1))
    # Table by table, not row by row: half the tests begin with this.
    session.flush()
    rows = [Row(code, name, village, paths[village], lon, lat) for code, name, village, lon, lat in STATIONS]
    world.stations |= add_stations(session, rows, now)
    for username, shown, role, unit, station in PEOPLE:
        world.accounts[username] = Account(
            username=username, display_name=shown, role=role, unit_code=unit,
            station_id=world.stations.get(station or ""), created_at=now,
        )  # fmt: skip
    session.add_all(world.accounts.values())
    session.flush()
    devices: dict[str, Device] = {}
    for username, account in world.accounts.items():
        token = hashlib.sha256(f"phone-of-{username}".encode()).hexdigest()
        devices[username] = Device(account_id=account.id, label=f"{account.display_name}的手机", token_sha256=token,
                                   enrolled_at=now)  # fmt: skip
    session.add_all(devices.values())
    session.flush()
    for username, shown, role, unit, _ in PEOPLE:
        account = world.accounts[username]
        world.callers[username] = Caller(
            account.id, role, unit, paths[unit], account.station_id, devices[username].id, shown
        )
    return world


class Row(NamedTuple):
    """What is said of a station that is added."""

    code: str
    name: str
    village: str
    path: str
    lon: float
    lat: float


def add_station(
    session: Session, code: str, name: str, village: str, path: str, lon: float, lat: float, now: dt.datetime
) -> int:
    """Add one accepted village point that has never been looked at."""
    return add_stations(session, [Row(code, name, village, path, lon, lat)], now)[code]


def add_stations(session: Session, rows: list[Row], now: dt.datetime) -> dict[str, int]:
    """Add accepted village points that have never been looked at; gives their ids by their codes."""
    accepted, known = dt.date(2024, 5, 10), dt.datetime(2024, 5, 11, tzinfo=dt.UTC)
    stations = [
        Station(code=row.code, kind="village_point", host_type="shop", unit_code=row.village, unit_path=row.path,
                is_subsidised=True, listing_status="active", vitality="unknown", vitality_reason="no_evidence",
                vitality_since=accepted, created_at=now, revision=1)
        for row in rows
    ]  # fmt: skip
    session.add_all(stations)
    session.flush()
    versions = [
        StationVersion(station_id=station.id, name=row.name, village_code=row.village, lon=row.lon, lat=row.lat,
                       point=(row.lon, row.lat), lon_raw=row.lon, lat_raw=row.lat, coord_system="cgcs2000",
                       coord_quality="gps", services=["parcel", "purchase_agency"], extra={}, source="ledger",
                       valid_from=accepted, recorded_at=known)
        for station, row in zip(stations, rows, strict=True)
    ]  # fmt: skip
    session.add_all(versions)
    session.add_all([
        StationTransition(station_id=station.id, from_status="proposed", to_status="active", effective_on=accepted,
                          reason_code="accepted", evidence_ids=[], details={}, recorded_at=known)
        for station in stations
    ])  # fmt: skip
    session.flush()
    for station, version in zip(stations, versions, strict=True):
        station.version_id = version.id
    session.flush()
    return {station.code: station.id for station in stations}
