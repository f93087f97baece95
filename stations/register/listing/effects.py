"""What follows a change of status by itself: service links and reporting obligations, on the day it takes effect."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from stations.records.obligations import end_obligation, last_of_month, owe_from
from stations.records.tables import ServiceLink, Station, StationTransition, StationVersion
from stations.register.entry.links import end_links, open_links, set_villages_served


def follow_move(
    session: Session, station: Station, made: StationTransition, successor: Station | None, *, now: dt.datetime
) -> None:
    """Let links and obligations follow: merged ones move to the successor, delisted ones end, suspended ones pause."""
    on = made.effective_on
    match made.to_status:
        case "merged":
            end_obligation(session, station.id, on, now=now)
            if successor is not None:
                _move_links(session, station, successor, on, now)
        case "delisted":
            end_obligation(session, station.id, on, now=now)
            end_links(session, station.id, on)
        case "suspended":
            # The month it falls into is still owed; the pause begins with the next one.
            end_obligation(session, station.id, last_of_month(on), now=now)
        case "active":
            owe_from(session, [(station, on)], now=now)
            if made.from_status == "delisted":
                _begin_links_again(session, station, on, now)
    session.flush()


def villages_losing_service(session: Session, station: Station, successor: Station | None) -> list[str]:
    """Give the codes of the villages that no other active station serves; a successor takes over all of them."""
    if successor is not None:
        return []
    mine = {link.village_code for link in open_links(session, station.id)}
    others = aliased(ServiceLink)
    served = session.scalars(
        select(others.village_code)
        .join(Station, Station.id == others.station_id)
        .where(others.village_code.in_(mine), others.ends_on.is_(None), others.station_id != station.id,
               Station.listing_status == "active")
    )  # fmt: skip
    return sorted(mine - set(served))


def _move_links(session: Session, station: Station, successor: Station, on: dt.date, now: dt.datetime) -> None:
    ended = end_links(session, station.id, on)
    theirs = {link.village_code for link in open_links(session, successor.id)}
    for link in ended:
        if link.village_code not in theirs:
            session.add(ServiceLink(station_id=successor.id, village_code=link.village_code, services=link.services,
                                    starts_on=on, declared_by="merger", recorded_at=now))  # fmt: skip


def _begin_links_again(session: Session, station: Station, on: dt.date, now: dt.datetime) -> None:
    version = session.get(StationVersion, station.version_id)
    newest = select(ServiceLink).where(ServiceLink.station_id == station.id).order_by(ServiceLink.ends_on.desc())
    last = session.scalars(newest).all()
    villages = [link.village_code for link in last if link.ends_on == last[0].ends_on]
    if version is not None and villages:
        set_villages_served(session, station.id, villages, version.services, on=on, declared_by="revival", now=now)
