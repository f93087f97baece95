"""Which villages a station serves, from when to when: dated rows beside the versions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from stations.records.tables import ServiceLink


def open_links(session: Session, station_id: int) -> Sequence[ServiceLink]:
    """Fetch the service links of a station that have not ended."""
    return session.scalars(
        select(ServiceLink)
        .where(ServiceLink.station_id == station_id, ServiceLink.ends_on.is_(None))
        .order_by(ServiceLink.id)
    ).all()


def set_villages_served(
    session: Session, station_id: int, villages: Iterable[str], services: Sequence[str],
    *, on: dt.date, declared_by: str, now: dt.datetime,
) -> None:  # fmt: skip
    """End the links that no longer hold on the day `on` (exclusive end) and begin the new ones; the same stay."""
    wanted = dict.fromkeys(villages)
    for link in open_links(session, station_id):
        if link.village_code in wanted and sorted(link.services) == sorted(services):
            del wanted[link.village_code]
        else:
            link.ends_on = max(on, link.starts_on)
    for village in wanted:
        session.add(ServiceLink(station_id=station_id, village_code=village, services=list(services), starts_on=on,
                                declared_by=declared_by, recorded_at=now))  # fmt: skip


def end_links(session: Session, station_id: int, on: dt.date) -> list[ServiceLink]:
    """End every open link on the day `on`; give those ended."""
    ended = list(open_links(session, station_id))
    for link in ended:
        link.ends_on = max(on, link.starts_on)
    return ended
