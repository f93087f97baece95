"""Print histories and what the server's slip rule makes of them, as JSON: the phone's rule must say the same.

Asked by the phone's tests (`field_app/tests/slips.test.ts`), which have no Python of their own.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from field_app_schema.drawing import draw_forms
from field_app_schema.vocab_months import ReportField
from stations.sales.filing.figures import Figures
from stations.sales.filing.hints import hints

# From a fen to the most that a form holds; and figures that are slips of one another, so that the edges are met.
SIZES = st.one_of(st.integers(0, 10_000_000_000), st.integers(0, 2_000), st.just(0), st.none())
FACTORS = st.sampled_from([1, 3, 10, 15, 100, 1_000, 10_000])
EXAMPLES = 1_500


@st.composite
def cases(draw: st.DrawFn) -> tuple[bool, int | None, list[int | None]]:
    is_money = draw(st.booleans())
    earlier = draw(st.lists(SIZES, max_size=12))
    known = [one for one in earlier if one]
    value = draw(SIZES)
    if known and draw(st.booleans()):
        base, factor = draw(st.sampled_from(known)), draw(FACTORS)
        value = draw(st.sampled_from([base * factor, base // factor, base * factor + 1, max(0, base * factor - 1)]))
    return is_money, value, earlier


def judge(is_money: bool, value: int | None, earlier: list[int | None]) -> dict[str, Any] | None:
    column = "online_sales_out_fen" if is_money else "parcels_in"
    found = hints(Figures(**{column: value}), [Figures(**{column: one}) for one in earlier])
    if not found:
        return None
    hint = found[0]
    assert hint.field is (ReportField.ONLINE_SALES_OUT if is_money else ReportField.PARCELS_IN)
    return {"code": hint.code, "factor": hint.factor, "is_too_large": hint.is_too_large, "usual": hint.usual,
            "perhaps": hint.perhaps}  # fmt: skip


def make() -> dict[str, Any]:
    told: list[dict[str, Any]] = []

    @settings(max_examples=EXAMPLES, derandomize=True, deadline=None, database=None)
    @given(cases())
    def collect(case: tuple[bool, int | None, list[int | None]]) -> None:
        is_money, value, earlier = case
        told.append({"is_money": is_money, "value": value, "earlier": earlier, "slip": judge(is_money, value, earlier)})

    collect()
    rule = next(form for form in draw_forms()["forms"] if form["name"] == "month")["slips"]
    return {"rule": rule, "cases": told}


if __name__ == "__main__":
    json.dump(make(), sys.stdout)
