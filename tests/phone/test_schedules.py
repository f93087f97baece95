"""Any order of visits, syncs, kills and cuts ends with the same two sets at the server as on the phone.

A few schedules here; `make test-faults` runs many.
"""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.phone.conftest import Stand
from tests.phone.stand.handset import Handset
from tests.phone.stand.schedules import ACTIONS, Tally, run_schedule

pytestmark = pytest.mark.browser

steps = st.one_of(*(st.tuples(st.just(what), st.integers(0, ways - 1)) for what, ways in ACTIONS.items()))
# A schedule without a visit shows nothing.
schedules = st.tuples(st.just(("visit", 1)), st.lists(steps, min_size=3, max_size=7)).map(lambda two: [two[0], *two[1]])


@settings(
    max_examples=4, derandomize=True, database=None, deadline=None, phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(schedule=schedules)
def test_a_random_schedule_loses_and_doubles_nothing(
    stand: Stand, phone: Handset, schedule: list[tuple[str, int]]
) -> None:
    run_schedule(stand, phone, schedule, Tally())
