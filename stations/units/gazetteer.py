"""A gazetteer: units with their former names in memory, and the one way from a printed name or code to today's unit.

What is certain resolves; what rests on a likeness only needs a person's confirmation; nothing is guessed.
"""

from __future__ import annotations

import datetime as dt
import difflib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from stations.units.folding import fold, short_forms, split_name


class Outcome(StrEnum):
    """What a look-up came to."""

    RESOLVED = "resolved"
    NEEDS_CONFIRMATION = "needs_confirmation"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"


class MatchedBy(StrEnum):
    """How a printed text led to a unit, from the surest to the weakest."""

    CODE = "code"
    FORMER_CODE = "former_code"
    NAME = "name"
    FORMER_NAME = "former_name"
    SHORT_FORM = "short_form"
    MISPRINT = "misprint"
    LOOKALIKE = "lookalike"
    OTHER_SUFFIX = "other_suffix"


UNSURE = {MatchedBy.MISPRINT, MatchedBy.LOOKALIKE, MatchedBy.OTHER_SUFFIX}
DATED = {"upgrade", "rename"}
RANK = {"nation": 0, "province": 1, "prefecture": 2, "county": 3, "township": 4, "village": 5}


@dataclass(frozen=True)
class Unit:
    """One unit as a plain record; `path` is the scope, `/CN/43/4311/431125/`."""

    code: str
    level: str
    name: str
    parent_code: str | None
    path: str


@dataclass(frozen=True)
class Former:
    """A name or code a unit had; `valid_to` is the day from which it no longer stood."""

    unit_code: str
    name: str
    code: str | None
    kind: str
    valid_from: dt.date | None
    valid_to: dt.date | None

    def stood_in(self, year: int) -> bool:
        """Say whether this was still the name on the last day of `year`."""
        last_day = dt.date(year, 12, 31)
        return (self.valid_from is None or self.valid_from <= last_day) and (
            self.valid_to is None or last_day < self.valid_to
        )


@dataclass(frozen=True)
class Resolution:
    """The answer: `unit` is set when one is meant, else `candidates`; `also` lists other places so called."""

    asked: str
    outcome: Outcome
    unit: Unit | None = None
    matched_by: MatchedBy | None = None
    former: Former | None = None
    name_then: str | None = None
    code_then: str | None = None
    candidates: tuple[Unit, ...] = ()
    also: tuple[Unit, ...] = ()


Hit = tuple[Unit, Former | None]


class Gazetteer:
    """Units and former names, indexed once; `resolve` answers from memory."""

    def __init__(self, units: Iterable[Unit], formers: Iterable[Former], lookalikes: Iterable[str]) -> None:
        self.units = {unit.code: unit for unit in units}
        self.formers = [former for former in formers if former.unit_code in self.units]
        self._by_name: dict[str, list[Unit]] = defaultdict(list)
        self._by_place: dict[str, list[Unit]] = defaultdict(list)
        self._by_form: dict[str, list[Unit]] = defaultdict(list)
        for unit in self.units.values():
            self._by_name[fold(unit.name)].append(unit)
            self._by_place[split_name(unit.name)[0]].append(unit)
            for form in short_forms(unit.name):
                self._by_form[form].append(unit)
        self._looks_like: dict[str, set[str]] = defaultdict(set)
        for group in lookalikes:
            for character in group:
                self._looks_like[character] |= set(group) - {character}

    def resolve(self, text: str, *, within: str | None = None, as_of: int | None = None) -> Resolution:
        """Find the unit that `text` names; `within` is a unit code that must lie above it, `as_of` a year.

        With `as_of`, names that stood at the end of that year go first, and the answer says what it was called then.
        """
        asked = fold(text)
        for matched_by, find in self._ways(asked, as_of):
            hits = _without_placeholders([hit for hit in find() if self._is_within(hit[0], within)])
            if hits:
                return self._answer(text, matched_by, hits, as_of, within)
        for above, rest in self._parents_before(asked, within):
            found = self.resolve(rest, within=above.code, as_of=as_of)
            if found.outcome is not Outcome.UNKNOWN:
                return replace(found, asked=text)
        return Resolution(text, Outcome.UNKNOWN, candidates=self._nearest(asked, within))

    def _ways(self, asked: str, as_of: int | None) -> list[tuple[MatchedBy, Callable[[], list[Hit]]]]:
        if asked.isascii() and asked.isdigit():
            by_former: tuple[MatchedBy, Callable[[], list[Hit]]] = (
                MatchedBy.FORMER_CODE, lambda: self._former_code(asked))  # fmt: skip
            return [(MatchedBy.CODE, lambda: self._code(asked)), by_former]
        ways: list[tuple[MatchedBy, Callable[[], list[Hit]]]] = [
            (MatchedBy.NAME, lambda: [(unit, None) for unit in self._by_name.get(asked, [])]),
            (MatchedBy.FORMER_NAME, lambda: self._former(asked, DATED)),
            (MatchedBy.SHORT_FORM, lambda: self._former(asked, {"short_form"})),
            (MatchedBy.SHORT_FORM, lambda: [(unit, None) for unit in self._by_form.get(asked, [])]),
            (MatchedBy.MISPRINT, lambda: self._former(asked, {"misprint"})),
            (MatchedBy.LOOKALIKE, lambda: self._lookalike(asked)),
            (MatchedBy.OTHER_SUFFIX, lambda: self._other_suffix(asked)),
        ]
        if as_of is None:
            return ways
        then: list[tuple[MatchedBy, Callable[[], list[Hit]]]] = [
            (MatchedBy.FORMER_NAME,
             lambda: [hit for hit in self._former(asked, DATED) if hit[1] and hit[1].stood_in(as_of)]),
            (MatchedBy.NAME, lambda: [(u, None) for u in self._by_name.get(asked, []) if not self.former_in(u, as_of)]),
        ]
        return then + ways

    def _parents_before(self, asked: str, within: str | None) -> list[tuple[Unit, str]]:
        """Read 湖南省永州市江永县: a name may be printed after those of the units above it."""
        heads = [(unit, asked[at:]) for at in range(2, len(asked) - 1) for unit in self._by_name.get(asked[:at], [])]
        return [(u, rest) for u, rest in heads if RANK[u.level] < RANK["county"] and self._is_within(u, within)]

    def _code(self, asked: str) -> list[Hit]:
        for code in (asked, _without_zeros(asked)):
            if code in self.units:
                return [(self.units[code], None)]
        return []

    def _former_code(self, asked: str) -> list[Hit]:
        codes = {asked, _without_zeros(asked)}
        return [(self.units[f.unit_code], f) for f in self.formers if f.code in codes]

    def _former(self, asked: str, kinds: set[str]) -> list[Hit]:
        return [(self.units[f.unit_code], f) for f in self.formers if f.kind in kinds and fold(f.name) == asked]

    def _lookalike(self, asked: str) -> list[Hit]:
        hits: list[Hit] = []
        for at, character in enumerate(asked):
            for other in sorted(self._looks_like.get(character, ())):
                text = asked[:at] + other + asked[at + 1 :]
                hits += [(unit, None) for unit in self._by_name.get(text, [])]
                hits += self._former(text, DATED | {"short_form"})
        return hits

    def _other_suffix(self, asked: str) -> list[Hit]:
        place, suffix = split_name(asked)
        wanted = {"县": "county", "区": "county", "旗": "county", "自治县": "county", "地区": "prefecture",
                  "盟": "prefecture", "州": "prefecture", "自治州": "prefecture"}.get(suffix)  # fmt: skip
        return [(u, None) for u in self._by_place.get(place, []) if suffix and wanted in (None, u.level)]

    def _answer(
        self, text: str, matched_by: MatchedBy, hits: Sequence[Hit], as_of: int | None, within: str | None
    ) -> Resolution:
        found = {unit.code: (unit, former) for unit, former in hits}
        if len(found) > 1:
            units = sorted((unit for unit, _ in found.values()), key=lambda unit: unit.code)
            return Resolution(text, Outcome.AMBIGUOUS, matched_by=matched_by, candidates=tuple(units))
        unit, former = next(iter(found.values()))
        then = self.former_in(unit, as_of) if as_of is not None else None
        outcome = Outcome.NEEDS_CONFIRMATION if matched_by in UNSURE else Outcome.RESOLVED
        return Resolution(
            text, outcome, unit, matched_by, former,
            name_then=None if as_of is None else (then.name if then else unit.name),
            code_then=None if as_of is None else ((then.code if then else None) or unit.code),
            also=self._also(unit, fold(text), within) if matched_by in UNSURE | {MatchedBy.SHORT_FORM} else (),
        )  # fmt: skip

    def former_in(self, unit: Unit, year: int) -> Former | None:
        """Give the former name that `unit` bore at the end of `year`, None when it bore today's."""
        stood = [f for f in self.formers if f.unit_code == unit.code and f.kind in DATED and f.stood_in(year)]
        return min(stood, key=lambda f: f.valid_to or dt.date.max) if stood else None

    def _also(self, unit: Unit, asked: str, within: str | None) -> tuple[Unit, ...]:
        same = self._by_place.get(split_name(asked)[0], [])
        return tuple(u for u in same if u.code != unit.code and self._is_within(u, within))

    def _nearest(self, asked: str, within: str | None) -> tuple[Unit, ...]:
        names = {name for name, units in self._by_name.items() if any(self._is_within(u, within) for u in units)}
        close = difflib.get_close_matches(asked, sorted(names), n=5, cutoff=0.5)
        return tuple(u for name in close for u in self._by_name[name] if self._is_within(u, within))[:5]

    def _is_within(self, unit: Unit, within: str | None) -> bool:
        return within is None or f"/{within}/" in unit.path


def _without_placeholders(hits: list[Hit]) -> list[Hit]:
    """Drop a county that only stands in for its namesake prefecture (东莞市 441900 under 东莞市 4419)."""
    names = {(unit.code, unit.name) for unit, _ in hits}
    return [hit for hit in hits if (hit[0].parent_code, hit[0].name) not in names]


def _without_zeros(code: str) -> str:
    """Read 431125000000, 431100 and 430000 as the unit they stand for."""
    for length in (9, 6, 4, 2):
        if len(code) > length and not code[length:].strip("0"):
            shortest = length
            while shortest > 2 and not code[_shorter(shortest) : shortest].strip("0"):
                shortest = _shorter(shortest)
            return code[:shortest]
    return code


def _shorter(length: int) -> int:
    return {9: 6, 6: 4, 4: 2}[length]
