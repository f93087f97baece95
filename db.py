"""The database, without any framework: column types, the base class, engines and the one way to hold a transaction.

Two databases, one model. SQLite is the embedded default (one file, WAL, `synchronous=FULL`); PostgreSQL with PostGIS
is production. Nothing above this file may ask which of the two it is talking to, except through what stands here.
"""

from __future__ import annotations

import datetime as dt
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
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
    and_,
    create_engine,
    event,
    func,
    select,
)
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute, Session, sessionmaker

# How long a writing transaction waits for its turn inside the process before it asks SQLite, which waits as long again.
TURN_S = 15.0

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


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


def in_box(
    session: Session,
    point: InstrumentedAttribute[Any],
    lon: InstrumentedAttribute[Any],
    lat: InstrumentedAttribute[Any],
    box: tuple[float, float, float, float],
) -> ColumnElement[bool]:
    """Say that a row's point lies in `box` = (west, south, east, north) in degrees, borders included."""
    west, south, east, north = box
    if session.get_bind().dialect.name == "postgresql":
        return point.op("&&")(func.ST_MakeEnvelope(west, south, east, north, 4326))
    return and_(lon.between(west, east), lat.between(south, north))


def make_engine(url: str, *, pool_size: int = 5) -> Engine:
    """Open a database by its SQLAlchemy URL, with the settings under which an acknowledged row survives a power cut."""
    if url.startswith("sqlite"):
        # Why these: ../docs/decisions.md «SQLite». A lock upgrade inside BEGIN DEFERRED fails at once whatever the
        # busy timeout, so a transaction that writes says so from its first statement (`writing`).
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
    pragmas = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=15000",
               # As on PostgreSQL; and only so may LIKE 'path%', the bound of every query, use an index.
               "case_sensitive_like=ON")  # fmt: skip
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}")


class _InTurn(sqlite3.Connection):
    """A connection that gives its turn back when its transaction has ended, however it ended."""

    turn: threading.Lock | None = None

    def commit(self) -> None:
        try:
            super().commit()
        finally:
            self.give_back()

    def rollback(self) -> None:
        try:
            super().rollback()
        finally:
            self.give_back()

    def close(self) -> None:
        super().close()
        self.give_back(closed=True)

    def give_back(self, *, closed: bool = False) -> None:
        # A commit that failed (disk full) leaves the transaction open until its rollback.
        if self.turn is not None and (closed or not self.in_transaction):
            held, self.turn = self.turn, None
            held.release()


def _take_turns(engine: Engine) -> None:
    """Let the threads of this process ask SQLite for its one write lock one after another.

    Left to itself, SQLite lets waiters sleep longer and longer while newcomers get in: of 4 writers some waited 4 to
    6 s, in turns 0.1 s. Other processes still meet at the database's own lock.
    """
    turn = threading.Lock()

    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get("reading", False):
            connection.exec_driver_sql("BEGIN")
            return
        raw = connection.connection.dbapi_connection
        # Who waits in vain asks SQLite itself, whose refusal everybody above understands.
        if isinstance(raw, _InTurn) and turn.acquire(timeout=TURN_S):
            raw.turn = turn
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        except BaseException:
            if isinstance(raw, _InTurn):
                raw.give_back()
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
