"""A county with a year of months, for whoever looks at figures: some are late, some silent, one gone, one delisted."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from stations.records.months import SalesReport
from stations.records.obligations import begin_reporting, end_obligation
from stations.records.periods import first_day, months_between, shifted
from stations.records.tables import Observation, Station, StationTransition, StationVersion
from stations.units.tables import OrgUnit
from stations.vitality.refreshing import refresh_vitality
from tests.world import World, add_station

# The 6th of November, ten in the morning in Beijing: October is past due and not locked.
SIXTH = dt.datetime(2026, 11, 6, 2, 0, tzinfo=dt.UTC)
TOWNSHIP, VILLAGE = "/CN/43/4311/431125/431125101/", "431125101200"
MONTHS = months_between(202511, 202610)
HOSTILE = '=HYPERLINK("http://x","<b>站</b>")'


def seed_months(session: Session, world: World) -> None:
    """Put eleven more stations into Jiangyong and a year of reports, visits, a delisting and contradictions."""
    for number in range(11):
        code = f"JY{number + 100}"
        name = HOSTILE if number == 3 else f"上江圩第{number + 1}服务站"
        world.stations[code] = add_station(session, code, name, VILLAGE, f"{TOWNSHIP}{VILLAGE}/",
                                           111.39 + number / 500, 25.36, world.now)  # fmt: skip
        station = session.get_one(Station, world.stations[code])
        station.operator = "湘村达" if number % 2 else "农e通"
        station.host_type = ("shop", "supply_coop", "village_committee")[number % 3]
        version = session.get_one(StationVersion, station.version_id)
        version.head_name, version.phone = f"何{number + 1}", f"0746-57{number:02}123"
    county = session.get_one(OrgUnit, "431125")
    begin_reporting(session, county, 202511, by=None, now=dt.datetime(2025, 11, 5, tzinfo=dt.UTC))
    codes = [code for code in world.stations if code.startswith("JY")]
    for place, code in enumerate(codes):
        for number, period in enumerate(MONTHS):
            _report(session, world.stations[code], place, number, period)
        _visit(session, world, code, place)
    _delist(session, world.stations["JY110"])
    session.flush()
    refresh_vitality(session, [world.stations[code] for code in codes], now=SIXTH)


def _report(session: Session, station_id: int, place: int, number: int, period: int) -> None:
    """Leave out what is missing: the tenth station always, others now and then, two in the newest month."""
    is_newest = period == MONTHS[-1]
    if place in (10, 12) or (place + number) % 9 == 0 or (is_newest and place in (4, 5)):
        return
    received = dt.datetime.combine(first_day(shifted(period, 1)), dt.time(1), dt.UTC) + dt.timedelta(days=place % 6)
    is_nil = (place * 5 + number) % 7 == 0
    # One month in a hundred times the usual: a slip of two digits.
    fen = None if is_nil else (80_000 + 1_000 * place + 700 * number) * (100 if (place, number) == (1, 11) else 1)
    session.add(SalesReport(
        station_id=station_id, period=period, version=1, state="submitted" if is_newest and place > 5 else "accepted",
        timeliness="late" if received.day > 5 else "on_time", is_expected=True, has_activity=not is_nil, is_nil=is_nil,
        source="proxy" if place % 4 == 0 else "owner", online_sales_out_fen=fen,
        purchase_agency_fen=None if is_nil else 12_345_600, parcels_in=None if is_nil else 40 + place,
        parcels_out=None if is_nil else 7, first_received_at=received, changed_at=received,
        entered_by=None,
    ))  # fmt: skip


def _visit(session: Session, world: World, code: str, place: int) -> None:
    states = ["open_operating", "open_weakened", "closed_at_visit", "gone"]
    if place % 5 == 4:
        return
    at = dt.datetime(2026, 4 + place % 5, 10, 3, tzinfo=dt.UTC)
    session.add(Observation(
        station_id=world.stations[code], observed_at=at, observed_state=states[place % 4], evidence_kind="site_visit",
        method="site_visit", observer_id=world.accounts["chen"].id, observer_unit_code="431125", is_independent=True,
        source="inspection", recorded_at=at,
    ))  # fmt: skip


def _delist(session: Session, station_id: int) -> None:
    on, now = dt.date(2026, 9, 1), dt.datetime(2026, 9, 1, 3, tzinfo=dt.UTC)
    session.get_one(Station, station_id).listing_status = "delisted"
    session.add(StationTransition(
        station_id=station_id, from_status="active", to_status="delisted", effective_on=on, reason_code="gone",
        evidence_ids=[], details={}, recorded_at=now,
    ))  # fmt: skip
    end_obligation(session, station_id, on, now=now)
