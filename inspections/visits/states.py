"""The life of a visit as a pure machine (domain model F5); who may push it, and when, is asked elsewhere."""

from __future__ import annotations

from field_app_schema.refusals import Refusal
from field_app_schema.vocab import InspectionState

DRAFT, SUBMITTED, COMPLETE = InspectionState.DRAFT, InspectionState.SUBMITTED, InspectionState.COMPLETE
UNDER_REVIEW, APPROVED, RETURNED = InspectionState.UNDER_REVIEW, InspectionState.APPROVED, InspectionState.RETURNED

# draft -> submitted (photos awaited) -> complete -> under_review -> approved | returned; a returned visit is sent
# again, and an edit after approval goes back under review.
STEPS: dict[InspectionState, frozenset[InspectionState]] = {
    DRAFT: frozenset({SUBMITTED}),
    SUBMITTED: frozenset({COMPLETE}),
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
