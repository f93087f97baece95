"""A database as large as a benchmark wants: stations scattered over Jiangyong and one inspector's phone."""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from dataclasses import dataclass
from pathlib import Path

from api.schema import upgrade
from db import make_engine, session_factory
from field_app_schema.vocab import Role
from stations.people.access import Caller
from stations.people.tables import Account, Device
from stations.register.entry.facts import StationFacts
from stations.register.entry.writing import add_stations
from stations.units.loading import load_demonstration_county, load_shipped_units
from stations.units.tables import OrgUnit


@dataclass
class Seeded:
    """How to reach the seeded database and speak to it as its inspector."""

    env: dict[str, str]
    phone: dict[str, str]
    codes: list[str]

    def visit(self, number: int) -> dict[str, object]:
        """Give the record of an ordinary visit, as a phone sends it."""
        at = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        return {
            "station_code": self.codes[number % len(self.codes)], "method": "site_visit", "started_at": at,
            "ended_at": at, "captured_at": at, "observed_state": "open_operating", "answers": {}, "checks": {},
            "fix": {"lon": 111.3, "lat": 25.2, "accuracy_m": 12.0, "coord_system": "wgs84", "provider": "gps",
                    "age_s": 3}, "note": "", "photos": [], "form_version": "1",
            "clock": {"wall": at, "monotonic_ms_since_sync": 1000, "last_server_time": at,
                      "time_zone": "Asia/Shanghai"},
        }  # fmt: skip


def seed(folder: Path, *, stations: int) -> Seeded:
    """Fill a new SQLite database in `folder`."""
    now = dt.datetime.now(dt.UTC)
    url = f"sqlite:///{folder / 'bench.db'}"
    engine = make_engine(url)
    upgrade(engine)
    with session_factory(engine).begin() as session:
        load_shipped_units(session, now)
        load_demonstration_county(session, now)
        county = session.get_one(OrgUnit, "431125")
        account = Account(
            username="bench", display_name="测", role=Role.INSPECTOR, unit_code=county.code, created_at=now
        )
        session.add(account)
        session.flush()
        token = hashlib.sha256(b"bench").hexdigest()
        session.add(Device(account_id=account.id, label="bench", token_sha256=token, enrolled_at=now))
        caller = Caller(account.id, Role.COUNTY, county.code, county.path)
        villages = [unit.code for unit in session.query(OrgUnit).filter_by(level="village").order_by(OrgUnit.code)]
        many = [facts(number, villages) for number in range(stations)]
        codes = [station.code for station in add_stations(session, caller, many, now=now)]
    engine.dispose()
    env = {"DATABASE_URL": url, "CUNZHAN_VAR": str(folder)}
    return Seeded(env, {"Authorization": "Bearer bench"}, codes)


def facts(number: int, villages: list[str]) -> StationFacts:
    """Give the facts of one generated station, the same for the same number."""
    dice = random.Random(number)
    return StationFacts(
        name=f"第{number}服务点", village_code=villages[number % len(villages)], code=f"B{number:06d}",
        lon=round(dice.uniform(111.0, 111.5), 5), lat=round(dice.uniform(24.95, 25.45), 5), coord_system="cgcs2000",
        services=("parcel", "purchase_agency"), accepted_on=dt.date(2018, 6, 1), source="ledger", nearby_checked=True,
    )  # fmt: skip
