"""What came of reading a ledger: counts, errors, notices, and stations that may be the same."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from field_app_schema.refusals import Refusal
from stations.register.ledger.problems import Problem

# An answer names at most this many of each kind; the counts are always whole.
SHOWN = 500


@dataclass(frozen=True)
class PossibleDuplicate:
    """A row that would be added and a station or an earlier row it may repeat; shown, never merged."""

    sheet: str
    row: int
    name: str
    other_code: str | None
    other_row: int | None
    other_name: str
    distance_m: float | None
    why: tuple[str, ...]


@dataclass
class LedgerResult:
    """Counts of rows, and lists of findings; `saved` says whether anything was written."""

    dry_run: bool
    saved: bool = False
    rows: int = 0
    added: int = 0
    revised: int = 0
    unchanged: int = 0
    wrong_rows: int = 0
    errors: list[Problem] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)
    possible_duplicates: list[PossibleDuplicate] = field(default_factory=list)

    def summary(self) -> dict[str, Any]:
        """Give the counts as plain values."""
        return {
            "dry_run": self.dry_run, "saved": self.saved, "rows": self.rows, "added": self.added,
            "revised": self.revised, "unchanged": self.unchanged, "wrong_rows": self.wrong_rows,
            "error_count": len(self.errors), "notice_count": len(self.notices),
            "possible_duplicate_count": len(self.possible_duplicates),
        }  # fmt: skip

    def as_plain(self) -> dict[str, Any]:
        """Give the summary and the first of each kind of finding, as plain values for an answer or a row."""
        return {
            "summary": self.summary(),
            "errors": [asdict(one) for one in self.errors[:SHOWN]],
            "notices": [asdict(one) for one in self.notices[:SHOWN]],
            "possible_duplicates": [asdict(one) | {"why": list(one.why)} for one in self.possible_duplicates[:SHOWN]],
        }


def refuse_unsaved(result: LedgerResult) -> None:
    """Refuse with LEDGER_ROWS when errors kept all from being saved; `details.result` is the result."""
    if not result.dry_run and not result.saved and result.errors:
        raise Refusal("LEDGER_ROWS", result=result.as_plain())
