"""Fill an empty database with the shipped facts and the demonstration, in one transaction, showing how far it is."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session
from tqdm import tqdm

from api.config import Config
from api.demonstration.channels import tell_channels
from api.demonstration.network import tell_network
from api.demonstration.people import OWNED, DemoAccounts, add_owner, keep, make_accounts, read
from api.demonstration.planning import tell_planning
from api.demonstration.reporting import tell_months
from api.demonstration.stories import visits_of
from api.demonstration.visits.reviewing import tell_review
from api.demonstration.visits.telling import tell_visit
from stations.policy.loading import load_policy
from stations.records.tables import Station
from stations.register.entry.facts import StationFacts
from stations.register.entry.writing import add_stations
from stations.units.loading import load_demonstration_county, load_shipped_units
from stations.units.tables import OrgUnit
from stations.vitality.refreshing import refresh_vitality

HERE = Path(__file__).resolve().parent
ENDED_DAYS_AGO = {"delisted": 200, "suspended": 45}


@dataclass(frozen=True)
class Invented:
    """One line of `stations.csv`: the facts and the story."""

    facts: StationFacts
    story: str


def read_accounts(config: Config) -> DemoAccounts | None:
    """Give the demonstration's accounts, or None in a database of the customer's own."""
    return read(config.demo_accounts_file)


def load_if_empty(app: Flask, config: Config) -> None:
    """Load facts and demonstration unless there is any unit already; all or nothing."""
    sessions = app.extensions["cunzhan_sessions"]
    with sessions.begin() as session, app.app_context():
        if session.scalar(select(OrgUnit.code).limit(1)) is not None:
            return
        print("· 首次启动:载入区划、政策规则和江永县演示数据 / first start: units, policy, demonstration", flush=True)
        now = app.extensions["cunzhan_clock"]()
        keep(load(session, now), config.demo_accounts_file)


def load(session: Session, now: dt.datetime) -> DemoAccounts:
    """Put everything into an empty database; give the accounts."""
    load_shipped_units(session, now)
    load_demonstration_county(session, now)
    load_policy(session, now)
    paths = {code: session.get_one(OrgUnit, code).path for code in ("43", "4311", "431125")}
    accounts, callers = make_accounts(session, paths, now)
    invented = list(read_stations(now.date()))
    # The register is told of stations before anybody visits them; of those that ended, with how they ended.
    a_year_ago = [one.facts for one in invented if one.story not in ENDED_DAYS_AGO]
    ended = [one.facts for one in invented if one.story in ENDED_DAYS_AGO]
    county = callers["xian"]
    stations = add_stations(session, county, a_year_ago, now=now - dt.timedelta(days=380))
    stations += add_stations(session, county, ended, now=now)
    visits = [(one, told) for one in invented for told in visits_of(one.facts.code or "", one.story, now)]
    # Two observers, as an honest plan would send: a second look by the same person counts for less.
    observers = (callers["jiancha"], callers["shi"])
    in_order = sorted(visits, key=lambda visit: visit[1].at)
    for number, (one, told) in enumerate(tqdm(in_order, desc="  演示检查 visits", unit="")):
        tell_visit(session, observers[number % 2], one.facts, told)
    tell_review(session, callers, [one.facts for one in invented if one.story == "open"], now=now)
    ids = {station.code: station.id for station in stations}
    accounts = add_owner(session, county, session.get_one(Station, ids[OWNED]), accounts, now)
    tell_months(session, callers, ids, [(one.facts, one.story) for one in invented], now=now)
    tell_network(session, ids, {one.facts.code or "": (one.facts, one.story) for one in invented}, now=now)
    refresh_vitality(session, [station.id for station in stations], now=now)
    tell_planning(session, county, now=now)
    tell_channels(session, callers, now=now)
    return accounts


def read_stations(today: dt.date) -> Iterator[Invented]:
    """Read the invented stations; dates of suspension and delisting follow from the story."""
    with (HERE / "stations.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield Invented(_facts(row, today), row["story"])


def _facts(row: dict[str, str], today: dt.date) -> StationFacts:
    ago = ENDED_DAYS_AGO.get(row["story"])
    ended = today - dt.timedelta(days=ago) if ago else None
    return StationFacts(
        name=row["name"], village_code=row["village_code"], kind=row["kind"], host_type=row["host_type"],
        code=row["code"], operator="演示承办企业", is_subsidised=True, lon=float(row["lon"]), lat=float(row["lat"]),
        coord_system="cgcs2000", services=tuple(row["services"].split()), head_name="演示站长",
        accepted_on=dt.date.fromisoformat(row["accepted_on"]), source="demonstration", nearby_checked=True,
        delisted_on=ended if row["story"] == "delisted" else None,
        suspended_on=ended if row["story"] == "suspended" else None,
    )  # fmt: skip
