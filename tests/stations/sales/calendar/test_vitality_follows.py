"""What is decided about months reaches the answer alive or gone in the same transaction."""

from __future__ import annotations

from sqlalchemy.orm import Session

from field_app_schema.vocab_months import ExcuseReason
from stations.records.periods import months_between
from stations.records.tables import Station
from stations.sales.calendar.beginning import begin
from stations.sales.calendar.excusing import excuse, withdraw
from stations.sales.filing.taking_in import take_in
from stations.sales.review.deciding import accept_report
from tests.conftest import NOON
from tests.stations.sales.filing.building import OCTOBER, leave, station, told
from tests.world import World


def answer(session: Session, world: World) -> tuple[str, str]:
    session.expire_all()
    jy001 = session.get_one(Station, world.stations["JY001"])
    return jy001.vitality, jy001.vitality_reason


def test_beginning_filing_and_excusing_are_seen_at_once(session: Session, world: World) -> None:
    jiang = world.callers["jiang"]
    seen = [answer(session, world)]
    begin(session, jiang, "431125", 202601, now=NOON)
    seen.append(answer(session, world))
    made = [
        excuse(session, jiang, ["JY001"], period, ExcuseReason.DISASTER, None, now=NOON)[0]
        for period in months_between(202601, OCTOBER)
    ]
    seen.append(answer(session, world))
    for one in made:
        withdraw(session, jiang, one.id, now=NOON)
    seen.append(answer(session, world))
    leave(session, OCTOBER)
    take_in(session, world.callers["tang"], station(session, world), OCTOBER, told(), now=NOON)
    seen.append(answer(session, world))
    accept_report(session, jiang, "JY001", OCTOBER, 1, now=NOON)
    seen.append(answer(session, world))
    assert seen == [
        ("unknown", "no_evidence"),
        # Ten months of silence, and nobody has been there.
        ("presumed_dead", "long_silent_periods"),
        # Excused months are no silence; withdrawn, they are again.
        ("unknown", "no_evidence"),
        ("presumed_dead", "long_silent_periods"),
        # What an owner says ends the silence, and speaks for life once the county has accepted it.
        ("unknown", "no_evidence"),
        ("alive", "owner_reported"),
    ]
