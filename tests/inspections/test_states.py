"""The life of a visit: the steps of F5 and no others."""

import itertools

import pytest

from field_app_schema.refusals import Refusal
from field_app_schema.vocab import InspectionState
from inspections.visits.states import step, steps_on_arrival

ALLOWED = {
    ("draft", "submitted"), ("submitted", "complete"), ("complete", "under_review"), ("under_review", "approved"),
    ("under_review", "returned"), ("returned", "submitted"), ("approved", "under_review"),
}  # fmt: skip


@pytest.mark.parametrize(("current", "to"), list(itertools.product(InspectionState, repeat=2)))
def test_only_the_steps_of_the_model_exist(current: InspectionState, to: InspectionState) -> None:
    if (current.value, to.value) in ALLOWED:
        assert step(current, to) is to
        return
    with pytest.raises(Refusal) as refused:
        step(current, to)
    assert refused.value.code == "TRANSITION_REFUSED"


def test_a_visit_waits_for_its_photos() -> None:
    assert steps_on_arrival(2) == [("draft", "submitted")]
    assert steps_on_arrival(0) == [("draft", "submitted"), ("submitted", "complete")]
