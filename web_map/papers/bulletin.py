"""The month's bulletin of a county as a paper: coverage first, both shares together, who is missing; nobody is ranked.

Rows in, a `Paper` out: the month at a glance, the rates of two months and the survival headline come as the plain
values that the doors answer with. No person's name and no telephone is printed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from field_app_schema.words.papers import WORDS
from field_app_schema.words.sales_reports import WORDS as REPORTS
from field_app_schema.words.vitality import WORDS as VITALITY
from web_map.papers.paper import Paper, Table

NOTHING = "—"
BEIJING = dt.timezone(dt.timedelta(hours=8))
_RATES = ("expected", "actual", "rate", "rate_on_time", "nil", "late", "late_sync", "missing", "excused", "proxy_share")
_SHARES = frozenset({"rate", "rate_on_time", "proxy_share"})
_MONEY = ("online_sales_out", "purchase_agency_amount", "upstream_sales")
_PARCELS = ("parcels_in", "parcels_out")


@dataclass(frozen=True)
class BulletinRows:
    """What a bulletin is made of; `rates` are rows of reporting rates by period, oldest first, the month's own last.

    `definitions` are (code, Chinese, English). `month` and `survival` are answers with their frames.
    """

    month: Mapping[str, Any]
    rates: Sequence[Mapping[str, Any]]
    survival: Mapping[str, Any]
    definitions: Sequence[tuple[str, str, str]]


class Bulletin:
    """Writes the paper in one language, `zh` or `en`."""

    def __init__(self, rows: BulletinRows, lang: str = "zh") -> None:
        self.rows, self.lang = rows, lang
        period = str(rows.month["period"])
        self.named = {"unit": rows.month["frame"]["unit"]["name"], "year": period[:4],
                      "month": str(int(period[4:])) if lang == "zh" else period[4:]}  # fmt: skip

    def paper(self) -> Paper:
        """Give the whole paper."""
        own = [self._definition(one) for one in self.rows.definitions]
        return Paper(
            title=self._say("paper.title", **self.named),
            lead=[self._lead(), self._lead_survival(), self._say("paper.no_ranking")],
            tables=[self._rates(), self._totals(), self._survival(), self._missing()],
            definitions_heading=self._say("paper.definitions"), definitions=own, frame=self._frame(),
            issuer=self.named["unit"], issued_on=self._say("paper.date_line"), stamp_here=self._say("paper.stamp"),
            page=WORDS["paper.page"][0 if self.lang == "zh" else 1],
        )  # fmt: skip

    def _say(self, key: str, **values: str) -> str:
        words = WORDS[key][0 if self.lang == "zh" else 1]
        return words.format(**values) if values else words

    def _lead(self) -> str:
        return self._say("paper.lead", **self.named, line=self.rows.month["coverage"][f"line_{self.lang}"])

    def _lead_survival(self) -> str:
        found = self.rows.survival["headline"]
        return self._say(
            "paper.lead_survival", day=str(self.rows.survival["frame"]["as_of"]), built=str(found["built"]),
            listed=str(found["listed"]), alive=str(found["alive"]), unsure=str(found["unsure"]),
            share_built=percent(found["share_built"]), share_listed=percent(found["share_listed"]),
            unknown=percent(found["unknown_share"]),
        )  # fmt: skip

    def _rates(self) -> Table:
        def value(row: Mapping[str, Any], name: str) -> str:
            return percent(row[name]) if name in _SHARES else str(row[name])

        head = [self._say("paper.figure"), *(dashed(str(row["period"])) for row in self.rows.rates)]
        lines = [[self._say(f"paper.rate.{name}"), *(value(row, name) for row in self.rows.rates)] for name in _RATES]
        return Table(self._say("paper.rates"), head, lines)

    def _totals(self) -> Table:
        totals = self.rows.month["totals"]
        lines = [[self._say(f"paper.total.{name}"), grouped(totals[name]), self._say("paper.yuan")] for name in _MONEY]
        lines += [[self._say(f"paper.total.{name}"), grouped(totals[name]), self._say("paper.pieces")]
                  for name in _PARCELS]  # fmt: skip
        note = self._say("paper.totals_note", reports=str(totals["reports"]),
                         unaccepted=str(self.rows.month["totals_unaccepted"]["reports"]))  # fmt: skip
        head = [self._say(f"paper.{name}") for name in ("figure", "total", "unit")]
        return Table(self._say("paper.totals"), head, lines, note, wide=(3, 2, 1))

    def _survival(self) -> Table:
        found = self.rows.survival["headline"]
        lines = [[self._say(f"paper.{name}"), str(found[name]), str(found["alive"]), percent(found[f"share_{name}"])]
                 for name in ("built", "listed")]  # fmt: skip
        states = "、" if self.lang == "zh" else ", "
        told = states.join(f"{self._vitality(name)} {number}" for name, number in found["by_vitality"].items())
        note = self._say("paper.bounds_note", low=percent(found["low"]), high=percent(found["high"]),
                         unknown=percent(found["unknown_share"]), states=told)  # fmt: skip
        head = [self._say(f"paper.{name}") for name in ("share_of", "stations", "alive", "share")]
        return Table(self._say("paper.survival"), head, lines, note)

    def _missing(self) -> Table:
        if self.rows.month["missing"] is None:
            return self._missing_by_county()
        heading = self._say("paper.missing" if self.rows.month["is_past_due"] else "paper.outstanding")
        missing = self.rows.month["missing"]
        head = [self._say(f"paper.{name}") for name in ("code", "name", "township")]
        lines = [[_part(row, "station"), _part(row, "name"), _part(row, "township")] for row in missing]
        note = self._say("paper.by_place" if missing else "paper.none")
        return Table(heading, head, lines, note, wide=(2, 4, 2))

    def _missing_by_county(self) -> Table:
        head = [self._say(key) for key in ("paper.county", "paper.rate.expected", "paper.rate.missing")]
        lines = [[part["name"], str(part["coverage"]["expected"]),
                  str(part["coverage"]["missing"] + part["coverage"]["outstanding"])]
                 for part in self.rows.month["counties"] or ()]  # fmt: skip
        return Table(self._say("paper.missing_by_county"), head, lines, self._say("paper.by_place"))

    def _definition(self, one: tuple[str, str, str]) -> tuple[str, str]:
        """Part «name: meaning» at its colon; the definitions begin with the figure's name."""
        text, colon = (one[1], ":") if self.lang == "zh" else (one[2], ":")
        name, found, meaning = text.partition(colon)
        return (name, meaning.strip()) if found else (one[0], text)

    def _frame(self) -> list[tuple[str, str]]:
        month, survival = self.rows.month["frame"], self.rows.survival["frame"]
        unknown = self._say("paper.frame.unknown_value", months=percent(month["unknown_share"]),
                            survival=percent(survival["unknown_share"]))  # fmt: skip
        known = survival["known_at"].astimezone(BEIJING)
        told = {
            "as_of": str(survival["as_of"]), "known_at": f"{known:%Y-%m-%d %H:%M}",
            "sources": self._mix(month["sources"], "report_source", REPORTS),
            "survival_sources": self._mix(survival["sources"], "paper.source", WORDS),
            "unknown": unknown, "rule": survival["rule_version"] or NOTHING,
        }  # fmt: skip
        return [(self._say(f"paper.frame.{name}"), value) for name, value in told.items()]

    def _mix(self, sources: Mapping[str, int], area: str, words: Mapping[str, tuple[str, str]]) -> str:
        side = 0 if self.lang == "zh" else 1
        told = [(words.get(f"{area}.{name}", (name, name))[side], number) for name, number in sorted(sources.items())]
        said = [f"{name} {number}" for name, number in told if number]
        return ("、" if self.lang == "zh" else ", ").join(said) or NOTHING

    def _vitality(self, name: str) -> str:
        return VITALITY[f"vitality.{name}"][0 if self.lang == "zh" else 1]


def percent(share: float | None) -> str:
    """Write a share with one decimal; only all is 100 % and only nothing is 0 %, None is a dash."""
    if share is None:
        return NOTHING
    tenths = round(share * 1000)
    if 0 < share < 1:
        tenths = min(max(tenths, 1), 999)
    return f"{tenths / 10:.1f}%"


def grouped(value: str | int | None) -> str:
    """Write a decimal text or a number with its thousands apart; None is a dash, never nought."""
    if value is None:
        return NOTHING
    whole, point, fraction = str(value).partition(".")
    return f"{int(whole):,}{point}{fraction}"


def dashed(period: str) -> str:
    """Write the month 202610 as 2026-10."""
    return f"{period[:4]}-{period[4:]}"


def _part(row: Any, name: str) -> str:
    value = row[name] if isinstance(row, Mapping) else getattr(row, name)
    return value or ""
