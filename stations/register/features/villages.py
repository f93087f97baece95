"""Villages of the frozen lists as rows of columns, with their people and lists; one narrow query."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from stations.people.access import Caller
from stations.register.features.asking import (
    Box,
    FeaturePage,
    FeatureQuestion,
    box_of,
    counted,
    inside,
    is_one_of,
    page_of,
    parts_of,
    path_asked,
)
from stations.units.tables import OrgUnit, PovertyVillage, RemoteVillage, VillagePopulation

COLUMNS = (
    "name", "village_class", "township_code", "township_name", "county_code", "county_name", "coord_quality",
    "is_poor", "poor_list_year", "is_remote", "people", "people_year", "base_year_from", "base_year_to", "as_of",
)  # fmt: skip

Seat = aliased(OrgUnit, name="seat")
County = aliased(OrgUnit, name="county")
# A village without a place of its own stands at its township's seat, which its quality says.
_HAS_PLACE = and_(OrgUnit.lon.is_not(None), OrgUnit.lat.is_not(None))
_LON, _LAT = case((_HAS_PLACE, OrgUnit.lon), else_=Seat.lon), case((_HAS_PLACE, OrgUnit.lat), else_=Seat.lat)
_QUALITY = case(
    (and_(_HAS_PLACE, OrgUnit.coord_quality == "missing"), "village"), (_HAS_PLACE, OrgUnit.coord_quality),
    (and_(Seat.lon.is_not(None), Seat.lat.is_not(None)), "township"), else_="missing",
)  # fmt: skip


def village_features(session: Session, caller: Caller, question: FeatureQuestion, *, now: dt.datetime) -> FeaturePage:
    """Give the villages that fit, in the order of their codes.

    A village's time is the years of the lists in which it stands: it fits when they meet the years from `since` (else
    `as_of`) to `as_of`. Poverty: the newest list; people: the newest count up to the day's year; remote: on the day.
    Refuses with UNIT_UNKNOWN, OUT_OF_SCOPE and BAD_INPUT.
    """
    as_of = question.day(now)
    conditions = [*_bound(session, caller, question), *_in_lists(question, as_of)]
    poor_year, columns = _poor_year(session, caller), _computed(as_of)
    is_poor = PovertyVillage.village_code.is_not(None)
    asked = {"is_poor": is_poor, "is_remote": columns[0], "coord_quality": _QUALITY,
             "village_class": OrgUnit.village_class, "township_code": OrgUnit.parent_code}  # fmt: skip
    conditions += [is_one_of(asked[name], values) for name, values in question.equal.items()]
    if question.box is not None:
        conditions.append(or_(*(_LON.between(west, east) & _LAT.between(south, north)
                                for west, south, east, north in parts_of(question.box))))  # fmt: skip
    on_list = and_(PovertyVillage.village_code == OrgUnit.code, PovertyVillage.list_year == poor_year)
    joined = (
        select(OrgUnit.code).outerjoin(Seat, Seat.code == OrgUnit.parent_code)
        .outerjoin(PovertyVillage, on_list).where(*conditions)
    )  # fmt: skip
    page = joined if question.after is None else joined.where(OrgUnit.code > question.after)
    rows = session.execute(
        page.outerjoin(County, County.code == func.substr(OrgUnit.code, 1, 6))
        .with_only_columns(
            OrgUnit.code, _LON, _LAT, OrgUnit.name, OrgUnit.village_class, OrgUnit.parent_code, Seat.name, County.code,
            County.name, _QUALITY, is_poor, PovertyVillage.list_year, *columns, OrgUnit.base_year_from,
            OrgUnit.base_year_to,
        )
        .order_by(OrgUnit.code).offset(question.offset).limit(question.limit + 1)
    )  # fmt: skip
    matched = counted(session, joined.with_only_columns(func.count(OrgUnit.code)), question)
    return page_of([(*row, as_of) for row in rows], question, matched, as_of)


def village_extent(session: Session, caller: Caller) -> Box | None:
    """Give the box around all villages of the caller's scope."""
    bound = _bound(session, caller, FeatureQuestion())
    return box_of(session, select(_LON, _LAT).select_from(OrgUnit)
                  .outerjoin(Seat, Seat.code == OrgUnit.parent_code).where(*bound))  # fmt: skip


def _bound(session: Session, caller: Caller, question: FeatureQuestion) -> list[ColumnElement[bool]]:
    path = path_asked(session, caller, question.unit)
    bound = [OrgUnit.level == "village", *inside(caller, path, OrgUnit.path)]
    return bound if question.only is None else [*bound, OrgUnit.code == question.only]


def _in_lists(question: FeatureQuestion, as_of: dt.date) -> list[ColumnElement[bool]]:
    first, last = OrgUnit.base_year_from, OrgUnit.base_year_to
    since = (question.since or as_of).year
    return [or_(first.is_(None), first <= as_of.year), or_(last.is_(None), last >= since)]


def _poor_year(session: Session, caller: Caller) -> int | None:
    listed = select(func.max(PovertyVillage.list_year)).join(OrgUnit, OrgUnit.code == PovertyVillage.village_code)
    return session.scalar(listed.where(*inside(caller, caller.unit_path, OrgUnit.path)))


def _computed(as_of: dt.date) -> Sequence[Any]:
    """Give the columns is_remote, people and people_year of a village."""
    remote, people = RemoteVillage, VillagePopulation
    is_remote = exists().where(remote.village_code == OrgUnit.code, remote.starts_on <= as_of,
                               or_(remote.ends_on.is_(None), remote.ends_on > as_of))  # fmt: skip
    newest = (
        select(people.people).where(people.village_code == OrgUnit.code, people.year <= as_of.year)
        .order_by(people.year.desc()).limit(1).correlate(OrgUnit)
    )  # fmt: skip
    return is_remote, newest.scalar_subquery(), newest.with_only_columns(people.year).scalar_subquery()
