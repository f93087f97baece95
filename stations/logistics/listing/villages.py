"""Villages of a unit with their people, the poor lists they stand on, where they lie, and which stations serve them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from stations.batches import in_batches
from stations.logistics.listing.asking import Asked, NetworkQuestion, asked_of, one_page
from stations.people.access import Caller, in_scope
from stations.records.tables import ServiceLink, Station
from stations.units.places import UNPLACED, UnitPlace, place_of, seats_of
from stations.units.tables import OrgUnit, PovertyVillage, RemoteVillage, VillagePopulation

Township = aliased(OrgUnit, name="township")


def list_villages(session: Session, caller: Caller, question: NetworkQuestion, *, now: dt.datetime) -> dict[str, Any]:
    """Give the villages of the newest list by code; a village without a place lies where its township does."""
    asked = asked_of(session, caller, question, now=now)
    rows = (
        select(OrgUnit, Township.name)
        .outerjoin(Township, Township.code == OrgUnit.parent_code)
        .where(*asked.inside(OrgUnit.path), OrgUnit.level == "village", OrgUnit.base_year_to.is_(None))
        .order_by(OrgUnit.code)
    )
    page, total = one_page(session, rows, question)
    codes = [unit.code for unit, _ in page]
    people, poor, remote = _people(session, asked, codes), _poor(session, asked, codes), _remote(session, asked, codes)
    seats, links = _seats(session, codes), _links(session, asked, codes)
    return asked.answer([
        {"code": unit.code, "name": unit.name, "township_code": unit.parent_code, "township_name": township,
         "village_class": unit.village_class, "people": people[unit.code], "poor_years": poor[unit.code],
         "is_remote": unit.code in remote, **_place(unit, seats), "links": links[unit.code]}
        for unit, township in page
    ], total, "villages")  # fmt: skip


def _place(unit: OrgUnit, seats: Mapping[str, UnitPlace]) -> dict[str, Any]:
    return place_of(unit.lon, unit.lat, unit.coord_quality, township=seats.get(unit.code[:9], UNPLACED))._asdict()


def _people(session: Session, asked: Asked, codes: Sequence[str]) -> dict[str, list[dict[str, int]]]:
    p, found = VillagePopulation, defaultdict[str, list[dict[str, int]]](list)
    for some in in_batches(codes):
        rows = select(p.village_code, p.year, p.people).where(p.village_code.in_(some), p.recorded_at <= asked.known_at)
        for code, year, people in session.execute(rows.order_by(p.year)):
            found[code].append({"year": year, "people": people})
    return found


def _poor(session: Session, asked: Asked, codes: Sequence[str]) -> dict[str, list[int]]:
    p, found = PovertyVillage, defaultdict[str, list[int]](list)
    for some in in_batches(codes):
        rows = select(p.village_code, p.list_year).where(p.village_code.in_(some), p.recorded_at <= asked.known_at)
        for code, year in session.execute(rows.order_by(p.list_year)):
            found[code].append(year)
    return found


def _remote(session: Session, asked: Asked, codes: Sequence[str]) -> set[str]:
    r, found = RemoteVillage, set[str]()
    for some in in_batches(codes):
        found |= set(session.scalars(
            select(r.village_code).where(r.village_code.in_(some), r.recorded_at <= asked.known_at, *asked.holds(r))
        ))  # fmt: skip
    return found


def _seats(session: Session, codes: Sequence[str]) -> dict[str, UnitPlace]:
    """Give the places of the seats of these villages' townships."""
    seats: list[OrgUnit] = []
    for some in in_batches(sorted({code[:9] for code in codes})):
        seats += session.scalars(select(OrgUnit).where(OrgUnit.code.in_(some)))
    return seats_of(seats)


def _links(session: Session, asked: Asked, codes: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    s, found = ServiceLink, defaultdict[str, list[dict[str, Any]]](list)
    for some in in_batches(codes):
        rows = (
            select(s.village_code, Station.code, s.services, s.starts_on, s.ends_on)
            .join(Station, Station.id == s.station_id)
            .where(s.village_code.in_(some), s.recorded_at <= asked.known_at, *asked.holds(s),
                   in_scope(asked.caller, Station.unit_path, Station.id))
            .order_by(Station.code, s.id)
        )  # fmt: skip
        for village, code, services, starts, ends in session.execute(rows):
            found[village].append({"station": code, "services": services, "starts_on": starts, "ends_on": ends})
    return found
