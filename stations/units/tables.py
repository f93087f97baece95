"""Tables of the administrative units (domain model F1: OrgUnit)."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Date, Float, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from db import Base, UtcDateTime


class OrgUnit(Base):
    """One unit as it is called today; 12-digit codes for villages, shorter ones above, `CN` for the nation.

    `path` is the materialised chain `/CN/43/4311/431125/431125100/431125100006/`: a scope is a prefix of it.
    省直管县 hang under their province. `base_year_from`..`base_year_to` say in which frozen village lists it stands.
    """

    __tablename__ = "org_unit"

    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    level: Mapped[str] = mapped_column(String(12))
    name: Mapped[str] = mapped_column(String(80))
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("org_unit.code"), index=True)
    path: Mapped[str] = mapped_column(String(80))
    village_class: Mapped[str | None] = mapped_column(String(24))
    lon: Mapped[float | None] = mapped_column(Float)
    lat: Mapped[float | None] = mapped_column(Float)
    coord_quality: Mapped[str] = mapped_column(String(12), default="missing", server_default="missing")
    # The pair as it was given and the datum it was said to be in; lon and lat above are CGCS2000.
    lon_raw: Mapped[float | None] = mapped_column(Float)
    lat_raw: Mapped[float | None] = mapped_column(Float)
    coord_system: Mapped[str | None] = mapped_column(String(12))
    base_year_from: Mapped[int | None] = mapped_column(Integer)
    base_year_to: Mapped[int | None] = mapped_column(Integer)
    updated_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    __table_args__ = (
        # text_pattern_ops: a scope is `path LIKE '/CN/43/%'`, which a locale-aware index cannot serve.
        Index("ix_org_unit_path", "path", postgresql_ops={"path": "text_pattern_ops"}),
        Index("ix_org_unit_level_name", "level", "name"),
    )


class FormerUnit(Base):
    """A name, code or parent that a unit had once: printed in old notices, resolved to today's unit."""

    __tablename__ = "former_unit"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("org_unit.code"), index=True)
    former_code: Mapped[str | None] = mapped_column(String(12), index=True)
    former_name: Mapped[str] = mapped_column(String(80), index=True)
    former_parent_code: Mapped[str | None] = mapped_column(String(12))
    kind: Mapped[str] = mapped_column(String(16))
    valid_from: Mapped[dt.date | None] = mapped_column(Date)
    valid_to: Mapped[dt.date | None] = mapped_column(Date)
    source: Mapped[str] = mapped_column(String(200))


class UnitDenominator(Base):
    """How many villages a unit had in a base year, frozen at import: a merger must not raise coverage by itself."""

    __tablename__ = "unit_denominator"

    base_year: Mapped[int] = mapped_column(Integer, primary_key=True)
    unit_code: Mapped[str] = mapped_column(ForeignKey("org_unit.code"), primary_key=True)
    villages: Mapped[int] = mapped_column(Integer)
    admin_villages: Mapped[int] = mapped_column(Integer)
    frozen_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class VillagePopulation(Base):
    """How many people live in a village by the count of a year."""

    __tablename__ = "village_population"

    village_code: Mapped[str] = mapped_column(ForeignKey("org_unit.code"), primary_key=True)
    year: Mapped[int] = mapped_column(Integer, primary_key=True)
    people: Mapped[int] = mapped_column(Integer)
    source: Mapped[str] = mapped_column(String(200))
    recorded_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class PovertyVillage(Base):
    """A village stands on the list of registered poverty villages (建档立卡贫困村) of a year."""

    __tablename__ = "poverty_village"

    list_year: Mapped[int] = mapped_column(Integer, primary_key=True)
    village_code: Mapped[str] = mapped_column(ForeignKey("org_unit.code"), primary_key=True)
    source: Mapped[str] = mapped_column(String(200))
    recorded_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)


class RemoteVillage(Base):
    """A village that a county declares remote (边远) from a day on: its deliveries are reported apart."""

    __tablename__ = "remote_village"

    village_code: Mapped[str] = mapped_column(ForeignKey("org_unit.code"), primary_key=True)
    starts_on: Mapped[dt.date] = mapped_column(Date, primary_key=True)
    ends_on: Mapped[dt.date | None] = mapped_column(Date)
    source: Mapped[str] = mapped_column(String(200))
    recorded_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
