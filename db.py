"""The database, without any framework: column types, the base class, engines and the one way to hold a transaction.

Two databases, one model. SQLite is the embedded default (one file, WAL, `synchronous=FULL`); PostgreSQL with PostGIS
is production. Nothing above this file may ask which of the two it is talking to, except through what stands here.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import shapely
from geoalchemy2 import Geometry
from sqlalchemy import (
    ColumnElement,
    Connection,
    DateTime,
    Dialect,
    Engine,
    LargeBinary,
    MetaData,
    TypeDecorator,
    create_engine,
    event,
    func,
    select,
)
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute, Session, sessionmaker

TURN_S = 15.0  # then SQLite itself is asked, which waits as long again
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s", "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}  # fmt: skip


class Base(DeclarativeBase):
    """The parent of every table; constraint names are fixed so that migrations agree on both databases."""

    metadata = MetaData(naming_convention=NAMES)


class UtcDateTime(TypeDecorator[dt.datetime]):
    """An aware instant, stored in UTC; a naive one is refused because nobody can tell what it means."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime has no meaning here: give it a time zone")
        utc = value.astimezone(dt.UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


class LonLatPoint(TypeDecorator[tuple[float, float]]):
    """A (lon, lat) pair in CGCS2000 degrees: `geometry(Point, 4326)` on PostGIS, plain WKB on SQLite."""

    impl = LargeBinary
    cache_ok = True
    # GeoAlchemy2 looks for these on the type itself; our GiST index is an explicit one.
    spatial_index = False
    use_typmod = None

    def load_dialect_impl(self, dialect: Dialect | None) -> Any:
        # GeoAlchemy2's create events ask without a dialect.
        if dialect is not None and dialect.name == "postgresql":
            return dialect.type_descriptor(Geometry("POINT", srid=4326, spatial_index=False))
        return LargeBinary()

    def process_bind_param(self, value: tuple[float, float] | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        point = shapely.Point(*value)
        if dialect.name == "postgresql":
            return shapely.to_wkb(shapely.set_srid(point, 4326), hex=True, include_srid=True)
        return shapely.to_wkb(point)

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[float, float] | None:
        if value is None:
            return None
        raw = value.data if hasattr(value, "data") else value
        point = shapely.from_wkb(bytes(raw) if isinstance(raw, memoryview) else raw)
        return (point.x, point.y)


def has_postgis(session: Session) -> bool:
    """Say whether the database itself can draw tiles."""
    return bool(session.get_bind().dialect.name == "postgresql")


def in_box(
    session: Session, point: InstrumentedAttribute[Any], lon: InstrumentedAttribute[Any],
    lat: InstrumentedAttribute[Any], box: tuple[float, float, float, float],
) -> ColumnElement[bool]:  # fmt: skip
    """Say that a row's point lies in `box` = (west, south, east, north) in degrees, borders included."""
    west, south, east, north = box
    if has_postgis(session):
        return point.op("&&")(func.ST_MakeEnvelope(west, south, east, north, 4326))
    return lon.between(west, east) & lat.between(south, north)


def make_engine(url: str, *, pool_size: int = 5) -> Engine:
    """Open a database by its SQLAlchemy URL, with the settings under which an acknowledged row survives a power cut."""
    if url.startswith("sqlite"):
        # Why these: docs/decisions.md «Databases»; a transaction that writes says so from its first statement.
        how = {"timeout": 15, "isolation_level": None, "check_same_thread": False, "factory": _InTurn}
        engine = create_engine(url, connect_args=how)
        event.listen(engine, "connect", _set_sqlite_pragmas)
        _take_turns(engine)
        return engine
    # prepare_threshold=None: pgbouncer in transaction mode loses prepared statements.
    return create_engine(
        url, pool_size=pool_size, max_overflow=10, pool_pre_ping=True, connect_args={"prepare_threshold": None}
    )


def _set_sqlite_pragmas(connection: sqlite3.Connection, _record: object) -> None:
    # The last as on PostgreSQL, and because only so may LIKE 'path%', the bound of every query, use an index.
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=15000",
                   "case_sensitive_like=ON"):  # fmt: skip
        connection.execute(f"PRAGMA {pragma}")


class _Turn:
    """The one turn to write to a SQLite file, taken by threads and processes in the order in which they asked.

    Left to itself, SQLite lets newcomers in while others sleep. Threads queue at a lock, processes at two bytes of a
    file beside the database: who waits for the second holds the first, so that nobody overtakes him.
    """

    def __init__(self, path: str) -> None:
        self._threads = threading.Lock()
        self._path = f"{path}-turn"
        self._file = -1

    def take(self) -> bool:
        """Wait for the turn, at most TURN_S; False: who waited in vain asks SQLite itself, and is refused by it."""
        until = time.monotonic() + TURN_S
        if not self._threads.acquire(timeout=TURN_S):
            return False
        with suppress(OSError):
            # For one turn only: an engine that is let go leaves nothing open, and a fork shares nothing.
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o660)
            if self._lock(0, until) and self._lock(1, until):
                fcntl.lockf(self._file, fcntl.LOCK_UN, 1, 0)
                return True
            os.close(self._file)
        self._threads.release()
        return False

    def give_back(self) -> None:
        os.close(self._file)  # which unlocks it
        self._threads.release()

    def _lock(self, byte: int, until: float) -> bool:
        while True:
            with suppress(OSError):
                fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, byte)
                return True
            if time.monotonic() > until:
                return False
            time.sleep(0.001)


class _InTurn(sqlite3.Connection):
    """A connection that gives its turn back when its transaction has ended, however it ended."""

    turn: _Turn | None = None

    def commit(self) -> None:
        super().commit()
        self.end_turn()

    def rollback(self) -> None:
        super().rollback()
        self.end_turn()

    def close(self) -> None:
        super().close()
        self.end_turn()

    def end_turn(self) -> None:
        # A commit that failed (disk full) comes here only with its rollback, or with the end of the connection.
        held, self.turn = self.turn, None
        if held is not None:
            held.give_back()


def _take_turns(engine: Engine) -> None:
    """Let those who would write to a SQLite file ask for its lock one after another; readers never wait."""
    turn = _Turn(engine.url.database or "")

    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("reading", False):
            connection.exec_driver_sql("BEGIN")
            return
        raw: Any = connection.connection.dbapi_connection
        raw.turn = turn if turn.take() else None
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        except BaseException:
            raw.end_turn()
            raise

    event.listen(engine, "begin", begin)


def session_factory(engine: Engine) -> sessionmaker[Session]:
    """Make sessions whose objects stay readable after the commit, so that an answer can be written from them."""
    return sessionmaker(engine, expire_on_commit=False)


@contextmanager
def writing(sessions: sessionmaker[Session]) -> Iterator[Session]:
    """Hold one transaction that may write: returning commits, raising rolls back."""
    with sessions.begin() as session:
        yield session


@contextmanager
def reading(sessions: sessionmaker[Session]) -> Iterator[Session]:
    """Hold one transaction that only reads, so that on SQLite it never waits for a writer; nothing is committed."""
    with sessions() as session:
        session.connection(execution_options={"reading": True})
        try:
            yield session
        finally:
            session.rollback()


def ping(session: Session) -> None:
    """Ask the database for an answer, any; raises OperationalError when it gives none."""
    session.execute(select(1))
