"""The report channels that units have made known, as far as they speak for the sign on a photo."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from field_app_schema.vocab_evidence import ChannelLevel
from inspections.visits.tables import Inspection, Photo
from stations.channels.tables import ReportChannel
from stations.records.tables import Station
from stations.units.tables import OrgUnit

_LEVELS = frozenset(ChannelLevel)


def known_levels(session: Session, sha256: str, *, on: dt.date) -> dict[str, ChannelLevel]:
    """Give whose each number is, for the units above the stations whose visits name this photo; the nearest unit last.

    A number that stands on the sign without saying whose it is can so still be told.
    """
    paths = session.scalars(
        select(Station.unit_path)
        .join(Inspection, Inspection.station_id == Station.id)
        .join(Photo, Photo.inspection_id == Inspection.id)
        .where(Photo.sha256 == sha256)
        .distinct()
    )
    units = {code for path in paths for code in path.split("/") if code}
    if not units:
        return {}
    rows = session.execute(
        select(ReportChannel.phone, OrgUnit.level)
        .join(OrgUnit, OrgUnit.code == ReportChannel.unit_code)
        .where(ReportChannel.unit_code.in_(units), ReportChannel.phone.is_not(None),
               ReportChannel.superseded_at.is_(None), ReportChannel.valid_from <= on)
        .order_by(OrgUnit.path, ReportChannel.id)
    )  # fmt: skip
    return {phone: ChannelLevel(level) for phone, level in rows if phone and level in _LEVELS}
