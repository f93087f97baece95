"""The cursor: whatever happens between the fetches of a phone, at the end it holds what the server has, no more."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from field_app_schema.vocab import Role
from inspections.changes.changing import Changes, changes_for, has_news
from inspections.changes.cursor import Cursor, read_cursor, write_cursor
from inspections.review.tables import VisitReturn
from inspections.tasks.tables import VisitTask
from inspections.visits.tables import Inspection
from stations.people.access import Caller
from stations.records.revision import next_revision
from stations.records.tables import Station, StationVersion
from stations.units.tables import OrgUnit
from tests.conftest import NOON
from tests.world import World, add_station

# The phone is of the first township: two villages inside, one in the township beside it, one in another county.
SCOPE = "/CN/43/4311/431125/431125100/"
VILLAGES = ("431125100201", "431125100202", "431125101200", "430922100200")
LONG_AGO = dt.date(2020, 1, 1)


@dataclass
class Phone:
    """What a phone keeps, by the rules of the contract; stations by code with their village."""

    cursor: str | None = None
    stations: dict[str, str] = field(default_factory=dict)
    tasks: set[int] = field(default_factory=set)
    returned: set[str] = field(default_factory=set)

    def apply(self, told: Changes) -> None:
        if told.reset:
            self.stations, self.tasks, self.returned = {}, set(), set()
        for code in told.removed:
            self.stations.pop(code, None)
        self.tasks -= set(told.closed_tasks)
        self.returned -= set(told.closed_returns)
        self.stations |= {one["code"]: one["village_code"] for one in told.stations}
        self.tasks |= {one.id for one in told.tasks}
        self.returned |= {one.id for one in told.returned}
        self.cursor = told.cursor

    def holds(self) -> tuple[Any, ...]:
        return (self.stations, self.tasks, self.returned)


class Server:
    """A register that changes at random, in one transaction that is never committed."""

    def __init__(self, session: Session, world: World) -> None:
        self.session, self.world = session, world
        account = world.accounts["chen"]
        self.caller = Caller(account.id, Role.INSPECTOR, "431125100", SCOPE, None, 1, "陈检查")
        self.ever_inside = {"JY001"}
        self.made = 0

    def stations(self) -> list[Station]:
        return list(self.session.scalars(select(Station).order_by(Station.id)))

    def do(self, what: str, n: int, village: int) -> None:
        stations = self.stations()
        getattr(self, what)(stations[n % len(stations)], VILLAGES[village])
        self.session.flush()
        self.ever_inside |= {one.code for one in self.stations() if one.unit_path.startswith(SCOPE)}

    def touch(self, station: Station, village: str) -> None:
        station.revision = next_revision(self.session)

    def touch_all(self, _station: Station, village: str) -> None:
        revision = next_revision(self.session)
        for one in self.stations():
            one.revision = revision

    def move(self, station: Station, village: str) -> None:
        unit = self.session.get_one(OrgUnit, village)
        station.version_id = self._version(station, village, NOON.date()).id
        station.unit_code, station.unit_path = village, unit.path
        station.revision = next_revision(self.session)

    def correct_the_past(self, station: Station, village: str) -> None:
        self._version(station, village, LONG_AGO)
        station.revision = next_revision(self.session)

    def add(self, _station: Station, village: str) -> None:
        self.made += 1
        path = self.session.get_one(OrgUnit, village).path
        made = add_station(self.session, f"NEW{self.made}", "新站", village, path, 111.3, 25.3, NOON)
        self.session.get_one(Station, made).revision = next_revision(self.session)

    def assign(self, station: Station, village: str) -> None:
        if station.unit_path.startswith(SCOPE):
            self.session.add(VisitTask(
                station_id=station.id, account_id=self.caller.account_id, method="site_visit", unit_path=SCOPE,
                assigned_by=self.world.accounts["jiang"].id, assigned_at=NOON, revision=next_revision(self.session),
            ))  # fmt: skip

    def withdraw(self, station: Station, village: str) -> None:
        for task in self.session.scalars(select(VisitTask).where(VisitTask.station_id == station.id)):
            task.closed_at, task.closed_why, task.revision = NOON, "withdrawn", next_revision(self.session)

    def send_back(self, station: Station, village: str) -> None:
        self.made += 1
        visit = Inspection(
            id=f"visit-{self.made}", body_sha256="0" * 64, body=b"", station_id=station.id, method="site_visit",
            account_id=self.caller.account_id, state="returned", observed_state="open_operating", answers={},
            checks={}, form_version="1", started_at=NOON, ended_at=NOON, captured_at=NOON, received_at=NOON, clock={},
            on_site="unknown", not_answered={}, arrived_by="phone",
        )  # fmt: skip
        self.session.add(visit)
        self.session.flush()
        self.session.add(VisitReturn(
            inspection_id=visit.id, account_id=self.caller.account_id, marks=[], note="再看", returned_at=NOON,
            returned_by=self.world.accounts["yong"].id, revision=next_revision(self.session),
        ))  # fmt: skip

    def answer(self, _station: Station, village: str) -> None:
        for back in self.session.scalars(select(VisitReturn).order_by(VisitReturn.id).limit(2)):
            back.answered_by, back.revision = "another", next_revision(self.session)

    def holds(self) -> tuple[Any, ...]:
        inside = select(Station.code, StationVersion.village_code).join(
            StationVersion, StationVersion.id == Station.version_id
        )
        stations = dict(self.session.execute(inside.where(Station.unit_path.like(f"{SCOPE}%"))).all())
        tasks = select(VisitTask.id).join(Station).where(VisitTask.closed_at.is_(None))
        open_tasks = self.session.scalars(tasks.where(Station.unit_path.like(f"{SCOPE}%")))
        back = self.session.scalars(select(VisitReturn.inspection_id).where(VisitReturn.answered_by.is_(None)))
        return (stations, set(open_tasks), set(back))

    def _version(self, station: Station, village: str, day: dt.date) -> StationVersion:
        version = StationVersion(station_id=station.id, name="站", village_code=village, coord_quality="missing",
                                 services=[], extra={}, source="edit", valid_from=day, recorded_at=NOON)  # fmt: skip
        self.session.add(version)
        self.session.flush()
        return version


def fetch(server: Server, phone: Phone, how: str, limit: int) -> bool:
    told = changes_for(server.session, server.caller, phone.cursor, limit=limit, now=NOON)
    assert {one["code"] for one in told.stations} | set(told.removed) <= server.ever_inside
    for _ in range({"lost": 0, "fetch": 1, "twice": 2}[how]):
        phone.apply(told)
    return told.more


WRITES = ["touch", "touch_all", "move", "move", "correct_the_past", "add", "assign", "assign", "withdraw", "send_back",
          "answer"]  # fmt: skip
STEPS = st.tuples(
    st.sampled_from([*WRITES, *["fetch"] * 5, "lost", "twice", "forget"]), st.integers(0, 4), st.integers(0, 3)
)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=8, max_size=40), limit=st.integers(1, 3))
def test_a_phone_ends_with_what_the_server_has(
    sessions: sessionmaker[Session], world: World, steps: list[tuple[str, int, int]], limit: int
) -> None:
    with sessions() as session:
        server, phone = Server(session, world), Phone()
        # Neighbours with one revision, so that pages end between them.
        for what, village in (("add", 0), ("add", 1), ("touch_all", 0)):
            server.do(what, 0, village)
        for what, n, village in steps:
            if what == "forget":
                phone = Phone(cursor="1.gone")
            elif what in ("fetch", "lost", "twice"):
                fetch(server, phone, what, 1 + n % 3)
            else:
                server.do(what, n, village)
            # Silence is never wrong: who is told of no news holds everything.
            if not has_news(session, server.caller, phone.cursor):
                assert phone.holds() == server.holds()
        rounds = 0
        while fetch(server, phone, "fetch", limit):
            rounds += 1
            assert rounds < 100
        assert phone.holds() == server.holds()
        assert not has_news(session, server.caller, phone.cursor)
        session.rollback()


def test_a_cursor_is_read_only_where_it_was_written(world: World) -> None:
    chen, ping = world.callers["chen"], world.callers["ping"]
    written = write_cursor(chen, Cursor(41, 7))
    assert read_cursor(chen, written, 41) == Cursor(41, 7)
    # Beyond what the register has counted: it was put back from a copy.
    assert read_cursor(chen, written, 40) is None
    assert read_cursor(ping, written, 41) is None
    for wrong in (None, "", written + ".1", "2" + written[1:], written.upper() + "x", "1.00000000.1.99999999999"):
        assert read_cursor(chen, wrong, 41) is None
