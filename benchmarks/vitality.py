"""What the alive rule costs over 15,000 stations, against fetching the same rows with sqlite3 and no rule at all.

The mix: none to four visits a station, most of them open, some suspended, delisted or merged; nobody owes reports.
"""

from __future__ import annotations

import datetime as dt
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session, sessionmaker

from api.schema import upgrade
from db import make_engine, session_factory
from field_app_schema.vocab import Role
from stations.people.access import Caller
from stations.people.tables import Account
from stations.records.tables import Observation, Station, StationTransition
from stations.register.entry.facts import StationFacts
from stations.register.entry.writing import add_stations
from stations.register.lookup.reading import states_at
from stations.units.tables import OrgUnit
from stations.vitality.evidence import AlivePolicy
from stations.vitality.fetching import facts_of
from stations.vitality.rechecking import recheck_due
from stations.vitality.refreshing import refresh_vitality
from stations.vitality.rule import decide

STATIONS, DUE, ROUNDS = 15_000, 300, 3
NOW = dt.datetime(2026, 11, 20, 4, 0, tzinfo=dt.UTC)
TODAY, ANOTHER_DAY = dt.date(2026, 11, 20), dt.date(2026, 6, 30)
VILLAGES = [f"431125{town:03d}{village:03d}" for town in range(100, 115) for village in range(200, 220)]
STATES = ("open_operating",) * 6 + ("open_weakened", "closed_at_visit", "not_found", "gone")
KINDS = ("site_visit",) * 7 + ("video_link", "phone_callback", "document_review")
# The rows a reading of another day needs, as anybody would fetch them.
PLAIN = (
    "select s.*, v.*, u.name, u.path, t.name from station s join station_version v on v.station_id = s.id "
    "join org_unit u on u.code = v.village_code left join org_unit t on t.code = u.parent_code",
    "select id, station_id, observed_at, observed_state, evidence_kind, observer_id, recorded_at, withdrawn_at "
    "from observation",
    "select id, station_id, to_status, effective_on, reason_code, recorded_at, successor_id from station_transition",
    "select station_id, starts_on, ends_on from reporting_obligation",
)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        engine = make_engine(f"sqlite:///{path}")
        upgrade(engine)
        sessions = session_factory(engine)
        with sessions.begin() as session:
            caller = build_county(session)
            many = [station(number) for number in range(STATIONS)]
            tell("add stations", once(lambda: add_stations(session, caller, many, now=NOW)))
            add_history(session)
        measure(sessions, caller, path)
        engine.dispose()


def measure(sessions: sessionmaker[Session], caller: Caller, path: Path) -> None:
    """Print each figure; every ratio is to the plain fetching in the same run."""
    plain = best(lambda: fetch_plainly(path))
    tell("plain fetching of the same rows", plain)
    with sessions() as session:
        facts = list(facts_of(session, select(Station.id)).values())
        took = best(lambda: [decide(one, TODAY, AlivePolicy()) for one in facts])
        print(f"{'decide, with the next change':34} {1e6 * took / len(facts):7.1f} microseconds a station")
        tell("states_at another day", best(lambda: states_at(session, caller, as_of=ANOTHER_DAY)), plain)
        session.expire_all()
        ids = list(session.scalars(select(Station.id)))
        first = once(lambda: refresh_vitality(session, ids, now=NOW))
        tell("refresh, answers new", first, plain)
        session.commit()
        session.expunge_all()
        tell("refresh, nothing new", best(lambda: refresh_vitality(session, ids, now=NOW)), plain)
        session.commit()
    make_due(sessions)
    looked_at: list[int] = []
    took = once(lambda: looked_at.append(recheck_due(sessions, NOW).looked_at))
    tell(f"recheck, {looked_at[0]} of {STATIONS:,} due", took, plain)
    assert looked_at == [DUE]


def build_county(session: Session) -> Caller:
    """Enter one county of 15 townships and 300 villages, and the account that speaks for it."""
    townships = sorted({code[:9] for code in VILLAGES})
    for level, codes in (("county", ["431125"]), ("township", townships), ("village", VILLAGES)):
        session.add_all(unit(code, level) for code in codes)
        session.flush()
    account = Account(username="bench", display_name="测", role=Role.COUNTY, unit_code="431125", created_at=NOW)
    session.add(account)
    session.flush()
    return Caller(account.id, Role.COUNTY, "431125", "/431125/")


def unit(code: str, level: str) -> OrgUnit:
    chain = [code[:length] for length in (6, 9, 12) if length <= len(code)]
    return OrgUnit(code=code, level=level, name=code, parent_code=chain[-2] if chain[1:] else None,
                   path=f"/{'/'.join(chain)}/", updated_at=NOW)  # fmt: skip


def station(number: int) -> StationFacts:
    """Give the facts of one generated station, the same for the same number."""
    dice = random.Random(number)
    return StationFacts(
        name=f"第{number}服务点", village_code=VILLAGES[number % len(VILLAGES)], code=f"B{number:06d}",
        lon=round(dice.uniform(111.0, 111.5), 5), lat=round(dice.uniform(24.95, 25.45), 5), coord_system="cgcs2000",
        services=("parcel",), accepted_on=dt.date(2018 + number % 8, 6, 1), source="ledger", nearby_checked=True,
    )  # fmt: skip


def add_history(session: Session) -> None:
    """Append visits, and suspend, delist or merge one station in ten, as rows of many at once."""
    ids, dice = list(session.scalars(select(Station.id).order_by(Station.id))), random.Random(7)
    seen = [visit(one, dice) for one in ids for _ in range(dice.randint(0, 4))]
    moved = [move(one, ids[0], dice) for one in ids[1:] if dice.random() < 0.1]
    session.execute(insert(Observation), seen)
    session.execute(insert(StationTransition), moved)


def visit(station_id: int, dice: random.Random) -> dict[str, Any]:
    at = NOW - dt.timedelta(days=dice.randint(1, 900), minutes=dice.randint(0, 600))
    kind = dice.choice(KINDS)
    return {"station_id": station_id, "observed_at": at, "observed_state": dice.choice(STATES), "evidence_kind": kind,
            "method": kind, "observer_id": 1, "observer_unit_code": "431125", "is_independent": True,
            "source": "inspection", "recorded_at": at}  # fmt: skip


def move(station_id: int, successor_id: int, dice: random.Random) -> dict[str, Any]:
    to = dice.choice(("suspended", "delisted", "merged"))
    on = TODAY - dt.timedelta(days=dice.randint(1, 300))
    return {"station_id": station_id, "from_status": "active", "to_status": to, "effective_on": on,
            "reason_code": "repair", "evidence_ids": [], "details": {}, "recorded_at": NOW,
            "successor_id": successor_id if to == "merged" else None}  # fmt: skip


def make_due(sessions: sessionmaker[Session]) -> None:
    """Leave exactly DUE stations whose day to look again has come."""
    with sessions.begin() as session:
        later = TODAY + dt.timedelta(days=30)
        session.execute(update(Station).values(vitality_recheck_on=later))
        some = select(Station.id).where(Station.vitality_reason != "merged").order_by(Station.id).offset(1).limit(DUE)
        session.execute(update(Station).where(Station.id.in_(some)).values(vitality_recheck_on=TODAY))
        assert session.scalar(select(func.count()).where(Station.vitality_recheck_on <= TODAY)) == DUE


def fetch_plainly(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return sum(len(connection.execute(statement).fetchall()) for statement in PLAIN)


def once(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def best(work: Callable[[], object]) -> float:
    return min(once(work) for _ in range(ROUNDS))


def tell(what: str, took: float, plain: float | None = None) -> None:
    ratio = f"   ratio to plain fetching {took / plain:5.1f}" if plain else ""
    print(f"{what:34} {took:7.2f} s{ratio}", flush=True)


if __name__ == "__main__":
    main()
