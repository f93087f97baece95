"""Whether a figure looks like a slip of unit or key beside the station's own last months: a word to its author.

Pure, and never a refusal: what was meant stands as it was filed. The county's look at outliers is another rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from field_app_schema.money import SLIP_RULE, yuan_of
from field_app_schema.vocab_months import ReportField
from stations.sales.filing.figures import COLUMNS, MONEY, Figures

# Code, factor and whether it is looked for in money only: 元 for 万元 is tried first, the commonest slip of all (C3).
FACTORS: tuple[tuple[str, int, bool], ...] = tuple(
    (one["code"], one["factor"], one["money_only"]) for one in SLIP_RULE["factors"]
)
# Fewer months above nothing than this say nothing about what is usual.
FEWEST_MONTHS: int = SLIP_RULE["fewest_months"]
# Up to three times the best month, or a third of the worst, is life; corrected by the factor, it must lie closer.
ROOM: float = SLIP_RULE["room"]
CLOSE: float = SLIP_RULE["close"]


@dataclass(frozen=True, slots=True)
class Hint:
    """A figure that would be usual if it were `factor` times smaller (`is_too_large`) or greater.

    Figures are fen or pieces; `usual` is the median of the earlier months, `perhaps` what may have been meant.
    """

    field: ReportField
    code: str
    factor: int
    is_too_large: bool
    usual: int
    perhaps: int

    def on_the_wire(self) -> dict[str, object]:
        """Give the hint with money as decimal strings."""
        money = self.field in MONEY
        return {
            "field": self.field.value, "code": self.code, "factor": self.factor,
            "direction": "too_large" if self.is_too_large else "too_small",
            "usual": yuan_of(self.usual) if money else str(self.usual),
            "perhaps": yuan_of(self.perhaps) if money else str(self.perhaps),
        }  # fmt: skip


def hints(figures: Figures, earlier: Sequence[Figures]) -> list[Hint]:
    """Give a hint for each figure that lies outside the earlier months' range and inside it without a factor.

    `earlier` are the months before, in any order; zeros and blanks among them are passed over.
    """
    found = (_hint(field, figures, earlier, column) for field, column in COLUMNS.items())
    return [hint for hint in found if hint is not None]


def _hint(field: ReportField, figures: Figures, earlier: Sequence[Figures], column: str) -> Hint | None:
    value: int = getattr(figures, column) or 0
    before: list[int] = sorted(one for row in earlier if (one := getattr(row, column) or 0) > 0)
    if value <= 0 or len(before) < FEWEST_MONTHS:
        return None
    low, high = before[0], before[-1]
    if low / ROOM <= value <= high * ROOM:
        return None
    for code, factor, money_only in FACTORS:
        if money_only and field not in MONEY:
            continue
        too_large = value > high
        meant = value / factor if too_large else value * factor
        if low / CLOSE <= meant <= high * CLOSE:
            return Hint(field, code, factor, too_large, round(median(before)), round(meant))
    return None
