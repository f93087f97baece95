"""Random schedules: visits, syncs, kills of page and server, cuts, in any order; the model is two sets."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.phone.stand.deaths import DEATHS
from tests.phone.stand.exchanges import CutAnswer, CutRequest, Fault, HoldAnswer, HoldRequest
from tests.phone.stand.handset import Handset
from tests.phone.stand.visiting import settled, sync

if TYPE_CHECKING:
    from tests.phone.conftest import Stand

# What may happen, each with how many ways it has.
ACTIONS = {"visit": 3, "sync": 1, "kill the page": 20, "kill the server": len(DEATHS), "break": 12, "cut": 1, "heal": 1}
# A kill waits so long for the moment it was meant for; where a round is over before, it kills an idle page.
PATIENCE_S = 1.0

Step = tuple[str, int]


@dataclass
class Tally:
    """What a run of schedules did, for its figures."""

    done: dict[str, int] = field(default_factory=dict)

    def add(self, what: str) -> None:
        self.done[what] = self.done.get(what, 0) + 1


def run_schedule(stand: Stand, phone: Handset, steps: list[Step], tally: Tally) -> None:
    """Do the steps, then heal everything: what the model holds is at the server, once and to the byte."""
    faults: list[Fault] = []
    for what, way in steps:
        tally.add(what)
        if phone.context is None:
            phone.open("#/outbox")
        match what:
            case "visit":
                stand.visit(phone, way)
                _restore(stand, faults)
            case "sync":
                settled(phone.page, sync(phone.page))
            case "kill the page":
                _kill_page(stand, phone, way)
                _restore(stand, faults)
            case "kill the server":
                stand.server.start(DEATHS[way])
            case "break":
                faults = [_broken(way)]
                _restore(stand, faults)
            case "cut":
                faults = [CutRequest(path="/")]
                _restore(stand, faults)
            case _:
                faults = []
                if stand.server.is_dead():
                    stand.server.start()
                _restore(stand, faults)
    if stand.server.place.dies:
        stand.server.start()
    stand.line.heal()
    if phone.context is None:
        phone.open("#/outbox")
    sync(phone.page)
    stand.all_arrived(phone)


def _restore(stand: Stand, faults: list[Fault]) -> None:
    stand.line.fail(*faults)


def _broken(way: int) -> Fault:
    """Give a line that breaks twice, after some requests, on the way there or back."""
    kind = CutRequest if way % 2 else CutAnswer
    return kind(path="/api/", skip=way // 2, times=2, after=(0, 200, 40_000)[way % 3])


def _kill_page(stand: Stand, phone: Handset, way: int) -> None:
    """Kill the browser while one of the requests of a round is held on the line, before or after its work."""
    hold: Fault = HoldAnswer(path="/api/", skip=way // 2)
    if way % 2:
        hold = HoldRequest(path="/api/", skip=way // 2, after=1_000 * way)
    stand.line.fail(hold)
    sync(phone.page)
    hold.reached.wait(PATIENCE_S)
    phone.kill()
    stand.line.break_open()
