"""Tables of the three-level logistics network (domain model F1, F7): nodes, routes, couriers, traces, roads; all dated.

What people declare of the network (node, villages served, route, courier) is a row that is never changed: a
correction or an end supersedes it with a new row, so that the network of a day, as known at an instant, can be read
(recorded_at <= known_at and not yet superseded then; starts_on <= day < ends_on).
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import JSON, Date, Float, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, LonLatPoint, UtcDateTime


class NetworkImport(Base):
    """One file of network facts that was taken in: what it was, by whom, and what came of it."""

    __tablename__ = "network_import"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    unit_code: Mapped[str] = mapped_column(ForeignKey("org_unit.code"))
    unit_path: Mapped[str] = mapped_column(String(80))
    file_name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    counts: Mapped[dict[str, int]] = mapped_column(JSON)
    imported_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    imported_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class LogisticsNode(Base):
    """A point of the logistics network as declared for some days: county centre, township station or village stop.

    `code` names the node for ever; its facts may be declared again. lon and lat are CGCS2000, the raw pair as it came.
    """

    __tablename__ = "logistics_node"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(40), index=True)
    level: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(120))
    operator: Mapped[str | None] = mapped_column(String(120))
    unit_code: Mapped[str] = mapped_column(ForeignKey("org_unit.code"), index=True)
    unit_path: Mapped[str] = mapped_column(String(80))
    address: Mapped[str | None] = mapped_column(String(200))
    lon: Mapped[float | None] = mapped_column(Float)
    lat: Mapped[float | None] = mapped_column(Float)
    point: Mapped[tuple[float, float] | None] = mapped_column(LonLatPoint)
    lon_raw: Mapped[float | None] = mapped_column(Float)
    lat_raw: Mapped[float | None] = mapped_column(Float)
    coord_system: Mapped[str | None] = mapped_column(String(12))
    coord_quality: Mapped[str] = mapped_column(String(12))
    promised_days: Mapped[float | None] = mapped_column(Float)
    parcels_a_day: Mapped[float | None] = mapped_column(Float)
    starts_on: Mapped[dt.date] = mapped_column(Date)
    ends_on: Mapped[dt.date | None] = mapped_column(Date)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("network_import.id"))
    recorded_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    superseded_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        Index("ix_logistics_node_unit_path", "unit_path", postgresql_ops={"unit_path": "text_pattern_ops"}),
        Index("ix_logistics_node_lon_lat", "lon", "lat"),
    )


class NodeVillage(Base):
    """A node serves a village for some days."""

    __tablename__ = "node_village"

    id: Mapped[int] = mapped_column(primary_key=True)
    node_code: Mapped[str] = mapped_column(String(40), index=True)
    village_code: Mapped[str] = mapped_column(ForeignKey("org_unit.code"), index=True)
    starts_on: Mapped[dt.date] = mapped_column(Date)
    ends_on: Mapped[dt.date | None] = mapped_column(Date)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("network_import.id"))
    recorded_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    superseded_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class LogisticsRoute(Base):
    """A vehicle goes from one node to another for some days, so often a week, taking so many days."""

    __tablename__ = "logistics_route"

    id: Mapped[int] = mapped_column(primary_key=True)
    from_code: Mapped[str] = mapped_column(String(40), index=True)
    to_code: Mapped[str] = mapped_column(String(40), index=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("org_unit.code"))
    unit_path: Mapped[str] = mapped_column(String(80))
    operator: Mapped[str | None] = mapped_column(String(120))
    trips_per_week: Mapped[float | None] = mapped_column(Float)
    days: Mapped[float | None] = mapped_column(Float)
    starts_on: Mapped[dt.date] = mapped_column(Date)
    ends_on: Mapped[dt.date | None] = mapped_column(Date)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("network_import.id"))
    recorded_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    superseded_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        Index("ix_logistics_route_unit_path", "unit_path", postgresql_ops={"unit_path": "text_pattern_ops"}),
    )


class CourierService(Base):
    """A courier company delivers to a village, or says it does, for some days (快递进村)."""

    __tablename__ = "courier_service"

    id: Mapped[int] = mapped_column(primary_key=True)
    village_code: Mapped[str] = mapped_column(ForeignKey("org_unit.code"), index=True)
    unit_path: Mapped[str] = mapped_column(String(80))
    courier: Mapped[str] = mapped_column(String(60))
    # to_village: handed over in the village; to_township: people fetch it in the township.
    handover: Mapped[str] = mapped_column(String(16))
    trips_per_week: Mapped[float | None] = mapped_column(Float)
    promised_days: Mapped[float | None] = mapped_column(Float)
    starts_on: Mapped[dt.date] = mapped_column(Date)
    ends_on: Mapped[dt.date | None] = mapped_column(Date)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("network_import.id"))
    recorded_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    superseded_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        Index("ix_courier_service_unit_path", "unit_path", postgresql_ops={"unit_path": "text_pattern_ops"}),
    )


class DeliveryTrace(Base):
    """One parcel's way from the county to a village: days are dates in China, a leg not yet gone is null.

    `waybill_sha256` is the SHA-256 of «carrier\\nwaybill»: the number itself names a person's parcel and is not kept.
    A later message of the same parcel fills what was null; a contradiction is refused cell by cell at import.
    """

    __tablename__ = "delivery_trace"

    id: Mapped[int] = mapped_column(primary_key=True)
    waybill_sha256: Mapped[str] = mapped_column(String(64))
    carrier: Mapped[str] = mapped_column(String(60))
    village_code: Mapped[str] = mapped_column(ForeignKey("org_unit.code"), index=True)
    unit_path: Mapped[str] = mapped_column(String(80))
    station_id: Mapped[int | None] = mapped_column(ForeignKey("station.id"))
    node_code: Mapped[str | None] = mapped_column(String(40))
    sent_on: Mapped[dt.date] = mapped_column(Date)
    township_on: Mapped[dt.date | None] = mapped_column(Date)
    arrived_on: Mapped[dt.date | None] = mapped_column(Date)
    import_id: Mapped[int | None] = mapped_column(ForeignKey("network_import.id"))
    recorded_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    # When the arrival became known: what a reading «as known at» and the alive rule go by.
    arrival_recorded_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)

    __table_args__ = (
        UniqueConstraint("waybill_sha256"),
        # The alive rule asks each station's newest arrival.
        Index("ix_delivery_trace_station_id", "station_id", "arrived_on"),
        Index("ix_delivery_trace_unit_path", "unit_path", "sent_on",
              postgresql_ops={"unit_path": "text_pattern_ops"}),
    )  # fmt: skip


class RoadGraph(Base):
    """A road network that a unit brought: its edges as packed columns (`geo.roads.packing`), never asked row by row."""

    __tablename__ = "road_graph"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("org_unit.code"), index=True)
    unit_path: Mapped[str] = mapped_column(String(80))
    name: Mapped[str] = mapped_column(String(120))
    file_name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    # What the check found: nodes, edges, components, share in the largest, units, speeds; `geo.roads.checking`.
    check: Mapped[dict[str, object]] = mapped_column(JSON)
    columns: Mapped[bytes] = mapped_column(LargeBinary)
    imported_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    imported_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)


class DatumRepair(Base):
    """One reversible mending of coordinates that were given under a wrong name of datum or in a wrong order.

    `before` maps the code of each station (or node, village) to the pair and names that stood before, so that the
    mending can be undone; the mending itself appended versions.
    """

    __tablename__ = "datum_repair"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("org_unit.code"), index=True)
    unit_path: Mapped[str] = mapped_column(String(80))
    fault: Mapped[str] = mapped_column(String(24))
    evidence: Mapped[dict[str, object]] = mapped_column(JSON)
    before: Mapped[dict[str, object]] = mapped_column(JSON)
    repaired_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    repaired_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("account.id"))
    undone_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
