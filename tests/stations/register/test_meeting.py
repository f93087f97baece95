"""Several writers at once: nobody overlooks another's evidence, waits in a circle, or takes the same number."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from stations.records.tables import Observation, Station
from stations.register.entry.facts import StationFacts
from stations.register.entry.writing import add_station
from tests.conftest import NOON
from tests.stations.register.building import look
from tests.world import World


def test_evidence_that_arrives_together_is_all_read(sessions: sessionmaker[Session], world: World) -> None:
    # Each transaction touches both stations, half of them in the other order: a circle, were the order not kept.
    def send(number: int) -> None:
        codes = ("JY001", "JY002") if number % 2 else ("JY002", "JY001")
        with sessions.begin() as session:
            for code in codes:
                one = session.get_one(Station, world.stations[code])
                state = "gone" if number == 3 else "open_operating"
                look(session, one, world.callers["chen"], state, 8 - number, known=NOON)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(send, range(8)))
    with sessions() as session:
        assert session.scalar(select(func.count(Observation.id))) == 16
        for code in ("JY001", "JY002"):
            one = session.get_one(Station, world.stations[code])
            assert (one.vitality, one.last_observed_state) == ("alive", "open_operating")
            # The newest visit was made one day before the noon of the tests, whoever came in last.
            assert (one.last_observed_at, str(one.vitality_recheck_on)) == (NOON.replace(day=19), "2027-05-19")


def test_two_proposals_never_get_one_code(sessions: sessionmaker[Session], world: World) -> None:
    def propose(number: int) -> str:
        with sessions.begin() as session:
            facts = StationFacts(name=f"站{number}", village_code="431125100202")
            return add_station(session, world.callers["jiang"], facts, now=NOON).code

    with ThreadPoolExecutor(6) as pool:
        codes = sorted(pool.map(propose, range(6)))
    assert codes == [f"431125-V-000{n}" for n in range(1, 7)]
