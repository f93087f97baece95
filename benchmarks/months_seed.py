"""A register with years of months: a province of 15,000 stations, or the nation of 150,000, on either database.

`python -m benchmarks.months_seed URL [province|nation] [months]` fills an existing, empty database at URL;
`seeded(backend, size)` gives one to a benchmark, the same one to every benchmark of a run. The nation is 31 provinces;
Hunan (43) has exactly 15,000 stations in both sizes. Forty-six months of the nation are 5.5 million reports, because
missing months, ended stations and late ones leave gaps. Reports carry no versions: whoever measures those files some.
The cached answer of the alive rule is near enough for reading; `refresh_vitality` makes it exact.
"""

from __future__ import annotations

import atexit
import datetime as dt
import struct
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, insert, make_url, text
from sqlalchemy.orm import Session

from api.schema import upgrade
from benchmarks import months_rows as rows_of
from benchmarks.months_lives import LIVES, NEWEST, Life, live
from db import make_engine
from field_app_schema.vocab import Role
from stations.people.access import Caller
from stations.people.tables import Account
from stations.records.months import PeriodExcuse, SalesReport
from stations.records.periods import shifted
from stations.records.tables import (
    Observation,
    RegisterRevision,
    ReportingObligation,
    Station,
    StationTransition,
    StationVersion,
)
from stations.units.shipped import shipped_units
from stations.units.tables import OrgUnit
from tests import postgres

NOW = dt.datetime(2026, 11, 20, 4, 0, tzinfo=dt.UTC)
PROVINCE, PROVINCE_STATIONS = "43", 15_000
SIZES = {"province": PROVINCE_STATIONS, "nation": 150_000}
MONTHS = 46
# Callers of the seeded databases, by the size that holds their area.
XIANG = Caller(1, Role.PROVINCE, PROVINCE, "/CN/43/")
NATION = Caller(2, Role.PROVINCE, "CN", "/CN/")

_held = ExitStack()
atexit.register(_held.close)


@cache
def seeded(backend: str, size: str, months: int = MONTHS) -> str:
    """Give the URL of a seeded database (`sqlite` or `postgis`), made once a process and thrown away at its end."""
    if backend == "sqlite":
        folder = _held.enter_context(tempfile.TemporaryDirectory(prefix="cunzhan-bench-"))
        url = f"sqlite:///{Path(folder) / f'{size}.db'}"
    else:
        template = make_url(_cluster())
        admin = make_engine(template.set(database="postgres").render_as_string(hide_password=False))
        name = f"{size}_{months}"
        with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql(f"create database {name} template {template.database}")
        admin.dispose()
        url = template.set(database=name).render_as_string(hide_password=False)
    seed(url, size=size, months=months)
    return url


@cache
def _cluster() -> str:
    return _held.enter_context(postgres.private_cluster())


def seed(url: str, *, size: str, months: int = MONTHS) -> None:
    """Migrate the empty database at `url` and fill it; prints how long each part took."""
    engine = make_engine(url)
    upgrade(engine)
    begun = time.perf_counter()
    lives = [live(number, months) for number in range(LIVES)]
    with engine.connect() as connection:
        _hurry(connection)
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("set session_replication_role = replica; set timezone = 'UTC'")
        _people(connection)
        _units_and_stations(connection, SIZES[size], lives)
        rows_of.lay_out(connection, lives)
        _dated_rows(connection)
    _report("units, stations, visits", begun)
    _months(engine, months)
    _settle(engine)
    engine.dispose()
    _report(f"{size}, all", begun)


def _hurry(connection: Connection) -> None:
    """Let SQLite keep nothing safe meanwhile: what breaks is thrown away."""
    if connection.dialect.name == "sqlite":
        raw = connection.connection.cursor()
        connection.rollback()
        for pragma in ("synchronous=OFF", "foreign_keys=OFF", "cache_size=-600000", "temp_store=MEMORY"):
            raw.execute(f"PRAGMA {pragma}")


def _people(connection: Connection) -> None:
    people = [("xiang", XIANG), ("nation", NATION)]
    connection.execute(insert(Account), [
        {"id": caller.account_id, "username": name, "display_name": name, "role": caller.role,
         "unit_code": caller.unit_code, "created_at": NOW} for name, caller in people
    ])  # fmt: skip
    connection.execute(insert(RegisterRevision), [{"id": 1, "value": 1}])


def _units_and_stations(connection: Connection, stations: int, lives: Sequence[Life]) -> None:
    """Share the stations among the shipped counties, one village each, ten villages a township."""
    shipped = shipped_units()
    rows_of.pour(connection, OrgUnit, rows_of.UNIT, (rows_of.unit(one) for one in shipped))
    counties = [one for one in shipped if one.level == "county"]
    inside = [one for one in counties if one.path.startswith(XIANG.unit_path)]
    outside = [one for one in counties if not one.path.startswith(XIANG.unit_path)]
    shares = [(inside, PROVINCE_STATIONS), (outside, stations - PROVINCE_STATIONS)]
    villages = [place for units, share in shares for place in rows_of.villages(units, share)]
    rows_of.pour(connection, OrgUnit, rows_of.UNIT, rows_of.units_of(villages))
    rows_of.pour(connection, Station, rows_of.STATION, _stations(villages, lives))
    hexadecimal = connection.dialect.name == "postgresql"
    rows_of.pour(connection, StationVersion, rows_of.VERSION, _versions(villages, lives, hexadecimal))


def _stations(villages: Sequence[rows_of.Village], lives: Sequence[Life]) -> Iterator[tuple[Any, ...]]:
    for number, village in enumerate(villages, 1):
        life = lives[number % LIVES]
        kind = "county_centre" if village.number == 0 else "village_point"
        yield (number, f"B{number:06d}", kind, life.host_type, life.operator, int(life.is_subsidised), life.mode,
               village.code, village.path, life.listing, number, *life.vitality, life.accepted_on.isoformat(),
               rows_of.day(NOW.date()), rows_of.instant(NOW), life.accepted_on.isoformat(),
               rows_of.day(life.last_alive_on), rows_of.day(life.dead_by_on), 1)  # fmt: skip


def _versions(
    villages: Sequence[rows_of.Village], lives: Sequence[Life], hexadecimal: bool
) -> Iterator[tuple[Any, ...]]:
    for number, village in enumerate(villages, 1):
        life, lon, lat = lives[number % LIVES], 98 + number * 7919 % 24000 / 1000, 22 + number * 104729 % 22000 / 1000
        # PostGIS: the same point with the flag and number of its reference system, 4326.
        point: Any = struct.pack("<BIdd", 1, 1, lon, lat)
        if hexadecimal:
            point = struct.pack("<BIIdd", 1, 0x20000001, 4326, lon, lat).hex()
        yield (number, number, f"第{number}服务点", village.code, lon, lat, point, "cgcs2000", "gps", '["parcel"]',
               f"负责人{number}", f"138{number:08d}", "{}", "ledger", life.accepted_on.isoformat(),
               rows_of.instant(dt.datetime.combine(life.accepted_on, dt.time(2), dt.UTC)))  # fmt: skip


def _dated_rows(connection: Connection) -> None:
    """Give each station the moves, visits, excuses and the obligation of its life, all in SQL."""
    known = "'2023-01-01 00:00:00.000000'"
    owes = "case when m.accepted_on > m.begins_on then m.accepted_on else m.begins_on end"
    for table, columns, values, source in (
        (StationTransition, "from_status, to_status, effective_on, reason_code, evidence_ids, details, recorded_at",
         f"m.from_status, m.to_status, m.effective_on, m.reason_code, '[]', '{{}}', {known}", "bench_move"),
        (Observation, "observed_at, observed_state, evidence_kind, method, observer_id, observer_unit_code, "
         "is_independent, source, recorded_at", "m.observed_at, m.observed_state, m.evidence_kind, m.evidence_kind, 1, "
         "'43', m.is_independent, 'inspection', m.observed_at", "bench_visit"),
        (PeriodExcuse, "period, reason_code, recorded_at", f"m.period, m.reason_code, {known}", "bench_excuse"),
        (ReportingObligation, "starts_on, ends_on, recorded_at", f"{owes}, m.ends_on, {known}", "bench_owing"),
    ):  # fmt: skip
        said = values if connection.dialect.name == "sqlite" else values.replace(known, f"timestamptz {known}")
        connection.execute(text(
            f"insert into {table.__tablename__} (station_id, {columns}) select s.id, {said} "
            f"from station s join {source} m on m.life = s.id % {LIVES} order by s.id, m.id"
        ))  # fmt: skip
    starts = ("insert into reporting_start (county_code, first_period, recorded_at) select code, (select min(period) "
              f"from bench_month), {known} from org_unit where level = 'county'")  # fmt: skip
    connection.execute(text(starts.replace(known, f"cast({known} as timestamp with time zone)")
                            if connection.dialect.name == "postgresql" else starts))  # fmt: skip


def _months(engine: Engine, months: int) -> None:
    """Write the reports month after month, as they come in life, and make their indexes at the end."""
    begun, indexes = time.perf_counter(), sorted(SalesReport.__table__.indexes, key=lambda one: str(one.name))  # type: ignore[attr-defined]  # a Table
    columns = ("period, version, state, timeliness, has_activity, is_nil, source, parcels_in, parcels_out, "
               "first_received_at")  # fmt: skip
    money = ("online_sales_out_fen", "purchase_agency_fen", "upstream_sales_fen")
    scaled = ", ".join(f"m.{one} / 1000 * (900 + s.id % 211)" for one in money)
    taken = ", ".join(f"m.{one}" for one in columns.split(", "))
    statement = text(
        f"insert into sales_report (station_id, {columns}, {', '.join(money)}, is_expected, changed_at) "
        f"select s.id, {taken}, {scaled}, m.is_expected, m.first_received_at "
        f"from station s join bench_month m on m.life = s.id % {LIVES} and m.period = :period order by s.id"
    )
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("set session_replication_role = replica")
        for index in indexes:
            index.drop(connection)
        for step in range(months):
            connection.execute(statement, {"period": shifted(NEWEST, step + 1 - months)})
        _report("reports", begun)
        for index in indexes:
            index.create(connection)
    _report("reports with indexes", begun)


def _settle(engine: Engine) -> None:
    """Remove the drafts, and let the database know its tables as one in use does."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        rows_of.drop(connection)
        if connection.dialect.name == "postgresql":
            for name in ("account", "station", "station_version"):
                newest = f"select max(id) from {name}"
                connection.exec_driver_sql(f"select setval(pg_get_serial_sequence('{name}', 'id'), ({newest}))")
            connection.exec_driver_sql("vacuum analyze")
        with Session(connection) as session:
            reports = session.scalar(text("select count(*) from sales_report"))
            stations = session.scalar(text("select count(*) from station"))
    print(f"  {stations:,} stations, {reports:,} reports", flush=True)


def _report(what: str, begun: float) -> None:
    print(f"  seeding: {what}: {time.perf_counter() - begun:.1f} s", flush=True)


if __name__ == "__main__":
    seed(sys.argv[1], size=(sys.argv[2:] or ["province"])[0], months=int((sys.argv[3:] or [str(MONTHS)])[0]))
