"""The life of a visit: the steps of F5 and no others."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from field_app_schema.refusals import Refusal
from field_app_schema.vocab import InspectionState
from inspections.visits.states import step, steps_on_arrival, steps_to_return

ALLOWED = {
    ("draft", "submitted"), ("submitted", "complete"), ("complete", "under_review"), ("under_review", "approved"),
    ("under_review", "returned"), ("returned", "submitted"), ("approved", "under_review"), ("submitted", "returned"),
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


@pytest.mark.parametrize(
    ("current", "by"),
    [("complete", ["under_review", "returned"]), ("under_review", ["returned"]),
     ("approved", ["under_review", "returned"]), ("draft", None), ("submitted", None), ("returned", None)],
)  # fmt: skip
def test_it_goes_back_by_the_steps_of_the_model(current: str, by: list[str] | None) -> None:
    if by is None:
        with pytest.raises(Refusal) as refused:
            steps_to_return(InspectionState(current))
        assert (refused.value.code, refused.value.details) == ("VISIT_STATE", {"state": current})
        return
    assert [after.value for _, after in steps_to_return(InspectionState(current))] == by


def test_what_waits_for_refused_photos_goes_back_as_it_is() -> None:
    assert steps_to_return(InspectionState.SUBMITTED, is_stuck=True) == [("submitted", "returned")]
    with pytest.raises(Refusal):
        steps_to_return(InspectionState.RETURNED, is_stuck=True)


@given(missing=st.integers(0, 4), acts=st.lists(st.sampled_from(["photo", "return", "review", "approve"]), max_size=12))
def test_whatever_is_done_to_a_visit_its_steps_are_one_chain_of_the_model(missing: int, acts: list[str]) -> None:
    steps = steps_on_arrival(missing)
    for act in acts:
        current = steps[-1][1]
        try:
            if act == "return":
                steps += steps_to_return(current)
            elif act == "photo":
                missing = max(0, missing - 1)
                if missing == 0 and current is InspectionState.SUBMITTED:
                    steps.append((current, step(current, InspectionState.COMPLETE)))
            else:
                wanted = InspectionState.UNDER_REVIEW if act == "review" else InspectionState.APPROVED
                steps.append((current, step(current, wanted)))
        except Refusal:
            assert act != "return" or current.value in ("submitted", "returned")
    assert steps[0][0] == "draft"
    assert all(one[1] is other[0] for one, other in itertools.pairwise(steps))
    assert {(before.value, after.value) for before, after in steps} <= ALLOWED
    # What is awaited cannot be judged: nobody returns a visit before its last photo.
    assert missing == 0 or steps[-1][1] == "submitted"
