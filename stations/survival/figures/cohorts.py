"""Stations first accepted in one month, quarter or year."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from field_app_schema.refusals import Refusal
from stations.records.periods import first_day, last_day

_WRITTEN = re.compile(r"((?:19|20|21)[0-9]{2})(?:Q([1-4])|-?(0[1-9]|1[0-2]))?")


class Cohort(NamedTuple):
    """The first and the last day of acceptance, both included."""

    first: dt.date
    last: dt.date

    def holds(self, day: dt.date | None) -> bool:
        """Say whether a day lies within."""
        return day is not None and self.first <= day <= self.last


def parse_cohort(text: str) -> Cohort:
    """Read «2019», «2019Q2», «201906» or «2019-06»; refuses with PERIOD_UNKNOWN."""
    found = _WRITTEN.fullmatch(text.upper())
    if not found:
        raise Refusal("PERIOD_UNKNOWN", period=text)
    year, quarter, month = int(found[1]) * 100, found[2], found[3]
    if quarter:
        return Cohort(first_day(year + int(quarter) * 3 - 2), last_day(year + int(quarter) * 3))
    if month:
        return Cohort(first_day(year + int(month)), last_day(year + int(month)))
    return Cohort(first_day(year + 1), last_day(year + 12))
