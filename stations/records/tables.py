"""Tables of the register (domain model F1, F2): three separate axes, nothing deleted, every change a dated row."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, Date, Float, ForeignKey, Index, Integer, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, LonLatPoint, UtcDateTime


class Station(Base):
    """A station for ever: its code, its unit path (the scope of every query), and cached answers of today.

    `listing_status`, `vitality…` and `version_id` are caches of the newest rows below, refreshed in the transaction
    that appends such a row; a read at another date computes them from those rows.
    """

    __tablename__ = "station"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    host_type: Mapped[str] = mapped_column(String(20))
    operator: Mapped[str | None] = mapped_column(String(120))
    hub_id: Mapped[int | None] = mapped_column(ForeignKey("station.id"))
    is_subsidised: Mapped[bool | None]
    reporting_mode: Mapped[str] = mapped_column(String(12), default="form", server_default="form")
    unit_code: Mapped[str] = mapped_column(ForeignKey("org_unit.code"), index=True)
    unit_path: Mapped[str] = mapped_column(String(80))
    listing_status: Mapped[str] = mapped_column(String(12), index=True)
    version_id: Mapped[int | None] = mapped_column(Integer)
    vitality: Mapped[str] = mapped_column(String(16), index=True)
    vitality_confidence: Mapped[str | None] = mapped_column(String(16))
    vitality_reason: Mapped[str] = mapped_column(String(40))
    vitality_since: Mapped[dt.date]
    vitality_recheck_on: Mapped[dt.date | None] = mapped_column(Date, index=True)
    # The rule under which the answer was last decided, also when it came out the same and no row was appended.
    vitality_rule_version: Mapped[str | None] = mapped_column(String(12))
    last_observed_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    last_observed_state: Mapped[str | None] = mapped_column(String(24))
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    # The life on file, for curves of many stations: first accepted on, last known alive on, known dead by (F3).
    accepted_on: Mapped[dt.date | None] = mapped_column(Date)
    last_alive_on: Mapped[dt.date | None] = mapped_column(Date)
    dead_by_on: Mapped[dt.date | None] = mapped_column(Date)
    # Grows with every change of anything shown of the station: the ETag of a list is its greatest revision.
    revision: Mapped[int] = mapped_column(Integer, index=True)

    __table_args__ = (Index("ix_station_unit_path", "unit_path", postgresql_ops={"unit_path": "text_pattern_ops"}),)


class RegisterRevision(Base):
    """One row that counts changes of the register, taken by each writing transaction."""

    __tablename__ = "register_revision"

    id: Mapped[int] = mapped_column(primary_key=True)
    value: Mapped[int] = mapped_column(Integer)


class StationVersion(Base):
    """What was true of a station from `valid_from`, as known from `recorded_at`; later rows win, none is changed.

    In force at (as_of, known_at): the row with the greatest (valid_from, recorded_at, id) among those with
    valid_from <= as_of and recorded_at <= known_at.
    """

    __tablename__ = "station_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    station_id: Mapped[int] = mapped_column(ForeignKey("station.id"))
    name: Mapped[str] = mapped_column(String(120))
    village_code: Mapped[str] = mapped_column(ForeignKey("org_unit.code"), index=True)
    address: Mapped[str | None] = mapped_column(String(200))
    lon: Mapped[float | None] = mapped_column(Float)
    lat: Mapped[float | None] = mapped_column(Float)
    point: Mapped[tuple[float, float] | None] = mapped_column(LonLatPoint)
    lon_raw: Mapped[float | None] = mapped_column(Float)
    lat_raw: Mapped[float | None] = mapped_column(Float)
    coord_system: Mapped[str | None] = mapped_column(String(12))
    coord_quality: Mapped[str] = mapped_column(String(12))
    services: Mapped[list[str]] = mapped_column(JSON)
    head_name: Mapped[str | None] = mapped_column(String(60))
    phone: Mapped[str | None] = mapped_column(String(40))
    hours: Mapped[str | None] = mapped_column(String(60))
    # Ledger columns this product has no field for, kept as they came.
    extra: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    source: Mapped[str] = mapped_column(String(24))
    valid_from: Mapped[dt.date] = mapped_column(Date)
    recorded_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    recorded_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))

    __table_args__ = (
        Index("ix_station_version_in_force", "station_id", "valid_from", "recorded_at"),
        Index("ix_station_version_lon_lat", "lon", "lat"),
        Index("ix_station_version_point", "point", postgresql_using="gist").ddl_if(dialect="postgresql"),
    )


class StationTransition(Base):
    """One change of `listing_status`: the only way it changes."""

    __tablename__ = "station_transition"

    id: Mapped[int] = mapped_column(primary_key=True)
    station_id: Mapped[int] = mapped_column(ForeignKey("station.id"))
    from_status: Mapped[str | None] = mapped_column(String(12))
    to_status: Mapped[str] = mapped_column(String(12))
    effective_on: Mapped[dt.date] = mapped_column(Date)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    reason_code: Mapped[str] = mapped_column(String(40))
    note: Mapped[str | None] = mapped_column(Text)
    evidence_ids: Mapped[list[str]] = mapped_column(JSON)
    doc_no: Mapped[str | None] = mapped_column(String(80))
    details: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("station.id"))
    recorded_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        Index("ix_station_transition_in_force", "station_id", "effective_on", "recorded_at"),
        # Who was merged into a station is asked whenever something is learnt of it.
        Index("ix_station_transition_successor", "successor_id", postgresql_where=text("successor_id IS NOT NULL"),
              sqlite_where=text("successor_id IS NOT NULL")),
    )  # fmt: skip


class Observation(Base):
    """What somebody saw or was told of a station at an instant; appended, never changed."""

    __tablename__ = "observation"

    id: Mapped[int] = mapped_column(primary_key=True)
    station_id: Mapped[int] = mapped_column(ForeignKey("station.id"))
    observed_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    observed_state: Mapped[str] = mapped_column(String(24))
    evidence_kind: Mapped[str] = mapped_column(String(20))
    method: Mapped[str] = mapped_column(String(20))
    observer_id: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    observer_unit_code: Mapped[str] = mapped_column(ForeignKey("org_unit.code"))
    # A county's own check is recorded but is not independent (F9).
    is_independent: Mapped[bool]
    source: Mapped[str] = mapped_column(String(16))
    inspection_id: Mapped[str | None] = mapped_column(String(36), index=True)
    withdrawn_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    recorded_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    __table_args__ = (Index("ix_observation_station", "station_id", "observed_at"),)


class VitalityState(Base):
    """One appended answer of the alive rule for a station, with what it rests on."""

    __tablename__ = "vitality_state"

    id: Mapped[int] = mapped_column(primary_key=True)
    station_id: Mapped[int] = mapped_column(ForeignKey("station.id"))
    as_of: Mapped[dt.date] = mapped_column(Date)
    value: Mapped[str] = mapped_column(String(16))
    confidence: Mapped[str | None] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(String(40))
    rule_version: Mapped[str] = mapped_column(String(12))
    evidence_ids: Mapped[list[str]] = mapped_column(JSON)
    next_change_on: Mapped[dt.date | None] = mapped_column(Date)
    recorded_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    __table_args__ = (Index("ix_vitality_state_station", "station_id", "recorded_at"),)


class ReportingObligation(Base):
    """From when to when a station owes a monthly report, both days included; a month it touches is expected (F1).

    A row is never changed: an end, or its undoing, supersedes it with a new row, so that what was owed as known at an
    instant can still be read (recorded_at <= known_at and not yet superseded then).
    """

    __tablename__ = "reporting_obligation"

    id: Mapped[int] = mapped_column(primary_key=True)
    station_id: Mapped[int] = mapped_column(ForeignKey("station.id"), index=True)
    starts_on: Mapped[dt.date] = mapped_column(Date)
    ends_on: Mapped[dt.date | None] = mapped_column(Date)
    recorded_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    superseded_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class ServiceLink(Base):
    """A station serves a village with certain services from a day on: the primary fact of coverage (F7)."""

    __tablename__ = "service_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    station_id: Mapped[int] = mapped_column(ForeignKey("station.id"), index=True)
    village_code: Mapped[str] = mapped_column(ForeignKey("org_unit.code"), index=True)
    services: Mapped[list[str]] = mapped_column(JSON)
    starts_on: Mapped[dt.date] = mapped_column(Date)
    ends_on: Mapped[dt.date | None] = mapped_column(Date)
    declared_by: Mapped[str] = mapped_column(String(24))
    recorded_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
