"""Rows of the seeded months as the databases take them fastest: COPY on PostgreSQL, plain tuples on SQLite."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Connection, Date, Integer, MetaData, String, Table, insert
from sqlalchemy.schema import SchemaItem

from benchmarks.months_lives import Life
from db import UtcDateTime
from stations.records.periods import first_day
from stations.units.gazetteer import Unit

UNIT = ("code", "level", "name", "parent_code", "path", "village_class", "base_year_from", "updated_at")
STATION = (
    "id", "code", "kind", "host_type", "operator", "is_subsidised", "reporting_mode", "unit_code", "unit_path",
    "listing_status", "version_id", "vitality", "vitality_confidence", "vitality_reason", "vitality_since",
    "vitality_recheck_on", "created_at", "accepted_on", "last_alive_on", "dead_by_on", "revision",
)  # fmt: skip
VERSION = (
    "id", "station_id", "name", "village_code", "lon", "lat", "point", "coord_system", "coord_quality", "services",
    "head_name", "phone", "extra", "source", "valid_from", "recorded_at",
)  # fmt: skip
_ENTERED = "2023-01-01 00:00:00.000000"
_drafts = MetaData()


def _draft(name: str, *columns: SchemaItem) -> Table:
    return Table(name, _drafts, Column("id", Integer, primary_key=True), Column("life", Integer, index=True), *columns)


MOVE = _draft("bench_move", Column("from_status", String), Column("to_status", String), Column("effective_on", Date),
              Column("reason_code", String))  # fmt: skip
VISIT = _draft("bench_visit", Column("observed_at", UtcDateTime), Column("observed_state", String),
               Column("evidence_kind", String), Column("is_independent", Boolean))  # fmt: skip
EXCUSE = _draft("bench_excuse", Column("period", Integer), Column("reason_code", String))
OWING = _draft("bench_owing", Column("accepted_on", Date), Column("begins_on", Date), Column("ends_on", Date))
MONTH = Table(
    "bench_month", _drafts, Column("period", Integer, primary_key=True), Column("life", Integer, primary_key=True),
    Column("version", Integer), Column("state", String), Column("timeliness", String), Column("is_expected", Boolean),
    Column("has_activity", Boolean), Column("is_nil", Boolean), Column("source", String),
    *(Column(name, BigInteger) for name in ("online_sales_out_fen", "purchase_agency_fen", "upstream_sales_fen")),
    Column("parcels_in", Integer), Column("parcels_out", Integer), Column("first_received_at", UtcDateTime),
)  # fmt: skip


@dataclass(frozen=True)
class Village:
    """One invented village under a shipped county."""

    county: Unit
    number: int

    @property
    def township(self) -> str:
        return f"{self.county.code}{100 + self.number // 10}"

    @property
    def code(self) -> str:
        return f"{self.township}{200 + self.number % 10}"

    @property
    def path(self) -> str:
        return f"{self.county.path}{self.township}/{self.code}/"


def villages(counties: Sequence[Unit], stations: int) -> Iterator[Village]:
    """Give one village a station, shared out evenly among the counties, county by county."""
    for place, county in enumerate(counties):
        share = stations * (place + 1) // len(counties) - stations * place // len(counties)
        yield from (Village(county, number) for number in range(share))


def unit(one: Unit) -> tuple[Any, ...]:
    """Give the row of a shipped unit."""
    return (one.code, one.level, one.name, one.parent_code, one.path, None, None, _ENTERED)


def units_of(places: Iterable[Village]) -> Iterator[tuple[Any, ...]]:
    """Give the rows of the villages and, before its first village, of each township."""
    for one in places:
        if one.number % 10 == 0:
            path = f"{one.county.path}{one.township}/"
            yield (one.township, "township", f"第{one.number // 10 + 1}镇", one.county.code, path, None, None, _ENTERED)
        yield (one.code, "village", f"第{one.number + 1}村委会", one.township, one.path, "villagers_committee", 2023,
               _ENTERED)  # fmt: skip


def pour(connection: Connection, table: Any, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Write many rows whose values are already as the database stores them."""
    name, listed = table.__tablename__, ", ".join(columns)
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(columns))
        connection.connection.cursor().executemany(f"insert into {name} ({listed}) values ({marks})", list(rows))
        return
    raw: Any = connection.connection.driver_connection
    with raw.cursor() as cursor, cursor.copy(f"copy {name} ({listed}) from stdin") as copy:
        for row in rows:
            copy.write_row(row)


def lay_out(connection: Connection, lives: Sequence[Life]) -> None:
    """Write the lives as drafts from which the rows of all stations are made in SQL."""
    _drafts.create_all(connection)
    excused = {(row["life"], row["period"]) for life in lives for row in life.excuses}
    begins = first_day(min(row["period"] for life in lives for row in life.months))
    drafts: tuple[tuple[Table, list[dict[str, Any]]], ...] = (
        (MOVE, [row for life in lives for row in life.moves]),
        (VISIT, [row | {"is_independent": True} for life in lives for row in life.visits]),
        (EXCUSE, [row for life in lives for row in life.excuses]),
        (OWING, [{"life": life.number, "accepted_on": life.accepted_on, "begins_on": begins,
                  "ends_on": life.owes_until} for life in lives]),
        (MONTH, [row | {"is_expected": (row["life"], row["period"]) not in excused}
                 for life in lives for row in life.months]),
    )  # fmt: skip
    for table, rows in drafts:
        connection.execute(insert(table), rows)


def drop(connection: Connection) -> None:
    """Remove the drafts."""
    _drafts.drop_all(connection)


def day(on: dt.date | None) -> str | None:
    """Write a day as both databases store and read it."""
    return None if on is None else on.isoformat()


def instant(at: dt.datetime) -> str:
    """Write an instant in UTC as SQLite stores it; PostgreSQL reads it likewise while the session's zone is UTC."""
    return at.strftime("%Y-%m-%d %H:%M:%S.%f")
