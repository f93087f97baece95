"""The life of a visit as a pure machine (domain model F5); who may push it, and when, is asked elsewhere."""

from __future__ import annotations

from field_app_schema.refusals import Refusal
from field_app_schema.vocab import InspectionState

DRAFT, SUBMITTED, COMPLETE = InspectionState.DRAFT, InspectionState.SUBMITTED, InspectionState.COMPLETE
UNDER_REVIEW, APPROVED, RETURNED = InspectionState.UNDER_REVIEW, InspectionState.APPROVED, InspectionState.RETURNED

# draft -> submitted (photos awaited) -> complete -> under_review -> approved | returned; a returned visit is sent
# again, and an edit after approval goes back under review. A visit whose awaited photos came and were refused is never
# complete by itself: it goes back as it is.
STEPS: dict[InspectionState, frozenset[InspectionState]] = {
    DRAFT: frozenset({SUBMITTED}),
    SUBMITTED: frozenset({COMPLETE, RETURNED}),
    COMPLETE: frozenset({UNDER_REVIEW}),
    UNDER_REVIEW: frozenset({APPROVED, RETURNED}),
    RETURNED: frozenset({SUBMITTED}),
    APPROVED: frozenset({UNDER_REVIEW}),
}


def step(current: InspectionState, to: InspectionState) -> InspectionState:
    """Give the state after a step; refuses with TRANSITION_REFUSED where the machine has no such step."""
    if to not in STEPS[current]:
        raise Refusal("TRANSITION_REFUSED", from_state=current.value, to_state=to.value)
    return to


def steps_on_arrival(missing_photos: int) -> list[tuple[InspectionState, InspectionState]]:
    """Give the steps a visit takes when its record arrives and so many of its photos are still awaited."""
    submitted = step(DRAFT, SUBMITTED)
    if missing_photos:
        return [(DRAFT, submitted)]
    return [(DRAFT, submitted), (submitted, step(submitted, COMPLETE))]


# From where a reviewer may send a visit back, and by which states; looking at it is part of the same act.
_WAYS_BACK: dict[InspectionState, tuple[InspectionState, ...]] = {
    COMPLETE: (UNDER_REVIEW, RETURNED),
    UNDER_REVIEW: (RETURNED,),
    APPROVED: (UNDER_REVIEW, RETURNED),
}


def steps_to_return(
    current: InspectionState, *, is_stuck: bool = False
) -> list[tuple[InspectionState, InspectionState]]:
    """Give the steps by which a visit goes back to its inspector; `is_stuck`: all photos it waits for were refused.

    Refuses with VISIT_STATE while photos are awaited (what is still coming cannot be judged) and where it is back
    already.
    """
    return _along(_WAYS_BACK | {SUBMITTED: (RETURNED,)} if is_stuck else _WAYS_BACK, current)


_WAYS_TO_APPROVAL: dict[InspectionState, tuple[InspectionState, ...]] = {
    COMPLETE: (UNDER_REVIEW, APPROVED),
    UNDER_REVIEW: (APPROVED,),
}
_WAYS_TO_A_LOOK: dict[InspectionState, tuple[InspectionState, ...]] = {
    COMPLETE: (UNDER_REVIEW,),
    UNDER_REVIEW: (),
    # Opened again by the same act, under its own name.
    APPROVED: (),
}


def steps_to_approve(current: InspectionState) -> list[tuple[InspectionState, InspectionState]]:
    """Give the steps by which a visit is approved; refuses with VISIT_STATE where it is decided or not all here."""
    return _along(_WAYS_TO_APPROVAL, current)


def steps_to_look(current: InspectionState) -> list[tuple[InspectionState, InspectionState]]:
    """Give the steps by which a visit is under review; refuses with VISIT_STATE where it is back or not all here."""
    return _along(_WAYS_TO_A_LOOK, current)


def steps_to_look_again(current: InspectionState) -> list[tuple[InspectionState, InspectionState]]:
    """Give the step by which an approval is taken back; refuses with VISIT_STATE where there is none."""
    return _along({APPROVED: (UNDER_REVIEW,)}, current)


def _along(
    ways: dict[InspectionState, tuple[InspectionState, ...]], current: InspectionState
) -> list[tuple[InspectionState, InspectionState]]:
    if current not in ways:
        raise Refusal("VISIT_STATE", state=current.value)
    steps: list[tuple[InspectionState, InspectionState]] = []
    for to in ways[current]:
        steps.append((current, step(current, to)))
        current = to
    return steps
